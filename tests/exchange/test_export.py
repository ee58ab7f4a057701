"""What goes out: only one's own people, only so much a day, with a reason, by whom it is."""

import csv
import io
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from commonweal.accounts.models import Device
from commonweal.accounts.words import Role
from commonweal.common.clock import now
from commonweal.common.ids import new_id
from commonweal.exchange.models import Export, ExportDay
from commonweal.ledger.models import Entry
from commonweal.people.models import (
    Affiliation,
    Ask,
    Assessment,
    BareYes,
    ChainLink,
    Institution,
    Nomination,
    Occasion,
    Person,
    Placement,
    Tie,
)
from commonweal.people.rules import sort_name
from tests.common.test_trouble import without_tokens
from tests.signed_in import signed_in
from tests.village import SENTINEL, THEN, Village, account, person, phone

pytestmark = pytest.mark.django_db
ADDRESS, LIST = "/exchange/export/", "/exchange/exports/"
EVERYTHING = ["contacts", "address", "stance", "belongs", "note"]
KINDS = ["people", "institutions", "asks", "yeses", "ties", "nominations", "leaders"]


def take(client: Client, what: str = "people", asked: str = "", **typed: Any) -> Any:
    sent = {
        "once": str(new_id()),
        "form": "csv",
        "reason": "to ring everybody before the meeting",
        "careful": "1",
        "parts": EVERYTHING,
    }
    return client.post(f"{ADDRESS}?what={what}&{asked}", {**sent, **typed})


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content.decode()[-1500:]
    assert answer["Content-Disposition"].startswith("attachment"), answer.content.decode()[-1500:]
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    return [{title: cell.removesuffix(" ") for title, cell in row.items()} for row in rows]  # without its marks


def column(answer: Any, title: str) -> list[str]:
    return [row[title] for row in table(answer)]


def furnished(village: Village) -> Village:
    """Evidence among those inside, and rows that reach out to Eve, who is outside Ana's scope."""
    bo, cleo, eve = village.bo_person, village.cleo_person, village.eve_person
    act = Occasion.objects.create(kind="petition", name="Water petition", on=THEN.date(), source="t")
    church = Institution.objects.create(kind="congregation", name="St. Rita", added_at=THEN, source="t")
    for number, (one, other) in enumerate([(bo, cleo), (cleo, eve), (eve, bo)]):
        facts = {"source": f"t:{number}", "entered_at": THEN}
        Tie.objects.create(person=one, other=other, kind="friend", **facts)
        Nomination.objects.create(nominator=one, nominee=other, question="advice", **facts)
        Ask.objects.create(occasion=act, asker=one, asked=other, outcome="did", **facts)
        BareYes.objects.create(occasion=act, person=one, carried_by=other, **facts)
        Affiliation.objects.create(person=one, institution=church, source="t")
    village.campaign.units.add(village.parish)
    ChainLink.objects.create(campaign=village.campaign, leader=bo, follower=eve, since=THEN, why="claimed", source="t")
    ChainLink.objects.create(
        campaign=village.campaign, leader=eve, follower=village.finn_person, since=THEN, why="claimed", source="t"
    )
    Assessment.objects.create(person=cleo, stance="2", on=THEN.date(), reason="signed", source="t", entered_at=THEN)
    phone(cleo, "+12125550155")
    return village


def test_an_organizer_takes_out_her_people_and_nobody_elses(village: Village) -> None:
    rows = table(take(signed_in(village.ana)))
    assert [row["Name"] for row in rows] == ["Bo Adeyemi", "Finn Novak", "Cleo Ruiz"]
    assert rows[0]["Unit"] == "The mill > Weaving" and rows[2]["Walks with"] == "Bo Adeyemi"


@pytest.mark.parametrize("form", ["csv", "plain", "xlsx", "vcf"])
@pytest.mark.parametrize("what", KINDS)
def test_nobody_outside_the_scope_is_in_any_file(village: Village, what: str, form: str) -> None:
    furnished(village)
    answer = take(signed_in(village.ana), what, form=form)
    if form == "vcf" and what != "people":
        assert answer.status_code == 400
        return
    content = answer.content
    assert answer["Content-Disposition"].startswith("attachment")
    if form == "xlsx":
        with ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    assert SENTINEL.encode() not in content
    assert village.eve_person.pk.hex.encode() not in content.replace(b"-", b"")
    assert b"Cleo" in content


def test_an_administrator_finds_eve_in_every_kind(village: Village) -> None:
    furnished(village)
    for what in KINDS:
        assert SENTINEL in take(signed_in(village.root), what).content.decode(), what


