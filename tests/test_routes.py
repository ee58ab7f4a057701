"""Every route, asked by every role: nobody learns of a person outside her scope.

Routes are taken from the URLconf, so a new one is walked by itself. What a parameter of an address names is said
in tests/planted.py, where somebody and everything that hangs on her is planted twice: once in Dov's parish, hidden
from Ana, and once in Ana's mill, hidden from Dov; both are hidden from Bo, Cleo and strangers. No answer may hold
the sentinel of somebody hidden: no page, download, error or redirect, asked with her ids, with ids mixed among
people one does see, with questions that fit her, or by any form of any page fed with her ids.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, path, reverse

from commonweal.accounts.models import Account
from commonweal.common.doors import anyone_signed_in
from commonweal.common.sealed import SealedTextField
from commonweal.ledger.writes import forget_kept_head
from commonweal.people.models import Campaign, Institution, Occasion, Person, Unit
from commonweal.structure_tests.models import RollEntry, StructureTest
from tests.planted import HIDDEN, SHARED, WORDS, Planted, plant
from tests.village import SENTINEL, THEN, Village, found

pytestmark = pytest.mark.django_db
OTHER_SENTINEL = "Wjkmhidden"
INLINE = re.compile(r'<script(?![^>]*(?:src=|type="application/json"))|\sstyle="|\son[a-z]+="|<style')
NOWHERE = UUID(int=0x4D8AB21F)
# Routes that are not ours to walk: Django's own switch of language takes no object and shows no page.
NOT_WALKED = {"set_language"}
RULE = """
A route of yours has a parameter that the walk does not know: {unknown}.
Every object that an address can name is planted outside the scope and asked for by every role, so that no
page, export or error ever shows somebody who must not be seen. Do this:
  1. In tests/planted.py let `plant` (or `evidence`, `chains`) make a row of that kind about the planted person, with
     her sentinel in every text it holds, and put it into `rows`.
  2. Name the parameter in HIDDEN there (who may not see its person gets "not found", just as for an id that is
     nowhere), or in SHARED (the thing itself is there for all who organize, its hidden people are not). Where one
     route means something else by the same name, write "room:route parameter". A text parameter goes into WORDS.
"""
Kinds = list[tuple[str, str]]


# ── Routes and what they name ───────────────────────────────────────────────────────────────────


def routes(patterns: Any = None, space: str = "") -> Iterator[tuple[str, Kinds]]:
    """Every named route with the names and kinds of its parameters."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            inner = one.namespace or ""
            yield from routes(one.url_patterns, f"{space}{inner}:" if inner else space)
        elif isinstance(one, URLPattern):
            kinds = [(name, type(kind).__name__) for name, kind in one.pattern.converters.items()]
            yield f"{space}{one.name}", kinds


def meaning(table: dict[str, str], route: str, parameter: str) -> str:
    return table.get(f"{route} {parameter}") or table.get(parameter, "")


def unknown_parameters(found: list[tuple[str, Kinds]]) -> list[str]:
    """Parameters of which nothing says what they name."""
    return [
        f"{route} <{parameter}>"
        for route, kinds in found
        for parameter, kind in kinds
        if not (
            meaning(HIDDEN | SHARED, route, parameter)
            if kind == "UUIDConverter"
            else kind == "IntConverter" or meaning(WORDS, route, parameter)
        )
    ]


def address(route: str, kinds: Kinds, rows: dict[str, UUID], hidden: dict[str, UUID] | None = None) -> str:
    """The address of a route for these rows; what is hidden about somebody may come from other rows."""
    given: dict[str, Any] = {}
    for parameter, kind in kinds:
        if kind == "UUIDConverter":
            shared = meaning(SHARED, route, parameter)
            given[parameter] = rows[shared] if shared else (hidden or rows)[meaning(HIDDEN, route, parameter)]
        else:
            given[parameter] = 1 if kind == "IntConverter" else meaning(WORDS, route, parameter)
    return reverse(route, kwargs=given)


def is_hidden(route: str, kinds: Kinds) -> bool:
    return any(meaning(HIDDEN, route, parameter) for parameter, kind in kinds if kind == "UUIDConverter")


WALKED = [(name, kinds) for name, kinds in routes() if name not in NOT_WALKED]
walked = pytest.mark.parametrize(("route", "kinds"), WALKED, ids=[name for name, _ in WALKED])


