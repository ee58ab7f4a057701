"""What the pages of a result, of the climb and of a forecast say, and to whom."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from commonweal.accounts.models import Account
from commonweal.accounts.words import Role
from commonweal.common.ids import new_id
from commonweal.common.models import Work
from commonweal.common.work import do_all_waiting
from commonweal.people.words import OccasionKind
from commonweal.structure_tests.models import BallotCount, Forecast, Rung, StructureTest
from commonweal.structure_tests.reads.tallies import Tally
from commonweal.structure_tests.views.drawings import runs_of
from commonweal.structure_tests.views.forecast_words import gain_in_words, in_twenty, people_in_words
from commonweal.structure_tests.views.result_words import NEWS, news_of
from commonweal.structure_tests.views.shares import between, length, listed, percent
from tests.signed_in import send, signed_in
from tests.structure_tests.held import CLOSED, OPENED, hands, held, marked, seen, signed
from tests.village import SENTINEL, Village, account

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    """A page as it is read: without tags, spaces as one."""
    assert answer.status_code == 200
    page = answer.content.decode()
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page[page.index("<main") :], flags=re.S)
    return unescape(re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", body)))


def page(who: Any, name: str, *args: Any, query: str = "") -> str:
    return text_of(signed_in(who).get(reverse(f"structure_tests:{name}", args=args) + query))


def headline(who: Any, name: str, *args: Any) -> str:
    found = signed_in(who).get(reverse(f"structure_tests:{name}", args=args)).content.decode()
    return unescape(re.search(r"<h1>(.*?)</h1>", found, re.S)[1])  # type: ignore[index]


def button_day(village: Village, state: str = "closed") -> tuple[StructureTest, list[Any], list[Any]]:
    """Eight of ten weavers wore it, Bo asked seven; one of four spinners did."""
    weavers, spinners = hands(village, 10), hands(village, 4, village.spinning, "Spin")
    test = held(village, weavers + spinners, state=state, leaders={one.pk: village.bo_person for one in weavers})
    for place, one in enumerate(weavers):
        seen(test, one, "did" if place < 8 else "did_not", village.bo_person if place % 10 != 9 else None)
    seen(test, spinners[0], "did", village.cleo_person)
    test.refresh_from_db()
    return test, weavers, spinners


def only_weaving(village: Village) -> Account:
    return account("Wanda", Role.ORGANIZER, None, village.weaving)


# ── The result ──────────────────────────────────────────────────────────────────────────────────


def test_the_headline_says_the_news_and_what_had_been_set(village: Village) -> None:
    test, _, _ = button_day(village)
    assert headline(village.root, "result", test.pk) == "9 of 14 wore the button: 64%. We had set 70%."
    said = page(village.root, "result", test.pk)
    assert "1 of 2 units reached 50%. Under it: Spinning." in said
    assert "8 of 10" in said and "1 of 4" in said


def test_a_share_that_only_rounds_up_to_what_had_been_set_is_said_to_be_short(village: Village) -> None:
    weavers = hands(village, 11)
    test = held(village, weavers)
    StructureTest.objects.filter(pk=test.pk).update(threshold="0.55")
    for one in weavers[:6]:
        seen(test, one, "did", village.bo_person)
    said = "6 of 11 wore the button: 55%. That is just short of the 55% that we had set."
    assert headline(village.root, "result", test.pk) == said


def test_an_open_test_is_told_so_far(village: Village) -> None:
    test, _, _ = button_day(village, state="open")
    assert headline(village.root, "result", test.pk).startswith("So far 9 of 14 wore the button")


def test_a_planned_test_has_no_result(village: Village) -> None:
    test = held(village, hands(village, 1), state="planned")
    for name in ("result", "leaders_result", "organizers_result", "debrief"):
        answer = signed_in(village.root).get(reverse(f"structure_tests:{name}", args=[test.pk]))
        assert answer.headers["Location"] == reverse("structure_tests:test", args=[test.pk])


def test_whoever_sees_a_part_gets_the_figures_of_her_units_and_is_told_so(village: Village) -> None:
    test, _, _ = button_day(village)
    wanda = only_weaving(village)
    assert headline(wanda, "result", test.pk) == "8 of 10 wore the button: 80%."
    said = page(wanda, "result", test.pk)
    assert "These are the figures of your units." in said and "Spinning" not in said and "14" not in said


@pytest.mark.parametrize("name", ["result", "leaders_result", "organizers_result", "debrief", "forecast"])
def test_an_organizer_elsewhere_and_a_leader_find_nothing(village: Village, name: str) -> None:
    test, _, _ = button_day(village)
    for who in (village.dov, village.bo, village.cleo):
        assert signed_in(who).get(reverse(f"structure_tests:{name}", args=[test.pk])).status_code == 404


def test_a_leader_from_outside_keeps_her_name_to_herself(village: Village) -> None:
    people = hands(village, 6)
    test = held(village, people, leaders={one.pk: village.eve_person for one in people})
    for one in people[:4]:
        seen(test, one, "did", village.eve_person)
    for name in ("result", "leaders_result", "debrief"):
        said = page(village.ana, name, test.pk)
        assert SENTINEL not in said
    assert "Somebody outside your units" in page(village.ana, "leaders_result", test.pk)


def test_what_waits_and_what_was_corrected_stands_on_the_page(village: Village) -> None:
    test, weavers, _ = button_day(village)
    seen(test, weavers[0], "unknown", source="other")
    test_open = held(village, weavers[:1], state="open", name="Cards")
    seen(test_open, weavers[0], "unknown")
    marked(test_open, weavers[0], "did", village.ana)
    marked(test_open, weavers[0], "did_not", village.root)
    said = page(village.ana, "result", test_open.pk)
    assert "1 person was recorded in two ways." in said and weavers[0].name in said
    marked(test, weavers[1], "did", village.ana, received_at=CLOSED + timedelta(hours=1))
    said = page(village.ana, "result", test.pk)
    assert "Corrected after closing" in said and weavers[1].name in said


def test_readings_can_be_chosen_and_a_wrong_choice_shows_all(village: Village) -> None:
    test, _, _ = button_day(village)
    assert "Bo Adeyemi" in page(village.ana, "leaders_result", test.pk)
    assert "Bo Adeyemi" in page(village.ana, "leaders_result", test.pk, query="?reading=delivers")
    assert "Nobody is read so in this test" in page(village.ana, "leaders_result", test.pk, query="?reading=not_asked")
    assert "Bo Adeyemi" in page(village.ana, "leaders_result", test.pk, query="?reading=kite&page=99")


def test_of_a_ballot_there_are_counts_and_nothing_else(village: Village) -> None:
    people = hands(village, 12)
    test = held(village, people, kind="strike_vote", name="Vote")
    BallotCount.objects.create(test=test, entitled=120, cast=90, yes=81, at=OPENED, by=village.ana.pk)
    said = page(village.root, "result", test.pk)
    assert "90 of 120 voted: 75%." in said and "81 of 90" in said and people[0].name not in said
    for name in ("leaders_result", "organizers_result", "debrief"):
        answer = signed_in(village.root).get(reverse(f"structure_tests:{name}", args=[test.pk]))
        assert answer.status_code == 302


def test_the_turnout_of_a_ballot_by_name_reads_nothing_of_leaders(village: Village) -> None:
    people = hands(village, 12)
    test = held(village, people, kind="strike_vote", name="Vote", leaders={one.pk: village.bo_person for one in people})
    StructureTest.objects.filter(pk=test.pk).update(turnout_named=True)
    for one in people[:9]:
        signed(test, one)
    said = page(village.root, "result", test.pk)
    assert "9 of 12 voted: 75%." in said and "Bo Adeyemi" not in said


def test_the_debrief_names_holes_and_leaves_room_to_write(village: Village) -> None:
    test, _, _ = button_day(village)
    answer = signed_in(village.ana).get(reverse("structure_tests:debrief", args=[test.pk]))
    said = text_of(answer)
    assert "Spinning" in said and "Whom we talk with next" in said
    assert answer.content.decode().count('<i class="line"') >= 6


def test_the_result_is_told_in_spanish(village: Village) -> None:
    test, _, _ = button_day(village)
    address = reverse("structure_tests:result", args=[test.pk])
    said = text_of(signed_in(village.root).get(address, headers={"accept-language": "es"}))
    assert "9 de 14 llevaron el botón: 64\u00a0%. Nos habíamos puesto 70\u00a0%." in said


# ── The climb ───────────────────────────────────────────────────────────────────────────────────


def test_without_a_campaign_or_a_test_the_climb_says_what_to_do(village: Village) -> None:
    assert "No campaign reaches your units yet." in page(village.dov, "tests")
    assert "The first test is still to come" in page(village.ana, "tests")


def test_the_climb_tells_what_was_reached_and_what_is_to_come(village: Village) -> None:
    Rung.objects.create(campaign=village.campaign, position=9, kind="strike", name="Walk out", threshold="0.90")
    people = hands(village, 4)
    for number, share in enumerate((4, 2)):
        test = held(village, people, name=f"Act {number}", on=date(2026, 2, 1 + number))
        for one in people[:share]:
            seen(test, one, "did")
    held(village, people, state="planned", name="Later", on=date(2026, 5, 1))
    said = page(village.root, "tests_of", village.campaign.pk)
    assert "2 tests held, 1 reached both thresholds; from 100% to 50%." in said
    assert "Reached" in said and "Short" in said and "Later" in said and "Walk out" in said
    assert "figures of your units" not in said
    assert "figures of your units" in page(only_weaving(village), "tests")


# ── The forecast ────────────────────────────────────────────────────────────────────────────────


def foretold(village: Village) -> StructureTest:
    """A planned test after three that were held, with its forecast."""
    people = hands(village, 30) + hands(village, 10, village.spinning, "Spin")
    for act in range(3):
        test = held(village, people, name=f"Act {act}", on=date(2026, 1, 10) + timedelta(days=20 * act))
        for place, one in enumerate(people):
            seen(test, one, "did" if place % 10 >= 2 + act else "did_not", village.bo_person)
    coming = held(village, people, state="planned", name="Petition", on=date(2026, 4, 1))
    answer = send(signed_in(village.ana), reverse("structure_tests:forecast", args=[coming.pk]))
    assert "The forecast is being reckoned" in text_of(answer)
    assert do_all_waiting() == 1
    return coming


def test_a_forecast_is_asked_for_reckoned_and_shown_in_three_steps(village: Village) -> None:
    test = foretold(village)
    said = page(village.ana, "forecast", test.pk)
    assert "As large a step as before" in said and "A harder step" in said and "A much harder step" in said
    assert "not a decision" in said and "From 3 tests: 120 answers, 36 of them no." in said
    assert "imagined runs reach both thresholds" in headline(village.ana, "forecast", test.pk)


def test_whoever_sees_a_part_gets_the_forecast_of_her_units_alone(village: Village) -> None:
    test = foretold(village)
    said = page(only_weaving(village), "forecast", test.pk)
    assert "Weaving" in said and "Spinning" not in said
    assert "A harder step" not in said and "figures of your units" in said and "From 3 tests" not in said


def test_of_an_act_of_no_campaign_only_who_sees_everything_gets_the_figures_of_all(village: Village) -> None:
    test = foretold(village)
    type(test.occasion).objects.filter(pk=test.occasion_id).update(campaign=None)
    assert "A harder step" in page(village.root, "forecast", test.pk)
    assert "A harder step" not in page(village.ana, "forecast", test.pk)


def test_an_open_test_shows_what_was_said_before_and_takes_no_new_forecast(village: Village) -> None:
    test = foretold(village)
    StructureTest.objects.filter(pk=test.pk).update(state="open", opened_at=OPENED)
    send(signed_in(village.ana), reverse("structure_tests:forecast", args=[test.pk]))
    assert not Work.objects.filter(state=Work.State.WAITING).exists()
    said = page(village.ana, "forecast", test.pk)
    assert "before the test opened" in said and "Forecast again" not in said


def test_a_test_that_opened_without_a_forecast_gets_none(village: Village) -> None:
    test, _, _ = button_day(village)
    assert "Nobody asked for a forecast before the test opened" in page(village.ana, "forecast", test.pk)


def test_a_withheld_forecast_says_why(village: Village) -> None:
    test = held(village, hands(village, 3), state="planned")
    Forecast.objects.create(
        test=test, scenario="as_last", made_at=OPENED, lot=1, facts={"withheld": "few_tests"}, current=True
    )
    assert "Too few tests have been held." in page(village.ana, "forecast", test.pk)


def test_a_form_sent_twice_asks_once(village: Village) -> None:
    test = held(village, hands(village, 3), state="planned")
    client, once = signed_in(village.ana), str(new_id())
    for _ in range(2):
        client.post(reverse("structure_tests:forecast", args=[test.pk]), {"once": once})
    assert Work.objects.count() == 1


# ── Words and drawings ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "0 in 20"),
        (0.004, "less than 1 in 20"),
        (0.03, "1 in 20"),
        (0.4, "8 in 20"),
        (0.99, "more than 19 in 20"),
        (1.0, "20 in 20"),
    ],
)
def test_a_chance_is_told_in_twenty_and_never_rounded_to_certainty(chance: float, words: str) -> None:
    assert in_twenty({"reaches": 0.5, "both": chance}) == words


def test_without_a_threshold_for_units_the_chance_is_that_of_all(village: Village) -> None:
    assert in_twenty({"reaches": 0.4, "both": None}) == "8 in 20"


@pytest.mark.parametrize(
    ("gain", "words"),
    [
        ((3, 5, 7), "5 points more, likely 3 to 7."),
        ((-7, -5, -3), "5 points fewer, likely 3 to 7."),
        ((0, 0, 0), "No difference to speak of."),
        ((-1, 0, 1), "Hardly any difference: -1 to 1 points."),
    ],
)
def test_a_gain_is_told_with_its_range(gain: tuple[int, int, int], words: str) -> None:
    assert gain_in_words(*gain) == words


def test_a_score_says_whether_a_plain_guess_lay_nearer() -> None:
    plain = {"last_share": {"people": 9, "brier": 0.25}, "own_history": {"people": 9, "brier": 0.2}}
    assert people_in_words({"people": 9, "brier": 0.18, "plain": plain}) == (
        "It lay nearer to what people did than every plain guess. Distance from what people did: 0.180; "
        "the last test’s share for everybody: 0.250; everybody’s own history: 0.200. 0 is perfect, 0.25 is a coin."
    )
    assert people_in_words({"people": 9, "brier": 0.22, "plain": plain}).startswith(
        "Nearer to what people did lay: everybody’s own history."
    )
    assert people_in_words({"people": 0, "brier": None}) == ""


@pytest.mark.parametrize("threshold", [0.05, 0.3, 0.5, 0.65, 0.95])
def test_runs_that_reach_stand_filled_to_the_right_of_the_threshold(threshold: float) -> None:
    shares = [0.2 + 0.03 * place for place in range(20)]
    drawn = runs_of(shares, threshold)
    assert drawn.reached == sum(share >= threshold for share in shares) and len(drawn.dots) == 20
    for shape, x, _ in drawn.dots:
        assert (shape == "yes") == (float(x) > float(drawn.mark))
    assert len({(x, y) for _, x, y in drawn.dots}) == 20
    assert all(0 < float(x) < 340 and 0 < float(y) < float(drawn.base) for _, x, y in drawn.dots)


def test_every_kind_of_act_has_its_news(village: Village) -> None:
    test = held(village, hands(village, 1))
    assert set(NEWS) == set(OccasionKind)
    said = set()
    for kind in OccasionKind:
        test.occasion.kind = kind
        said.add(news_of(test, Tally(eligible=4, did=3)))
    assert len(said) == len(OccasionKind) and all("3 of 4" in one and "75%" in one for one in said)


def test_shares_lengths_lists_and_ranges() -> None:
    assert (percent(0.684), length(0.684), length(1.5), length(-1)) == ("68%", "68.4%", "100.0%", "0.0%")
    assert (listed([]), listed(["A"]), listed(["A", "B", "C"])) == ("", "A", "A, B and C")
    assert (between(2.2, 4.9), between(2.6, 3.4)) == ("2 to 5", "3")
    with override("es"):
        assert (percent(0.684), length(0.684)) == ("68\u00a0%", "68.4%")
