"""The pages of planning and recording: who sees what, what each way of recording keeps, and what it refuses."""

import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from commonweal.common.ids import new_id
from commonweal.people.models import Ask, Occasion
from commonweal.people.reads.evidence import standing
from commonweal.structure_tests.models import BallotCount, Mark, Prediction, RollEntry, Rung, StructureTest
from commonweal.structure_tests.rules.codes import code_of
from commonweal.structure_tests.writes.rolls import assign_asks
from tests import village as cast
from tests.signed_in import send, signed_in
from tests.structure_tests.planned import AT, entry, mark, opened, plan, record
from tests.village import SENTINEL, Village

pytestmark = pytest.mark.django_db


def at(name: str, test: StructureTest) -> str:
    return reverse(f"structure_tests:{name}", args=[test.pk])


def posted(client: Client, address: str, marks: list[dict[str, Any]]) -> Any:
    return client.post(address, json.dumps({"marks": marks}), content_type="application/json")


def as_sent(test: StructureTest, person: Any, outcome: str, **more: Any) -> dict[str, Any]:
    return {"id": str(new_id()), "entry": str(entry(test, person).pk), "outcome": outcome} | more


def test_a_campaign_begins_with_a_ladder_and_changes_it(village: Village):
    ana = signed_in(village.ana)
    here = reverse("structure_tests:ladder", args=[village.campaign.pk])
    send(ana, here, ladder="tenants")
    names = list(Rung.objects.order_by("position").values_list("name", flat=True))
    assert names == ["Repair log", "Joint letter", "Delegation to the landlord", "Withheld fee", "Rent strike"]
    first = Rung.objects.get(name="Repair log")
    send(ana, reverse("structure_tests:move_rung", args=[village.campaign.pk, first.pk]), to="later")
    assert list(Rung.objects.order_by("position").values_list("name", flat=True))[:2] == ["Joint letter", "Repair log"]
    edit = reverse("structure_tests:edit_rung", args=[village.campaign.pk, first.pk])
    send(ana, edit, name="Log of repairs", kind="issue_card", threshold="55", unit_threshold="40")
    first.refresh_from_db()
    assert (first.name, str(first.threshold), str(first.unit_threshold)) == ("Log of repairs", "0.55", "0.40")
    send(ana, reverse("structure_tests:remove_rung", args=[village.campaign.pk, first.pk]))
    assert Rung.objects.count() == 4


def test_a_rung_of_the_same_name_is_refused_and_what_was_typed_stays(village: Village):
    ana = signed_in(village.ana)
    add = reverse("structure_tests:add_rung", args=[village.campaign.pk])
    typed = {"name": "Petition", "kind": "petition", "threshold": "65", "unit_threshold": "50"}
    send(ana, add, **typed)
    page = send(ana, add, **typed | {"threshold": "66"}).content.decode()
    assert "Another rung is called so." in page
    assert 'value="66"' in page
    assert Rung.objects.count() == 1


def test_the_thinnest_walk_from_the_ladder_to_the_counts(village: Village):
    """Plan a test, open it, record an outcome, see the count: by forms alone."""
    ana = signed_in(village.ana)
    day = timezone.localdate().isoformat()
    typed = {"name": "Button day", "kind": "button", "on": day, "threshold": "70", "unit_threshold": "50"}
    page = send(ana, reverse("structure_tests:plan", args=[village.campaign.pk]), **typed).content.decode()
    test = StructureTest.objects.get()
    assert "3 people can take part" in page
    assert "Open." in send(ana, at("open", test)).content.decode()
    line = entry(test, village.cleo_person)
    row = {f"k-{line.pk}": f",asker,,,{new_id()}", f"o-{line.pk}": "did", f"a-{line.pk}": "asker"}
    page = send(ana, f"{at('grid', test)}?unit={village.weaving.pk}", **row).content.decode()
    assert "One person recorded." in page
    assert "1 of 3 took part" in ana.get(at("test", test)).content.decode()
    assert list(standing(Ask).values_list("asked", "asker", "outcome")) == [
        (village.cleo_person.pk, village.bo_person.pk, "did")
    ]


def test_an_act_that_is_there_already_gets_its_test(village: Village):
    occasion = Occasion.objects.create(name="March", kind="march_on_boss", on=timezone.localdate(), source="hand:x")
    ana = signed_in(village.ana)
    typed = {"occasion": str(occasion.pk), "threshold": "35", "unit_threshold": "1"}
    send(ana, reverse("structure_tests:plan", args=[village.campaign.pk]), **typed)
    assert StructureTest.objects.get().occasion == occasion
    assert Occasion.objects.count() == 1