# ── Who asks, and what an answer holds ──────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def planted_place(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Village, Planted, Planted]]:
    """The village with everything planted, once: each test works in a savepoint of its own inside this transaction."""
    with django_db_blocker.unblock():
        forget_kept_head()
        with transaction.atomic():
            village = found()
            eves = plant(village, SENTINEL, village.parish, village.bo_person, village.dov)
            mills = plant(village, OTHER_SENTINEL, village.spinning, village.eve_person, village.ana)
            yield village, eves, mills
            transaction.set_rollback(True)


@pytest.fixture
def planted(planted_place: tuple[Village, Planted, Planted], db: None) -> tuple[Village, Planted, Planted]:
    """What is planted, as no test before has touched it."""
    return deepcopy(planted_place)


@pytest.fixture
def village(planted: tuple[Village, Planted, Planted]) -> Village:
    return planted[0]


@pytest.fixture
def worlds(planted: tuple[Village, Planted, Planted]) -> list[tuple[Planted, dict[str, Account | None]]]:
    """What is planted, with those from whom it is hidden."""
    village, eves, mills = planted
    low: dict[str, Account | None] = {"stranger": None, "cleo": village.cleo, "bo": village.bo}
    return [(eves, low | {"ana": village.ana}), (mills, {"dov": village.dov})]


def signed_in(account: Account | None) -> Client:
    client = Client(raise_request_exception=True)
    if account is not None:
        client.force_login(account)
    return client


