"""Two lists that hold the same people, brought at once or one after the other; and what two organizers may learn."""

import threading

import pytest
from django.db import connection

from commonweal.common.scope import EVERYTHING
from commonweal.common.work import Report, do, do_all_waiting, take_next
from commonweal.exchange.models import ImportBatch
from commonweal.exchange.reads.batches import earlier_of
from commonweal.exchange.reads.left_rows import left_rows
from commonweal.exchange.writes import bringing_in
from commonweal.exchange.writes.bringing_in import begin_bringing_in, bring_in
from commonweal.leaders.models import Reading
from commonweal.people.models import Campaign, ContactPoint, Person, Placement, Resemblance, Tie
from commonweal.people.reads.people import people_within
from commonweal.people.reads.resemblances import open_pairs
from commonweal.people.writes.forgetting import forget
from commonweal.people.writes.merging import merge
from commonweal.people.writes.people import add_person
from tests.exchange.bringing import as_csv, bring, brought, everything, given, looked, taken_back, work_is_done
from tests.village import SENTINEL, THEN, Village, account, found

LIST = as_csv(
    ("Name", "Department", "Phone", "Email"),
    *((f"Person Nr{chr(97 + n)}", "Weaving", f"21255501{n:02}", f"p{n}@mill.example") for n in range(12)),
)
OTHER = as_csv(
    ("Name", "Department", "Phone", "Job"),
    *((f"Person Nr{chr(97 + n)}", "Weaving", f"21255501{n:02}", "weaver") for n in range(6, 18)),
)


@pytest.mark.django_db
def test_a_list_looked_at_twice_before_its_yes_adds_everybody_once(village: Village) -> None:
    first, second = looked(village.ana, LIST), looked(village.ana, LIST)
    assert first.found["verdicts"] == second.found["verdicts"] == {"new": 12}
    bring(first, village.ana)
    after = everything()
    bring(second, village.ana)
    assert everything() == after
    assert second.made["tally"] == {"done": 12}


@pytest.mark.django_db
def test_two_overlapping_lists_looked_at_before_either_was_brought_in(village: Village) -> None:
    ben = account("Ben", "organizer", None, village.mill)
    first, second = looked(village.ana, LIST), looked(ben, OTHER)
    bring(first, village.ana)
    bring(second, ben)
    assert Person.objects.filter(name__startswith="Person Nr").count() == 18
    assert ContactPoint.objects.filter(kind="phone").count() == 18 + 1
    assert Placement.objects.filter(job="weaver", person__name__startswith="Person").count() == 12
    taken_back(first, village.ana)
    assert Person.objects.filter(name__startswith="Person Nr").count() == 12, "Ben's people stay"
    taken_back(second, ben)
    assert not Person.objects.filter(name__startswith="Person Nr").exists()


@pytest.mark.django_db
def test_somebody_added_by_hand_meanwhile_is_met_and_not_doubled(village: Village) -> None:
    batch = looked(village.ana, LIST)
    by_hand = add_person(name="Person Nra", unit=village.weaving, by=village.ana.pk, at=THEN)
    bring(batch, village.ana)
    assert Person.objects.get(name="Person Nra").pk == by_hand.pk
    assert {point.value for point in by_hand.contact_points.all()} == {"+12125550100", "p0@mill.example"}


@pytest.mark.django_db
def test_two_people_of_that_name_came_meanwhile_and_the_row_says_it_is_unclear(village: Village) -> None:
    batch = looked(village.ana, as_csv(("Name", "Department"), ("Person Nra", "Weaving")))
    for _ in range(2):
        add_person(name="Person Nra", unit=village.weaving, by=village.ana.pk, at=THEN)
    bring(batch, village.ana)
    assert [(row.line, row.reason) for row in left_rows(batch)] == [(2, "came_meanwhile")]
    assert Person.objects.filter(name="Person Nra").count() == 2