def test_a_test_outside_the_scope_answers_as_not_there(village: Village):
    test = opened(village)
    dov = signed_in(village.dov)
    for name in ("test", "roll", "asks", "grid", "predict", "open", "change", "type_sheet", "file", "mine"):
        assert dov.get(at(name, test)).status_code == 404, name


def test_a_grid_without_scripts_keeps_only_what_was_changed(village: Village):
    test = opened(village)
    record(test, village.root, mark(test, village.bo_person, "did"))
    page = signed_in(village.ana).get(f"{at('grid', test)}?unit={village.weaving.pk}")
    fields = {
        row["key"]: {f"k-{row['key']}": row["was"], f"a-{row['key']}": row["asker"]} for row in page.context["rows"]
    }
    bo, cleo = str(entry(test, village.bo_person).pk), str(entry(test, village.cleo_person).pk)
    typed = fields[bo] | fields[cleo] | {f"o-{bo}": "did", f"o-{cleo}": "could_not"}
    send(signed_in(village.ana), at("grid", test), **typed)
    assert Mark.objects.count() == 2
    assert Mark.objects.filter(entry=cleo, outcome="could_not", by=village.ana.pk).count() == 1


def test_what_the_grid_sends_behind_the_scenes_counts_once(village: Village):
    test, ana = opened(village), signed_in(village.ana)
    sent = [as_sent(test, village.cleo_person, "did"), as_sent(test, village.finn_person, "did_not")]
    for _ in range(2):
        answer = posted(ana, at("grid_record", test), sent)
        assert answer.json() == {"kept": [one["id"] for one in sent], "contested": [], "late": False}
    assert Mark.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"marks": 3}', b'{"marks": [{}]}', b'{"marks": [{"id": "x", "entry": "y", "outcome": "did"}]}', b"\xff", b'{"marks": ' + b"[" * 5000],
)  # fmt: skip
def test_what_is_no_list_of_marks_is_refused_in_words(village: Village, body: bytes):
    test = opened(village)
    answer = signed_in(village.ana).post(at("grid_record", test), body, content_type="application/json")
    assert answer.status_code == 400
    assert "cannot be read" in answer.json()["problem"]


def test_marks_of_somebody_outside_the_scope_keep_nothing_at_all(village: Village):
    village.campaign.units.add(village.parish)
    test = opened(village)
    sent = [as_sent(test, village.cleo_person, "did"), as_sent(test, village.eve_person, "did")]
    assert posted(signed_in(village.ana), at("grid_record", test), sent).status_code == 404
    stranger = [as_sent(test, village.cleo_person, "did", asker=str(village.eve_person.pk))]
    assert posted(signed_in(village.ana), at("grid_record", test), stranger).status_code == 404
    assert Mark.objects.count() == 0


def test_a_grid_shows_nobody_outside_the_scope(village: Village):
    village.campaign.units.add(village.parish)
    test = opened(village)
    ana = signed_in(village.ana)
    for address in (
        at("grid", test),
        f"{at('grid', test)}?unit={village.parish.pk}",
        at("roll", test),
        at("asks", test),
    ):
        assert SENTINEL not in ana.get(address).content.decode(), address


def test_two_who_differ_are_shown_side_by_side_and_settled_in_the_grid(village: Village):
    test = opened(village)
    record(test, village.bo, mark(test, village.cleo_person, "did"))
    record(test, village.root, mark(test, village.cleo_person, "did_not"), after=2)
    ana = signed_in(village.ana)
    assert "One person was recorded in two ways." in ana.get(at("test", test)).content.decode()
    page = ana.get(f"{at('grid', test)}?only=contested")
    assert "Bo: Came · Root: Did not come" in page.content.decode().replace("\n", "")
    (row,) = page.context["rows"]
    typed = {f"k-{row['key']}": row["was"], f"a-{row['key']}": row["asker"], f"o-{row['key']}": "did"}
    send(ana, f"{at('grid', test)}?only=contested", **typed)
    assert "recorded in two ways" not in ana.get(at("test", test)).content.decode()
    assert [outcome for (outcome,) in standing(Ask).values_list("outcome")] == ["did"]