def everything_in(answer: Any) -> str:
    """All that an answer tells: its text, what is packed in it, its headers and its cookies."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    told = [content, repr(sorted(answer.headers.items())).encode(), str(answer.cookies).encode()]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            told += [packed.read(name) for name in packed.namelist()]
    if content.startswith(b"%PDF"):
        from pypdf import PdfReader

        told += [page.extract_text().encode() for page in PdfReader(io.BytesIO(content)).pages]
    return b"\n".join(told).decode("utf-8", "replace")


def assert_tells_nothing(answer: Any, planted: Planted, what: str) -> None:
    told = everything_in(answer).casefold()
    assert planted.sentinel.casefold() not in told, f"{what} shows somebody hidden"
    assert answer.status_code < 500, what


def plain(answer: Any, *ids: UUID) -> tuple[int, str, str]:
    """An answer without its form tokens and without the ids that were asked for."""
    text = answer.content.decode() if not answer.streaming else ""
    text = re.sub(r'name="(csrfmiddlewaretoken|once|next)" value="[^"]*"', "", text)
    led = answer.headers.get("Location", "")
    for one in ids:
        text, led = text.replace(str(one), "…"), led.replace(str(one), "…")
    return answer.status_code, text, led


# ── The walk ────────────────────────────────────────────────────────────────────────────────────


def test_every_route_has_a_name() -> None:
    assert [name for name, _ in routes() if name.endswith("None")] == [], (
        "give these routes a name, so that they are walked"
    )


def test_every_parameter_has_a_case() -> None:
    unknown = unknown_parameters(WALKED)
    assert unknown == [], RULE.format(unknown=", ".join(unknown))


def test_a_new_route_without_a_case_is_found() -> None:
    new = [("people:kite", [("kite", "UUIDConverter")]), ("people:kites", [("colour", "StringConverter")])]
    assert unknown_parameters(new) == ["people:kite <kite>", "people:kites <colour>"]


@walked
def test_nobody_learns_of_a_person_outside_her_scope(village: Village, worlds: Any, route: str, kinds: Kinds) -> None:
    for planted, readers in worlds:
        for who, account in readers.items():
            walk(route, kinds, planted, who, account)


def walk(route: str, kinds: Kinds, planted: Planted, who: str, account: Account | None) -> None:
    """Asks a route for somebody hidden from that reader in every way, and compares with what is nowhere."""
    nowhere = dict.fromkeys(planted.rows, NOWHERE)
    there, missing = address(route, kinds, planted.rows), address(route, kinds, planted.rows, nowhere)
    own = {"person": account.person_id} if account and account.person_id else {}
    addresses = {there, address(route, kinds, planted.rows, planted.rows | own)}
    questions = {"q": "Greta", "person": str(planted.person.pk), "unit": str(planted.rows["unit"]), "page": "1"}
    ways = [("get", {}), ("get", questions), ("post", questions)]
    for one in sorted(addresses):
        for method, more in ways if account and account.role != "member" else ways[1:]:
            client = signed_in(account)  # anew each time: some of these sign out
            answer = getattr(client, method)(one, more)
            assert_tells_nothing(answer, planted, f"{who} {method} {one} {more}")
    if is_hidden(route, kinds):
        for method in ("get", "post") if account else ("get",):
            ids = (NOWHERE, *planted.rows.values())
            forbidden = plain(getattr(signed_in(account), method)(there), *ids)
            absent = plain(getattr(signed_in(account), method)(missing), *ids)
            assert forbidden == absent, f"{who} {method} {there}: forbidden and missing answer differently"


@walked
def test_whom_a_leader_was_given_to_ask_she_meets_on_her_list_of_that_test_alone(
    planted: tuple[Village, Planted, Planted], route: str, kinds: Kinds
) -> None:
    village, eves, _mills = planted
    test = StructureTest.objects.filter(pk=eves.rows["test"])
    given_to_bo = {"asker": village.bo_person, "leader": None, "standing": "eligible"}
    assert RollEntry.objects.filter(test__in=test, person=eves.person).update(**given_to_bo) == 1
    for state, closed_at in (("planned", None), ("open", None), ("closed", THEN)):
        test.update(state=state, closed_at=closed_at, opened_at=THEN)
        for method in ("get", "post") if state == "open" else ("get",):
            one = address(route, kinds, eves.rows)
            told = everything_in(getattr(signed_in(village.bo), method)(one, {"q": "Greta"}))
            if route == "structure_tests:mine" and method == "get" and state != "closed":
                assert eves.person.name in told
                for shown in (eves.person.name, eves.partner.name, f"{village.parish.name}, {village.day.name}"):
                    told = told.replace(shown, "")
            assert eves.sentinel.casefold() not in told.casefold(), f"{state} {method} {one}"


# Here a row is fetched before its person or its units are compared with the scope: one question more, which tells
# something only to whoever guesses a random id of 122 bits.
ONE_QUESTION_MORE = {"people:pair", "people:merged", "accounts:invitation", "accounts:account", "leaders:toss"}
HIDING = [(name, kinds) for name, kinds in WALKED if is_hidden(name, kinds) and name not in ONE_QUESTION_MORE]


@pytest.mark.parametrize(("route", "kinds"), HIDING, ids=[name for name, _ in HIDING])
def test_what_is_hidden_is_looked_for_as_long_as_what_is_nowhere(
    village: Village, worlds: Any, route: str, kinds: Kinds
) -> None:
    """The same questions to the database, so that the time of an answer tells nothing either."""
    (eves, _), _ = worlds
    shared = {name: eves.rows[name] for name in SHARED.values() if name in eves.rows}
    nowhere = dict.fromkeys(eves.rows, NOWHERE) | shared
    client = signed_in(village.ana)
    asked = []
    for rows in (eves.rows, eves.rows, nowhere):  # the first asks what a process asks once in a while
        with CaptureQueriesContext(connection) as captured:
            client.get(address(route, kinds, rows))
        asked.append([re.sub(r"'[^']*'", "…", one["sql"]) for one in captured.captured_queries])
    assert asked[1] == asked[2]


@walked
def test_looking_changes_nothing_and_every_answer_keeps_to_itself(
    village: Village, worlds: Any, route: str, kinds: Kinds
) -> None:
    (eves, _), (mills, _) = worlds
    for account, planted in ((village.cleo, eves), (village.ana, mills), (village.root, eves)):
        client, one = signed_in(account), address(route, kinds, planted.rows)
        before = everything_stored()
        answer = client.get(one)
        assert everything_stored() == before, one
        assert answer.status_code < 500, one
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy or "sandbox" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"], one
        if not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
            page = answer.content.decode()
            assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', page) == [], one
            assert INLINE.findall(page) == [], one
            assert re.findall(r'(?:href|action)="[^"?]*/\d+/[^"]*"', page) == [], (
                "an address that can be counted through"
            )
            # What a browser writes into its history, and shows whoever uses the computer next, names nobody.
            title = page.partition("<title>")[2].partition("</title>")[0]
            assert bool(title.strip()) == bool(page) and planted.sentinel not in title, one


@walked
def test_no_post_counts_without_its_csrf_token(village: Village, route: str, kinds: Kinds) -> None:
    one = address(route, kinds, dict.fromkeys([*HIDDEN.values(), *SHARED.values()], NOWHERE))
    for account in (None, village.ana, village.root):
        client = Client(enforce_csrf_checks=True)
        if account is not None:
            client.force_login(account)
        before = everything_stored()
        answer = client.post(one, {"name": "Changed"})
        assert answer.status_code == 403, one
        assert everything_stored() == before, one


def everything_stored() -> str:
    """A fingerprint of every row but looks, sessions, devices and what is measured by the clock."""
    kept_out = {"Session", "Device", "Entry", "Looking"}
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.db_table):
            if model.__name__ in kept_out:
                continue
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            digest.update(repr(sorted(map(repr, cursor.fetchall()))).encode())
    return digest.hexdigest()


# ── The forms of every page, fed with ids from outside ──────────────────────────────────────────


class Forms(HTMLParser):
    """The forms of a page: where each goes and what it holds as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.choosing = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", "") if given.get("method") == "post" else "GET", {}))
        if not self.forms:
            return
        fields = self.forms[-1][1]
        if tag == "option" and self.choosing:
            if "selected" in given or not fields[self.choosing]:
                fields[self.choosing] = given.get("value", "")
        elif tag in ("input", "select", "textarea", "button") and given.get("name"):
            self.choosing = given["name"] if tag == "select" else ""
            if "checked" in given:
                fields[given["name"]] = given.get("value", "on")
            fields.setdefault(given["name"], given.get("value", ""))


