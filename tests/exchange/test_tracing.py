"""A file that has turned up says which export it is a copy of; and it still comes in again as nothing new."""

import csv
import io
import random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from commonweal.common.ids import new_id
from commonweal.exchange.models import Export, InventedPerson
from commonweal.exchange.reads.tracing import origins, secret_of
from commonweal.exchange.rules.export_vcard import cells_of_cards
from commonweal.exchange.rules.export_workbook import workbook
from commonweal.exchange.rules.marking import agreement, crossed_names, has_mark, invented_for, marked, seen_marks
from commonweal.exchange.rules.tables import open_table
from commonweal.ledger.models import Entry
from commonweal.people.models import Person, Placement
from tests.exchange.test_export import column, crowd, furnished, signed_in, take
from tests.exchange.test_export_again import brought
from tests.village import SENTINEL, THEN, Village, person

pytestmark = pytest.mark.django_db
GIVEN = ("Ada", "Bea", "Carla", "Dora", "Elsa", "Frida", "Gina", "Hilda", "Inés", "Jana", "Karla", "Luz", "María", "Nora", "Olga", "Paz", "Rosa", "Sara", "Tina", "Úrsula")  # fmt: skip
FAMILY = ("Álvarez", "Brown", "Cruz", "Díaz", "Evans", "Frank", "García", "Hill", "Ibarra", "Jones", "King", "López", "Moore", "Núñez", "Ortiz", "Price", "Quiroz")  # fmt: skip
FULL = [(given, family) for given in GIVEN for family in FAMILY]


def union(village: Village, count: int) -> None:
    """So many people of the mill with names that a list has."""
    names = random.Random(5).sample(FULL, count)
    made = [
        Person(
            name=f"{given} {family}", given_name=given, family_name=family, source="t", added_at=THEN, changed_at=THEN,
            sort_name=f"{family} {given}".casefold(),
        )
        for given, family in names
    ]  # fmt: skip
    Person.objects.bulk_create(made)
    units = (village.weaving, village.spinning)
    Placement.objects.bulk_create(
        [Placement(person=one, unit=units[place % 2], shift=village.day, job="weaver", source="t") for place, one in enumerate(made)]
    )  # fmt: skip


def taken(village: Village, **typed: Any) -> tuple[Export, bytes]:
    answer = take(signed_in(village.ana), **typed)
    assert answer["Content-Disposition"].startswith("attachment"), answer.content.decode()[-800:]
    return Export.objects.latest("taken_at"), answer.content


def cells(content: bytes) -> list[list[str]]:
    if content.startswith(b"BEGIN:VCARD"):
        return [["id", "name", *"12345"], *cells_of_cards(content.decode())]
    return [row for _, row in open_table(content).rows()]


def as_csv(rows: list[list[str]], delimiter: str = ",") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode()


def as_workbook(rows: list[list[str]]) -> bytes:
    return workbook(rows[0], rows[1:], sheet="s")