def test_a_leader_sees_and_records_her_own_people_only(village: Village):
    test, bo = opened(village), signed_in(village.bo)
    page = bo.get(at("mine", test)).content.decode()
    assert "Cleo Ruiz" in page
    assert "Finn Novak" not in page
    assert posted(bo, at("mine_record", test), [as_sent(test, village.finn_person, "did")]).status_code == 404
    assert (
        posted(bo, at("mine_record", test), [as_sent(test, village.cleo_person, "did", again=True)]).status_code == 200
    )
    row = Mark.objects.get()
    assert (row.how, row.asker_id, row.asked_again) == ("phone", village.bo_person.pk, True)
    for name in ("test", "grid", "roll", "asks", "type_sheet", "file", "sheets"):
        assert bo.get(at(name, test)).status_code == 404, name


def test_a_press_without_scripts_records_and_a_second_takes_it_back(village: Village):
    test, bo = opened(village), signed_in(village.bo)
    line = entry(test, village.cleo_person)
    typed = {"entry": str(line.pk), "mark": str(new_id()), "outcome": "did"}
    send(bo, at("mine", test), **typed | {"was": ""})
    assert standing(Ask).get().outcome == "did"
    send(bo, at("mine", test), **typed | {"was": "did", "mark": str(new_id())})
    assert not standing(Ask).exists()


def test_a_mark_that_waited_an_hour_on_a_phone_keeps_its_hour(village: Village):
    test, bo = opened(village), signed_in(village.bo)
    posted(bo, at("mine_record", test), [as_sent(test, village.cleo_person, "did", age=3600)])
    kept = Mark.objects.get()
    assert 3590 < (kept.received_at - kept.seen_at).total_seconds() < 3610


def test_a_leader_cannot_settle_what_two_recorded_differently(village: Village):
    test, bo = opened(village), signed_in(village.bo)
    record(test, village.ana, mark(test, village.cleo_person, "did"))
    answer = posted(bo, at("mine_record", test), [as_sent(test, village.cleo_person, "did_not", settles=True)])
    assert answer.json()["contested"] == [str(entry(test, village.cleo_person).pk)]
    assert not Mark.objects.filter(settles=True).exists()


def test_predictions_after_the_opening_are_refused_and_what_was_chosen_stays(village: Village):
    test = opened(village)
    line = entry(test, village.cleo_person).pk
    answer = send(signed_in(village.ana), f"{at('predict', test)}?unit={village.weaving.pk}", **{f"e-{line}": "sure"})
    page = answer.content.decode()
    assert "is no prediction, so nothing was kept" in page
    assert "opened by Ana" in page
    assert f'name="e-{line}" value="sure" checked' in page
    assert Prediction.objects.count() == 0


def test_leaders_predict_their_own_people_and_nobody_else(village: Village):
    test, bo = plan(village, on=timezone.localdate()), signed_in(village.bo)
    cleo, finn = entry(test, village.cleo_person).pk, entry(test, village.finn_person).pk
    send(bo, at("predict", test), **{f"e-{cleo}": "likely", f"e-{finn}": "no"})
    assert list(Prediction.objects.values_list("entry", "expectation")) == [(cleo, "likely")]


def test_an_ask_for_somebody_on_leave_is_refused_by_name_and_ticks_stay(village: Village):
    test, ana = plan(village), signed_in(village.ana)
    line = entry(test, village.cleo_person)
    send(
        ana,
        at("roll", test),
        part=f"{village.weaving.pk.hex}{village.day.pk.hex}",
        entry=str(line.pk),
        standing="leave",
        whom="ticked",
    )
    page = send(
        ana,
        f"{at('asks', test)}?who=excused",
        entry=str(line.pk),
        asker=str(village.finn_person.pk),
        asker_text="Finn",
        to="her",
    ).content.decode()
    assert "Cleo Ruiz (On leave)" in page
    assert f'value="{line.pk}" checked' in page
    line.refresh_from_db()
    assert line.asker_id is None


def test_asks_are_handed_on_and_given_back(village: Village):
    test, ana = plan(village), signed_in(village.ana)
    line = entry(test, village.cleo_person)
    send(ana, at("asks", test), entry=str(line.pk), asker=str(village.finn_person.pk), asker_text="Finn", to="her")
    line.refresh_from_db()
    assert line.asker_id == village.finn_person.pk
    send(ana, at("asks", test), entry=str(line.pk), to="leaders")
    line.refresh_from_db()
    assert line.asker_id == village.bo_person.pk