# What a stranger would try besides: fields of the rows behind the form.
UNASKED = {"role": "administrator", "is_active": "", "may_write": "1", "everything": "1", "locked_at": "2026-01-01"}
KEPT_BY_FORM = {"csrfmiddlewaretoken", "once", "version", "next"}


# These lock the list for everybody or end the session, which tests/accounts looks at.
NOT_PRESSED = {"accounts:panic", "accounts:leave", "set_language"}
PRESSED = [(name, kinds) for name, kinds in WALKED if name not in NOT_PRESSED]


@pytest.mark.parametrize(("route", "kinds"), PRESSED, ids=[name for name, _ in PRESSED])
def test_no_form_reaches_a_person_outside_the_scope(village: Village, worlds: Any, route: str, kinds: Kinds) -> None:
    (eves, _), (mills, _) = worlds
    for who, account, hidden, seen in (("ana", village.ana, eves, mills), ("dov", village.dov, mills, eves)):
        page = signed_in(account).get(address(route, kinds, seen.rows))
        if page.streaming or page.status_code != 200:
            continue
        roles, before = roles_but(seen), all_about(hidden)
        for target, fed in sendings(page.content.decode(), address(route, kinds, seen.rows), hidden):
            answer = signed_in(account).post(target, fed)
            assert_tells_nothing(answer, hidden, f"{who} post {target} {fed}")
            if answer.status_code in (302, 303) and answer.headers["Location"].startswith("/"):
                led = signed_in(account).get(answer.headers["Location"])
                assert_tells_nothing(led, hidden, f"{who} post {target}, led to {answer.headers['Location']}")
        assert roles_but(seen) == roles, route
        assert all_about(hidden) == before, f"{who} changed something hidden by a form of {route}"


def sendings(page: str, here: str, hidden: Planted) -> Iterator[tuple[str, dict[str, str]]]:
    """Every form of a page with every field naming somebody hidden, with fields nobody asked for, and as it stands."""
    others = [reverse(name) for name in NOT_PRESSED]
    forms = [(action or here, fields) for action, fields in Forms(page).forms if action not in ("GET", *others)]
    for planted in ("person", "unit", "tie", "listed"):
        for target, fields in forms:
            given = str(hidden.rows[planted])
            fed = {name: value if name in KEPT_BY_FORM else given for name, value in fields.items()}
            yield target, UNASKED | named_ids(hidden) | fed
    for target, fields in forms:
        yield target, fields


def named_ids(hidden: Planted) -> dict[str, str]:
    """The ids of somebody hidden under every name that a form might ask for."""
    return {name: str(number) for name, number in hidden.rows.items()} | {
        "other": str(hidden.person.pk),
        "leader": str(hidden.person.pk),
        "follower": str(hidden.partner.pk),
        "units": str(hidden.rows["unit"]),
        "account": str(hidden.rows["account"]),
    }


