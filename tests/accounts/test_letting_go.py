"""What the door kept goes when its time is over: a month or four hundred days later, once or twice, never early."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from commonweal.accounts.models import Account, Device, FailedTry, Invitation, Looking, OpeningVoice, SignInLink
from commonweal.accounts.writes.letting_go import let_go, over
from commonweal.accounts.writes.looking import keep_looks
from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.common.models import Once, Work
from commonweal.management.commands.work import TIDYING
from tests.village import Village

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KEPT_FOR: dict[Any, tuple[timedelta, timedelta]] = {
    Session: (29 * DAY, 31 * DAY),
    Device: (29 * DAY, 33 * DAY),
    FailedTry: (timedelta(minutes=59), timedelta(minutes=61)),
    Looking: (timedelta(hours=1), timedelta(hours=3)),
    SignInLink: (timedelta(minutes=29), timedelta(minutes=31)),
    Invitation: (29 * DAY, 38 * DAY),
    OpeningVoice: (DAY, 3 * DAY),
    Once: (timedelta(hours=23), timedelta(hours=25)),
    Work: (29 * DAY, 31 * DAY),
}
"""How long each must still be there, and when it must be gone."""


@pytest.fixture
def at(village: Village) -> datetime:
    """One row of every kind, made at that moment."""
    moment = now()
    client = Client()
    client.force_login(village.cleo)
    Device.objects.update(own=True)
    FailedTry.objects.create(key="k", at=moment)
    keep_looks(by=village.ana.pk, at=moment, named=[new_id()])
    ways: dict[str, Any] = {"made_by": village.ana, "made_at": moment}
    SignInLink.objects.create(account=village.bo, fingerprint="f", ends_at=moment + timedelta(minutes=30), **ways)
    Invitation.objects.create(
        fingerprint="g", name="Guest", role="organizer", ends_at=moment + 7 * DAY, used_at=moment, **ways
    )
    OpeningVoice.objects.create(account=village.ana, at=moment)
    Once.objects.create(key="k", at=moment)
    Work.objects.create(kind="commonweal.x", state="done", asked_at=moment, ended_at=moment)
    return moment


def counts() -> dict[Any, int]:
    return {model: model.objects.count() for model in KEPT_FOR}


def go(moment: datetime) -> None:
    let_go(None, None, by=None, at=moment)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(KEPT_FOR), ids=lambda kind: kind.__name__)
def test_each_is_kept_its_time_and_then_gone(at: datetime, kind: Any) -> None:
    still, gone = KEPT_FOR[kind]
    go(at + still)
    assert kind.objects.count() == 1
    go(at + gone)
    assert kind.objects.count() == 0


def test_after_four_hundred_days_all_of_it_is_gone_and_nothing_else(at: datetime) -> None:
    others = set(apps.get_models()) - set(KEPT_FOR) - {Invitation.units.through}
    before = {model: model._default_manager.count() for model in others}
    go(at + 400 * DAY)
    go(at + 400 * DAY)
    assert set(counts().values()) == {0}
    assert {model: model._default_manager.count() for model in others} == before
    assert Account.objects.count() == 5


def test_a_clock_set_back_lets_nothing_go(at: datetime) -> None:
    before = counts()
    go(at - 400 * DAY)
    assert counts() == before


def test_the_worker_does_it_by_itself() -> None:
    assert "commonweal.accounts.writes.letting_go.let_go" in TIDYING


def models_over(at: datetime) -> Iterator[Any]:
    yield from (rows.model for rows in over(at))


def test_this_test_knows_every_kind(at: datetime) -> None:
    assert set(models_over(at)) == set(KEPT_FOR)
