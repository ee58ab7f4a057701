"""A whole import is taken back, also after other edits, and it says row by row what stays and why."""

import pytest

from commonweal.common.scope import EVERYTHING
from commonweal.exchange.models import ImportRow
from commonweal.exchange.reads.kept_rows import kept_rows
from commonweal.people.models import (
    Affiliation,
    Ask,
    Assessment,
    ContactPoint,
    Institution,
    Nomination,
    Occasion,
    Person,
    PersonName,
    Placement,
    Resemblance,
    SearchWord,
    Shift,
    Tie,
    Unit,
)  # fmt: skip
from commonweal.people.writes.contacts import add_contact, remove_contact
from commonweal.people.writes.evidence import add_tie, correct, withdraw
from commonweal.people.writes.forgetting import forget
from commonweal.people.writes.merging import merge
from commonweal.people.writes.people import add_name, change_person
from commonweal.people.writes.placements import place
from commonweal.people.writes.search_keys import refresh
from tests.exchange.bringing import as_csv, brought, everything, taken_back
from tests.village import THEN, Village

pytestmark = pytest.mark.django_db

LIST = as_csv(
    ("Employee ID", "Name", "Site", "Department", "Shift", "Job", "Phone", "Language", "Church", "Rating", "Nickname", "Petition 3/1/2026", "Asked by"),
    ("E1", "Greta Holm", "The mill", "Carding", "Evening", "carder", "212 555 0101", "Spanish", "Saint Ann", "2", "Gigi", "x", "Hugo Voss"),
    ("E2", "Hugo Voss", "The mill", "Weaving", "Night", "weaver", "212 555 0102", "", "", "", "", "no", ""),
    ("E3", "Cleo Ruiz", "The mill", "Weaving", "Day", "lead weaver", "212 555 0103", "Spanish", "Saint Ann", "1", "Cle", "x", "Hugo Voss"),
    ("E2", "Hugo Voss", "The mill", "Spinning", "Night", "", "212 555 0104", "French", "", "", "Hug", "", ""),
)  # fmt: skip
TIES = as_csv(("From", "To", "Kind"), ("Cleo Ruiz", "Bo Adeyemi", "friend"), ("Cleo Ruiz", "Ida Quill", "kin"))
NAMED = as_csv(("Nominator", "Nominee", "Question"), ("Cleo Ruiz", "Bo Adeyemi", "advice"))


@pytest.fixture(autouse=True)
def _findable(village: Village) -> None:
    """The village's people can be found by their names, as everybody whom the hall's writes made."""
    refresh(Person.objects.values_list("pk", flat=True))


def stays(batch) -> dict[int, list[tuple[str, str]]]:
    return {row.line: row.kept for row in kept_rows(batch, EVERYTHING)}


def test_nothing_is_left_of_anything(village: Village) -> None:
    before = everything()
    for content, changes in (
        (LIST, {"marks": "asked"}),
        (LIST, {"update": "file_wins", "other_unit": "moved"}),
        (TIES, {"strangers": "add"}),
        (NAMED, {}),
    ):
        batch = brought(village.root, content, **changes)
        assert everything() != before
        taken_back(batch, village.root)
        assert batch.kept == {} and stays(batch) == {}
        after = everything()
        assert {noun: after[noun] for noun in after if after[noun] != before[noun]} == {}
        assert not ImportRow.objects.filter(batch=batch).exclude(values=b"", before=b"").exists()


def test_all_that_a_list_says_is_brought_in(village: Village) -> None:
    brought(village.root, LIST, marks="asked")
    greta = Person.objects.get(name="Greta Holm")
    assert (greta.outside_number, greta.languages, greta.added_by) == ("E1", ["es"], village.root.pk)
    place_ = greta.placements.select_related("unit__parent", "shift").get()
    assert (place_.unit.name, place_.unit.parent, place_.shift.name, place_.job) == (
        "Carding",
        village.mill,
        "Evening",
        "carder",
    )
    assert list(greta.names.values_list("name", flat=True)) == ["Gigi"]
    assert greta.affiliations.get().institution.kind == "congregation"
    assert greta.assessments.get().stance == "2"
    hugo = Person.objects.get(name="Hugo Voss")
    assert {one.unit.name: one.main for one in hugo.placements.all()} == {"Weaving": True, "Spinning": False}
    assert {one.value for one in hugo.contact_points.all()} == {"+12125550102", "+12125550104"}
    assert sorted(Ask.objects.values_list("asked__name", "asker__name", "outcome")) == [
        ("Cleo Ruiz", "Hugo Voss", "did"), ("Greta Holm", "Hugo Voss", "did"), ("Hugo Voss", None, "did_not"),
    ]  # fmt: skip
    assert Person.objects.filter(name="Cleo Ruiz").count() == 1