def test_a_whole_shift_is_set_at_once(village: Village):
    test, ana = plan(village), signed_in(village.ana)
    send(ana, at("roll", test), part=f"{village.weaving.pk.hex}{village.day.pk.hex}", standing="cover", whom="all")
    counted = RollEntry.objects.filter(test=test, standing="cover").values_list("person__name", flat=True)
    assert sorted(counted) == ["Bo Adeyemi", "Cleo Ruiz"]


def test_a_typed_sheet_keeps_the_right_lines_and_gives_back_the_wrong(village: Village):
    test, other = opened(village), opened(village, name="March", kind="march_on_boss")
    ana = signed_in(village.ana)
    right = code_of(test.pk, entry(test, village.cleo_person).line)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    codes = [right, wrong, code_of(other.pk, 1), "hello", code_of(test.pk, 99), right, ""]
    typed = {f"code-{place}": code for place, code in enumerate(codes, 1)}
    typed |= {f"out-{place}": "1" for place in range(1, len(codes) + 1)}
    typed["mark-1"] = str(new_id())
    for _ in range(2):  # sent again it doubles nothing
        page = ana.post(at("type_sheet", test), typed).content.decode()
        assert "6 lines are not kept yet" in page
        assert Mark.objects.count() == 1
    for said in (
        "The last digit does not fit",
        "This line belongs to another test" if other.pk.int % 484 != test.pk.int % 484 else "does not fit",
        "This is no line code",
        "No line with this code",
        "This line was typed twice; what stood first counts.",
        "The code is missing",
    ):
        assert said in page, said
    assert wrong in page
    assert standing(Ask).get().outcome == "did"


def test_sheets_are_printed_with_names_and_codes_of_those_in_scope_and_stand_in_the_ledger(village: Village):
    from commonweal.ledger.models import Entry

    village.campaign.units.add(village.parish)
    test, ana = opened(village), signed_in(village.ana)
    assert ana.get(at("sheets", test)).status_code == 200
    pdf = reverse("exchange:tick_sheets", args=[test.pk])
    units = [str(village.weaving.pk), str(village.parish.pk)]
    answer = ana.post(pdf, {"once": str(new_id()), "by": "unit", "which": units})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Cleo Ruiz" in text
    assert code_of(test.pk, entry(test, village.cleo_person).line) in text
    assert "Finn Novak" not in text
    assert SENTINEL not in text
    chain = ana.post(pdf, {"once": str(new_id()), "by": "chain", "which": [str(village.bo_person.pk)]})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(chain.content)).pages)
    assert "Print 2, for Ana" in text
    facts = Entry.objects.filter(verb="printed_tick_sheets").order_by("number").values_list("facts", flat=True)
    assert [(one["number"], one["people"]) for one in facts] == [(1, 2), (2, 1)]


def brought(client: Client, test: StructureTest, content: bytes, name: str = "outcomes.csv") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post(reverse("exchange:outcomes_file", args=[test.pk]), {"file": SimpleUploadedFile(name, content)})


def test_a_file_shows_what_each_row_would_do_and_counts_once(village: Village):
    test, ana = opened(village), signed_in(village.ana)
    record(test, village.ana, mark(test, village.bo_person, "did_not"))
    codes = {
        one: code_of(test.pk, entry(test, person).line)
        for one, person in (("bo", village.bo_person), ("cleo", village.cleo_person))
    }
    lines = [
        "code;outcome",
        f"{codes['bo']};yes",
        f"{codes['cleo']};3",
        f"{codes['cleo']};1",
        "AA-0001-1;1",
        f"{codes['bo'][:-1]}{(int(codes['bo'][-1]) + 1) % 10};1",
    ]
    page = brought(ana, test, "\n".join(lines).encode())
    text = page.content.decode()
    assert "1 new, 1 that change what was recorded, 0 as they were, 3 left out." in text
    assert "stands in the file twice" in text
    assert Mark.objects.count() == 1
    typed = {"upload": str(page.context["upload"]), "rows": page.context["packed"]}
    send(ana, at("file", test), **typed)
    send(ana, at("file", test), **typed)
    assert Mark.objects.count() == 3
    assert sorted(standing(Ask).values_list("outcome", flat=True)) == ["could_not", "did"]


def test_a_file_by_numbers_from_outside_finds_people(village: Village):
    village.cleo_person.outside_number = "P-77"
    village.cleo_person.save()
    test = opened(village)
    page = brought(signed_in(village.ana), test, "Número;Resultado\nP-77;vino\nP-78;no vino\n".encode())
    assert "One row would be kept" in page.content.decode()