def roles_but(seen: Planted) -> list[Any]:
    """What every account may do, without that of somebody whom the reader may forget or close."""
    others = Account.objects.exclude(pk=seen.rows["account"])
    return sorted(others.values_list("pk", "role", "is_active", "person", "units"), key=repr)


def all_about(hidden: Planted) -> list[str]:
    """Every row that hangs on somebody hidden, as the database holds it (in plain SQL: it is asked hundreds of times)."""
    pk = Person._meta.pk
    both = [pk.get_db_prep_value(one.pk, connection) for one in (hidden.person, hidden.partner)]
    rows = []
    with connection.cursor() as cursor:
        for table, column in HANGING:
            cursor.execute(f'SELECT * FROM "{table}" WHERE "{column}" IN (%s, %s)', both)
            rows += [f"{table} {row!r}" for row in cursor.fetchall()]
        cursor.execute(f'SELECT * FROM "{Person._meta.db_table}" WHERE name LIKE %s', [f"%{hidden.sentinel}"])
        rows += [repr(row) for row in cursor.fetchall()]
    return sorted(rows)


HANGING = [
    (relation.related_model._meta.db_table, relation.field.column)
    for relation in Person._meta.related_objects
    if relation.related_model._meta.app_label == "commonweal" and relation.field.concrete and relation.field.column
]


COLUMNS = sorted(
    {field.name for model in apps.get_app_config("commonweal").get_models() for field in model._meta.concrete_fields}
)
UNASKED_WORD = "Zzunaskedfor"


@pytest.mark.parametrize(("route", "kinds"), PRESSED, ids=[name for name, _ in PRESSED])
def test_a_field_that_no_form_asks_for_is_kept_nowhere(village: Village, worlds: Any, route: str, kinds: Kinds) -> None:
    """Each form is sent as it stands, together with every column of every table that it does not ask for."""
    (_, _), (mills, _) = worlds
    page = signed_in(village.ana).get(address(route, kinds, mills.rows))
    if page.streaming or page.status_code != 200:
        return
    others, here = {"GET", *(reverse(name) for name in NOT_PRESSED)}, address(route, kinds, mills.rows)
    for action, fields in Forms(page.content.decode()).forms:
        if action in others:
            continue
        unasked = {column: UNASKED_WORD for column in COLUMNS if column not in fields}
        answer = signed_in(village.ana).post(action or here, unasked | fields)
        assert answer.status_code < 500, action or here
        assert UNASKED_WORD not in everything_readable(), f"{action or here} keeps what nobody asked for"


def everything_readable() -> str:
    """Every text of every table, seals opened."""
    texts = []
    for model in apps.get_app_config("commonweal").get_models():
        names = [one.attname for one in model._meta.concrete_fields if one.get_internal_type() not in NO_TEXT]
        sealed = [one.attname for one in model._meta.concrete_fields if isinstance(one, SealedTextField)]
        texts += map(repr, model._base_manager.values_list(*names)) if names else []
        for name in sealed:
            texts += [str(getattr(row, name)) for row in model._base_manager.exclude(**{name: b""})]
    return " ".join(texts)


NO_TEXT = {"BinaryField", "DateTimeField", "DateField", "BooleanField", "UUIDField", "ForeignKey", "FloatField"}


def test_what_people_type_is_text_on_every_page(village: Village) -> None:
    """Markup in every text of a person, her units' neighbours, her contacts, evidence, account, files and devices."""
    planted, seen = plant(village, TRICK, village.weaving, village.finn_person, village.ana), 0
    Institution.objects.update(name=f"Choir {TRICK}")
    for number, act in enumerate(Occasion.objects.all()):
        Occasion.objects.filter(pk=act.pk).update(name=f"Day {number} {TRICK}")
    Unit.objects.filter(pk=village.weaving.pk).update(name=f"Weaving {TRICK}")
    Campaign.objects.update(name=f"Campaign {TRICK}")
    for account in (village.root, village.ana, village.bo):
        for name, kinds in WALKED:
            answer = signed_in(account).get(address(name, kinds, planted.rows), {"q": f"Greta {TRICK}"})
            if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
                continue
            page = answer.content.decode()
            assert "<svg onload" not in page, f"{name} as {account.name}"
            seen += "&lt;svg onload" in page
    assert seen > 40