def test_somebody_who_was_edited_stays_with_all_that_came_with_her(village: Village) -> None:
    batch = brought(village.root, LIST)
    greta = Person.objects.get(name="Greta Holm")
    change_person(
        person=greta, version=1, name="Greta Holm-Voss", given_name="Greta", family_name="Holm-Voss",
        languages=["es"], born_on=None, outside_number="E1", by=village.ana.pk, at=THEN,
    )  # fmt: skip
    taken_back(batch, village.root)
    assert batch.kept == {"edited": 1, "unit": 1, "shift": 1}
    assert stays(batch) == {2: [("person", "edited")]}
    greta.refresh_from_db()
    assert (greta.name, greta.placements.count(), greta.contact_points.count()) == ("Greta Holm-Voss", 1, 1)
    assert not Person.objects.filter(name="Hugo Voss").exists()
    assert not SearchWord.objects.filter(word="hugo").exists()
    assert not Affiliation.objects.exists() and not Assessment.objects.exists() and not Institution.objects.exists()


def test_a_change_that_was_made_undone_by_hand_does_not_keep_her(village: Village) -> None:
    """The content decides, not how often somebody touched the record."""
    batch = brought(village.root, LIST)
    greta = Person.objects.get(name="Greta Holm")
    for version, name in ((1, "Greta X"), (2, "Greta Holm")):
        change_person(
            person=Person.objects.get(pk=greta.pk), version=version, name=name, given_name="Greta", family_name="Holm",
            languages=["es"], born_on=None, outside_number="E1", by=village.ana.pk, at=THEN,
        )  # fmt: skip
    assert taken_back(batch, village.root).kept == {}


@pytest.mark.parametrize("how", ["contact", "name", "place", "tie", "removed", "job"])
def test_whatever_was_added_to_her_keeps_her(village: Village, how: str) -> None:
    batch = brought(village.root, LIST)
    greta = Person.objects.get(name="Greta Holm")
    if how == "contact":
        add_contact(person=greta.pk, kind="email", value="g@mill.example", by=village.ana.pk, at=THEN)
    elif how == "name":
        add_name(person=greta, kind="also", name="Gretl", by=village.ana.pk, at=THEN)
    elif how == "place":
        place(person=greta.pk, unit=village.spinning, by=village.ana.pk, at=THEN)
    elif how == "tie":
        add_tie(person=greta.pk, other=village.bo_person.pk, kind="kin", by=village.ana.pk, at=THEN)
    elif how == "removed":
        remove_contact(point=greta.contact_points.get(), by=village.ana.pk, at=THEN)
    else:
        greta.placements.update(job="foreman")
    taken_back(batch, village.root)
    why = {"contact": "used:contactpoint", "name": "used:personname", "place": "used:placement", "tie": "used:tie"}
    assert stays(batch) == {2: [("person", why.get(how, "edited"))]}
    assert Person.objects.filter(pk=greta.pk).exists()


def test_what_was_changed_about_somebody_known_is_as_it_was_unless_it_was_changed_again(village: Village) -> None:
    batch = brought(village.root, LIST, update="file_wins", other_unit="moved")
    cleo = village.cleo_person
    cleo.refresh_from_db()
    assert (cleo.outside_number, cleo.placements.get().job) == ("E3", "lead weaver")
    Person.objects.filter(pk=cleo.pk).update(outside_number="C-7")
    taken_back(batch, village.root)
    cleo.refresh_from_db()
    assert (cleo.outside_number, cleo.languages, cleo.placements.get().job) == ("C-7", [], "weaver")
    assert stays(batch) == {4: [("outside_number", "changed")]}


def test_a_move_is_undone_and_the_old_place_goes_on(village: Village) -> None:
    moved = as_csv(("Name", "Department", "Phone"), ("Cleo Ruiz", "Spinning", "212 555 0103"))
    ContactPoint.objects.all().delete()
    add_contact(person=village.cleo_person.pk, kind="phone", value="+12125550103", by=None, at=THEN)
    batch = brought(village.root, moved, other_unit="moved")
    current = Placement.objects.filter(person=village.cleo_person, until=None)
    assert current.get().unit == village.spinning
    taken_back(batch, village.root)
    assert (current.get().unit, current.get().main, batch.kept) == (village.weaving, True, {})


def test_a_move_that_somebody_went_on_from_leaves_one_main_place(village: Village) -> None:
    moved = as_csv(("Name", "Department", "Phone"), ("Cleo Ruiz", "Spinning", "212 555 0103"))
    add_contact(person=village.cleo_person.pk, kind="phone", value="+12125550103", by=None, at=THEN)
    batch = brought(village.root, moved, other_unit="moved")
    carding = Unit.objects.create(name="Carding", parent=village.mill)
    place(person=village.cleo_person.pk, unit=carding, main=True, by=village.ana.pk, at=THEN)
    taken_back(batch, village.root)
    current = Placement.objects.filter(person=village.cleo_person, until=None)
    assert {one.unit.name: one.main for one in current} == {"Carding": True, "Weaving": False}


