"""The operator's page tells of the place and of no person."""

from datetime import timedelta

import pytest

from commonweal.common import measure, place
from commonweal.common.clock import now
from commonweal.common.models import Work
from commonweal.common.status import needs
from commonweal.common.verified import Verified
from tests.village import SENTINEL

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(monkeypatch):
    """Measurements of this test alone."""
    measured = measure.Measurements()
    monkeypatch.setattr(measure, "measurements", measured)
    return measured


def needs_now(**changed):
    engine, work = place.engine_now(), place.work_now()
    return needs(engine, work, changed.get("backup", Verified(now(), 1, 1, 1, sealed=True)))


def test_an_administrator_sees_how_the_place_is(client, village):
    client.force_login(village.root)
    page = client.get("/status/")
    assert page.status_code == 200
    assert "Commonweal <b>" in page.content.decode()


@pytest.mark.parametrize("who", ["ana", "bo", "cleo", "dov"])
def test_nobody_else_finds_the_page(client, village, who):
    client.force_login(getattr(village, who))
    assert client.get("/status/").status_code == 404


def test_a_request_is_measured_by_its_pattern_and_never_by_its_path(client, village, fresh):
    client.force_login(village.ana)
    client.get(f"/people/{village.eve_person.pk}/?q={SENTINEL}")
    client.get(f"/nowhere/{SENTINEL}/")
    assert fresh.requests >= 1
    written = " ".join(pattern.pattern for pattern in fresh.patterns())
    assert "<uuid:" in written
    assert str(village.eve_person.pk) not in written
    assert SENTINEL not in written


def test_a_measured_request_knows_its_queries(client, village, fresh):
    client.force_login(village.ana)
    client.get("/")
    (home,) = [pattern for pattern in fresh.patterns() if pattern.pattern == ""]
    assert home.requests == 1
    assert home.most_queries > 0


def test_only_slow_requests_are_kept_and_only_the_last_of_them():
    measured = measure.Measurements()
    for number in range(measure.KEPT + 5):
        measured.add(measure.Took("GET", f"p{number}/", 200, measure.SLOW, 1, 0.0, now()))
    measured.add(measure.Took("GET", "quick/", 200, measure.SLOW / 2, 1, 0.0, now()))
    assert [took.pattern for took in measured.slow()][:1] == [f"p{measure.KEPT + 4}/"]
    assert len(measured.slow()) == measure.KEPT


def test_a_place_without_a_verified_backup_says_so():
    assert any("backup" in line for line in needs_now(backup=None))
    assert not any("backup" in line for line in needs_now())


def test_a_backup_that_lies_open_is_named():
    assert any("not encrypted" in line for line in needs_now(backup=Verified(now(), 1, 1, 1)))


def test_each_state_of_background_work_has_its_word(client, village):
    for state in Work.State:
        Work.objects.create(kind=f"commonweal.{state}", state=state, asked_at=now())
    client.force_login(village.root)
    page = client.get("/status/").content.decode()
    for word in ("waits", "is being done", "done", "failed", "stopped"):
        assert f">{word}</td>" in page


def test_a_backup_grows_old():
    old = Verified(now() - timedelta(days=9), 1, 1, 1)
    assert any("9 days old" in line for line in needs_now(backup=old))


def test_work_that_nobody_does_is_named():
    Work.objects.create(kind="commonweal.none", asked_at=now())
    assert any("worker" in line for line in needs_now())