@pytest.mark.django_db
def test_new_people_of_two_files_of_ties_are_one_person(village: Village) -> None:
    ties = as_csv(("From", "To", "Kind"), ("Cleo Ruiz", "Ida Quill", "kin"), ("Bo Adeyemi", "Ida Quill", "friend"))
    first, second = looked(village.root, ties, strangers="add"), looked(village.root, ties, strangers="add")
    bring(first, village.root)
    bring(second, village.root)
    assert (Person.objects.filter(name="Ida Quill").count(), Tie.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_whoever_was_merged_or_forgotten_since_the_look_is_respected(village: Village) -> None:
    ties = as_csv(("From", "To"), ("Cleo Ruiz", "Bo Adeyemi"), ("Finn Novak", "Bo Adeyemi"))
    batch = looked(village.root, ties)
    kept = add_person(name="Cleo Ruiz Soto", unit=village.weaving, by=None, at=THEN)
    merge(kept=kept, taken_in=village.cleo_person, versions=(2, 1), values={}, by=village.root.pk, at=THEN)
    forget(person=village.finn_person.pk, by=village.root.pk, at=THEN)
    bring(batch, village.root)
    assert list(Tie.objects.values_list("person", "other")) == [(kept.pk, village.bo_person.pk)]


@pytest.mark.django_db
def test_what_came_before_is_a_fact_for_whoever_may_know(village: Village) -> None:
    first = brought(village.ana, LIST)
    again, of_dov = given(village.ana, LIST), given(village.dov, LIST)
    assert [one.pk for one in earlier_of(village.ana, again)] == [first.pk]
    assert earlier_of(village.dov, of_dov) == []
    assert {one.pk for one in earlier_of(village.root, of_dov)} == {first.pk, again.pk}
    assert earlier_of(village.ana, given(village.ana, OTHER)) == []


@pytest.mark.django_db
def test_an_outsider_is_not_revealed_and_comes_before_administrators_as_a_likely_duplicate(village: Village) -> None:
    eve = as_csv(("Name", "Department", "Phone", "Number"), (f"Eve {SENTINEL}", "Weaving", "212 555 0199", SENTINEL))
    batch = looked(village.ana, eve)
    assert batch.found["verdicts"] == {"new": 1}
    assert batch.rows.get().who[0][5] == [] and batch.rows.get().reason == ""
    bring(batch, village.ana)
    new = Person.objects.get(outside_number=SENTINEL, source__startswith="import:")
    pair = Resemblance.objects.get()
    assert {pair.first_id, pair.second_id} == {new.pk, village.eve_person.pk}
    assert list(open_pairs(EVERYTHING)) == [pair]
    for scope_of_whom in (village.ana, village.dov):
        from commonweal.accounts.reads import scope_of

        assert not open_pairs(scope_of(scope_of_whom)).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("own", ["the id of somebody outside", "the id of nobody"])
def test_an_id_outside_the_scope_and_one_of_nobody_answer_alike(village: Village, own: str) -> None:
    wanted = str(village.eve_person.pk if "somebody" in own else batch_id())
    batch = looked(village.ana, as_csv(("Commonweal id", "Name", "Department"), (wanted, "Some Body", "Weaving")))
    row = batch.rows.get()
    assert (row.verdict, row.reason, row.who) == ("bad", "no_such_id", [])


def batch_id() -> object:
    from commonweal.common.ids import new_id

    return new_id()


@pytest.mark.django_db
def test_people_placed_nowhere_are_seen_by_whoever_brought_the_file(village: Village) -> None:
    batch = looked(
        village.root, as_csv(("Name", "Phone"), ("Ulla Nowhere", "212 555 0111"), ("Ivo Nowhere", "212 555 0112"))
    )
    irma = account("Irma", "administrator")
    assert begin_bringing_in(batch.pk, by=irma.pk, at=THEN)
    work_is_done()
    assert set(Person.objects.filter(family_name="Nowhere").values_list("added_by", flat=True)) == {village.root.pk}


@pytest.mark.django_db
def test_open_campaigns_are_read_anew_after_an_import_and_after_it_is_taken_back(village: Village) -> None:
    closed = Campaign.objects.create(name="Long ago", begun_on=THEN.date(), state="closed")
    closed.units.set([village.mill])
    batch = brought(village.ana, LIST)
    assert Reading.objects.filter(campaign=village.campaign).count() == 1
    taken_back(batch, village.ana)
    assert Reading.objects.filter(campaign=village.campaign).count() == 2
    assert not Reading.objects.filter(campaign=closed).exists()


@pytest.mark.django_db
def test_a_list_that_says_nothing_new_asks_for_no_reading(village: Village) -> None:
    brought(village.ana, LIST)
    before = Reading.objects.get(campaign=village.campaign).pk
    brought(village.ana, LIST)
    assert Reading.objects.get(campaign=village.campaign).pk == before
    assert people_within(EVERYTHING).filter(name__startswith="Person Nr").count() == 12


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_two_lists_and_two_at_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing_in, "CHUNK", 3)
    village = found()
    first, second = looked(village.ana, LIST), looked(village.ana, OTHER)
    for batch in (first, second):
        begin_bringing_in(batch.pk, by=village.ana.pk, at=THEN)
    works = [take_next(), take_next()]
    trouble: list[BaseException] = []

    def worker(batch: ImportBatch, number: int) -> None:
        try:
            work = works[number]
            assert work is not None
            bring_in(batch.pk, Report(work), by=village.ana.pk, at=THEN)
        except BaseException as error:  # noqa: BLE001 it is raised below, in the test's own thread
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=(batch, number)) for number, batch in enumerate((first, second))]
    threads += [threading.Thread(target=worker, args=(first, 0))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert trouble == []
    assert Person.objects.filter(name__startswith="Person Nr").count() == 18
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {"done"}
    for work in works:
        if work is not None:
            do(work)
    do_all_waiting()
    assert Person.objects.filter(name__startswith="Person Nr").count() == 18