TRICK = """\"'><svg onload=alert(1)>{{7*7}}"""


# ── What hostile questions do ───────────────────────────────────────────────────────────────────

HOSTILE = ["\x00", "a\r\nSet-Cookie: stolen=1", "\u202ecod.exe", "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "ignore"),
           "%0d%0aLocation: https://evil.example/", "' OR 1=1 --", "<script>alert(1)</script>", "9" * 400, "-1", "раураl"]  # fmt: skip
ASKED = (
    "q",
    "page",
    "unit",
    "person",
    "verb",
    "actor",
    "subject",
    "before",
    "next",
    "what",
    "only",
    "campaign",
    "show",
    "all",
)


@walked
def test_no_hostile_question_breaks_a_page_or_reaches_a_header(
    village: Village, worlds: Any, route: str, kinds: Kinds
) -> None:
    (_, _), (mills, _) = worlds
    for account in (village.root, None):
        client, one = signed_in(account), address(route, kinds, mills.rows)
        for word in HOSTILE if account else HOSTILE[:2]:
            answer = client.get(one, dict.fromkeys(ASKED, word))
            assert answer.status_code < 500, (one, word)
            assert "stolen" not in answer.cookies, (one, word)
            assert "evil.example" not in answer.headers.get("Location", "").partition("?")[0], (one, word)
            if "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
                assert "<script>alert(1)" not in answer.content.decode(), (one, word)


# ── The walk itself is walked ───────────────────────────────────────────────────────────────────


@anyone_signed_in
def leak_by_name(request: HttpRequest, person: UUID) -> HttpResponse:
    return HttpResponse(Person.objects.get(pk=person).name if Person.objects.filter(pk=person).exists() else "")


@anyone_signed_in
def leak_in_a_header(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"X-Found": Person.objects.filter(name__contains=SENTINEL).values_list("name")[0][0]})


@anyone_signed_in
def leak_in_a_packed_file(request: HttpRequest) -> HttpResponse:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("sheet.xml", "x" * 500 + SENTINEL)
    return HttpResponse(packed.getvalue())


@anyone_signed_in
def leak_by_a_question(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(list(Person.objects.filter(name__startswith=request.GET.get("q", "?")))))


@anyone_signed_in
def leak_that_she_exists(request: HttpRequest, person: UUID) -> HttpResponse:
    return HttpResponse(status=403 if Person.objects.filter(pk=person).exists() else 404)


LEAKS = [
    path("leak/<uuid:person>/", leak_by_name, name="by_name"),
    path("leak/header/", leak_in_a_header, name="in_a_header"),
    path("leak/file/", leak_in_a_packed_file, name="in_a_packed_file"),
    path("leak/question/", leak_by_a_question, name="by_a_question"),
    path("leak/there/<uuid:person>/", leak_that_she_exists, name="that_she_exists"),
]
urlpatterns = [*get_resolver("commonweal.urls").url_patterns, *LEAKS]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("leak", LEAKS, ids=[one.name or "" for one in LEAKS])
def test_the_walk_finds_a_planted_leak(village: Village, worlds: Any, leak: URLPattern) -> None:
    (eves, _), _ = worlds
    kinds = [(name, type(kind).__name__) for name, kind in leak.pattern.converters.items()]
    with pytest.raises(AssertionError, match="hidden|differently"):
        walk(leak.name or "", kinds, eves, "ana", village.ana)


@pytest.mark.urls(__name__)
def test_the_walk_passes_a_route_that_leaks_nothing(village: Village, worlds: Any) -> None:
    (eves, _), _ = worlds
    walk("people:person", [("person", "UUIDConverter")], eves, "ana", village.ana)
    with pytest.raises(NoReverseMatch):
        walk("people:kite", [], eves, "ana", village.ana)


def test_what_is_planted_is_there_for_those_who_may_see_it(village: Village, worlds: Any) -> None:
    (eves, _), (mills, _) = worlds
    for planted, account in ((eves, village.dov), (mills, village.ana), (eves, village.root), (mills, village.root)):
        page = signed_in(account).get(reverse("people:person", args=[planted.person.pk]))
        assert planted.sentinel in page.content.decode()
