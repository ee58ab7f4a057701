"""The server starts only where it may, and then tells nobody who asked for what."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

SECRET = "kJ8-3mPq0_vTzR5nYwXh2LsB7cGdEfA9uQoI4tCyKlMxNbVgHrS"
SENTINEL = "zxqvsearch"


def environment(folder, **changed):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONWEAL_", "DJANGO_"))}
    kept |= {
        "COMMONWEAL_DATA": str(folder),
        "COMMONWEAL_SECRET": SECRET,
        "COMMONWEAL_HOSTS": "list.example.org",
        "DJANGO_SETTINGS_MODULE": "commonweal.settings",
    }
    return {name: value for name, value in (kept | changed).items() if value}


def commonweal(folder, *words, **changed):
    command = [sys.executable, "-c", "from commonweal.cli import main; raise SystemExit(main())", *words]
    return subprocess.run(command, env=environment(folder, **changed), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"COMMONWEAL_SECRET": ""}, "COMMONWEAL_SECRET is not set"),
        ({"COMMONWEAL_SECRET": "a" * 60}, "too short or too plain"),
        ({"COMMONWEAL_DEBUG": "1"}, "COMMONWEAL_DEBUG is on"),
        ({"COMMONWEAL_HOSTS": ""}, "COMMONWEAL_HOSTS is not set"),
        ({"COMMONWEAL_HOSTS": "*"}, "must name the hosts"),
    ],
    ids=["no secret", "weak secret", "debugging", "no hosts", "any host"],
)
def test_the_server_refuses_loudly(tmp_path, changed, says):
    tmp_path.chmod(0o700)
    run = commonweal(tmp_path, "serve", **changed)
    assert run.returncode == 1
    assert says in run.stderr
    assert SECRET not in run.stdout + run.stderr


def test_a_demo_is_never_served_to_others(tmp_path):
    tmp_path.chmod(0o700)
    run = commonweal(tmp_path, "serve", "--host", "0.0.0.0", COMMONWEAL_DEMO="1", COMMONWEAL_INSECURE_HTTP="1")
    assert run.returncode == 1
    assert "on this machine alone" in run.stderr


def test_the_settings_explain_themselves_and_tell_no_secret(tmp_path):
    from commonweal.common.environment import VARIABLES

    run = commonweal(tmp_path, "settings")
    assert run.returncode == 0
    for variable in VARIABLES:
        assert f"\n{variable.name}" in run.stdout
        assert variable.meaning in run.stdout
    assert SECRET not in run.stdout


COLLECT = """
import django
django.setup()
from commonweal.management.commands.serve import collect_static_files
collect_static_files()
"""


@pytest.mark.slow
def test_two_servers_that_begin_at_once_lay_out_the_static_files_once(tmp_path):
    tmp_path.chmod(0o700)
    two = [
        subprocess.Popen([sys.executable, "-c", COLLECT], env=environment(tmp_path), stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [(one.wait(60), one.stderr.read()) for one in two] == [(0, b""), (0, b"")]
    laid_out = {file: file.stat().st_mtime_ns for file in (tmp_path / "static").rglob("*.css")}
    assert laid_out
    subprocess.run([sys.executable, "-c", COLLECT], env=environment(tmp_path), check=True)
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "static").rglob("*.css")} == laid_out
    (tmp_path / "static" / "collected").write_text("an older version")
    subprocess.run([sys.executable, "-c", COLLECT], env=environment(tmp_path), check=True)
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "static").rglob("*.css")} != laid_out


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A data folder with an empty database of this version."""
    folder = tmp_path_factory.mktemp("place")
    folder.chmod(0o700)
    run = commonweal(folder, "migrate", "--verbosity", "0")
    assert run.returncode == 0, run.stderr
    return folder


@pytest.mark.slow
def test_a_place_as_it_is_shipped_passes_every_deployment_check(place):
    run = commonweal(place, "check-deploy")
    assert (run.returncode, run.stderr) == (0, "")
    assert "Fit to be served" in run.stdout


@pytest.mark.slow
def test_a_data_folder_that_others_can_read_is_not_fit(place):
    place.chmod(0o755)
    try:
        run = commonweal(place, "check-deploy")
    finally:
        place.chmod(0o700)
    assert run.returncode == 1
    assert "chmod 700" in run.stderr


@pytest.mark.slow
def test_the_server_answers_keeps_a_worker_and_logs_nobody(place, tmp_path):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    output = tmp_path / "output"
    command = [sys.executable, "-m", "django", "serve", "--port", str(port)]
    with output.open("w") as handle:
        server = subprocess.Popen(command, env=environment(place), stdout=handle, stderr=handle)
    try:
        head, body = asked(port, "/sign-in/")
        assert "type the set-up code: " in output.read_text(), "the journal has it while the server runs"
        assert head["Content-Security-Policy"].startswith("default-src 'none'")
        assert head["Strict-Transport-Security"]
        assert "Server" not in head
        static = body.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert asked(port, static)[0]["Cache-Control"].endswith("immutable")
        asked(port, f"/nowhere/{SENTINEL}/?q={SENTINEL}")
        worker = wait_for(lambda: children_of(server.pid))
        again = commonweal(place, "serve", "--port", str(port))
        assert (again.returncode, "in use" in again.stderr) == (1, True)
        os.kill(worker[0], signal.SIGKILL)
        assert wait_for(lambda: [child for child in children_of(server.pid) if child != worker[0]])
    finally:
        server.terminate()
        server.wait(15)
    assert not wait_for(lambda: [child for child in worker if os.path.exists(f"/proc/{child}/exe")], patience=0)
    said = output.read_text()
    assert SENTINEL not in said
    assert "127.0.0.1" not in said.replace(f"http://127.0.0.1:{port}/", "")


def asked(port, path):
    """Headers and body of a page, asked as the proxy asks; waits until the server is there."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Host": "list.example.org", "X-Forwarded-Proto": "https"}
    )
    until = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.headers, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.headers, error.read().decode("utf-8", "replace")
        except urllib.error.URLError:
            assert time.monotonic() < until, "the server never answered"
            time.sleep(0.1)


def children_of(parent):
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(entry))
    return found


def wait_for(truth, patience=15):
    until = time.monotonic() + patience
    while not (got := truth()) and time.monotonic() < until:
        time.sleep(0.1)
    return got
