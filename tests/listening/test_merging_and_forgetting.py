"""Two records become one without loss; somebody who is forgotten leaves no byte of what she said."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from commonweal.listening.models import Conversation, Draft, Issue, Promise
from commonweal.people.models import Nomination, Person
from commonweal.people.reads.everything_on import everything_on, in_plain
from commonweal.people.reads.pointing import columns_pointing_to
from commonweal.people.writes.forgetting import forget
from commonweal.people.writes.merging import merge, undo_merge
from tests.listening.filled import begun, kept, typed
from tests.village import THEN, Village, person

WORD = "Qwhisperx"


def talked(village: Village, client: Client, whom: Person) -> Conversation:
    """A conversation in which every text holds the word, and a second one begun."""
    draft = begun(client, whom)
    bo = {"add": "person", "other": str(village.bo_person.pk), "other_text": "Bo", "how": "named:faces"}
    client.post(draft, typed(client, draft, **bo))
    answer = kept(
        client, draft,
        opened=WORD, issue_said=[WORD], cause=WORD, hope=WORD, asked_for=WORD, answer="yes", said=WORD, objections=WORD,
        ready=["fees"], how_fees=WORD, hers=WORD, hers_due="2999-01-01", ours=WORD, ours_due="2999-01-01",
        stance="2", reason=WORD,
    )  # fmt: skip
    again = begun(client, whom)
    client.post(again, typed(client, again, opened=WORD))
    return Conversation.objects.get(pk=answer.headers["Location"].split("/")[2])


@pytest.mark.django_db
def test_merging_moves_conversations_drafts_and_promises(village: Village, ana: Client) -> None:
    twin = person("Cleo R.", village.weaving)
    talked(village, ana, twin)
    her = Person.objects.get(pk=village.cleo_person.pk)
    other = Person.objects.get(pk=twin.pk)
    made = merge(kept=her, taken_in=other, versions=(her.version, other.version), values={}, by=village.ana.pk, at=THEN)
    assert Conversation.objects.get().person_id == her.pk == Draft.objects.get().person_id
    assert {one.person_id for one in Promise.objects.all()} == {her.pk}
    assert str(Conversation.objects.get().said) == WORD
    page = ana.get(f"/people/{her.pk}/conversations/")
    assert page.status_code == 200 and str(Conversation.objects.get().pk) in page.content.decode()
    undo_merge(merge=made, by=village.ana.pk, at=THEN)
    assert Conversation.objects.get().person_id == twin.pk == Draft.objects.get().person_id


@pytest.mark.django_db
def test_two_drafts_with_one_person_are_both_found_after_a_merge(village: Village, ana: Client) -> None:
    twin = person("Cleo R.", village.weaving)
    first, second = begun(ana, village.cleo_person), begun(ana, twin)
    her, other = Person.objects.get(pk=village.cleo_person.pk), Person.objects.get(pk=twin.pk)
    merge(kept=her, taken_in=other, versions=(her.version, other.version), values={}, by=village.ana.pk, at=THEN)
    page = ana.get("/today/").content.decode()
    assert first in page and second in page
    for draft, said in ((first, "One"), (second, "Two")):
        assert kept(ana, draft, opened=said).status_code == 302
    assert sorted(str(one.opened) for one in Conversation.objects.filter(person=her)) == ["One", "Two"]


@pytest.mark.django_db
def test_somebody_mentioned_in_a_draft_and_merged_meanwhile_is_named_by_the_record_that_stands(
    village: Village, ana: Client
) -> None:
    twin = person("Bo A.", village.weaving)
    draft = begun(ana, village.cleo_person)
    ana.post(draft, typed(ana, draft, add="person", other=str(twin.pk), other_text="Bo", how="named:faces"))
    bo, other = Person.objects.get(pk=village.bo_person.pk), Person.objects.get(pk=twin.pk)
    merge(kept=bo, taken_in=other, versions=(bo.version, other.version), values={}, by=village.ana.pk, at=THEN)
    assert "Bo Adeyemi" in ana.get(draft).content.decode()
    kept(ana, draft)
    assert Nomination.objects.get().nominee_id == bo.pk


@pytest.mark.django_db
def test_a_forgotten_persons_conversations_go_and_the_counts_stay(village: Village, ana: Client) -> None:
    talked(village, ana, village.cleo_person)
    forget(person=village.cleo_person.pk, by=village.root.pk, at=THEN)
    for kind in (Conversation, Draft, Issue, Promise):
        assert not kind._default_manager.exists()
    assert Nomination.objects.count() == 1
    left = {
        column.model.__name__
        for column in columns_pointing_to(Person)
        if column.model._default_manager.filter(**{column.name: village.cleo_person.pk}).exists()
    }
    assert left <= {"Nomination", "Placement", "ChainLink", "Ask", "BareYes"}


@pytest.mark.django_db
def test_what_could_be_demanded_about_her_names_every_row(village: Village, ana: Client) -> None:
    talked(village, ana, village.cleo_person)
    held = {one.table: [in_plain(row) for row in one.rows] for one in everything_on(village.cleo_person.pk)}
    for table in ("Conversation", "Draft", "Issue", "Inoculation", "Promise"):
        assert WORD in repr(held[table]), table


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_what_she_said_lies_open_or_is_left(village: Village, ana: Client) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the bytes of PostgreSQL's files belong to its server")
    path = Path(str(connection.settings_dict["NAME"]))

    def held(word: bytes) -> bool:
        files = [path, Path(f"{path}-wal"), Path(f"{path}-journal")]
        return any(word in file.read_bytes() for file in files if file.exists())

    sealed = bytes(
        Conversation.objects.filter(pk=talked(village, ana, village.cleo_person).pk).values_list("said")[0][0]
    )
    assert not held(WORD.encode()) and held(sealed)
    forget(person=village.cleo_person.pk, by=village.root.pk, at=THEN)
    assert not held(sealed)
