"""Who may read what somebody said, who may change it, and that every look is written down."""

import pytest

from commonweal.ledger.models import Entry
from commonweal.listening.models import Conversation, Draft, Promise
from tests.listening.filled import begun, kept
from tests.signed_in import signed_in
from tests.village import THEN, Village, account

pytestmark = pytest.mark.django_db
SAID = "Only between us"


@pytest.fixture
def talk(village: Village) -> str:
    """Ana's conversation with Cleo; its address."""
    client = signed_in(village.ana)
    draft = begun(client, village.cleo_person)
    address: str = kept(
        client, draft, opened=SAID, said=SAID, issue_said=[SAID], issue_topic=["Pay"],
        ours=SAID, ours_due="2999-01-01", ready=["fees"], how_fees=SAID,
    ).headers["Location"]  # fmt: skip
    return address


def test_another_organizer_of_these_units_reads_it_and_one_of_elsewhere_finds_nothing(
    village: Village, talk: str
) -> None:
    ines = account("Ines", "organizer", None, village.weaving)
    assert SAID in signed_in(ines).get(talk).content.decode()
    assert signed_in(village.dov).get(talk).status_code == 404
    assert signed_in(village.dov).get(f"/people/{village.cleo_person.pk}/conversations/").status_code == 404


def test_an_administrator_opens_the_words_by_a_press_that_is_written_down(village: Village, talk: str) -> None:
    root = signed_in(village.root)
    page = root.get(talk).content.decode()
    assert SAID not in page and "Pay" in page and "Open the words" in page
    for place in ("conversations", "talk"):
        assert SAID not in root.get(f"/people/{village.cleo_person.pk}/{place}/").content.decode()
    assert not Entry.objects.filter(verb="opened_words").exists()
    root.post(talk, {"once": "1", "act": "words"})
    assert SAID in root.get(talk).content.decode()
    assert Entry.objects.get(verb="opened_words").actor == village.root.pk


def test_an_administrator_who_corrects_has_opened_the_words(village: Village, talk: str) -> None:
    draft = signed_in(village.root).post(talk, {"once": "1", "act": "correct"}).headers["Location"]
    assert SAID in signed_in(village.root).get(draft).content.decode()
    assert Entry.objects.get(verb="opened_words").actor == village.root.pk


def test_two_who_correct_the_same_conversation_do_not_collide(village: Village, talk: str) -> None:
    ana, root = signed_in(village.ana), signed_in(village.root)
    root.post(talk, {"once": "1", "act": "correct"})
    assert ana.post(talk, {"once": "2", "act": "correct"}).headers["Location"] == talk
    assert "Somebody else is correcting" in ana.get(talk).content.decode()
    Draft.objects.update(changed_at=THEN)
    assert "/drafts/" in ana.post(talk, {"once": "3", "act": "correct"}).headers["Location"]


def test_neither_she_herself_nor_another_leader_reads_it(village: Village, talk: str) -> None:
    for whom in (village.cleo, village.bo):
        assert signed_in(whom).get(talk).status_code == 404
    assert signed_in(village.cleo).get("/today/").status_code == 404


def test_a_leader_talks_with_her_own_chain_and_reads_her_own_alone(village: Village, talk: str) -> None:
    bo = signed_in(village.bo)
    assert bo.get(f"/people/{village.finn_person.pk}/talk/").status_code == 404
    assert bo.get(f"/people/{village.bo_person.pk}/talk/").status_code == 404
    page = bo.get(f"/people/{village.cleo_person.pk}/talk/").content.decode()
    assert SAID not in page and "Who names her" not in page
    own = kept(bo, begun(bo, village.cleo_person), opened="Bo heard this", stance="2", reason="She said yes")
    assert "Bo heard this" in bo.get(own.headers["Location"]).content.decode()
    assert "Bo heard this" in signed_in(village.ana).get(own.headers["Location"]).content.decode()
    page = bo.get(f"/people/{village.cleo_person.pk}/conversations/").content.decode()
    assert talk not in page and own.headers["Location"] in page


def test_a_leader_whose_chain_she_left_reads_nothing_more_of_her(village: Village) -> None:
    bo = signed_in(village.bo)
    own = kept(bo, begun(bo, village.cleo_person), opened="Bo heard this", ours="Call", ours_due="2999-01-01")
    village.campaign.chain_links.update(until=village.campaign.chain_links.get().since)
    assert bo.get(own.headers["Location"]).status_code == 404
    assert "Call" not in bo.get("/promises/").content.decode()


def test_only_whoever_held_it_or_an_administrator_corrects_and_removes(village: Village, talk: str) -> None:
    ines = signed_in(account("Ines", "organizer", None, village.weaving))
    for act in ("correct", "remove"):
        assert ines.post(talk, {"once": act, "act": act}).status_code == 404
    assert signed_in(village.root).post(talk, {"once": "1", "act": "remove"}).status_code == 302
    assert not Conversation.objects.exists()


def test_every_look_is_written_down_once_a_visit(village: Village, talk: str) -> None:
    Entry.objects.filter(verb="looked_at").exists()
    ines = account("Ines", "organizer", None, village.weaving)
    client = signed_in(ines)
    for _time in range(2):
        client.get(talk)
    looks = Entry.objects.filter(verb="looked_at", actor=ines.pk)
    assert [one.subject for one in looks] == [village.cleo_person.pk]


def test_a_draft_is_its_writers_alone(village: Village) -> None:
    draft = begun(signed_in(village.ana), village.cleo_person)
    for whom in (account("Ines", "organizer", None, village.weaving), village.root, village.bo, village.cleo):
        client = signed_in(whom)
        assert client.get(draft).status_code == 404
        for verb in ("save", "keep", "drop"):
            assert client.post(f"{draft}{verb}/", {"once": "1"}).status_code == 404


def test_promises_of_others_cannot_be_ended_from_outside(village: Village, talk: str) -> None:
    promise = Promise.objects.get()
    for whom in (village.dov, village.bo, village.cleo):
        sent = {"once": "1", "act": "kept", "version": "1"}
        assert signed_in(whom).post(f"/promises/{promise.pk}/", sent).status_code == 404
    promise.refresh_from_db()
    assert promise.state == "open"
