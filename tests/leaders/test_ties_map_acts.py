"""The map of ties with signs and asks: shapes, arrows, reach in deeds, and who sees what."""

import math
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from commonweal.leaders.rules.asks_map import SHORT, Asked, Reach, around, arrow, on_map, reaches
from commonweal.leaders.views.ties_map_look import SIGNS
from commonweal.people.models import Assessment, Occasion, Tie
from tests.leaders.small_mill import ask, listed, occasion
from tests.village import SENTINEL, THEN, Village

ADDRESS = "/leaders/ties_map/"


def who(number: int) -> UUID:
    return UUID(int=number)


def test_reach_in_deeds_counts_everybody_once_by_what_is_strongest() -> None:
    asks = [
        Asked(who(1), who(2), "did_not"),
        Asked(who(1), who(2), "did"),
        Asked(who(1), who(3), "could_not"),
        Asked(who(4), who(3), "did"),
    ]
    assert reaches(asks) == [Reach(who(1), 2, 1), Reach(who(4), 1, 1)]
    assert reaches([]) == []


def test_around_somebody_stand_whom_she_asked_and_who_asked_her() -> None:
    asks = [Asked(who(1), who(2), "did"), Asked(who(3), who(1), "did"), Asked(who(3), who(2), "did")]
    assert around(asks, who(1)) == ({who(2)}, {who(3)})


def test_only_asks_with_both_ends_on_the_map_are_drawn() -> None:
    asks = [Asked(who(1), who(2), "did"), Asked(who(1), who(9), "did")]
    assert on_map(asks, {who(1), who(2)}) == asks[:1]


def test_an_arrow_stops_short_of_whom_it_points_at_with_a_head_of_two_equal_barbs() -> None:
    start, tip, one, two = arrow((0.0, 0.0), (100.0, 0.0))
    assert (start, tip) == ((0.0, 0.0), (100.0 - SHORT, 0.0))
    assert math.dist(tip, one) == pytest.approx(math.dist(tip, two))
    assert one[0] == two[0] < tip[0] and one[1] == -two[1]
    assert arrow((5.0, 5.0), (5.0, 5.0))[1] == (5.0, 5.0)


def test_no_two_signs_of_one_colouring_share_a_shape() -> None:
    for signs in (("1", "2", "3", "4", "5", "0"), ("did", "did_not", "could_not", "unknown", "")):
        assert len({tuple(SIGNS[sign]) for sign in signs}) == len(signs)


def tied(village: Village) -> Occasion:
    """Bo and Cleo are tied; Bo asked Cleo, who came, and Finn, whom no tie reaches; Eve asked Cleo too."""
    Tie.objects.create(person=village.bo_person, other=village.cleo_person, kind="friend", source="t", entered_at=THEN)
    listed(village, village.bo_person)
    act = occasion(village, "Button day", timezone.localdate() - timedelta(days=3))
    ask(act, village.bo_person, village.cleo_person, "did")
    ask(act, village.bo_person, village.finn_person, "did_not")
    ask(act, village.eve_person, village.cleo_person, "did")
    return act


@pytest.mark.django_db
def test_the_map_draws_who_asked_whom_and_tells_the_reach_of_each(client: Client, village: Village) -> None:
    act = tied(village)
    client.force_login(village.ana)
    for query in (f"?by={act.pk}&lines=asks", "?lines=asks"):
        text = client.get(ADDRESS + query).content.decode()
        assert "Button day: 1 asked 2 people, and 1 of them came." in text
        assert "1 ask is not drawn" in text
        map_ = text[text.index('id="ties"') : text.index("keyline")]
        assert 'class="ask came"' in map_ and 'class="tie ' not in map_
        row = re.search(r'Bo Adeyemi</a>.*?<td class="r">(\d+)</td><td class="r">(\d+)</td>', text, re.S)
        assert row is not None and row.groups() == ("2", "1")
        assert SENTINEL not in text and str(village.eve_person.pk) not in text
    hers = client.get(f"{ADDRESS}?by={act.pk}&lines=asks&person={village.bo_person.pk}").content.decode()
    assert "Bo Adeyemi asked 2 people to Button day; 1 came." in hers


@pytest.mark.django_db
def test_dots_by_an_act_have_a_table_that_counts_also_who_has_no_tie(client: Client, village: Village) -> None:
    act = tied(village)
    client.force_login(village.ana)
    text = client.get(f"{ADDRESS}?by={act.pk}").content.decode()
    table = text[text.index('id="signs"') :]
    assert re.findall(r"<td class=\"r\">(\d+)</td>", table)[-5:] == ["1", "1", "0", "0", "1"]
    assert f"&amp;by={act.pk}" in text


@pytest.mark.django_db
def test_dots_by_stance_say_where_people_stand(client: Client, village: Village) -> None:
    tied(village)
    Assessment.objects.create(
        person=village.cleo_person, stance="5", on=timezone.localdate(), source="a", entered_at=THEN
    )
    client.force_login(village.ana)
    text = client.get(ADDRESS + "?by=stance").content.decode()
    assert 'class="z z-cross"' in text[: text.index("keyline")]
    table = text[text.index('id="signs"') :]
    assert re.findall(r"<td class=\"r\">(\d+)</td>", table)[-6:] == ["1", "0", "1", "0", "1", "0"]


@pytest.mark.django_db
def test_an_act_that_is_not_offered_is_not_found(client: Client, village: Village) -> None:
    tied(village)
    client.force_login(village.ana)
    assert client.get(f"{ADDRESS}?by={who(7)}").status_code == 404
    coming = occasion(village, "Coming", timezone.localdate() + timedelta(days=3))
    assert client.get(f"{ADDRESS}?by={coming.pk}").status_code == 404


@pytest.mark.django_db
def test_the_map_of_asks_asks_few_questions(
    client: Client, village: Village, django_assert_max_num_queries: object
) -> None:
    act = tied(village)
    client.force_login(village.ana)
    client.get(ADDRESS)
    for query in ("?by=stance&lines=asks", f"?by={act.pk}&lines=asks"):
        with django_assert_max_num_queries(24):  # type: ignore[operator]
            assert client.get(ADDRESS + query).status_code == 200