def test_a_row_that_names_somebody_outside_is_left_out_whole(village: Village) -> None:
    furnished(village)
    client = signed_in(village.ana)
    assert [(row["Person"], row["Other"]) for row in table(take(client, "ties"))] == [("Bo Adeyemi", "Cleo Ruiz")]
    assert [(row["Asker"], row["Person asked"]) for row in table(take(client, "asks"))] == [("Bo Adeyemi", "Cleo Ruiz")]
    rows = table(take(client, "leaders"))
    assert [(row["Leader"], row["Walks with her"], row["Asked by the leader"], row["Came"]) for row in rows] == [
        ("Bo Adeyemi", "Cleo Ruiz", "1", "1")
    ]


def test_an_ask_whose_asker_is_nobody_known_goes_out(village: Village) -> None:
    act = Occasion.objects.create(kind="petition", name="Water petition", on=THEN.date(), source="t")
    Ask.objects.create(occasion=act, asked=village.cleo_person, outcome="did_not", source="t", entered_at=THEN)
    rows = table(take(signed_in(village.ana), "asks"))
    assert [(row["Asker"], row["Person asked"], row["Outcome"]) for row in rows] == [("", "Cleo Ruiz", "Did not come")]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("unit={weaving}", ["Bo Adeyemi", "Cleo Ruiz"]),
        ("shift={night}", ["Finn Novak"]),
        ("only=no_chain", ["Finn Novak"]),
        ("q=ruiz", ["Cleo Ruiz"]),
        ("unit={weaving}&only=no_chain", []),
    ],
)
def test_what_the_list_is_sifted_by_goes_along(village: Village, asked: str, names: list[str]) -> None:
    from commonweal.people.writes.search_keys import refresh

    refresh(list(Person.objects.values_list("pk", flat=True)))
    address = asked.format(weaving=village.weaving.pk, night=village.night.pk)
    answer = take(signed_in(village.ana), "people", address)
    if names:
        assert column(answer, "Name") == names
    else:
        assert answer.status_code == 400 and Export.objects.count() == 0


def test_an_address_outside_the_scope_is_answered_as_one_that_is_nowhere(village: Village) -> None:
    client = signed_in(village.ana)
    for name, there in (("unit", village.parish.pk), ("knows", village.eve_person.pk)):
        for method in (client.get, client.post):
            outside, nowhere = method(f"{ADDRESS}?{name}={there}"), method(f"{ADDRESS}?{name}={new_id()}")
            assert (outside.status_code, nowhere.status_code) == (404, 404)
            assert without_tokens(outside.content) == without_tokens(nowhere.content)


def test_contacts_notes_and_assessments_go_out_only_when_asked_for(village: Village) -> None:
    furnished(village)
    village.cleo_person.note = "a private word"
    village.cleo_person.save()
    client = signed_in(village.ana)
    plain = take(client, parts=[]).content.decode()
    assert "555-0155" not in plain and "private" not in plain and "acted" not in plain
    row = next(row for row in table(take(client)) if row["Name"] == "Cleo Ruiz")
    assert (row["Phone"], row["Note"], row["Where she stands"]) == ("(212) 555-0155", "a private word", "2 acted")


def test_the_scale_is_written_as_the_organization_counts_it(village: Village) -> None:
    furnished(village)
    village.organization.strongest_is_one = False
    village.organization.save()
    assert "4 acted" in column(take(signed_in(village.ana)), "Where she stands")


def test_a_contact_that_must_not_be_used_stays(village: Village) -> None:
    point = phone(village.cleo_person, "+12125550155")
    point.stopped_at = THEN
    point.save()
    for form in ("csv", "vcf"):
        told = take(signed_in(village.ana), form=form).content.decode()
        assert "5550155" not in told and "555-0155" not in told


def test_it_is_written_down_with_what_how_much_and_why(village: Village) -> None:
    take(signed_in(village.ana), "people", f"unit={village.weaving.pk}", reason="  to ring <b>them</b> all ")
    export = Export.objects.get()
    assert (export.account, export.rows, export.reason) == (village.ana.pk, 2, "to ring <b>them</b> all")
    entry = Entry.objects.get(verb="took_out")
    assert (entry.actor, entry.subject) == (village.ana.pk, export.pk)
    assert entry.facts["rows"] == 2 and entry.facts["what"] == "people"
    assert entry.facts["choice"]["unit"] == str(village.weaving.pk)
    assert "ring" not in str(entry.facts)
    page = signed_in(village.root).get(LIST).content.decode()
    assert "to ring &lt;b&gt;them&lt;/b&gt; all" in page and "Ana" in page


