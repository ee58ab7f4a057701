"""The lock is hashed, names no address and says the same as pyproject.toml. No network is asked."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PROJECT["project"]["optional-dependencies"]
WANTED = {
    "app": PROJECT["project"]["dependencies"],
    "postgres": PROJECT["project"]["dependencies"] + EXTRAS["postgres"],
    "dev": PROJECT["project"]["dependencies"] + EXTRAS["dev"],
    "build": PROJECT["build-system"]["requires"],
}
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")


def locked(kind: str) -> dict[str, str]:
    """Name and version of everything that a lock file pins for this Python and system."""
    pins = []
    for line in (ROOT / "requirements" / f"{kind}.txt").read_text().splitlines():
        if PINNED.match(line):
            pins.append(Requirement(line.removesuffix("\\").strip()))
    here = [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in here}


def direct(kind: str) -> set[str]:
    """What a lock file says pyproject.toml asks for by name."""
    asked, name = set(), ""
    for line in (ROOT / "requirements" / f"{kind}.txt").read_text().splitlines():
        if match := PINNED.match(line):
            name = canonicalize_name(match[1])
        if "commonweal (pyproject.toml)" in line:
            asked.add(name)
    return asked


@pytest.mark.parametrize("kind", sorted(WANTED))
def test_every_dependency_is_locked_at_a_version_it_admits(kind):
    versions = locked(kind)
    for line in WANTED[kind]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)], prereleases=True), line


@pytest.mark.parametrize("kind", ["app", "postgres", "dev"])
def test_the_lock_asks_for_what_the_project_asks_for_and_no_more(kind):
    assert direct(kind) == {canonicalize_name(Requirement(line).name) for line in WANTED[kind]}


@pytest.mark.parametrize("file", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_the_lock_names_no_address(file):
    text = file.read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--\w*index\w*|--find-links|--trusted-host|-e|git\+)", text, re.M)


@pytest.mark.parametrize("file", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_locked_package_carries_its_hashes(file):
    blocks = re.split(r"\n(?=[A-Za-z0-9])", file.read_text())
    for block in blocks:
        assert PINNED.match(block), block[:60]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block[:60]


def test_the_larger_locks_agree_with_the_smaller():
    app = locked("app")
    for kind in ("postgres", "dev"):
        assert {name: version for name, version in locked(kind).items() if name in app} == app


def test_what_is_installed_here_is_what_is_locked():
    from importlib.metadata import distributions

    versions = locked("dev")
    here = {canonicalize_name(one.metadata["Name"]): one.version for one in distributions()}
    assert {name: here[name] for name in versions if name in here} == {
        name: version for name, version in versions.items() if name in here
    }
    assert {canonicalize_name(Requirement(line).name) for line in WANTED["dev"]} <= set(here)
