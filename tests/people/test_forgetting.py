"""A person can be forgotten: name and contact gone everywhere, raw bytes included, counts kept."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from commonweal.common.scope import EVERYTHING
from commonweal.ledger.models import Entry
from commonweal.people.models import Ask, BareYes, Forgotten, Occasion, Person, Resemblance, SearchWord
from commonweal.people.reads.pointing import columns_pointing_to
from commonweal.people.reads.search import found
from commonweal.people.writes.contacts import add_contact
from commonweal.people.writes.evidence import add_tie, assess, record_ask, record_bare_yes
from commonweal.people.writes.forgetting import LastKey, forget, forget_again
from commonweal.people.writes.merging import merge
from commonweal.people.writes.people import add_name, add_person
from tests.village import THEN, Village, account

WORD = "Qwyxtrose"


@pytest.fixture
def rose(village: Village) -> Person:
    """Somebody whose name is in every place a name can be."""
    made = add_person(name=f"{WORD} Vnamed", unit=village.weaving, phone="+12125550155", by=village.ana.pk, at=THEN)
    add_name(person=made, kind="also", name=f"{WORD}ita", by=village.ana.pk, at=THEN)
    add_contact(person=made.pk, kind="email", value=f"{WORD.lower()}@mill.example", by=village.ana.pk, at=THEN)
    assess(person=made.pk, stance="2", basis="stated", reason=f"{WORD} said so", on=THEN.date(), by=None, at=THEN)
    add_tie(person=made.pk, other=village.finn_person.pk, kind="kin", by=None, at=THEN)
    day = Occasion.objects.create(kind="button", name="Button day", on=THEN.date(), source="hand:village")
    record_ask(occasion=day, asker=village.bo_person.pk, asked=made.pk, outcome="did", by=None, at=THEN)
    record_bare_yes(occasion=day, person=made.pk, by=None, at=THEN)
    account(f"{WORD}", "member", made)
    twin = add_person(name=f"{WORD} Vtwin", unit=village.weaving, by=village.ana.pk, at=THEN)
    kept = Person.objects.get(pk=made.pk)
    merge(kept=kept, taken_in=twin, versions=(kept.version, 2), values={}, by=village.ana.pk, at=THEN)
    return Person.objects.get(pk=made.pk)


@pytest.mark.django_db
def test_counts_stay_and_everything_else_goes(village: Village, rose: Person) -> None:
    assert len(found(WORD, EVERYTHING, country="US").people) == 1
    forget(person=rose.pk, by=village.ana.pk, at=THEN)
    assert (Ask.objects.count(), BareYes.objects.count()) == (1, 1)
    assert found(WORD, EVERYTHING, country="US").people == ()
    assert not SearchWord.objects.filter(word__startswith=WORD.lower()).exists()
    gone = Person.objects.get(pk=rose.pk)
    assert (gone.name, gone.note, gone.is_listed) == ("", "", False)
    assert not gone.contact_points.exists() and not gone.ties_out.exists() and not gone.assessments.exists()
    assert set(gone.placements.values_list("job", flat=True)) == {""}


@pytest.mark.django_db
def test_nothing_points_to_her_but_what_is_counted(village: Village, rose: Person) -> None:
    pair = {"weight": 9.0, "reasons": ["same_phone"], "found_at": THEN}
    Resemblance.objects.create(first=rose, second=village.finn_person, **pair)
    forget(person=rose.pk, by=village.root.pk, at=THEN)
    ids = Person.objects.exclude(forgotten_at=None).values_list("pk", flat=True)
    assert len(ids) == 2
    left = {
        column.model.__name__
        for column in columns_pointing_to(Person)
        if column.model._default_manager.filter(**{f"{column.name}__in": list(ids)}).exists()
    }
    assert left <= {"Ask", "BareYes", "Nomination", "Placement", "ChainLink", "Person"}


def test_her_log_in_ends(village: Village, rose: Person) -> None:
    login = rose.account
    forget(person=rose.pk, by=village.ana.pk, at=THEN)
    login.refresh_from_db()
    assert (login.is_active, login.name, login.person_id) == (False, "", None)
    assert WORD.lower() not in login.email


@pytest.mark.django_db
def test_the_last_administrators_record_is_not_forgotten(village: Village, rose: Person) -> None:
    type(village.root).objects.filter(pk=village.root.pk).update(person=village.eve_person)
    with pytest.raises(LastKey):
        forget(person=village.eve_person.pk, by=village.ana.pk, at=THEN)
    assert Person.objects.get(pk=village.eve_person.pk).is_listed


@pytest.mark.django_db
def test_the_ledger_holds_her_id_and_never_her_name(village: Village, rose: Person) -> None:
    forget(person=rose.pk, by=village.ana.pk, at=THEN)
    entries = Entry.objects.filter(subject=rose.pk)
    assert entries.filter(verb="forgot_person").count() == 1
    assert WORD.casefold() not in repr(list(entries.values())).casefold()


@pytest.mark.django_db
def test_a_restored_backup_forgets_her_again(village: Village, rose: Person) -> None:
    ids = [rose.pk]
    assert forget_again(ids, at=THEN) == 1
    assert not Person.objects.get(pk=rose.pk).is_listed
    assert Forgotten.objects.filter(person=rose.pk).exists()
    assert forget_again(ids, at=THEN) == 0


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_her_is_left_in_the_database_files(village: Village, rose: Person) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the bytes of PostgreSQL's files belong to its server")
    path = Path(str(connection.settings_dict["NAME"]))

    def held() -> bool:
        files = [path, Path(f"{path}-wal"), Path(f"{path}-journal")]
        return any(WORD.lower().encode() in file.read_bytes().lower() for file in files if file.exists())

    assert settings.DATABASES["default"]["ENGINE"] == "commonweal.common.sqlite"
    assert held()
    forget(person=rose.pk, by=village.ana.pk, at=THEN)
    assert not held()
