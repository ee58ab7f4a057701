"""A line of a sheet: settled to a person or waiting for a human, counted once, corrected by replacement."""

from datetime import timedelta

import pytest

from commonweal.people.models import BareYes, Occasion, PersonName
from commonweal.people.reads.evidence import standing
from commonweal.structure_tests.models import RollEntry, SignatureLine, StructureTest
from commonweal.structure_tests.reads.signatures import lines_of, whom_names_mean
from commonweal.structure_tests.writes.signatures import NotOpenYet, keep_line, settle_line
from tests.village import THEN, found, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return found()


@pytest.fixture
def petition(village):
    occasion = Occasion.objects.create(
        campaign=village.campaign, kind="petition", name="Petition", on=THEN.date(), source="hand:test"
    )
    test = StructureTest.objects.create(
        occasion=occasion, state="open", threshold="0.65", unit_threshold="0.50", opened_at=THEN
    )
    for line, one in enumerate((village.bo_person, village.cleo_person, village.finn_person), 1):
        RollEntry.objects.create(test=test, person=one, unit=village.weaving, line=line)
    return test


def read(test, village, written, who=None, *, line=1, by=None, carried=None, later=0):
    return keep_line(
        test=test,
        sheet=3,
        line=line,
        written=written,
        person=who and who.pk,
        carried_by=carried and carried.pk,
        by=(by or village.ana).pk,
        at=THEN + timedelta(minutes=later),
    )


def signed(test):
    return sorted(row.person.name for row in standing(BareYes).filter(occasion=test.occasion))


def test_a_name_means_the_one_person_on_the_roll_who_is_called_so(village, petition):
    person("Cleo Ruiz", village.parish)  # not on the roll
    twin = person("Finn Novak", village.weaving)
    meant = whom_names_mean(petition, ["RUIZ, Cleo", "Cléo Ruiz", "Finn Novak", "Cleo", "Nobody Here"])
    assert meant["RUIZ, Cleo"] == meant["Cléo Ruiz"] == village.cleo_person.pk
    assert meant["Finn Novak"] == village.finn_person.pk
    assert meant["Cleo"] is None and meant["Nobody Here"] is None
    RollEntry.objects.create(test=petition, person=twin, unit=village.weaving, line=9)
    assert whom_names_mean(petition, ["Finn Novak"]) == {"Finn Novak": None}


def test_a_name_is_not_that_of_a_record_that_was_merged_away(village, petition):
    twin = person("Cleo R.", village.weaving)
    RollEntry.objects.create(test=petition, person=twin, unit=village.weaving, line=9)
    for one in (village.cleo_person, twin):
        PersonName.objects.create(person=one, kind="also", name="Cleo Soto", source=f"hand:{one.pk}")
    assert whom_names_mean(petition, ["Cleo Soto"]) == {"Cleo Soto": None}
    twin.merged_into = village.cleo_person
    twin.save(update_fields=["merged_into"])
    assert whom_names_mean(petition, ["Cleo Soto"]) == {"Cleo Soto": village.cleo_person.pk}


def test_a_settled_line_is_a_yes_in_the_hall_and_a_waiting_one_is_not(village, petition):
    read(petition, village, "Cleo Ruiz", village.cleo_person, carried=village.bo_person)
    read(petition, village, "C. Ruis", line=2)
    (row,) = standing(BareYes).filter(occasion=petition.occasion)
    assert (row.person, row.carried_by) == (village.cleo_person, village.bo_person)
    assert [seen.row.written for seen in lines_of(village_scope(village), petition, ["waiting"])] == ["C. Ruis"]


def village_scope(village):
    from commonweal.accounts.reads.scope import scope_of

    return scope_of(village.ana)


def test_the_same_line_read_twice_counts_once(village, petition):
    first = read(petition, village, "Cleo Ruiz", village.cleo_person)
    again = read(petition, village, "cleo  RUIZ", village.cleo_person, later=5)
    other = read(petition, village, "Cleo Ruiz", village.cleo_person, by=village.root, later=9)
    assert first.pk == again.pk == other.pk
    assert BareYes.objects.count() == 1 and SignatureLine.objects.count() == 1


def test_a_line_that_was_somebody_elses_replaces_what_it_said(village, petition):
    row = read(petition, village, "Bo Adeyemi", village.bo_person)
    settle_line(row=row, person=village.cleo_person.pk, by=village.ana.pk, at=THEN)
    assert signed(petition) == ["Cleo Ruiz"]
    assert BareYes.objects.count() == 2 and BareYes.objects.filter(replaced_by=None).count() == 1
    settle_line(row=row, person=None, by=village.ana.pk, at=THEN)
    assert signed(petition) == []
    settle_line(row=row, person=village.bo_person.pk, by=village.ana.pk, at=THEN)
    assert signed(petition) == ["Bo Adeyemi"]


def test_two_who_read_a_line_differently_leave_it_to_a_human(village, petition):
    read(petition, village, "Bo Adeyemi", village.bo_person)
    row = read(petition, village, "Cleo Ruiz", village.cleo_person, by=village.root)
    assert (row.state, row.written, row.other_reading) == ("disputed", "Bo Adeyemi", "Cleo Ruiz")
    assert signed(petition) == []
    settle_line(row=row, person=village.cleo_person.pk, by=village.ana.pk, at=THEN)
    assert signed(petition) == ["Cleo Ruiz"]


def test_her_own_second_reading_replaces_the_first(village, petition):
    read(petition, village, "Bo Adeyemi", village.bo_person)
    row = read(petition, village, "Cleo Ruiz", village.cleo_person, later=3)
    assert row.state == "settled" and signed(petition) == ["Cleo Ruiz"]


def test_who_stands_on_two_lines_counts_once_and_keeps_the_other_when_one_goes(village, petition):
    first = read(petition, village, "Cleo Ruiz", village.cleo_person)
    second = read(petition, village, "Cleo Ruiz", village.cleo_person, line=2)
    assert signed(petition) == ["Cleo Ruiz"]
    settle_line(row=first, person=village.bo_person.pk, by=village.ana.pk, at=THEN)
    assert signed(petition) == ["Bo Adeyemi", "Cleo Ruiz"]
    settle_line(row=second, person=village.bo_person.pk, by=village.ana.pk, at=THEN)
    assert signed(petition) == ["Bo Adeyemi"]
    settle_line(row=first, person=None, by=village.ana.pk, at=THEN)
    assert signed(petition) == ["Bo Adeyemi"]


def test_nobody_signed_before_the_test_opened(village, petition):
    StructureTest.objects.filter(pk=petition.pk).update(state="planned", opened_at=None)
    petition.refresh_from_db()
    with pytest.raises(NotOpenYet):
        read(petition, village, "Cleo Ruiz", village.cleo_person)
    assert not SignatureLine.objects.exists()