def test_a_file_may_say_who_asked(village: Village):
    test, ana = opened(village), signed_in(village.ana)
    code = {
        one: code_of(test.pk, entry(test, getattr(village, f"{one}_person")).line) for one in ("bo", "cleo", "finn")
    }
    lines = [
        "code;outcome;asked by",
        f"{code['cleo']};did;{code['bo']}",
        f"{code['finn']};did;",
        f"{code['bo']};did;AA-0001-1",
    ]
    RollEntry.objects.filter(test=test, person=village.finn_person).update(asker=village.bo_person)
    page = brought(ana, test, "\n".join(lines).encode())
    assert "whoever asked is not on the roll of your units" in page.content.decode()
    send(ana, at("file", test), upload=str(page.context["upload"]), rows=page.context["packed"])
    asked = dict(standing(Ask).values_list("asked", "asker"))
    assert asked == {village.cleo_person.pk: village.bo_person.pk, village.finn_person.pk: None}
    again = brought(ana, test, "\n".join(lines[:3]).encode())
    assert (again.context["same"], again.context["does"]) == (2, 0)
    lines[1] = f"{code['cleo']};did;"
    assert brought(ana, test, "\n".join(lines[:3]).encode()).context["changes"] == 1


def test_a_file_that_says_nothing_of_who_asked_means_whoever_was_to_ask(village: Village):
    test, ana = opened(village), signed_in(village.ana)
    RollEntry.objects.filter(test=test, person=village.cleo_person).update(asker=village.bo_person)
    page = brought(ana, test, f"code;outcome\n{code_of(test.pk, entry(test, village.cleo_person).line)};did\n".encode())
    send(ana, at("file", test), upload=str(page.context["upload"]), rows=page.context["packed"])
    assert standing(Ask).get().asker_id == village.bo_person.pk


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing", b"a;b\nc;d\n", b"one column\nonly\n"])
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(village: Village, content: bytes):
    answer = brought(signed_in(village.ana), opened(village), content)
    assert answer.status_code == 422
    assert answer.context["problem"]


def test_asking_for_a_list_of_a_secret_ballot_gets_an_explanation(village: Village):
    test, ana = opened(village, kind="strike_vote", name="Strike vote"), signed_in(village.ana)
    for name in ("grid", "predict", "type_sheet", "file"):
        page = ana.get(at(name, test), follow=True)
        assert "How anybody voted is written down nowhere" in page.content.decode(), name
    sent = posted(ana, at("grid_record", test), [as_sent(test, village.cleo_person, "did")])
    assert sent.status_code == 409
    assert Mark.objects.count() == 0


def test_yeses_of_a_small_unit_are_not_kept_and_what_was_typed_stays(village: Village):
    test, ana = opened(village, kind="strike_vote", name="Strike vote"), signed_in(village.ana)
    typed = {"unit": str(village.weaving.pk), "entitled": "12", "cast": "9", "yes": "8"}
    page = send(ana, at("ballots", test), **typed).content.decode()
    assert "Fewer than 10 votes" in page
    assert 'value="8"' in page
    assert BallotCount.objects.count() == 0
    send(ana, at("ballots", test), **typed | {"cast": "11", "yes": "8"})
    send(ana, at("ballots", test), **typed | {"unit": "", "entitled": "30", "cast": "15", "yes": "12"})
    assert BallotCount.objects.count() == 1  # four votes would be left beside the eleven


def test_more_votes_than_voters_are_refused(village: Village):
    test, ana = opened(village, kind="strike_vote", name="Strike vote"), signed_in(village.ana)
    page = send(ana, at("ballots", test), unit="", entitled="10", cast="11", yes="12").content.decode()
    assert "More voted than could vote." in page
    assert "More yeses than votes." in page


def test_an_open_test_cannot_be_changed_or_taken_out(village: Village):
    test, ana = opened(village), signed_in(village.ana)
    assert "opened by Ana" in send(ana, at("remove", test)).content.decode()
    assert "opened by Ana" in ana.get(at("change", test), follow=True).content.decode()
    assert "already, by Ana" in send(ana, at("open", test)).content.decode()
    assert StructureTest.objects.filter(pk=test.pk).exists()


