"""Issues by unit, in people's words, and how they change; the topics they are kept under."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.clock import now
from commonweal.common.counts import counted
from commonweal.common.doors import ScopedRequest, administrators, organizers
from commonweal.common.once import once_only
from commonweal.common.refusals import NotYours
from commonweal.common.sent import id_in
from commonweal.listening.forms.topics import TopicForm
from commonweal.listening.models import Topic
from commonweal.listening.reads.issues import (
    FEWEST_ELSEWHERE,
    Counts,
    Sieve,
    TopicCount,
    all_topics,
    issue_counts,
    latest_words,
)
from commonweal.listening.writes.topics import TopicThere, join_topics, rename_topic
from commonweal.people.reads.units import unit_choices

UNITS, UNITS_IN_TABLE, TOPICS_OF_UNIT, TOPICS_DRAWN, COLUMNS = 12, 60, 4, 6, 6
HEIGHT = 36
"""Of a month's column, in pixels."""
CLEAR = 1.64
"""So many times what chance alone makes two counts differ is called a change."""


@dataclass(frozen=True)
class Column:
    """One month of a topic: where its column stands, in per cent and pixels, and how many people it stands for."""

    x: float
    y: float
    height: float
    people: int
    month: str


@dataclass(frozen=True)
class Course:
    """How a topic went over the months."""

    name: str
    columns: list[Column]
    said: str


@organizers
def issues(request: ScopedRequest) -> HttpResponse:
    today = localdate(now())
    unit, topic = id_in(request.GET.get("unit")), id_in(request.GET.get("topic"))
    if unit is not None and not request.scope.covers_unit(unit):
        unit = None
    letters = request.GET.get("q", "").strip()[:80]
    sieve = Sieve(unit, topic, letters)
    counts = issue_counts(request.scope, sieve, today)
    columns = [one for one in counts.topics if one.people][:COLUMNS]
    context = {
        "counts": counts,
        "most": max((one.people for one in counts.topics), default=1),
        "units": [(one, one.topics[:TOPICS_OF_UNIT]) for one in counts.units[:UNITS]],
        "most_in_unit": max((one.people for place in counts.units for one in place.topics), default=1),
        "more_units": max(min(len(counts.units), UNITS_IN_TABLE) - UNITS, 0),
        "left_units": max(len(counts.units) - UNITS_IN_TABLE, 0),
        "columns": columns,
        "table": [(one, [_of(one.topics, column) for column in columns]) for one in counts.units[:UNITS_IN_TABLE]],
        "courses": _courses(counts, columns),
        "months": [date_format(month, "M y") for month, _topics in counts.months],
        "words": latest_words(request.scope, request.account, sieve, today),
        "reads_all": not request.account.may_administer,
        "headline": _headline(counts, topic),
        "unit": str(unit or ""),
        "topic": str(topic or ""),
        "q": letters,
        "choices": unit_choices(request.scope),
        "sieved": bool(unit or topic or letters),
        "elsewhere": any(one.elsewhere for one in counts.topics),
        "fewest": FEWEST_ELSEWHERE,
    }
    return render(request, "listening/issues.html", context)


def _of(topics: list[TopicCount], column: TopicCount) -> int:
    return next((one.people for one in topics if one.topic == column.topic), 0)


def _headline(counts: Counts, topic: UUID | None) -> str:
    first = next((one for one in counts.topics if one.people and one.name), None)
    if not counts.people or first is None:
        return _("What are people angry about?")
    if topic is not None:
        return ngettext(
            "%(topic)s: one person brought it up", "%(topic)s: %(number)s people brought it up", first.people
        ) % {
            "topic": first.name,
            "number": counted(first.people),
        }
    return ngettext(
        "One person told us what weighs on her",
        "%(number)s people told us what weighs on them: first of all %(topic)s",
        counts.people,
    ) % {"number": counted(counts.people), "topic": first.name}


def _courses(counts: Counts, topics: list[TopicCount]) -> list[Course]:
    most = max((number for _month, found in counts.months for number in found.values()), default=1)
    return [_course(one, counts.months, most) for one in topics[:TOPICS_DRAWN]]


def _course(topic: TopicCount, months: list[tuple[date, dict[UUID | None, int]]], most: int) -> Course:
    width = 100 / max(len(months), 1)
    columns = []
    for place, (month, found) in enumerate(months):
        number = found.get(topic.topic, 0)
        height = round(HEIGHT * number / max(most, 1), 1)
        columns.append(
            Column(round(place * width + width * 0.15, 2), HEIGHT - height, height, number, date_format(month, "F Y"))
        )
    name = topic.name or _("no topic yet")
    return Course(name, columns, _change(name, [one.people for one in columns]))


def _change(name: str, numbers: list[int]) -> str:
    """The last three months against the three before, in words."""
    later, before = sum(numbers[-3:]), sum(numbers[-6:-3])
    facts = {"topic": name, "later": counted(later), "before": counted(before)}
    if (later - before) ** 2 <= CLEAR**2 * (later + before):
        return _("%(topic)s: about as before (%(before)s in three months, then %(later)s)") % facts
    if later > before:
        return _("%(topic)s: more than before (%(before)s in three months, then %(later)s)") % facts
    return _("%(topic)s: less than before (%(before)s in three months, then %(later)s)") % facts


@administrators
@once_only
def topics(request: ScopedRequest) -> HttpResponse:
    """All topics, each to be renamed or joined with another."""
    wrong, form = "", TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        topic = Topic.objects.filter(pk=form.cleaned_data["topic"]).first()
        if topic is None:
            raise NotYours
        by, at = request.account.pk, now()
        if form.cleaned_data["into"]:
            into = Topic.objects.filter(pk=form.cleaned_data["into"]).first()
            if into is None:
                raise NotYours
            moved = join_topics(topic=topic, into=into, by=by, at=at)
            said = ngettext("Joined: one issue moved.", "Joined: %(number)s issues moved.", moved)
            messages.success(request, said % {"number": counted(moved)})
            return redirect("listening:topics")
        try:
            rename_topic(topic=topic, name=form.cleaned_data["name"], by=by, at=at)
        except TopicThere as there:
            wrong = _("“%(name)s” is there already. Join the two instead.") % {"name": there.name}
        else:
            messages.success(request, _("Kept."))
            return redirect("listening:topics")
    rows = all_topics()
    context = {
        "rows": rows,
        "wrong": wrong or " ".join(str(error) for errors in form.errors.values() for error in errors),
        "wrong_topic": request.POST.get("topic", ""),
        "typed": request.POST.get("name", ""),
    }
    return render(request, "listening/topics.html", context)
