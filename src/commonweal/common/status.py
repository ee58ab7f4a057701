"""The operator's page: how the place itself is doing. No person appears on it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import administrators
from commonweal.common.measure import SLOW, measurements
from commonweal.common.models import Work
from commonweal.common.place import Engine, WorkNow, engine_now, memory_now, versions, work_now
from commonweal.common.verified import Verified, last_verified_backup

BACKUP_DUE = timedelta(days=7)
LITTLE_ROOM = 1024**3  # bytes free on the disk


@administrators
def status(request: HttpRequest) -> HttpResponse:
    engine, work, backup = engine_now(), work_now(), last_verified_backup()
    shown = {
        "versions": list(versions()),
        "memory": memory_now(),
        "engine": engine,
        "work": work,
        "pieces": [(piece, state_in_words(piece.state)) for piece in work.recent],
        "backup": backup,
        "needs": list(needs(engine, work, backup)),
        "measured": measurements,
        "patterns": [
            {
                "pattern": one.pattern or "/",
                "requests": one.requests,
                "mean": milliseconds(one.mean),
                "slowest": milliseconds(one.slowest),
                "queries": one.most_queries,
            }
            for one in measurements.patterns()
        ],
        "slow": [
            {
                "at": one.at,
                "method": one.method,
                "pattern": one.pattern or "/",
                "took": milliseconds(one.seconds),
                "in_database": milliseconds(one.in_database),
                "queries": one.queries,
            }
            for one in measurements.slow()[:20]
        ],
        "slow_from": milliseconds(SLOW),
    }
    return render(request, "common/status.html", shown)


def needs(engine: Engine, work: WorkNow, backup: Verified | None) -> list[str]:
    """What somebody should see to, each in a sentence."""
    found = []
    if backup is None:
        found.append(_("No backup of this place was ever verified. Run: commonweal backup FILE"))
    elif now() - backup.at > BACKUP_DUE:
        days = (now() - backup.at).days
        found.append(
            ngettext(
                "The last verified backup is %(days)s day old.",
                "The last verified backup is %(days)s days old.",
                days,
            )
            % {"days": days}
        )
    if backup is not None and not backup.sealed:
        found.append(
            _("The last backup is not encrypted: whoever finds it can read it. Run: commonweal backup-key FILE")
        )
    if engine.migrations_missing:
        found.append(_("The database is older than the program. Run: commonweal migrate"))
    if engine.free is not None and engine.free < LITTLE_ROOM:
        found.append(_("Less than one gigabyte is free on the disk."))
    if work.failed:
        found.append(
            ngettext(
                "%(count)s piece of background work failed.",
                "%(count)s pieces of background work failed.",
                work.failed,
            )
            % {"count": counted(work.failed)}
        )
    if work.waiting and not work.running:
        found.append(_("Background work waits and nobody does it. Is the worker running?"))
    return found


def state_in_words(state: str) -> str:
    """How a piece of background work stands."""
    return {
        Work.State.WAITING: _("waits"),
        Work.State.RUNNING: _("is being done"),
        Work.State.DONE: _("done"),
        Work.State.FAILED: _("failed"),
        Work.State.CANCELLED: _("stopped"),
    }.get(Work.State(state), state)


def milliseconds(seconds: float) -> str:
    """A duration as whole milliseconds, with the unit that every language here shares."""
    return f"{counted(round(seconds * 1000))} ms"


app_name = "common"
urlpatterns = [path("status/", status, name="status")]
