from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from commonweal.accounts.reads.scope import scope_of
from commonweal.ledger.models import Entry
from commonweal.listening.models import Conversation, Issue, Topic
from commonweal.listening.reads.issues import Sieve, first_month, issue_counts, latest_words
from tests.signed_in import signed_in
from tests.village import SENTINEL, THEN, Village, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


@pytest.fixture
def topics(db: None) -> tuple[Topic, Topic]:
    return Topic.objects.create(name="Pay"), Topic.objects.create(name="Schedules")


def brings_up(village: Village, whom: Any, topic: Topic | None, words: str, on: date = TODAY, **more: Any) -> Issue:
    account = more.pop("account", village.ana)
    talk = Conversation.objects.create(person=whom, account=account, on=on, entered_at=THEN, entered_by=account.pk)
    unit = whom.placements.get().unit
    return Issue.objects.create(conversation=talk, topic=topic, said=words, unit=unit, on=on)


def named(counts: Any) -> list[tuple[str, int, int | None]]:
    return [(one.name, one.people, one.elsewhere) for one in counts.topics]


def test_people_are_counted_and_not_how_often_they_said_it(village, topics):
    pay, schedules = topics
    brings_up(village, village.cleo_person, pay, "two jobs")
    brings_up(village, village.cleo_person, pay, "still two jobs")
    brings_up(village, village.finn_person, pay, "the night bonus")
    brings_up(village, village.finn_person, schedules, "changed after posting")
    brings_up(village, village.bo_person, None, "the heat")
    counts = issue_counts(scope_of(village.ana), Sieve(), TODAY)
    assert counts.people == 3
    assert named(counts) == [("Pay", 2, None), ("Schedules", 1, None), ("", 1, None)]
    assert [(one.name, one.people, [(t.name, t.people) for t in one.topics]) for one in counts.units] == [
        ("Weaving", 2, [("Pay", 1), ("", 1)]),
        ("Spinning", 1, [("Pay", 1), ("Schedules", 1)]),
    ]


def test_a_month_counts_whom_it_heard_and_what_is_older_than_a_year_is_left_out(village, topics):
    pay, _ = topics
    brings_up(village, village.cleo_person, pay, "now")
    brings_up(village, village.cleo_person, pay, "in january", date(2026, 1, 31))
    brings_up(village, village.cleo_person, pay, "long ago", first_month(TODAY) - timedelta(days=1))
    months = dict(issue_counts(scope_of(village.ana), Sieve(), TODAY).months)
    assert first_month(TODAY) == date(2025, 4, 1)
    assert len(months) == 12
    assert {month: found[pay.pk] for month, found in months.items() if found} == {
        date(2026, 1, 1): 1,
        date(2026, 3, 1): 1,
    }


def test_people_elsewhere_are_withheld_under_five_and_then_counted_without_their_unit(village, topics):
    pay, schedules = topics
    brings_up(village, village.cleo_person, pay, "ours")
    for place in range(4):
        brings_up(village, person(f"Nan {SENTINEL}{place}", village.parish), pay, SENTINEL, account=village.dov)
    assert named(issue_counts(scope_of(village.ana), Sieve(), TODAY)) == [("Pay", 1, None)]
    brings_up(village, village.eve_person, pay, SENTINEL, account=village.dov)
    brings_up(village, village.eve_person, schedules, SENTINEL, account=village.dov)
    counts = issue_counts(scope_of(village.ana), Sieve(), TODAY)
    assert named(counts) == [("Pay", 1, 5)]
    assert [one.name for one in counts.units] == ["Weaving"]
    assert [one.words for one in latest_words(scope_of(village.ana), village.ana, Sieve(), TODAY)] == ["ours"]