def as_cards(rows: list[list[str]]) -> bytes:
    cards = (f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{row[1]}\r\nORG:{row[8]}\r\nEND:VCARD\r\n" for row in rows[1:])
    return "".join(cards).encode()


SAVED: dict[str, Any] = {
    "csv": as_csv,
    "semicolons": lambda rows: as_csv(rows, ";"),
    "workbook": as_workbook,
    "cards": as_cards,
}


def test_whatever_is_done_to_a_copy_it_says_whose_it_is(village: Village) -> None:
    union(village, 120)
    copies = [taken(village, form=form) for form in ("csv", "plain", "xlsx", "vcf")]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        which=some.integers(0, 2),
        lot=some.integers(0, 10**6),
        form=some.sampled_from(sorted(SAVED)),
        few=some.booleans(),
    )
    def told(which: int, lot: int, form: str, few: bool) -> None:  # fmt: skip
        export, content = copies[which]
        title, *rows = cells(content)
        dice = random.Random(lot)
        dice.shuffle(rows)
        rows = [title, *sorted(rows[: len(rows) // 2], key=lambda row: row[dice.choice((1, 3, 8))])]
        if form != "cards" and few:
            rows = [[row[1], row[8]] for row in rows]  # all other columns are dropped
        found = origins(SAVED[form](rows))
        assert [one.export.pk for one in found] == [export.pk]
        assert found[0].is_sure
        assert 40 < 0.95 * found[0].marks.texts <= found[0].marks.agree  # all but the titles

    told()
    export, content = copies[3]
    assert origins(content)[0].export == export


def test_two_copies_put_together_name_both(village: Village) -> None:
    union(village, 120)
    (one, first), (other, second) = taken(village), taken(village)
    rows = [*cells(first)[:60], *cells(second)[60:]]
    assert {each.export.pk for each in origins(as_csv(rows))} == {one.pk, other.pk}


def test_when_the_marks_are_wiped_the_invented_people_still_tell(village: Village) -> None:
    union(village, 120)
    export, content = taken(village)
    taken(village)
    rows = [[cell.strip() for cell in row] for row in cells(content)]
    [found] = origins(as_csv(rows))
    assert (found.export.pk, found.is_sure, found.marks.texts) == (export.pk, True, 0)
    assert len(found.invented) == invented_for(120) == 2
    apart = [[row[2], row[3]] for row in rows]  # given and family name alone
    [unsure] = origins(as_csv(apart))
    assert (unsure.export.pk, unsure.is_sure) == (export.pk, False), "somebody elsewhere may be called so"


@pytest.mark.parametrize(
    "rows", [[["Name"], ["Ada Brown"]], [["Name", "Unit"]] + [[f"{g} {f}son ", "Mill"] for g, f in FULL[:80]]]
)
def test_a_file_from_elsewhere_is_nobodys(village: Village, rows: list[list[str]]) -> None:  # fmt: skip
    union(village, 120)
    taken(village)
    assert origins(as_csv(rows)) == []


def test_chance_is_what_it_says() -> None:
    """Of 4,000 exports of which none is the file's, about one in a hundred agrees as well as one in a hundred may."""
    texts = {f"{given} {family}": has_mark(f"{given} {family}", "leak") for given, family in FULL[:100]}
    chances = [agreement(texts, f"secret {number}").chance for number in range(4000)]
    assert 10 <= sum(one <= 0.01 for one in chances) <= 60
    assert agreement(texts, "leak").chance == pytest.approx(2**-100)


def test_short_texts_numbers_and_unmarked_columns_tell_nothing() -> None:
    rows = [[marked(f"{given} {family}", "x"), "12", "EN ", "Day"] for given, family in FULL[:50]]
    assert set(seen_marks(rows)) == set(seen_marks([row[:1] for row in rows]))


def test_a_long_list_holds_invented_people_and_a_short_one_none(village: Village) -> None:
    union(village, 40)
    taken(village)
    assert not InventedPerson.objects.exists()
    union(village, 30)
    export, content = taken(village, parts=["contacts", "address", "note", "stance"])
    invented = {str(one.pk): one for one in export.invented.all()}
    assert len(invented) == 2
    rows = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row[0] in invented]
    assert len(rows) == 2
    everybody = set(Person.objects.values_list("name", flat=True))
    for row in rows:
        assert row[1].strip() not in everybody
        assert row[8].strip().startswith("The mill > ")
        assert "".join(row[14:]) == "", "whoever was invented cannot be called"


def test_the_same_form_again_gives_the_same_file(village: Village) -> None:
    union(village, 70)
    once = str(new_id())
    _, first = taken(village, once=once)
    _, again = taken(village, once=once)
    assert first == again
    assert InventedPerson.objects.count() == 2


def test_nobody_outside_the_scope_lends_a_name_or_a_unit(village: Village) -> None:
    union(village, 70)
    for name in FULL[:40]:
        Placement.objects.create(person=person(f"{name[0]} {SENTINEL}{name[1]}"), unit=village.parish, source="t")
    _, content = taken(village)
    assert SENTINEL not in content.decode()


def test_the_database_holds_no_invented_name_in_the_clear(village: Village) -> None:
    union(village, 70)
    taken(village)
    for row in InventedPerson.objects.all():
        name = str(row.cells).partition('"name": "')[2].partition('"')[0]
        assert name.encode() not in bytes(InventedPerson.objects.filter(pk=row.pk).values_list("cells", flat=True)[0])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_invented_people_are_known_and_stay_out(village: Village, form: str) -> None:
    union(village, 70)
    furnished(village)
    before = Person.objects.count()
    client = signed_in(village.ana)
    answer = take(client, form=form)
    batch = brought(client, answer, f"list.{form}")
    assert batch.found["verdicts"] == {"same": 73, "bad": 2}
    assert set(batch.rows.filter(verdict="bad").values_list("reason", flat=True)) == {"invented"}
    rows = [row[1:] for row in cells(answer.content)]  # the ids are gone, and the invented people still known
    again = brought(client, FileOf(as_csv(rows)), "list2.csv")
    assert again.rows.filter(reason="invented").count() == 2
    assert Person.objects.count() == before


class FileOf:
    """A file, given as an answer."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __getitem__(self, name: str) -> str:
        return "attachment"


def test_administrators_ask_on_a_page_and_the_ledger_says_so(village: Village) -> None:
    union(village, 70)
    export, content = taken(village)
    client = signed_in(village.root)
    assert client.get("/exchange/exports/trace/").status_code == 200
    page = ask(client, content)
    for said in (
        "It is a copy of what Ana took out",
        "sure",
        "to ring everybody before the meeting",
        "stand in the file",
    ):
        assert said in page
    assert Entry.objects.get(verb="traced_file").subject == export.pk
    assert "No export is recognized" in ask(client, b"Name\nAda Brown\n")
    assert "was not read" in ask(client, b"%PDF-1.4 hello")
    assert signed_in(village.ana).get("/exchange/exports/trace/").status_code == 404


def ask(client: Client, content: bytes) -> str:
    answer: Any = client.post("/exchange/exports/trace/", {"file": SimpleUploadedFile("found.csv", content)})
    return str(answer.content.decode())


def test_the_operator_asks_by_a_command(village: Village, tmp_path: Any) -> None:
    union(village, 70)
    export, content = taken(village)
    said = io.StringIO()
    (tmp_path / "found.csv").write_bytes(content)
    call_command("trace", str(tmp_path / "found.csv"), stdout=said)
    assert said.getvalue().startswith("Sure: taken out by Ana")
    assert str(export.pk) in said.getvalue()
    with pytest.raises(CommandError):
        call_command("trace", str(tmp_path / "nothing.csv"))


def test_names_are_crossed_and_nobody_is_there_twice() -> None:
    names = FULL[:30]
    made = crossed_names(names, "lot")
    assert made
    assert len(set(made)) == len(made)
    assert not set(made) & set(names)
    assert crossed_names(names, "lot") == made
    assert crossed_names([], "lot") == crossed_names([("Ada", "Brown")], "lot") == []


def test_every_kind_is_marked_where_names_stand(village: Village) -> None:
    furnished(village)
    list(crowd(village, 60))
    for what, title in (
        ("ties", "Person"),
        ("asks", "Person asked"),
        ("institutions", "Person"),
        ("leaders", "Leader"),
    ):
        answer = take(signed_in(village.root), what)
        secret = secret_of(Export.objects.latest("taken_at").pk)
        for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))):
            assert row[title].endswith(" ") == has_mark(row[title], secret)
        assert column(answer, title)
