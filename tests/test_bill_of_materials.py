"""What the program is made of is said package by package, and it is not much."""

import re
from pathlib import Path
from runpy import run_path

ROOT = Path(__file__).resolve().parent.parent
MADE = run_path(str(ROOT / "bin" / "bill_of_materials.py"))
MOST_AT_RUN_TIME = 40


def test_every_locked_package_is_in_the_bill_with_its_hashes() -> None:
    bill = MADE["bill"]()
    lock = (ROOT / "requirements" / "postgres.txt").read_text()
    pins = set(re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", lock, re.M | re.I))
    assert {(one["name"], one["version"]) for one in bill["components"]} == {
        (name.lower(), told) for name, told in pins
    }
    assert sum(len(one["hashes"]) for one in bill["components"]) == lock.count("--hash=sha256:")
    assert all(one["hashes"] and one["purl"].startswith("pkg:pypi/") for one in bill["components"])


def test_a_place_runs_on_no_more_packages_than_one_can_look_after() -> None:
    assert 10 < len(MADE["bill"]()["components"]) <= MOST_AT_RUN_TIME


def test_every_package_says_under_which_licence_it_comes() -> None:
    without = [one["name"] for one in MADE["bill"]()["components"] if "licenses" not in one]
    assert without == []
