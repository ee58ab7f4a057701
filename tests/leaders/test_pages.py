"""The pages of the list: who sees what, what a form does, and how many queries a page asks."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonweal.common.ids import new_id
from commonweal.common.scale import scale_of_place
from commonweal.leaders.models import ChainProposal, ChainSheet, CoinToss, ListedLeader, Reading, Veto
from commonweal.leaders.writes.reading import compute
from commonweal.people.models import ChainLink, Nomination, Person
from commonweal.people.writes.search_keys import refresh
from tests import village as cast
from tests.leaders.small_mill import Silent, ask, busy_mill, listed, names, occasion, tie
from tests.signed_in import send, signed_in
from tests.village import SENTINEL, THEN, Village


def at(name: str, village: Village, **more: Any) -> str:
    return reverse(f"leaders:{name}", kwargs={"campaign": village.campaign.pk, **more})


@pytest.fixture
def mill(village: Village) -> Village:
    """The village with evidence, a list, a reading, coins and a sheet; Eve of the parish is tied to all of it."""
    people = busy_mill(village)
    bo = listed(village, village.bo_person)
    listed(village, village.finn_person, "target")
    bo.steps.create(stage="won", on=THEN.date(), note="said yes", entered_at=THEN, entered_by=village.ana.pk)
    tie(village.eve_person, village.bo_person, "tie:eve")
    names(village.eve_person, village.bo_person)
    ask(occasion(village, "March", THEN.date()), village.bo_person, village.eve_person, "did")
    ChainLink.objects.create(
        campaign=village.campaign,
        leader=village.bo_person,
        follower=village.eve_person,
        since=THEN,
        why="claimed",
        source="hand:eve",
    )
    compute(village.campaign.pk, Silent(), by=None, at=THEN)
    first, second = sorted((village.bo_person.pk, village.cleo_person.pk))
    for place, person in enumerate([*people[:4], village.eve_person]):
        CoinToss.objects.create(
            campaign=village.campaign,
            first_id=first,
            second_id=second,
            asked=person,
            fell_to_first=bool(place % 2),
            lot=7,
            at=THEN,
            by=village.ana.pk,
        )
    ChainSheet.objects.create(
        campaign=village.campaign,
        leader=village.bo_person,
        number=1,
        printed_at=THEN,
        printed_by=village.ana.pk,
        back_by=THEN.date(),
    )
    return village


def pages(village: Village) -> dict[str, str]:
    """Every page of the list about this campaign."""
    bo, cleo = village.bo_person.pk, village.cleo_person.pk
    row = ListedLeader.objects.get(person=bo)
    sheet = ChainSheet.objects.get()
    return {
        "board": at("board_of", village),
        "print": at("board_print", village),
        "names": at("candidates", village),
        "names of a kind": at("candidates", village) + "?listed=proposed&verdict=lifts&page=999",
        "known": at("known", village, person=bo),
        "put on": at("put_on", village),
        "search": at("put_on", village) + "?q=e",
        "put her on": at("put_her_on", village, person=cleo),
        "list": at("listed", village),
        "place": at("listed_one", village, listed=row.pk),
        "shortest": at("proposed", village),
        "chains": at("chains", village),
        "chain": at("chain", village, person=bo) + "?q=e",
        "walks": at("move_follower", village, person=cleo),
        "alone": at("alone", village),
        "alone in": at("alone_in", village, unit=village.weaving.pk) + f"?shift={village.day.pk}",
        "proposals": at("proposals", village),
        "contested": at("contested", village),
        "coins": at("tosses", village),
        "coin": at("toss", village, first=bo, second=cleo),
        "sheet form": at("print_sheet", village, person=bo),
        "sheets": at("sheets", village),
        "sheet": at("sheet", village, sheet=sheet.pk),
    }


MOST_QUERIES = 70


def test_leaders_with_whom_she_could_walk_are_found_by_name_or_place_and_those_bound_to_her_come_first(
    mill: Village,
) -> None:
    eve = listed(mill, mill.eve_person)
    refresh(Person.objects.values_list("pk", flat=True))
    address = at("move_follower", mill, person=mill.cleo_person.pk)
    ana = signed_in(mill.ana)
    offered = [ana.get(address + asked).content.decode() for asked in ("", "?q=finn", "?q=spin", "?q=" + SENTINEL)]
    finn, bo = (f"people/{one.pk}/chain/" for one in (mill.finn_person, mill.bo_person))
    assert [(finn in page, bo in page) for page in offered] == [
        (True, True),
        (True, False),
        (True, False),
        (False,) * 2,
    ]
    assert str(eve.person_id) not in "".join(offered)
    for number in range(4):
        names(mill.cleo_person, mill.finn_person, f"question {number}")
    page = ana.get(address).content.decode()
    assert offered[0].index(bo) < offered[0].index(finn) and page.index(finn) < page.index(bo)


def test_many_leaders_stand_on_several_pages(mill: Village) -> None:
    many = [listed(mill, cast.person(f"Lead{number:02d} Aaronson", mill.weaving)) for number in range(31)]
    address = at("move_follower", mill, person=mill.cleo_person.pk)
    ana = signed_in(mill.ana)
    seen = [ana.get(f"{address}?page={number}").content.decode() for number in (1, 2)]
    for one in many:
        assert sum(f'name="leader" value="{one.person_id}"' in page for page in seen) == 1
    assert 'href="?page=2"' in seen[0]


def test_every_page_opens_for_its_organizer_shows_nobody_else_and_asks_few_queries(mill: Village) -> None:
    ana = signed_in(mill.ana)
    scale_of_place(fresh=True)  # asked once a second in a process, whatever the page
    for name, address in pages(mill).items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = ana.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200, name
        assert SENTINEL not in page and str(mill.eve_person.pk) not in page, name
        assert len(asked) <= MOST_QUERIES, (name, len(asked))


def test_more_people_do_not_mean_more_queries(mill: Village) -> None:
    ana = signed_in(mill.ana)
    addresses = {name: at(name, mill) for name in ("board_of", "candidates", "listed", "chains", "alone", "proposals")}

    def counted(address: str) -> int:
        ana.get(address)
        with CaptureQueriesContext(connection) as asked:
            ana.get(address)
        return len(asked)

    before = {name: counted(address) for name, address in addresses.items()}
    for one in Person.objects.filter(name__startswith="Hand0"):
        listed(mill, one, "identified")
    after = {name: counted(address) for name, address in addresses.items()}
    assert after == {name: pytest.approx(number, abs=1) for name, number in before.items()}


def test_whoever_organizes_elsewhere_finds_nothing_here(mill: Village) -> None:
    dov = signed_in(mill.dov)
    for name, address in pages(mill).items():
        answer = dov.get(address)
        assert answer.status_code == 404, name
    board = dov.get(reverse("leaders:board"))
    assert "No campaign reaches your units yet" in board.content.decode()


def test_leaders_members_and_strangers_do_not_reach_the_board(mill: Village) -> None:
    for account in (mill.bo, mill.cleo):
        client = signed_in(account)
        assert {client.get(address).status_code for address in pages(mill).values()} == {404}
    assert Client().get(at("board_of", mill)).status_code == 302


def test_an_organizer_of_a_part_sees_its_figures_and_is_told_so(mill: Village) -> None:
    mill.ana.units.set([mill.spinning])
    page = signed_in(mill.ana).get(at("board_of", mill)).content.decode()
    assert "These are the figures of your units." in page
    assert "Finn" not in page.split("Who moves whom")[0] and "Bo Adeyemi" not in page
    assert signed_in(mill.ana).get(at("known", mill, person=mill.bo_person.pk)).status_code == 404


def test_the_writes_of_another_organizer_change_nothing_here(mill: Village) -> None:
    dov = signed_in(mill.dov)
    row = ListedLeader.objects.get(person=mill.bo_person)
    proposal = ChainProposal.objects.exclude(leader=None).first()
    forms = [
        (at("read_again", mill), {}),
        (at("put_her_on", mill, person=mill.cleo_person.pk), {"stage": "target", "on": "2026-03-19"}),
        (at("move_stage", mill, listed=row.pk), {"to": "lost", "on": "2026-03-19", "version": 1}),
        (at("take_off", mill, listed=row.pk), {"version": 1}),
        (at("put_back", mill, listed=row.pk), {}),
        (at("take_back_step", mill, listed=row.pk), {"version": 1}),
        (at("pin", mill, listed=row.pk), {"version": 1, "pinned": 1}),
        (at("entrust", mill, listed=row.pk), {"version": 1}),
        (at("veto", mill, person=mill.cleo_person.pk), {}),
        (at("accept_names", mill), {"person": mill.cleo_person.pk}),
        (at("add_follower", mill, person=mill.bo_person.pk), {"follower": mill.finn_person.pk}),
        (at("move_follower", mill, person=mill.cleo_person.pk), {"act": "end"}),
        (at("decide_proposals", mill), {"proposal": proposal.pk if proposal else "", "all": "1"}),
        (at("toss", mill, first=mill.bo_person.pk, second=mill.cleo_person.pk), {}),
        (at("print_sheet", mill, person=mill.bo_person.pk), {"back_by": "2030-01-01"}),
        (at("give_back", mill, sheet=ChainSheet.objects.get().pk), {}),
    ]
    before = (ListedLeader.objects.count(), ChainLink.objects.filter(until=None).count(), CoinToss.objects.count())
    for address, typed in forms:
        assert send(dov, address, **typed).status_code == 404, address
    row.refresh_from_db()
    assert (row.stage, row.version, Veto.objects.count()) == ("won", 1, 0)
    assert before == (
        ListedLeader.objects.count(),
        ChainLink.objects.filter(until=None).count(),
        CoinToss.objects.count(),
    )


def test_a_person_outside_the_scope_cannot_be_smuggled_into_a_form(mill: Village) -> None:
    ana = signed_in(mill.ana)
    eve = mill.eve_person.pk
    assert send(ana, at("accept_names", mill), person=[eve]).status_code == 404
    assert send(ana, at("add_follower", mill, person=mill.bo_person.pk), follower=eve).status_code == 404
    assert send(ana, at("put_her_on", mill, person=eve), stage="target", on="2026-03-19").status_code == 404
    coin = at("toss", mill, first=mill.bo_person.pk, second=mill.cleo_person.pk)
    assert send(ana, coin, person=[eve]).status_code == 404


def test_getting_a_page_changes_nothing(mill: Village) -> None:
    ana = signed_in(mill.ana)
    row = ListedLeader.objects.get(person=mill.bo_person)
    for address in (
        at("move_stage", mill, listed=row.pk),
        at("take_off", mill, listed=row.pk),
        at("decide_proposals", mill),
        at("read_again", mill),
    ):
        assert ana.get(address).status_code == 405


def test_the_thin_path_from_search_to_the_list(village: Village) -> None:
    ana = signed_in(village.ana)
    address = at("put_her_on", village, person=village.finn_person.pk)
    typed = {"stage": "target", "on": "2026-03-01", "note": "faces turn to him", "responsible": village.ana.pk}
    answer = send(ana, address, **typed)
    row = ListedLeader.objects.get()
    assert answer.redirect_chain[-1][0] == at("listed_one", village, listed=row.pk)
    assert "faces turn to him" in answer.content.decode()
    assert (row.stage, row.responsible) == ("target", village.ana)


def test_a_double_click_puts_her_on_the_list_once(village: Village) -> None:
    ana = signed_in(village.ana)
    typed = {"once": str(new_id()), "stage": "target", "on": "2026-03-01"}
    address = at("put_her_on", village, person=village.finn_person.pk)
    first, second = ana.post(address, typed), ana.post(address, typed)
    assert first["Location"] == second["Location"]
    assert ListedLeader.objects.count() == 1


def test_a_jump_keeps_what_was_typed_and_says_why(mill: Village) -> None:
    row = listed(mill, mill.cleo_person, "identified")
    address = at("move_stage", mill, listed=row.pk)
    answer = send(signed_in(mill.ana), address, to="tested", on="2026-03-01", note="my note", version=1)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From “identified” there is no step to “tested”" in page and "my note" in page


def test_the_second_of_two_organizers_is_told_what_the_first_did(mill: Village) -> None:
    row = listed(mill, mill.cleo_person, "approached")
    ana, root = signed_in(mill.ana), signed_in(mill.root)
    address = at("move_stage", mill, listed=row.pk)
    send(root, address, to="won", on="2026-03-01", version=1)
    answer = send(ana, address, to="lost", on="2026-03-01", version=1)
    row.refresh_from_db()
    assert row.stage == "won"
    assert "A colleague changed this meanwhile: she is at “won” now." in answer.content.decode()


def test_a_leader_forgotten_meanwhile_is_gone_from_her_page(mill: Village) -> None:
    row = ListedLeader.objects.get(person=mill.finn_person)
    Person.objects.filter(pk=mill.finn_person.pk).update(forgotten_at=THEN)
    ana = signed_in(mill.ana)
    answer = send(ana, at("move_stage", mill, listed=row.pk), to="approached", on="2026-03-01", version=1)
    assert answer.status_code == 404
    assert "Finn" not in ana.get(at("listed", mill)).content.decode()


def test_a_chain_to_oneself_is_refused_in_words(mill: Village) -> None:
    address = at("add_follower", mill, person=mill.bo_person.pk)
    page = send(signed_in(mill.ana), address, follower=mill.bo_person.pk, seen="").content.decode()
    assert "Nobody can walk with herself" in page


def test_a_full_chain_takes_one_more_and_warns(mill: Village) -> None:
    mill.campaign.chain_capacity = 1
    mill.campaign.save()
    hand = Person.objects.filter(name__startswith="Hand00").get()
    page = send(signed_in(mill.ana), at("add_follower", mill, person=mill.bo_person.pk), follower=hand.pk, seen="")
    assert ChainLink.objects.filter(follower=hand, until=None).exists()
    assert "you had set 1 for one leader" in page.content.decode()


def test_all_proposals_are_taken_at_one_press(mill: Village) -> None:
    open_before = ChainProposal.objects.filter(leader=mill.bo_person, rival=None).count()
    send(signed_in(mill.ana), at("decide_proposals", mill), all="1", act="accept")
    walks = ChainLink.objects.filter(until=None, source=f"reading:{Reading.objects.get(current=True).pk}")
    assert walks.count() == open_before > 0


def test_the_names_of_the_shortest_list_come_onto_it_as_targets(mill: Village) -> None:
    hands = list(Person.objects.filter(name__startswith="Hand0").values_list("pk", flat=True)[:2])
    send(signed_in(mill.ana), at("accept_names", mill), person=hands)
    stages = ListedLeader.objects.filter(person__in=hands).values_list("stage", flat=True)
    assert list(stages) == ["target", "target"]


def test_coins_fall_in_halves_and_the_lot_stands_on_the_slip(mill: Village) -> None:
    CoinToss.objects.all().delete()
    hands = list(Person.objects.filter(name__startswith="Hand").values_list("pk", flat=True))
    address = at("toss", mill, first=mill.bo_person.pk, second=mill.cleo_person.pk)
    page = send(signed_in(mill.ana), address, person=hands).content.decode()
    fell = list(CoinToss.objects.values_list("fell_to_first", flat=True))
    assert (len(fell), sum(fell)) == (12, 6)
    assert f"The lot is {CoinToss.objects.first().lot}" in page


def test_too_few_people_are_not_tossed_for(mill: Village) -> None:
    CoinToss.objects.all().delete()
    hands = list(Person.objects.filter(name__startswith="Hand").values_list("pk", flat=True)[:3])
    address = at("toss", mill, first=mill.bo_person.pk, second=mill.cleo_person.pk)
    page = send(signed_in(mill.ana), address, person=hands).content.decode()
    assert not CoinToss.objects.exists()
    assert "it takes 4 to learn anything" in page


def test_copies_are_numbered_and_come_back(mill: Village) -> None:
    ana = signed_in(mill.ana)
    send(ana, at("print_sheet", mill, person=mill.bo_person.pk), back_by="2999-01-01")
    copy = ChainSheet.objects.get(number=2)
    assert "Cleo Ruiz" in ana.get(at("sheet", mill, sheet=copy.pk)).content.decode()
    send(ana, at("give_back", mill, sheet=copy.pk))
    copy.refresh_from_db()
    assert copy.returned_at is not None


def test_a_copy_due_in_the_past_is_not_made(mill: Village) -> None:
    page = send(signed_in(mill.ana), at("print_sheet", mill, person=mill.bo_person.pk), back_by="2020-01-01")
    assert "That day is past." in page.content.decode()
    assert ChainSheet.objects.count() == 1


def test_how_we_know_names_the_rows_and_counts_those_outside(mill: Village) -> None:
    page = signed_in(mill.ana).get(at("known", mill, person=mill.bo_person.pk)).content.decode()
    assert "Of 18 she was seen to ask, 18 came." in page
    assert page.count("Act 0") == 6
    assert "1 more is about somebody outside your units." in page


def test_what_is_new_since_the_reading_is_said(mill: Village) -> None:
    Nomination.objects.create(
        nominator=mill.finn_person,
        nominee=mill.bo_person,
        question="news",
        source="new",
        entered_at=Reading.objects.get(current=True).at.replace(hour=10),
    )
    page = signed_in(mill.ana).get(at("board_of", mill)).content.decode()
    assert "New since then: 1 nomination." in page


def test_a_leader_on_her_phone_sees_her_own_people_and_nobody_else(mill: Village) -> None:
    ChainLink.objects.filter(follower=mill.eve_person).delete()
    page = signed_in(mill.bo).get(reverse("leaders:my_chain")).content.decode()
    assert "Cleo Ruiz" in page
    assert "Finn" not in page and SENTINEL not in page
    for account in (mill.ana, mill.cleo):
        assert signed_in(account).get(reverse("leaders:my_chain")).status_code == 404


def test_no_page_shows_a_place_in_the_order_as_a_number(mill: Village) -> None:
    page = signed_in(mill.ana).get(at("candidates", mill)).content.decode()
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "rank" not in page.lower() and "<ol" not in body and "score" not in body


def test_in_spanish_the_board_speaks_spanish(mill: Village) -> None:
    page = signed_in(mill.ana).get(at("board_of", mill), headers={"Accept-Language": "es"}).content.decode()
    assert "Quién mueve a quién" in page


def test_taking_somebody_off_and_a_step_are_undone_from_the_page(mill: Village) -> None:
    ana = signed_in(mill.ana)
    row = ListedLeader.objects.get(person=mill.finn_person)
    row.steps.create(stage="target", on=THEN.date(), entered_at=THEN, entered_by=mill.ana.pk)
    send(ana, at("move_stage", mill, listed=row.pk), to="lost", on="2026-03-10", version=1)
    page = send(ana, at("take_back_step", mill, listed=row.pk), version=2).content.decode()
    assert "Taken back: Finn Novak is at “target” again." in page
    row.refresh_from_db()
    assert row.stage == "target"
    off = send(ana, at("take_off", mill, listed=row.pk), version=row.version)
    assert "Was Finn Novak taken off by mistake?" in off.content.decode()
    back = send(ana, at("put_back", mill, listed=row.pk))
    assert "Finn Novak is on the list again." in back.content.decode()
    eve = listed(mill, mill.eve_person)
    ListedLeader.objects.filter(pk=eve.pk).update(off_since=THEN)
    assert ana.get(at("listed", mill) + f"?undo={eve.pk}").status_code == 404