def test_corrected_and_withdrawn_evidence_stays_and_what_it_replaced_counts_again(village: Village) -> None:
    ties = as_csv(
        ("From", "To", "Kind", "Strength"),
        ("Cleo Ruiz", "Bo Adeyemi", "friend", "0.9"),
        ("Finn Novak", "Bo Adeyemi", "kin", "0.9"),
    )
    first = brought(village.root, ties)
    second = brought(village.root, ties.replace(b"friend,0.9", b"friend,0.3"))
    assert list(Tie.objects.filter(kind="friend", replaced_by=None).values_list("strength", flat=True)) == [0.3]
    withdraw(Tie.objects.get(kind="kin"), by=village.ana.pk, at=THEN)
    taken_back(second, village.root)
    assert list(Tie.objects.filter(kind="friend").values_list("strength", "replaced_by")) == [(0.9, None)]
    taken_back(first, village.root)
    assert (first.kept, stays(first)) == ({"corrected": 1}, {3: [("tie", "corrected")]})
    assert set(Tie.objects.values_list("kind", flat=True)) == {"kin"}
    assert not Tie.objects.filter(kind="kin", replaced_by=None, withdrawn=False).exists()


def test_a_merged_person_stays_and_the_merge_with_her(village: Village) -> None:
    batch = brought(village.root, LIST)
    greta, hugo = Person.objects.get(name="Greta Holm"), Person.objects.get(name="Hugo Voss")
    merge(kept=village.finn_person, taken_in=greta, versions=(1, greta.version), values={}, by=village.root.pk, at=THEN)
    taken_back(batch, village.root)
    assert stays(batch) == {2: [("affiliation", "changed"), ("person", "merged")]}
    greta.refresh_from_db()
    assert (greta.merged_into_id, greta.name) == (village.finn_person.pk, "Greta Holm")
    assert not Person.objects.filter(pk=hugo.pk).exists()


def test_a_forgotten_person_stays_forgotten(village: Village) -> None:
    batch = brought(village.root, LIST, marks="asked")
    greta = Person.objects.get(name="Greta Holm")
    forget(person=greta.pk, by=village.root.pk, at=THEN)
    taken_back(batch, village.root)
    greta.refresh_from_db()
    assert (greta.name, greta.forgotten_at) == ("", THEN)
    assert batch.kept["forgotten"] == 1


def test_whom_another_file_brought_too_stays_until_that_one_is_taken_back(village: Village) -> None:
    before = everything()
    first = brought(village.root, LIST, marks="asked")
    second = brought(village.root, LIST, marks="asked")
    assert second.found["verdicts"] == {"same": 4}
    taken_back(first, village.root)
    assert first.kept["other_import"] > 0
    assert Person.objects.filter(name__in=["Greta Holm", "Hugo Voss"]).count() == 2
    assert Ask.objects.count() == 3
    taken_back(second, village.root)
    people = ("Person", "PersonName", "ContactPoint", "Ask", "SearchKey", "SearchWord")
    after = everything()
    assert {noun: after[noun] for noun in people if noun != "ContactPoint"} == {
        noun: before[noun] for noun in people if noun != "ContactPoint"
    }


def test_units_and_acts_that_somebody_uses_by_now_stay(village: Village) -> None:
    batch = brought(village.root, LIST)
    carding = Unit.objects.get(name="Carding")
    village.campaign.units.add(carding)
    shift = Shift.objects.get(name="Evening")
    Placement.objects.filter(person=village.bo_person).update(shift=shift)
    taken_back(batch, village.root)
    assert batch.kept == {"unit": 1, "shift": 1}
    assert not Occasion.objects.exists() and not Institution.objects.exists()


def test_a_renamed_unit_stays(village: Village) -> None:
    batch = brought(village.root, LIST)
    Unit.objects.filter(name="Carding").update(name="Combing")
    assert taken_back(batch, village.root).kept == {"unit": 1}


def test_likely_duplicates_go_with_the_people(village: Village) -> None:
    double = as_csv(("Name", "Site", "Department", "Phone"), ("Cleo Ruis", "The mill", "Dyeing", "212 555 0103"))
    add_contact(person=village.cleo_person.pk, kind="phone", value="+12125550103", by=None, at=THEN)
    batch = brought(village.root, double, key="name_unit")
    assert Resemblance.objects.count() == 1
    taken_back(batch, village.root)
    assert Resemblance.objects.count() == 0


def test_taking_back_twice_is_taking_back_once(village: Village) -> None:
    batch = taken_back(brought(village.root, LIST), village.root)
    after = everything()
    from commonweal.exchange.writes.taking_back import begin_taking_back

    begin_taking_back(batch.pk, by=village.root.pk, at=THEN)
    assert everything() == after
    assert PersonName.objects.count() == 0 and Nomination.objects.count() == 0


def test_correcting_a_row_of_an_import_keeps_both_rows(village: Village) -> None:
    batch = brought(village.root, LIST, marks="asked")
    ask = Ask.objects.get(asked__name="Cleo Ruiz")
    correct(ask, outcome="could_not", by=village.ana.pk, at=THEN)
    taken_back(batch, village.root)
    assert stays(batch)[4] == [("ask", "corrected")]
    assert Ask.objects.get(replaced_by=None).outcome == "could_not"
    assert Person.objects.filter(name="Hugo Voss").exists(), "he asked her, which still counts"
