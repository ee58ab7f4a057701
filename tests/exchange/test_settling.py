"""What is unclear is answered row by row; what is not there is made, mapped or left; what is not needed goes."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.common.clock import now
from commonweal.common.models import Work
from commonweal.common.work import Report, do_all_waiting
from commonweal.exchange.models import ImportBatch, ImportRow
from commonweal.exchange.reads.left_rows import has_left_rows, left_rows, left_rows_csv
from commonweal.exchange.reads.places_asked import places_asked, places_there
from commonweal.exchange.writes.bringing_in import begin_bringing_in
from commonweal.exchange.writes.choosing_places import NotAPlace, choose_places
from commonweal.exchange.writes.purging import KEPT_FOR, close_import, purge
from commonweal.exchange.writes.settling import NotAnswerable, settle_all, settle_row
from commonweal.exchange.writes.taking_back import begin_taking_back
from commonweal.exchange.writes.uploads import folder_of
from commonweal.people.models import BareYes, Occasion, Person, Placement, Tie, Unit
from commonweal.people.writes.forgetting import forget
from tests.exchange.bringing import as_csv, bring, brought, given, looked, taken_back, work_is_done
from tests.village import THEN, Village, person

pytestmark = pytest.mark.django_db
TIES = as_csv(("From", "To"), ("Ann Lee", "Bo Adeyemi"), ("Finn Novak", "Ann Lee"), ("Finn Novak", "Bo Adeyemi"))


@pytest.fixture
def two_anns(village: Village) -> tuple[Person, Person]:
    return person("Ann Lee", village.weaving, village.day), person("Ann Lee", village.spinning, village.day)


def question_of(batch: ImportBatch, line: int) -> str:
    row = batch.rows.get(line=line)
    return str(next(who[3] for who in row.who if who[2] == "unclear"))


def test_one_answer_settles_every_row_that_asks_it_at_once(village: Village, two_anns: tuple[Person, Person]) -> None:
    batch = looked(village.ana, TIES)
    assert batch.found["verdicts"] == {"unclear": 2, "new": 1}
    assert (
        settle_row(batch.pk, question=question_of(batch, 2), answer=two_anns[1].pk.hex, by=village.ana.pk, at=THEN) == 2
    )
    batch.refresh_from_db()
    assert (batch.state, batch.found["verdicts"], batch.found["reasons"]) == ("looked", {"new": 3}, {})
    bring(batch, village.ana)
    assert set(Tie.objects.values_list("person", "other")) == {
        (two_anns[1].pk, village.bo_person.pk), (village.finn_person.pk, two_anns[1].pk),
        (village.finn_person.pk, village.bo_person.pk),
    }  # fmt: skip


def test_an_answer_can_be_taken_back_and_is_the_same_after_another_look(
    village: Village, two_anns: tuple[Person, Person]
) -> None:
    batch = looked(village.root, TIES)
    question = question_of(batch, 2)
    for answer, verdicts in (("skip", {"bad": 2, "new": 1}), ("", {"unclear": 2, "new": 1}), ("new", {"new": 3})):
        settle_row(batch.pk, question=question, answer=answer, by=village.ana.pk, at=THEN)
        batch.refresh_from_db()
        assert batch.found["verdicts"] == verdicts
    settle_all(batch.pk, answers={}, by=village.ana.pk, at=THEN)
    work_is_done()
    batch.refresh_from_db()
    assert batch.found["verdicts"] == {"new": 3}
    bring(batch, village.ana)
    assert Person.objects.filter(name="Ann Lee").count() == 3


@pytest.mark.parametrize("answer", ["outside", "nonsense", "all"])
def test_only_answers_that_the_question_has_are_taken(
    village: Village, two_anns: tuple[Person, Person], answer: str
) -> None:
    batch = looked(village.ana, TIES)
    said = village.eve_person.pk.hex if answer == "outside" else answer
    with pytest.raises(NotAnswerable):
        settle_row(batch.pk, question=question_of(batch, 2), answer=said, by=village.ana.pk, at=THEN)
    with pytest.raises(NotAnswerable):
        settle_row(batch.pk, question="L999", answer="new", by=village.ana.pk, at=THEN)
    batch.refresh_from_db()
    assert batch.answers == {}


def test_a_row_of_people_is_settled_against_the_list_and_against_earlier_rows(
    village: Village, two_anns: tuple[Person, Person]
) -> None:
    rows = as_csv(
        ("Name", "Phone", "Department", "Job"),
        ("Ann Lee", "2125550101", "", "a"),
        ("Ulla Berg", "2125550102", "Weaving", "b"),
        ("Ulla Berg", "2125550103", "Weaving", "c"),
    )
    batch = looked(village.root, rows)
    assert [(row.verdict, row.reason) for row in batch.rows.order_by("line")] == [
        ("unclear", "two"),
        ("new", ""),
        ("unclear", "twice"),
    ]
    settle_row(batch.pk, question="L2", answer=two_anns[0].pk.hex, by=village.root.pk, at=THEN)
    earlier = batch.rows.get(line=3).person
    assert earlier is not None
    settle_row(batch.pk, question="L4", answer=earlier.hex, by=village.root.pk, at=THEN)
    batch.refresh_from_db()
    assert batch.found["verdicts"] == {"new": 1, "changes": 2}
    bring(batch, village.root)
    ulla = Person.objects.get(name="Ulla Berg")
    assert {point.value for point in ulla.contact_points.all()} == {"+12125550102", "+12125550103"}
    assert two_anns[0].contact_points.count() == 1


def test_rows_left_out_are_given_back_as_they_stand_with_line_and_reason(
    village: Village, two_anns: tuple[Person, Person]
) -> None:
    rows = as_csv(
        ("Name", "Phone", "Number"),
        ("", "", ""),
        ("Ann Lee", "2125550101", "=1+1"),
        ("Ida Quill", "12", ""),
        ("", "", "-"),
    )
    batch = looked(village.root, rows.replace(b",,-", b'"--",,'))
    assert [(row.line, row.verdict) for row in left_rows(batch)] == [(3, "unclear"), (5, "bad")]
    text = "".join(left_rows_csv(batch, titles=("Line", "Why"), say=lambda code: f"<{code}>"))
    back = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert back == [
        ["Name", "Phone", "Number", "Line", "Why"],
        ["Ann Lee", "2125550101", "'=1+1", "3", "<two>"],
        ["'--", "", "", "5", "<no_letters> <no_person>"],
    ] or back[1][3:] == ["3", "<two>"]
    bring(batch, village.root)
    assert has_left_rows(batch)
    close_import(batch.pk, by=village.root.pk, at=THEN)
    close_import(batch.pk, by=village.root.pk, at=THEN)
    assert not has_left_rows(batch)
    assert not ImportRow.objects.exclude(values=b"").exists()
    taken_back(batch, village.root)
    assert not Person.objects.filter(name="Ida Quill").exists()


def test_a_unit_is_mapped_to_one_that_is_there(village: Village) -> None:
    batch = looked(
        village.ana,
        as_csv(("Name", "Department"), ("Ida Quill", "Weaving dept"), ("Ole Rask", "Dyeing"), ("Uma Sand", "Canteen")),
    )
    asked = {one.name: one for one in places_asked(batch)}
    assert set(asked) == {"Weaving dept", "Dyeing", "Canteen"}
    assert asked["Weaving dept"].close == [(village.weaving.pk, "The mill > Weaving")]
    assert [path for _, path in places_there(batch, "unit")] == [
        "The mill",
        "The mill > Spinning",
        "The mill > Weaving",
    ]
    chosen = {
        asked["Weaving dept"].key: {"do": "use", "id": str(village.weaving.pk)},
        asked["Canteen"].key: {"do": "leave"},
        asked["Dyeing"].key: {"do": "create"},
    }
    choose_places(batch.pk, choices={"unit": chosen}, by=village.ana.pk, at=THEN)
    work_is_done()
    batch.refresh_from_db()
    assert batch.found["verdicts"] == {"new": 2, "bad": 1}
    bring(batch, village.ana)
    assert Placement.objects.get(person__name="Ida Quill").unit == village.weaving
    assert Unit.objects.get(name="Dyeing").parent == village.mill
    assert not Unit.objects.filter(name="Canteen").exists() and not Person.objects.filter(name="Uma Sand").exists()


@pytest.mark.parametrize("choice", [{"do": "use", "id": "outside"}, {"do": "use", "id": "x"}, {"do": "burn"}, {}])
def test_a_unit_outside_the_scope_cannot_be_chosen(village: Village, choice: dict[str, str]) -> None:
    batch = looked(village.ana, as_csv(("Name", "Department"), ("Ida Quill", "Dyeing")))
    if choice.get("id") == "outside":
        choice["id"] = str(village.parish.pk)
    with pytest.raises(NotAPlace):
        choose_places(batch.pk, choices={"unit": {"dyeing": choice}}, by=village.ana.pk, at=THEN)
    with pytest.raises(NotAPlace):
        choose_places(batch.pk, choices={"unit": {"not asked": {"do": "leave"}}}, by=village.ana.pk, at=THEN)


def test_an_act_without_a_day_waits_for_it(village: Village) -> None:
    batch = looked(village.ana, as_csv(("Name", "Department", "Petition"), ("Cleo Ruiz", "Weaving", "x")))
    assert [one.needs_day for one in places_asked(batch)] == [True]
    assert not begin_bringing_in(batch.pk, by=village.ana.pk, at=THEN)
    with pytest.raises(NotAPlace):
        choose_places(
            batch.pk, choices={"occasion": {"petition": {"do": "create", "on": "31/31"}}}, by=village.ana.pk, at=THEN
        )
    choose_places(
        batch.pk,
        choices={"occasion": {"petition": {"do": "create", "on": "2026-03-01", "kind": "petition"}}},
        by=village.ana.pk,
        at=THEN,
    )
    work_is_done()
    batch.refresh_from_db()
    bring(batch, village.ana)
    assert str(Occasion.objects.get().on) == "2026-03-01" and BareYes.objects.count() == 1


def test_files_and_rows_nobody_touched_for_thirty_days_go(village: Village) -> None:
    waiting = looked(village.ana, TIES)
    done = brought(village.root, as_csv(("Name", "Phone"), ("Ida Quill", "2125550101"), ("", "2125550102")))
    assert has_left_rows(done) and folder_of(waiting.pk).exists()
    report = Report(Work.objects.first() or Work())
    purge(None, report, by=None, at=now())
    ImportBatch.objects.filter(pk=waiting.pk).update(brought_at=now())
    purge(None, report, by=None, at=now() + KEPT_FOR / 2)
    assert has_left_rows(done)
    purge(None, report, by=None, at=now() + KEPT_FOR * 2)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows.count(), str(waiting.file_name)) == ("dropped", 0, "")
    assert not folder_of(waiting.pk).exists() and not has_left_rows(done)
    done.refresh_from_db()
    assert done.state == "done"


def test_forgetting_somebody_reaches_what_files_say_of_her(village: Village) -> None:
    rows = as_csv(("Name", "Department", "Phone"), ("Cleo Ruiz", "Weaving", "2125550155"), ("Ida Quill", "Weaving", ""))
    unread, waiting = given(village.root, rows), looked(village.root, rows)
    other = looked(village.root, as_csv(("Name", "Department"), ("Ole Rask", "Weaving")))
    ties = looked(
        village.root,
        as_csv(
            ("From", "To"), ("RUIZ, CLEO", "Bo Adeyemi"), ("Nobody Known", "Cleo Ruiz"), ("Finn Novak", "Bo Adeyemi")
        ),
    )
    unclear = bring(looked(village.root, as_csv(("Person", "Other"), ("Nobody Known", "Cleo  Ruiz"))), village.root)
    done = brought(
        village.root, as_csv(("Name", "Department", "Job"), ("Cleo Ruiz", "Weaving", "lead")), update="file_wins"
    )
    assert done.rows.exclude(before=b"").exists()
    forget(person=village.cleo_person.pk, by=village.root.pk, at=THEN)
    left = [str(row.values) + str(row.before) for row in ImportRow.objects.all()]
    assert not [text for text in left if "Cleo" in text or "CLEO" in text or "555015" in text or "lead" in text]
    for batch in (unread, waiting, other, ties, unclear):
        batch.refresh_from_db()
    assert (unread.state, unread.refusal, unread.pieces) == ("refused", {"why": "forgotten"}, 0)
    assert waiting.found["verdicts"] == {"new": 1, "bad": 1} and waiting.pieces == 0
    assert other.pieces == 1 and other.found["verdicts"] == {"new": 1}
    assert ties.found["verdicts"] == {"new": 1, "bad": 2}
    bring(waiting, village.root)
    bring(ties, village.root)
    assert Person.objects.filter(name="Ida Quill").exists() and not Person.objects.filter(name="Cleo Ruiz").exists()
    taken_back(done, village.root)
    village.cleo_person.refresh_from_db()
    assert village.cleo_person.name == ""


@pytest.mark.parametrize("kind", ["people", "ties"])
def test_ten_times_the_rows_ask_no_more_of_the_database(village: Village, kind: str) -> None:
    def queries(count: int) -> list[int]:
        if kind == "people":
            content = as_csv(
                ("Name", "Department", "Phone", "Petition 3/1/2026"),
                *((f"P{count}x{n} Quill", "Weaving", f"2125{count:02}{n:04}", "x") for n in range(count)),
            )
        else:
            names = [f"P10x{n} Quill" for n in range(10)]
            pairs = [(one, two) for one in names for two in names if one != two][:count]
            content = as_csv(("From", "To", "Strength"), *((one, two, f"0.{count}") for one, two in pairs))
        found = []
        with CaptureQueriesContext(
            connection,
        ) as look:
            batch = looked(village.root, content)
        Work.objects.all().delete()
        begin_bringing_in(batch.pk, by=village.root.pk, at=THEN)
        with CaptureQueriesContext(connection) as yes:
            do_all_waiting()
        begin_taking_back(batch.pk, by=village.root.pk, at=THEN)
        with CaptureQueriesContext(connection) as back:
            do_all_waiting()
        for captured in (look, yes, back):
            found.append(len([one for one in captured if "SAVEPOINT" not in one["sql"]]))
        return found

    brought(
        village.root,
        as_csv(
            ("Name", "Department", "Phone", "Petition 3/1/2026"),
            *((f"P10x{n} Quill", "Weaving", f"212559{n:04}", "x") for n in range(10)),
        ),
    )
    few, many = queries(8), queries(80)
    assert all(after <= before + 4 for before, after in zip(few, many, strict=True)), (few, many)
    assert many[0] < 60 and many[1] < 220 and many[2] < 260, many
