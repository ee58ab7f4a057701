"""Every page of the hall: who reaches it, what it shows, how many queries it asks."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonweal.common.ids import new_id
from commonweal.common.models import Work
from commonweal.ledger.models import Entry
from commonweal.people.models import (
    Affiliation,
    Ask,
    Assessment,
    BareYes,
    ContactPoint,
    Institution,
    Nomination,
    Occasion,
    Organization,
    Person,
    Placement,
    Tie,
    Unit,
)
from commonweal.people.reads.evidence import standing
from commonweal.people.writes.evidence import add_tie, assess, name_somebody, record_ask, record_bare_yes
from commonweal.people.writes.people import add_person
from commonweal.people.writes.search_keys import refresh
from tests.village import SENTINEL, THEN, Village, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lively(village: Village) -> Village:
    """The village with something on every page, also between those inside Ana's scope and Eve outside."""
    bo, cleo, eve = village.bo_person, village.cleo_person, village.eve_person
    refresh(Person.objects.values_list("pk", flat=True))
    day = Occasion.objects.create(kind="button", name="Button day", on=THEN.date(), source="hand:village")
    for other in (cleo, eve):
        add_tie(person=bo.pk, other=other.pk, kind="goes_to", by=None, at=THEN)
        name_somebody(nominator=other.pk, nominee=bo.pk, question="faces", by=None, at=THEN)
        record_ask(occasion=day, asker=bo.pk, asked=other.pk, outcome="did", by=None, at=THEN)
        record_bare_yes(occasion=day, person=other.pk, carried_by=bo.pk, by=None, at=THEN)
    assess(person=bo.pk, stance="1", basis="observed", reason="brought two", on=THEN.date(), by=None, at=THEN)
    parish = Institution.objects.create(kind="choir", name=f"Choir {SENTINEL}", added_at=THEN, source="hand:village")
    Affiliation.objects.create(person=eve, institution=parish, source="hand:village")
    club = Institution.objects.create(kind="sports", name="Club", added_at=THEN, source="hand:village")
    for member in (bo, eve):
        Affiliation.objects.create(person=member, institution=club, source="hand:village")
    return village


def pages(village: Village) -> list[str]:
    """Every page that an organizer opens, about somebody or something inside her scope."""
    bo = village.bo_person.pk
    her = [
        "person", "details", "note", "add_name", "history", "forget", "same_as", "add_contact", "add_place",
        "add_affiliation", "add_tie", "add_named_by", "add_names_other", "add_asked", "add_asks_other", "add_did", "assess",
    ]  # fmt: skip
    plain = [
        "home", "more", "people", "search", "pick", "add_person", "quick", "units", "add_unit", "add_units", "shifts",
        "institutions", "add_institution", "occasions", "add_occasion", "resemblances", "campaigns",
    ]  # fmt: skip
    club = Institution.objects.get(name="Club").pk
    day = Occasion.objects.get().pk
    place = Placement.objects.get(person=bo).pk
    rows = [("tie", standing(Tie)), ("nomination", standing(Nomination)), ("ask", standing(Ask))]
    return [
        *(reverse(f"people:{name}") for name in plain),
        *(reverse(f"people:{name}", args=[bo]) for name in her),
        *(reverse(f"people:{name}", args=[bo, place]) for name in ("place", "move_place", "end_place")),
        *(reverse(f"people:{name}", args=[village.weaving.pk]) for name in ("unit", "edit_unit")),
        *(reverse(f"people:{name}", args=[club]) for name in ("institution", "edit_institution", "add_member")),
        *(
            reverse(f"people:{name}", args=[day])
            for name in ("occasion", "edit_occasion", "occasion_ask", "occasion_yes")
        ),
        *(reverse("people:correct", args=[bo, kind, found.first().pk]) for kind, found in rows),
        reverse("people:correct", args=[bo, "assessment", Assessment.objects.get().pk]),
        reverse("people:pair", args=[bo, village.cleo_person.pk]),
        reverse("people:search") + f"?q={SENTINEL}",
        reverse("people:search") + "?q=bo+knows+cleo",
        reverse("people:pick") + f"?other_text={SENTINEL[:-1]}",
        reverse("people:people") + f"?unit={village.parish.pk}&institution={uuid4()}&knows={village.eve_person.pk}",
        reverse("people:people") + f"?after={village.eve_person.pk}",
    ]