def test_a_search_is_not_kept_in_words(village: Village) -> None:
    from commonweal.people.writes.search_keys import refresh

    refresh(list(Person.objects.values_list("pk", flat=True)))
    take(signed_in(village.ana), "people", "q=ruiz")
    assert "ruiz" not in str(Export.objects.get().choice) + str(Entry.objects.get(verb="took_out").facts)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": " a "}, "in a few words"),
        ({"form": "exe"}, "what kind of file"),
        ({"once": ""}, "nothing to take out"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(village: Village, typed: dict[str, str], said: str) -> None:
    answer = take(signed_in(village.ana), **typed)
    page = answer.content.decode()
    assert answer.status_code == 400 and said in page
    assert page.count("checked") >= len(EVERYTHING)
    assert Export.objects.count() == ExportDay.objects.count() == 0


def test_what_tells_of_trust_needs_its_tick(village: Village) -> None:
    furnished(village)
    for what in ("ties", "nominations", "leaders"):
        assert take(signed_in(village.ana), what, careful="").status_code == 400
    assert take(signed_in(village.ana), "asks", careful="").status_code == 200


def test_leaders_and_members_are_told_that_they_take_nothing_out(village: Village) -> None:
    for who in (village.bo, village.cleo):
        client = signed_in(who)
        for answer in (client.get(ADDRESS), take(client), take(client, "leaders")):
            assert answer.status_code == 403
            assert "organizers alone" in answer.content.decode()
        assert client.get(LIST).status_code == 404
    assert Export.objects.count() == 0


def test_who_has_not_just_shown_that_it_is_she_shows_it_first_and_loses_nothing(village: Village) -> None:
    client = signed_in(village.ana)
    Device.objects.update(confirmed_at=now() - timedelta(minutes=6))
    assert "/confirm" in client.get(ADDRESS)["Location"] or "next=" in client.get(ADDRESS)["Location"]
    answer = take(client, "people", f"unit={village.weaving.pk}", reason="for the phone bank", parts=["contacts"])
    assert answer.status_code == 302 and "next=" in answer["Location"] and "phone" not in answer["Location"]
    assert Export.objects.count() == 0
    Device.objects.update(confirmed_at=now())
    page = client.get(f"{ADDRESS}?what=people&unit={village.weaving.pk}").content.decode()
    assert "for the phone bank" in page
    assert "for the phone bank" not in client.get(ADDRESS).content.decode()


# ── So much a day ───────────────────────────────────────────────────────────────────────────────


def test_a_day_holds_only_so_many_rows(village: Village, settings: Any) -> None:
    settings.EXPORT_ROWS_A_DAY = 5
    client = signed_in(village.ana)
    assert take(client).status_code == 200
    answer = take(client)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "5 rows a day; 2 are left" in page and "Ask for a second yes" in page and "to ring everybody" in page
    assert take(client, "people", f"unit={village.weaving.pk}").status_code == 200
    assert ExportDay.objects.get().rows == 5
    assert Export.objects.count() == 2
    assert take(signed_in(village.root), "people", f"unit={village.weaving.pk}").status_code == 200


def test_a_double_click_counts_once(village: Village, settings: Any) -> None:
    settings.EXPORT_ROWS_A_DAY = 4
    client, once = signed_in(village.ana), str(new_id())
    first, second = take(client, once=once), take(client, once=once)
    assert first.content == second.content
    assert (Export.objects.count(), ExportDay.objects.get().rows) == (1, 3)
    assert Entry.objects.filter(verb="took_out").count() == 1


def test_the_same_form_with_other_rows_or_much_later_is_another_export(village: Village) -> None:
    client, once = signed_in(village.ana), str(new_id())
    take(client, once=once)
    person("Nia New", village.weaving, village.day)
    assert len(table(take(client, once=once))) == 4
    assert ExportDay.objects.get().rows == 7
    Export.objects.update(taken_at=now() - timedelta(minutes=16))
    assert take(client, once=once).status_code == 302
    assert ExportDay.objects.get().rows == 7


# ── A second yes ────────────────────────────────────────────────────────────────────────────────


def asked_for(village: Village, settings: Any) -> tuple[Client, Export]:
    settings.EXPORT_ROWS_A_DAY = 1
    client = signed_in(village.ana)
    answer = take(client, second="1")
    assert answer.status_code == 302 and answer["Location"] == LIST
    return client, Export.objects.get()


def answered(who: object, export: Export, said: str = "yes") -> Any:
    return signed_in(who).post(f"{LIST}{export.pk}/answer/", {"answer": said, "once": str(new_id())})


def test_above_the_day_an_administrator_says_yes_and_it_is_taken_out_once(village: Village, settings: Any) -> None:
    client, export = asked_for(village, settings)
    assert client.post(f"{LIST}{export.pk}/take/").status_code == 302
    page = signed_in(village.root).get(LIST).content.decode()
    assert "to ring everybody" in page and "with phones and e-mails, addresses" in page
    assert "waits for your yes" in signed_in(village.root).get("/").content.decode()
    assert "waits for your yes" not in client.get("/").content.decode()
    assert answered(village.root, export).status_code == 302
    assert "you can take it out" in client.get("/").content.decode()
    assert "waits for your yes" not in signed_in(village.root).get("/").content.decode()
    assert "Take it out" in client.get(LIST).content.decode()
    assert len(table(client.post(f"{LIST}{export.pk}/take/"))) == 3
    export.refresh_from_db()
    assert (export.state, export.answered_by) == ("taken", village.root.pk)
    verbs = list(Entry.objects.filter(subject=export.pk).order_by("number").values_list("verb", flat=True))
    assert verbs == ["asked_to_take_out", "agreed_to_export", "took_out"]
    Export.objects.update(taken_at=now() - timedelta(minutes=16))
    assert client.post(f"{LIST}{export.pk}/take/").status_code == 302


def test_nobody_agrees_with_herself_and_organizers_agree_with_nobody(village: Village, settings: Any) -> None:
    client, export = asked_for(village, settings)
    for who in (village.ana, village.dov, village.bo):
        assert answered(who, export).status_code == 404
    Export.objects.update(account=village.root.pk)
    assert answered(village.root, export).status_code == 404
    second = account("Rita", Role.ADMINISTRATOR)
    assert answered(second, export).status_code == 302
    assert client.post(f"{LIST}{export.pk}/take/").status_code == 404


def test_a_no_and_an_old_yes_give_nothing(village: Village, settings: Any) -> None:
    client, export = asked_for(village, settings)
    answered(village.root, export, "no")
    assert client.post(f"{LIST}{export.pk}/take/").status_code == 302
    Export.objects.update(state="agreed", answered_at=now() - timedelta(hours=25))
    assert client.post(f"{LIST}{export.pk}/take/").status_code == 302
    assert not Entry.objects.filter(verb="took_out").exists()


def test_more_than_was_agreed_to_is_not_taken_out(village: Village, settings: Any) -> None:
    client, export = asked_for(village, settings)
    answered(village.root, export)
    person("Nia New", village.weaving, village.day)
    assert client.post(f"{LIST}{export.pk}/take/").status_code == 302
    assert "4 instead of 3 rows" in client.get(LIST).content.decode()


def test_a_yes_does_not_outlive_the_scope(village: Village, settings: Any) -> None:
    client, export = asked_for(village, settings)
    answered(village.root, export)
    village.ana.units.set([village.spinning])
    assert column(client.post(f"{LIST}{export.pk}/take/"), "Name") == ["Finn Novak"]


# ── Size ────────────────────────────────────────────────────────────────────────────────────────


def crowd(village: Village, count: int) -> Iterable[Person]:
    made = [
        Person(name=f"Q Crowd{n:05d}", sort_name=sort_name("Q", f"Crowd{n:05d}"), source="t", added_at=THEN, changed_at=THEN)
        for n in range(count)
    ]  # fmt: skip
    Person.objects.bulk_create(made, 500)
    Placement.objects.bulk_create(
        [Placement(person=one, unit=village.weaving, shift=village.day, source="t") for one in made], 500
    )
    return made


@pytest.mark.parametrize(("what", "most"), [("people", 56), ("ties", 36), ("asks", 36), ("leaders", 42)])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    village: Village, django_assert_max_num_queries: Any, what: str, most: int
) -> None:
    furnished(village)
    made = list(crowd(village, 200))
    act = Occasion.objects.get()
    for number, (one, other) in enumerate(zip(made, made[1:], strict=False)):
        facts = {"source": f"c:{number}", "entered_at": THEN}
        Tie.objects.create(person=one, other=other, kind="friend", **facts)
        Ask.objects.create(occasion=act, asker=one, asked=other, outcome="did", **facts)
        ChainLink.objects.create(
            campaign=village.campaign, leader=made[0], follower=other, since=THEN, why="tie", source="c"
        )
    client = signed_in(village.ana)
    with django_assert_max_num_queries(most):
        assert len(table(take(client, what))) > 190
    with django_assert_max_num_queries(most):
        assert client.get(f"{ADDRESS}?what={what}").status_code == 200


def test_a_file_has_an_end(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    from commonweal.exchange.reads import export_people
    from commonweal.exchange.rules import export as rules

    monkeypatch.setattr(export_people, "MOST_ROWS", 2)
    monkeypatch.setattr(rules, "MOST_ROWS", 2)
    client = signed_in(village.ana)
    assert "More than 2 rows" in client.get(ADDRESS).content.decode()
    assert take(client).status_code == 400