def test_a_big_unit_is_shown_in_parts(village: Village):
    for place in range(203):
        cast.person(f"Hand{place:03d} Weaver", village.weaving, village.day)
    test, ana = opened(village), signed_in(village.ana)
    page = ana.get(f"{at('grid', test)}?unit={village.weaving.pk}")
    assert len(page.context["rows"]) == 200
    rest = ana.get(page.context["following"])
    assert len(rest.context["rows"]) == 5
    assert str(village.spinning.pk) in rest.context["following"]


def test_a_list_of_past_acts_comes_in_by_the_import_with_the_act_chosen(village: Village):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from commonweal.exchange.models import ImportBatch

    test, ana = opened(village), signed_in(village.ana)
    here = f"{reverse('exchange:imports')}?occasion={test.occasion_id}"
    assert here.replace("&", "&amp;") in ana.get(at("file", test)).content.decode()
    page = ana.get(here).content.decode()
    assert "Rows that name no act are taken for Button day." in page
    content = b"asker,asked,outcome\nBo Adeyemi,Cleo Ruiz,came\n"
    typed = {"once": str(new_id()), "occasion": str(test.occasion_id), "file": SimpleUploadedFile("a.csv", content)}
    ana.post(reverse("exchange:imports"), typed)
    assert ImportBatch.objects.get().settings["usual_occasion"] == "Button day"
    assert ana.get(f"{reverse('exchange:imports')}?occasion=x").status_code == 200


def test_two_who_change_a_planned_test_at_once_find_out(village: Village):
    test, ana = plan(village, on=timezone.localdate()), signed_in(village.ana)
    typed = {"name": "Button day", "kind": "button", "on": timezone.localdate().isoformat(), "threshold": "60"}
    typed |= {"unit_threshold": "40", "version": str(test.version)}
    send(ana, at("change", test), **typed)
    page = send(ana, at("change", test), **typed | {"threshold": "61"}).content.decode()
    assert "Somebody changed this test while you were writing" in page
    assert 'value="61"' in page
    test.refresh_from_db()
    assert str(test.threshold) == "0.60"


def test_a_person_who_came_after_the_roll_was_drawn_is_added_until_the_opening(village: Village):
    test, ana = plan(village), signed_in(village.ana)
    gil = cast.person("Gil Abel", village.weaving, village.day)
    assert "Since it was drawn 1 came and 0 left." in ana.get(at("roll", test)).content.decode()
    send(ana, at("draw_again", test))
    assert entry(test, gil).line == 4
    send(ana, at("open", test))
    hana = cast.person("Hana Abel", village.weaving, village.day)
    assert "the roll stays as it was then" in send(ana, at("draw_again", test)).content.decode()
    assert not RollEntry.objects.filter(person=hana).exists()


def test_a_grid_can_be_taken_by_chain_and_holds_who_walks_in_it_and_who_was_given_to_her(village: Village):
    test, ana = opened(village), signed_in(village.ana)
    line = entry(test, village.finn_person).pk
    assign_asks(test=test, entries=[line], asker=village.bo_person.pk, by=village.ana.pk, at=AT)
    page = ana.get(f"{at('grid', test)}?of={village.bo_person.pk}")
    assert [row["line"].glance.name for row in page.context["rows"]] == ["Cleo Ruiz", "Finn Novak"]
    told = page.content.decode()
    assert "Bo Adeyemi: 0 of 2 recorded" in told
    assert f'<option value="{village.bo_person.pk}" selected>Bo Adeyemi (2)</option>' in told
    (key,) = [row["key"] for row in page.context["rows"] if row["line"].glance.name == "Cleo Ruiz"]
    was = page.context["rows"][0]["was"]
    answer = send(ana, f"{at('grid', test)}?of={village.bo_person.pk}", **{f"k-{key}": was, f"o-{key}": "did"})
    assert answer.redirect_chain[-1][0].endswith(f"?of={village.bo_person.pk}")
    assert Mark.objects.get().entry_id == entry(test, village.cleo_person).pk


def test_a_chain_whose_leader_is_outside_the_scope_is_no_choice_of_the_grid(village: Village):
    test = opened(village)
    RollEntry.objects.filter(test=test, person=village.finn_person).update(
        leader=village.eve_person, asker=village.eve_person
    )
    page = signed_in(village.ana).get(f"{at('grid', test)}?of={village.eve_person.pk}")
    assert [chain.name for chain in page.context["chains"]] == ["Bo Adeyemi"]
    assert page.context["of"].name == "Weaving"
    assert SENTINEL not in page.content.decode()
