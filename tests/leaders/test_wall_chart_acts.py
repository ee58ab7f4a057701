"""The wall chart by acts: stickers, who asked, who was not asked, who says yes and does not come."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from commonweal.leaders.reads.wall_chart_acts import last_acts, outcomes_by_act, outcomes_of
from commonweal.leaders.rules.turnouts import turnouts
from commonweal.leaders.rules.wall_chart import Square, totals
from commonweal.leaders.views.wall_chart_stickers import SHAPES, picture_of_acts
from commonweal.people.models import Ask, Assessment, BareYes, Occasion, Person
from tests.leaders.small_mill import ask, occasion
from tests.village import SENTINEL, THEN, Village, person

ADDRESS = "/leaders/wall_chart/"
UNIT = uuid4()


def square(name: str, acts: Sequence[str] = (), **fields: object) -> Square:
    return Square(uuid4(), name, name.casefold(), UNIT, acts=tuple(acts), **fields)  # type: ignore[arg-type]


def test_a_turnout_counts_who_came_and_who_was_not_asked() -> None:
    first, second = turnouts([("did", ""), ("did_not", ""), ("", "unknown")], 2)
    assert (first.people, first.asked, first.came, first.unasked) == (3, 2, 1, 1)
    assert (second.people, second.asked, second.came, second.unasked) == (3, 1, 0, 2)
    assert turnouts([], 1)[0].people == 0


def test_totals_of_acts_tell_who_came_to_any_and_who_was_asked_to_none() -> None:
    sums = totals([square("Bo", ["did", ""]), square("Cleo", ["did_not", ""]), square("Finn", ["", ""])])
    assert (sums.came_to_any, sums.asked_to_none) == (1, 1)
    assert [act.asked for act in sums.acts] == [2, 0]


def test_each_outcome_has_a_sticker_of_its_own_shape() -> None:
    shapes = [(look, strokes) for look, strokes in SHAPES.values()]
    assert len({look for look, _ in shapes}) == 5
    drawn = [strokes for look, strokes in shapes if look not in ("s-did", "s-unknown")]
    assert len(set(drawn)) == 3  # the full square and the dot are one point, drawn thick and thin


def test_five_thousand_rows_of_stickers_are_drawn_with_few_parts() -> None:
    outcomes = list(SHAPES)
    many = [square(f"P{number}", [outcomes[(number + act) % 5] for act in range(5)]) for number in range(5000)]
    drawn = picture_of_acts(many, 14, 5)
    assert drawn.count("<") < 30
    strokes = "".join(re.findall(r' d="([^"]*)"', drawn))
    assert len(re.findall(r"M[\d.]+ [\d.]+m", strokes)) == 25_000


def test_whoever_is_not_lit_is_one_dot() -> None:
    bo, cleo = square("Bo", ["did"] * 5), square("Cleo", ["did"] * 5)
    drawn = picture_of_acts([bo, cleo], 14, 5, lit={bo.person})
    assert drawn.count("m4.5 4.5h0") == 5
    assert "k-faded" in drawn


@pytest.mark.django_db
def test_the_last_acts_are_those_that_have_been_and_of_which_something_is_written_down(village: Village) -> None:
    today = date(2026, 6, 1)
    named = []
    for number in range(7):
        act = occasion(village, f"Act {number}", today - timedelta(days=60 - number))
        ask(act, None, village.cleo_person, "did")
        named.append(act.name)
    occasion(village, "Nothing written", today - timedelta(days=1))
    coming = occasion(village, "Coming", today + timedelta(days=1))
    ask(coming, None, village.cleo_person, "did")
    assert [act.name for act in last_acts(village.campaign, today)] == named[2:]


@pytest.mark.django_db
def test_outcomes_take_the_strongest_and_leave_out_what_was_withdrawn(village: Village) -> None:
    bo, cleo, finn = village.bo_person, village.cleo_person, village.finn_person
    first, second = occasion(village, "One", date(2026, 2, 1)), occasion(village, "Two", date(2026, 2, 2))
    ask(first, None, cleo, "unknown")
    ask(first, bo, cleo, "did_not")
    ask(second, bo, finn, "could_not")
    Ask.objects.filter(occasion=second).update(withdrawn=True)
    BareYes.objects.create(occasion=second, person=finn, source="y", entered_at=THEN)
    everybody = Person.objects.values("pk")
    assert outcomes_by_act([first.pk, second.pk], everybody) == {cleo.pk: ("did_not", ""), finn.pk: ("", "did")}
    outcomes, askers = outcomes_of(first, everybody)
    assert outcomes == {cleo.pk: "did_not"}
    assert set(askers[cleo.pk]) == {None, bo.pk}
    assert outcomes_of(second, everybody) == ({finn.pk: "did"}, {})


def an_act(village: Village, days_ago: int = 3, name: str = "Button day") -> Occasion:
    """Bo asked Cleo, who did not come; nobody asked Finn."""
    act = occasion(village, name, timezone.localdate() - timedelta(days=days_ago))
    ask(act, None, village.bo_person, "did")
    ask(act, village.bo_person, village.cleo_person, "did_not")
    return act


@pytest.mark.django_db
def test_by_acts_the_chart_its_table_and_its_names_tell_the_same(client: Client, village: Village) -> None:
    an_act(village)
    client.force_login(village.ana)
    text = client.get(ADDRESS + "?by=acts").content.decode()
    assert "1 of 3 came to the last act. 1 was asked to none." in text
    assert "2 of 2 asked, 1 came" in text and "0 of 1 asked, 0 came; 1 not seen asked" in text
    assert 'data-seen="dn"' in text or 'data-seen="nd"' in text
    table = client.get(ADDRESS + "?by=acts&page=table").content.decode()
    assert "Button day" in table and "Not seen asked" in table
    names = client.get(f"{ADDRESS}?page=names&block={village.weaving.pk}.{village.day.pk}").content.decode()
    assert "asked, did not come" in names and SENTINEL not in text + table + names


@pytest.mark.django_db
def test_by_one_act_the_block_and_the_names_tell_who_asked(client: Client, village: Village) -> None:
    act = an_act(village)
    stranger = occasion(village, "Other day", timezone.localdate())
    ask(stranger, village.eve_person, village.cleo_person, "did")
    client.force_login(village.ana)
    text = client.get(f"{ADDRESS}?by={act.pk}").content.decode()
    assert "Bo Adeyemi asked 1 (0 came)" in text and "somebody not written down asked 1 (1 came)" in text
    names = client.get(f"{ADDRESS}?by={act.pk}&page=names&block={village.weaving.pk}.{village.day.pk}")
    assert "Asked by" in names.content.decode()
    table = client.get(f"{ADDRESS}?by={act.pk}&page=table").content.decode()
    assert "Bo Adeyemi asked 1 (0 came)" in table
    hidden = client.get(f"{ADDRESS}?by={stranger.pk}").content.decode()
    assert "somebody outside your units asked 1 (1 came)" in hidden
    assert SENTINEL not in hidden and str(village.eve_person.pk) not in hidden


@pytest.mark.django_db
def test_no_name_of_anybody_drawn_is_sent_for_what_one_points_at(client: Client, village: Village) -> None:
    act = an_act(village)
    client.force_login(village.ana)
    text = client.get(f"{ADDRESS}?by={act.pk}").content.decode()
    assert "Cleo Ruiz" not in text and str(village.cleo_person.pk) not in text


@pytest.mark.django_db
def test_the_filters_light_who_talks_who_missed_and_who_was_not_asked(client: Client, village: Village) -> None:
    an_act(village)
    for who in (village.cleo_person, village.finn_person):
        Assessment.objects.create(
            person=who, stance="2", on=timezone.localdate(), source=f"a{who.pk}", entered_at=timezone.now()
        )
    client.force_login(village.ana)
    for show in ("talks", "missed", "unasked"):
        text = client.get(f"{ADDRESS}?show={show}").content.decode()
        assert "<b>1</b> square is lit" in text, show
    page = client.get(ADDRESS).content.decode()
    assert "Said yes, did not come to Button day" in page and "Not asked to Button day" in page
    assert page.count('class="talks"') == 2  # in the key, and on Cleo's square
    names = client.get(f"{ADDRESS}?page=names&block={village.weaving.pk}.{village.day.pk}").content.decode()
    assert names.count("talks, does not walk") == 1


@pytest.mark.django_db
def test_without_any_act_there_are_no_stickers_to_choose(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    text = client.get(ADDRESS + "?by=acts").content.decode()
    assert 'value="acts"' not in text
    assert "0 of 3 have acted." in text


@pytest.mark.django_db
def test_the_chart_by_acts_asks_no_more_questions_of_more_people(
    client: Client, village: Village, django_assert_max_num_queries: object
) -> None:
    act = an_act(village)
    for number in range(40):
        one = person(f"Extra {number}", village.weaving, village.night)
        ask(act, village.bo_person, one, "did" if number % 2 else "did_not")
    client.force_login(village.ana)
    client.get(ADDRESS)
    block = f"{village.weaving.pk}.{village.night.pk}"
    for query in ("?by=acts", f"?by={act.pk}", "?by=acts&page=table", f"?by={act.pk}&page=names&block={block}"):
        with django_assert_max_num_queries(42):  # type: ignore[operator]
            assert client.get(ADDRESS + query).status_code == 200