def test_no_page_of_an_organizer_shows_anything_of_somebody_outside_her_scope(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    for page in pages(lively):
        answer = client.get(page)
        assert answer.status_code == 200, page
        shown = answer.content.decode().replace(f'value="{SENTINEL}"', "").replace(f'value="{SENTINEL[:-1]}"', "")
        shown = shown.replace(f"q%3D{SENTINEL}", "").replace(f"q={SENTINEL}", "").replace(f"“{SENTINEL[:-1]}”", "")
        assert SENTINEL not in shown, page


def test_the_title_of_a_form_says_what_it_is_about_and_names_nobody(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    asked = [client.get(page) for page in pages(lively)]
    forms = [answer for answer in asked if answer.context and "keep" in answer.context]
    assert len(forms) > 20
    for answer in forms:
        title = answer.content.decode().partition("<title>")[2].partition(" ·")[0]
        assert title not in ("", answer.context["keep"]), answer.request["PATH_INFO"]
        assert lively.bo_person.name not in title, answer.request["PATH_INFO"]


def test_every_page_asks_a_bounded_number_of_queries(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    for page in pages(lively):
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        assert len(queries) <= 48, (page, len(queries))


def test_the_person_page_asks_no_more_for_a_hundred_ties(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    page = reverse("people:person", args=[lively.bo_person.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for number in range(100):
        other = person(f"Worker {number}", lively.weaving)
        add_tie(person=lively.bo_person.pk, other=other.pk, kind="friend", by=None, at=THEN)
    client.get(page)  # whoever is shown for the first time is counted
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) <= len(few) + 1


def test_outside_the_scope_and_not_there_answer_alike(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    for name in ("person", "details", "note", "history", "forget", "add_tie", "assess", "add_contact"):
        outside = client.get(reverse(f"people:{name}", args=[lively.eve_person.pk]))
        missing = client.get(reverse(f"people:{name}", args=[uuid4()]))
        assert (outside.status_code, missing.status_code) == (404, 404), name
    assert client.get(reverse("people:unit", args=[lively.parish.pk])).status_code == 404


def test_leaders_and_members_reach_their_own_and_nothing_that_writes(client: Client, lively: Village) -> None:
    for login in (lively.bo, lively.cleo):
        client.force_login(login)
        own = {reverse("people:home"), reverse("people:more"), reverse("people:person", args=[lively.bo_person.pk])}
        own.add(reverse("people:add_contact", args=[lively.bo_person.pk]))
        for page in pages(lively):
            if page not in own:
                assert client.get(page).status_code == 404, page
        assert client.get(reverse("people:home")).status_code == 200
        assert client.get(reverse("people:person", args=[login.person_id])).status_code == 200


def test_a_leader_sees_her_own_people_and_no_tie_note_or_nomination(client: Client, lively: Village) -> None:
    client.force_login(lively.bo)
    home = client.get(reverse("people:home")).content.decode()
    assert "Cleo Ruiz" in home and "Finn" not in home and SENTINEL not in home
    follower = client.get(reverse("people:person", args=[lively.cleo_person.pk])).content.decode()
    assert "Button day" in follower and "Bo Adeyemi" not in follower
    assert client.get(reverse("people:person", args=[lively.finn_person.pk])).status_code == 404


def test_a_member_sees_what_is_kept_and_who_looked_but_not_who_named_her(client: Client, lively: Village) -> None:
    name_somebody(nominator=lively.finn_person.pk, nominee=lively.cleo_person.pk, question="news", by=None, at=THEN)
    client.force_login(lively.ana)
    client.get(reverse("people:person", args=[lively.cleo_person.pk]))
    client.force_login(lively.cleo)
    shown = client.get(reverse("people:home")).content.decode()
    assert "Ana" in shown and "One person named you" in shown and "Finn" not in shown


def test_a_look_is_written_down_once_for_each_visit(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    for _again in range(3):
        client.get(reverse("people:person", args=[lively.bo_person.pk]))
    assert Entry.objects.filter(verb="looked_at", subject=lively.bo_person.pk, actor=lively.ana.pk).count() == 1


def test_an_empty_place_leads_to_its_next_step(client: Client, village: Village) -> None:
    client.force_login(village.root)
    assert "in the chain of a leader" in client.get("/").content.decode()
    type(village.bo).objects.exclude(pk=village.root.pk).update(is_active=False, person=None, ended_at=THEN)
    Person.objects.all().delete()
    assert reverse("people:add_person") in client.get("/").content.decode()
    village.campaign.delete()
    Unit.objects.filter(parent__isnull=False).delete()
    Unit.objects.all().delete()
    assert reverse("people:add_units") in client.get("/").content.decode()


def sent(client: Client, page: str, once: UUID | None = None, **fields: Any) -> Any:
    return client.post(page, {"once": str(once or new_id()), **fields})


def test_two_organizers_who_edit_one_person_find_out_and_keep_what_they_typed(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    page = reverse("people:details", args=[lively.bo_person.pk])
    version = Person.objects.get(pk=lively.bo_person.pk).version
    first = sent(client, page, version=version, name="Bola Adeyemi", given_name="Bola", family_name="Adeyemi")
    assert first.status_code == 302
    second = sent(client, page, version=version, name="Bob Adeyemi", given_name="Bob", family_name="Adeyemi")
    text = second.content.decode()
    assert (
        second.status_code == 200
        and 'value="Bob Adeyemi"' in text
        and "It now says: Called: Bola Adeyemi; Given name: Bola" in text
    )
    assert Person.objects.get(pk=lively.bo_person.pk).name == "Bola Adeyemi"


def fields_of(page: Any) -> dict[str, str]:
    """What the form of a page would send as it stands."""
    form = page.context["form"]
    shown = {form.add_prefix(name): form[name].value() for name in form.fields}
    first = {form.add_initial_prefix(name): form[name].value() for name in form.fields}
    if form.is_bound:
        first = {name: form.data.get(name, "") for name in first}
    version = {"version": page.context["version"]}
    return {name: "" if value is None else str(value) for name, value in (shown | first | version).items()}


def test_what_two_organizers_changed_in_different_fields_is_all_kept(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    page = reverse("people:details", args=[lively.bo_person.pk])
    opened = fields_of(client.get(page))
    assert sent(client, page, **opened | {"outside_number": "R-9"}).status_code == 302
    second = sent(client, page, **opened | {"name": "Bola Adeyemi"})
    assert "Number on another list: R-9" in second.content.decode()
    assert sent(client, page, **fields_of(second)).status_code == 302
    bo = Person.objects.get(pk=lively.bo_person.pk)
    assert (bo.name, bo.outside_number, bo.family_name) == ("Bola Adeyemi", "R-9", "Adeyemi")


def test_a_job_and_a_shift_changed_at_once_are_both_kept(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    place = Placement.objects.get(person=lively.bo_person)
    page = reverse("people:place", args=[lively.bo_person.pk, place.pk])
    opened = fields_of(client.get(page)) | {"main": "on", "initial-main": "True"}
    assert sent(client, page, **opened | {"job": "fixer"}).status_code == 302
    second = sent(client, page, **opened | {"shift": str(lively.night.pk)})
    assert second.status_code == 200
    assert sent(client, page, **fields_of(second) | {"main": "on"}).status_code == 302
    place.refresh_from_db()
    assert (place.job, place.shift_id, place.main) == ("fixer", lively.night.pk, True)


def test_a_double_click_adds_one_person(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    key = new_id()
    for _click in range(2):
        answer = sent(client, reverse("people:add_person"), once=key, name="Grace Osei", unit=lively.weaving.pk)
        assert answer.status_code == 302
    assert Person.objects.filter(name="Grace Osei").count() == 1


def test_a_name_with_markup_stays_text(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    sent(client, reverse("people:add_person"), name="<img src=x onerror=alert(1)>", unit=lively.weaving.pk)
    shown = client.get(reverse("people:people")).content.decode()
    assert "<img src=x" not in shown and "&lt;img src=x" in shown


def test_rosa_names_somebody_new_in_one_form(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    page = reverse("people:quick")
    looked = sent(client, page, look="1", first_text="bo", second_text="Delia Quispe", question="faces")
    assert f'value="{lively.bo_person.pk}"' in looked.content.decode()
    answer = sent(
        client,
        page,
        first_text="bo",
        first=lively.bo_person.pk,
        second_text="Delia Quispe",
        second="new",
        second_unit=lively.weaving.pk,
        question="faces",
    )
    assert answer.status_code == 302
    delia = Person.objects.get(name="Delia Quispe")
    assert standing(Nomination).get(nominee=delia).nominator_id == lively.bo_person.pk
    assert delia.placements.get().unit_id == lively.weaving.pk


def test_nobody_outside_the_scope_can_be_picked(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    page = reverse("people:add_tie", args=[lively.bo_person.pk])
    before = Tie.objects.count()
    answer = sent(client, page, other=lively.eve_person.pk, other_text="eve", kind="friend", strength="0.5")
    assert answer.status_code == 200 and Tie.objects.count() == before


def test_a_withdrawn_tie_comes_back_by_undo(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    bo = lively.bo_person
    row = standing(Tie).get(person=bo, other=lively.cleo_person)
    answer = sent(client, reverse("people:withdraw", args=[bo.pk, "tie", row.pk]))
    assert not standing(Tie).filter(source=row.source).exists()
    assert "Undo" in client.get(answer["Location"]).content.decode()
    new = Tie.objects.get(source=row.source, replaced_by=None)
    sent(client, reverse("people:bring_back", args=[bo.pk, "tie", new.pk]))
    assert standing(Tie).get(source=row.source).other_id == lively.cleo_person.pk
    assert Tie.objects.filter(source=row.source).count() == 3


def test_a_correction_is_a_row_of_the_same_source_and_counts_once(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    row = standing(Ask).get(asked=lively.cleo_person)
    page = reverse("people:correct", args=[lively.cleo_person.pk, "ask", row.pk])
    sent(client, page, occasion=row.occasion_id, outcome="did_not")
    now = standing(Ask).get(asked=lively.cleo_person)
    assert (now.outcome, now.source, Ask.objects.get(pk=row.pk).outcome) == ("did_not", row.source, "did")


def test_a_unit_cannot_hang_below_itself(client: Client, lively: Village) -> None:
    client.force_login(lively.root)
    page = reverse("people:edit_unit", args=[lively.mill.pk])
    answer = sent(client, page, name="The mill", kind="site", parent=lively.weaving.pk, position=0)
    assert "cannot hang below itself" in answer.content.decode()
    assert Unit.objects.get(pk=lively.mill.pk).parent_id is None


def test_only_an_empty_unit_is_removed(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    sent(client, reverse("people:remove_unit", args=[lively.weaving.pk]))
    assert Unit.objects.filter(pk=lively.weaving.pk).exists()
    sent(
        client, reverse("people:add_units"), names="Dyeing\nSpinning\nDyeing", kind="department", parent=lively.mill.pk
    )
    dyeing = Unit.objects.get(name="Dyeing")
    sent(client, reverse("people:remove_unit", args=[dyeing.pk]))
    assert not Unit.objects.filter(name="Dyeing").exists()


def test_somebody_moves_from_one_unit_to_another_with_a_date(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    bo = Person.objects.get(pk=lively.bo_person.pk)
    place = bo.placements.get()
    sent(
        client,
        reverse("people:move_place", args=[bo.pk, place.pk]),
        version=bo.version,
        to=lively.spinning.pk,
        on="2026-03-04",
    )
    assert [(str(one.until), one.main) for one in bo.placements.filter(unit=lively.weaving)] == [("2026-03-04", True)]
    now = bo.placements.get(until=None)
    assert (now.unit_id, now.main, str(now.since), now.job) == (lively.spinning.pk, True, "2026-03-04", "weaver")


def test_somebody_placed_nowhere_is_seen_by_whoever_added_her_and_by_administrators(
    client: Client, lively: Village
) -> None:
    grace = add_person(name="Grace Osei", by=lively.ana.pk, at=THEN)
    page = reverse("people:person", args=[grace.pk])
    for login, status in ((lively.ana, 200), (lively.root, 200), (lively.dov, 404), (lively.bo, 404)):
        client.force_login(login)
        assert client.get(page).status_code == status, login.name


def test_a_member_mends_her_own_number_and_nobody_elses(client: Client, lively: Village) -> None:
    client.force_login(lively.cleo)
    sent(client, reverse("people:add_contact", args=[lively.cleo_person.pk]), kind="phone", value="(212) 555-0123")
    assert ContactPoint.objects.get(person=lively.cleo_person).value == "+12125550123"
    other = sent(client, reverse("people:add_contact", args=[lively.bo_person.pk]), kind="phone", value="2125550124")
    assert other.status_code == 404


def test_the_same_bond_is_written_down_once(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    fields = {"other": lively.finn_person.pk, "other_text": "finn", "kind": "friend", "strength": "0.5"}
    page = reverse("people:add_tie", args=[lively.bo_person.pk])
    assert sent(client, page, **fields).status_code == 302
    back = {**fields, "other": lively.bo_person.pk, "other_text": "bo"}
    answer = sent(client, reverse("people:add_tie", args=[lively.finn_person.pk]), **back)
    assert "We knew that already" in answer.content.decode()


def test_a_merge_from_the_page_is_undone_from_the_page(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    twin = add_person(name="Bo Adeyemi", unit=lively.weaving, by=lively.ana.pk, at=THEN)
    bo = Person.objects.get(pk=lively.bo_person.pk)
    twin.refresh_from_db()
    answer = sent(
        client,
        reverse("people:merge", args=[bo.pk, twin.pk]),
        version_1=bo.version,
        version_2=twin.version,
        choose_name="second",
    )
    assert not Person.objects.get(pk=twin.pk).is_listed
    sent(client, answer["Location"] + "undo/")
    assert Person.objects.get(pk=twin.pk).is_listed


def test_forgetting_asks_first_and_then_forgets(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    page = reverse("people:forget", args=[lively.finn_person.pk])
    assert "cannot be undone" in client.get(page).content.decode()
    assert sent(client, page).status_code == 302
    assert client.get(reverse("people:person", args=[lively.finn_person.pk])).status_code == 404


def test_the_list_turns_its_pages_by_name(client: Client, lively: Village) -> None:
    for number in range(60):
        person(f"Worker Aa{number:03}", lively.weaving)
    client.force_login(lively.ana)
    first = client.get(reverse("people:people"))
    assert [one.name for one in first.context["page"].people][:2] == ["Worker Aa000", "Worker Aa001"]
    second = client.get(reverse("people:people") + f"?after={first.context['page'].after}")
    names = [one.name for one in second.context["page"].people]
    assert names == [*(f"Worker Aa{number:03}" for number in range(50, 60)), "Bo Adeyemi", "Finn Novak", "Cleo Ruiz"]
    back = client.get(reverse("people:people") + f"?before={second.context['page'].before}")
    assert [one.name for one in back.context["page"].people] == [one.name for one in first.context["page"].people]


def test_the_organization_keeps_where_its_telephones_ring(client: Client, lively: Village) -> None:
    client.force_login(lively.root)
    fields = {"name": "Obreras", "language": "es", "strongest_is_one": "", "support_weeks": "20"}
    assert "no country" in sent(client, reverse("people:organization"), country="ZZ", **fields).content.decode()
    sent(client, reverse("people:organization"), country="mx", **fields)
    here = Organization.objects.get()
    assert (here.country, here.strongest_is_one, here.support_weeks) == ("MX", False, 20)


def test_a_campaign_is_begun_over_units_and_closed(client: Client, lively: Village) -> None:
    client.force_login(lively.root)
    fields = {"begun_on": "2026-03-01", "cover_share": 80, "chain_capacity": 10, "units": [str(lively.parish.pk)]}
    assert 'value="90"' in client.get(reverse("leaders:begin_campaign")).content.decode()
    sent(client, reverse("leaders:begin_campaign"), name="Clean air", **fields)
    made = type(lively.campaign).objects.get(name="Clean air")
    assert (float(made.cover_share), made.chain_capacity, made.units.get().pk) == (0.8, 10, lively.parish.pk)
    assert Work.objects.filter(subject=made.pk, state="waiting").exists()  # its first reading
    sent(client, reverse("people:campaign", args=[made.pk]), name="Clean air", state="closed", **fields)
    made.refresh_from_db()
    assert made.state == "closed"


def test_a_yes_counts_once_for_each_occasion(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    before = BareYes.objects.count()
    page = reverse("people:occasion_yes", args=[Occasion.objects.get().pk])
    for _time in range(2):
        sent(client, page, second=lively.finn_person.pk, second_text="finn")
    assert BareYes.objects.count() == before + 1


def test_an_occasion_counts_people_however_many_asked_them(client: Client, lively: Village) -> None:
    day = Occasion.objects.get()
    record_ask(occasion=day, asker=lively.finn_person.pk, asked=lively.cleo_person.pk, outcome="did", by=None, at=THEN)
    client.force_login(lively.ana)
    page = client.get(reverse("people:occasion", args=[day.pk]))
    turnout = page.context["turnout"]
    assert (turnout.asked, turnout.asks, turnout.came, turnout.yeses) == (1, 2, 1, 1)
    assert "one person was asked, 1 came" in page.content.decode()
    assert "2 asks in all" in page.content.decode()


def test_home_and_board_count_the_same_people_as_walking(client: Client, lively: Village) -> None:
    client.force_login(lively.ana)
    assert "3 people, 1 of them in the chain of a leader." in client.get("/").content.decode()
    assert client.get(reverse("leaders:board")).context["figures"].walking == 1


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Spanish, English", ["es", "en"]), ("es en", ["es", "en"]), ("haitian creole", ["ht"]), ("nah; Árabe", None)],
)
def test_languages_are_written_by_name_or_code(
    client: Client, lively: Village, written: str, kept: list[str] | None
) -> None:
    client.force_login(lively.ana)
    bo = Person.objects.get(pk=lively.bo_person.pk)
    fields = {"name": "Bo Adeyemi", "given_name": "Bo", "family_name": "Adeyemi", "languages": written}
    answer = sent(client, reverse("people:details", args=[bo.pk]), version=bo.version, **fields)
    bo.refresh_from_db()
    assert (answer.status_code, bo.languages) == ((302, kept) if kept else (200, []))
