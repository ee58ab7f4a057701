"""The wall chart: how blocks are sorted, trees folded and squares counted; what the page shows to whom."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.leaders.models import ListedLeader
from commonweal.leaders.rules.wall_chart import (
    Node,
    Square,
    best_level,
    folded,
    in_order,
    rows_of,
    shared_width,
    standing,
    totals,
    wall_chart,
)
from commonweal.leaders.views.wall_chart_squares import picture, sign_by_stance
from commonweal.people.models import Ask, Assessment, Occasion, Unit
from tests.village import SENTINEL, THEN, Village, person

UNIT = uuid4()
ADDRESS = "/leaders/wall_chart/"


def square(name: str, stance: str = "0", **fields: object) -> Square:
    return Square(uuid4(), name, name.casefold(), UNIT, stance=stance, **fields)  # type: ignore[arg-type]


def test_what_she_did_outranks_what_she_said_even_later() -> None:
    seen = (True, date(2026, 1, 1), 1, "3")
    told = (False, date(2026, 2, 1), 2, "1")
    assert standing([told, seen]) == seen
    assert standing([seen, (True, date(2026, 1, 2), 0, "2")]) == (True, date(2026, 1, 2), 0, "2")
    assert standing([]) is None


def test_a_leader_comes_before_her_chain_and_who_walks_alone_comes_last() -> None:
    bo = square("Bo", "1", flag="won")
    cleo, finn = square("Cleo", "3", walks_with=bo.person), square("Finn", "2", walks_with=bo.person)
    elsewhere, alone = square("Else", "1", walks_with=uuid4()), square("Alone", "1")
    assert in_order([alone, elsewhere, cleo, finn, bo]) == [bo, finn, cleo, elsewhere, alone]


def test_totals_count_a_listed_leader_as_not_alone() -> None:
    sums = totals([square("Bo", "1", flag="open"), square("Cleo", "2"), square("Finn")])
    assert (sums.people, sums.acted, sums.blank, sums.open, sums.won, sums.alone) == (3, 2, 1, 1, 0, 2)


def test_units_below_the_level_fold_into_what_stands_above_them() -> None:
    site, ward, team, other = uuid4(), uuid4(), uuid4(), uuid4()
    nodes = [Node(site, None, "Site"), Node(ward, site, "Ward"), Node(team, ward, "Team"), Node(other, site, "Other")]
    assert folded(nodes, [site], 2) == {site: site, ward: ward, team: ward, other: other}
    assert rows_of(folded(nodes, [site], 2), nodes, {team}) == [ward, other]
    assert best_level(nodes, [site], {team}, 24) == (2, 3)


def test_a_cycle_in_the_tree_ends_where_it_closes() -> None:
    one, other = uuid4(), uuid4()
    nodes = [Node(one, other, "One"), Node(other, one, "Other")]
    assert folded(nodes, [one], 3) == {one: one, other: other}


def test_the_widest_column_goes_to_the_fullest_shift() -> None:
    assert shared_width([[40, 10], [30, 10]], 20, 5) == [15, 5]
    assert shared_width([], 20, 5) == []


def test_a_block_of_five_thousand_is_drawn_with_few_parts() -> None:
    many = [square(f"P{number}", "123450"[number % 6]) for number in range(5000)]
    drawn = picture(many, 36, sign_by_stance)
    assert drawn.count("<") < 60
    assert drawn.count("h13v13h-13z") + drawn.count("h14.8v14.8h-14.8z") == 5000


def test_nothing_of_a_name_goes_into_the_picture() -> None:
    assert "<script" not in picture([square("<script>alert(1)</script>")], 8, sign_by_stance)


def test_a_chart_has_a_block_for_every_row_and_column() -> None:
    day, night = uuid4(), uuid4()
    chart = wall_chart([square("Bo", shift=day)], rows=[UNIT], row_of={UNIT: UNIT}, columns=[day, night], width=10)
    assert [block.totals.people for block in chart.rows[0].blocks] == [1, 0]
    assert chart.block(UNIT, night) is not None
    assert chart.block(uuid4(), night) is None


@pytest.mark.django_db
def test_an_organizer_sees_her_units_and_totals_and_nobody_else(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    for query in ("", "?page=table", "?by=chain", "?show=alone", "?q=o"):
        text = client.get(ADDRESS + query).content.decode()
        assert SENTINEL not in text
        assert "Weaving" in text
    assert "0 of 3 have acted. 3 squares are still blank." in client.get(ADDRESS).content.decode()


@pytest.mark.django_db
def test_a_leader_and_a_member_do_not_reach_the_chart(client: Client, village: Village) -> None:
    for account in (village.bo, village.cleo):
        client.force_login(account)
        assert client.get(ADDRESS).status_code == 404


@pytest.mark.django_db
def test_a_unit_outside_the_scope_and_one_that_is_not_there_answer_alike(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    for unit in (village.parish.pk, uuid4()):
        assert client.get(f"{ADDRESS}?unit={unit}").status_code == 404
        assert client.get(f"{ADDRESS}?block={unit}.{village.day.pk}").status_code == 404


@pytest.mark.django_db
def test_the_block_opens_the_names_with_a_link_to_each(client: Client, village: Village) -> None:
    ListedLeader.objects.create(
        campaign=village.campaign, person=village.bo_person, stage="won", listed_at=THEN, stage_since=THEN
    )
    client.force_login(village.ana)
    text = client.get(f"{ADDRESS}?block={village.weaving.pk}.{village.day.pk}").content.decode()
    assert str(village.bo_person.pk) in text and str(village.cleo_person.pk) in text
    assert str(village.finn_person.pk) not in text
    names = client.get(f"{ADDRESS}?page=names&block={village.weaving.pk}.{village.day.pk}").content.decode()
    assert "leader, won" in names and "Bo Adeyemi" in names


@pytest.mark.django_db
def test_a_withdrawn_judgement_leaves_the_square_blank(client: Client, village: Village) -> None:
    Assessment.objects.create(
        person=village.cleo_person, stance="2", on=date(2026, 3, 1), source="a", entered_at=THEN, withdrawn=True
    )
    Assessment.objects.create(person=village.bo_person, stance="2", on=date(2026, 3, 1), source="b", entered_at=THEN)
    client.force_login(village.ana)
    assert "1 of 3 has acted. 2 squares are still blank." in client.get(ADDRESS).content.decode()


@pytest.mark.django_db
def test_coloured_by_an_act_the_chart_says_who_came(client: Client, village: Village) -> None:
    act = Occasion.objects.create(
        campaign=village.campaign, kind="button", name="Button day", on=date(2026, 2, 1), source="x"
    )
    Ask.objects.create(occasion=act, asked=village.cleo_person, outcome="did", source="q", entered_at=THEN)
    client.force_login(village.ana)
    text = client.get(f"{ADDRESS}?by={act.pk}").content.decode()
    assert "1 of 3 came to Button day. 2 were not seen asked." in text


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_people(
    client: Client, village: Village, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        person(f"Extra {number}", village.weaving if number % 2 else village.spinning, village.night)
    client.force_login(village.ana)
    client.get(ADDRESS)
    for query in ("", "?page=table", f"?block={village.weaving.pk}.{village.night.pk}", "?by=chain&q=extra"):
        with django_assert_max_num_queries(33):  # type: ignore[operator]
            assert client.get(ADDRESS + query).status_code == 200


@pytest.mark.django_db
def test_by_chain_the_number_of_queries_does_not_grow_with_units(client: Client, village: Village) -> None:
    client.force_login(village.ana)
    client.get(ADDRESS)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ADDRESS + "?by=chain").status_code == 200
        return len(queries)

    few = asked()
    for number in range(9):
        unit = Unit.objects.create(name=f"Room {number}", parent=village.weaving.parent)
        person(f"Extra {number}", unit, village.day)
    assert asked() == few


def test_an_old_judgement_is_stale_after_twelve_weeks() -> None:
    today = date(2026, 6, 1)
    assert square("Bo", "2", judged_on=today - timedelta(days=85)).is_stale(today)
    assert not square("Bo", "2", judged_on=today - timedelta(days=84)).is_stale(today)


@pytest.mark.django_db
def test_a_place_without_units_leads_to_the_import(client: Client, village: Village) -> None:
    village.dov.units.clear()
    client.force_login(village.dov)
    for address in (ADDRESS, "/leaders/ties_map/", "/exchange/paper/wall_chart/"):
        answer = client.get(address)
        assert answer.status_code == 200
    assert "The wall is still bare" in client.get(ADDRESS).content.decode()