def test_the_words_are_for_the_organizers_of_that_turf_and_an_administrator_reads_her_own(village, topics):
    pay, _ = topics
    brings_up(village, village.cleo_person, pay, "what ana heard")
    brings_up(village, village.finn_person, pay, "what bo heard", account=village.bo)
    brings_up(village, village.bo_person, pay, "what root heard", account=village.root)

    def words(account: Any) -> set[str | None]:
        return {one.words for one in latest_words(scope_of(account), account, Sieve(), TODAY)}

    assert words(village.ana) == {"what ana heard", "what bo heard", "what root heard"}
    assert words(village.root) == {"what root heard"}
    assert words(village.dov) == set()


def test_unit_topic_and_letters_sift(village, topics):
    pay, schedules = topics
    brings_up(village, village.cleo_person, pay, "pay")
    brings_up(village, village.finn_person, schedules, "hours")
    scope = scope_of(village.ana)
    assert named(issue_counts(scope, Sieve(unit=village.spinning.pk), TODAY)) == [("Schedules", 1, None)]
    assert issue_counts(scope, Sieve(unit=village.mill.pk), TODAY).people == 2
    assert named(issue_counts(scope, Sieve(topic=pay.pk), TODAY)) == [("Pay", 1, None)]
    assert named(issue_counts(scope, Sieve(letters="SCHÉD"), TODAY)) == [("Schedules", 1, None)]
    assert issue_counts(scope, Sieve(unit=village.parish.pk), TODAY).people == 0


def page(account: Any, address: str = "listening:issues", **questions: str) -> Any:
    return signed_in(account).get(reverse(address), questions)


def test_the_page_shows_words_bars_and_the_change_and_keeps_them_from_others(village, topics):
    pay, _ = topics
    today = localdate()
    brings_up(village, village.cleo_person, pay, "two jobs", today)
    brings_up(village, village.finn_person, pay, "the night bonus", today)
    text = page(village.ana).content.decode()
    assert "2 people told us what weighs on them: first of all Pay" in text
    assert "the night bonus" in text
    assert "Pay: about as before (0 in three months, then 2)" in text, "two are too few to call it a change"
    for place in range(2):
        brings_up(village, person(f"More {place}", village.spinning), pay, "rent", today)
    assert "Pay: more than before (0 in three months, then 4)" in page(village.ana).content.decode()
    assert "the night bonus" not in page(village.root).content.decode()
    assert page(village.bo).status_code == page(village.cleo).status_code == 404
    assert "Nobody brought that up." in page(village.ana, q="parking").content.decode()


def test_the_questions_do_not_grow_with_the_issues(village, topics):
    pay, schedules = topics
    scope = scope_of(village.ana)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            issue_counts(scope, Sieve(), TODAY)
            latest_words(scope, village.ana, Sieve(), TODAY)
        return len(captured)

    brings_up(village, village.cleo_person, pay, "one")
    before = asked()
    for place in range(6):
        more = person(f"More {place}", village.spinning, village.night)
        brings_up(village, more, schedules, "two", TODAY - timedelta(days=30 * place))
    assert asked() == before <= 16


def test_topics_are_renamed_and_joined_by_administrators_alone(village, topics):
    pay, schedules = topics
    said = brings_up(village, village.cleo_person, schedules, "changed after posting")
    client = signed_in(village.root)
    address = reverse("listening:topics")
    taken = client.post(address, {"topic": str(schedules.pk), "name": "pay", "once": "a"})
    assert "“Pay” is there already. Join the two instead." in taken.content.decode()
    assert client.post(address, {"topic": str(pay.pk), "name": "Money", "once": "b"}).status_code == 302
    assert client.post(address, {"topic": str(schedules.pk), "into": str(pay.pk), "once": "c"}).status_code == 302
    assert client.post(address, {"topic": str(schedules.pk), "into": str(pay.pk), "once": "d"}).status_code == 404
    assert [topic.name for topic in Topic.objects.all()] == ["Money"]
    said.refresh_from_db()
    assert (said.topic_id, str(said.said)) == (pay.pk, "changed after posting")
    assert Entry.objects.filter(verb__in=["renamed_topic", "joined_topics"]).count() == 2
    assert page(village.ana, "listening:topics").status_code == 404
