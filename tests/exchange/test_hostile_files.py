"""Files that are not what they say, or mean harm: each is refused with its reason, and memory stays small."""

import io
import os
import random
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given, strategies
from hypothesis import settings as hypothesis_settings

from commonweal.exchange.models import ImportBatch
from commonweal.exchange.rules.delimited import rows_of
from commonweal.exchange.rules.fields import FIELDS, KINDS
from commonweal.exchange.rules.limits import FileRefused
from commonweal.exchange.rules.records import FATAL, Mapping, read_row
from commonweal.exchange.rules.tables import open_table
from commonweal.exchange.writes import uploads
from commonweal.exchange.writes.choosing_places import choose_places
from commonweal.exchange.writes.uploads import bring_file
from commonweal.people.models import Person
from tests.exchange.bringing import as_csv, bring, looked, work_is_done
from tests.exchange.bringing import given as file_given
from tests.village import THEN, Village

FILES = Path(__file__).parent / "files"
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(sheet: str | bytes, parts: dict[str, str] | None = None) -> bytes:
    """A workbook with this one sheet; `parts` are others, or stand for the usual ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": sheet, **(parts or {})}.items():
            package.writestr(name, text)
    return out.getvalue()


def cells(*rows: tuple[str, ...]) -> str:
    """A sheet of cells with their texts inside them."""
    inside = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    return f"<worksheet><sheetData>{inside}</sheetData></worksheet>"


def read(content: bytes) -> list[list[str]]:
    return [row for _, row in open_table(content).rows()]


def why(content: bytes) -> tuple[str, int]:
    with pytest.raises(FileRefused) as refused:
        read(content)
    return refused.value.why, refused.value.line


def lying_about_its_size(content: bytes) -> bytes:
    """A package whose directory says that the last part is small."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.infolist()[-1].file_size
    return content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


BILLION_LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + cells(("&b;",))
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + cells(("&a;",))
HOSTILE = {
    "empty": (b"", "empty"),
    "blank": (b"\r\n\r\n  \t\r\n", "empty"),
    "nothing but NUL": (b"\0" * 500, "empty"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
    "a locked workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 2, "locked"),
    "a PDF called csv": (b"%PDF-1.7\n1 0 obj", "pdf"),
    "a web page called xls": (b"\xef\xbb\xbf \r\n<html><table><tr><td>a</td></tr></table>", "markup"),
    "a web page in UTF-16": ("<html><table></table></html>".encode("utf-16"), "markup"),
    "a spreadsheet of 2003 in XML": (b'<?xml version="1.0"?><Workbook></Workbook>', "markup"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "picture"),
    "a packed file": (b"\x1f\x8b\x08" + b"\0" * 64, "gzip"),
    "a broken package": (b"PK\x03\x04" + b"\0" * 64, "damaged"),
    "random bytes": (random.Random(7).randbytes(4000), "binary"),
    "NUL in a text": (b"name,phone\n" * 200 + b"A\0da,1\n", "nul"),
    "a quotation mark that nobody closed": (b'name,phone\n"Ida,1\n' + b"Ole,2\n" * 9000, "cell"),
    "a cell without end": (b"name,phone\n" + b"x" * 40_000 + b",2\n", "cell"),
    "a million columns": (b"name,phone\n" + b"x," * 1_000_000 + b"\n", "columns"),
    "forty million columns": (b"," * 39_000_000, "line"),
    "a line without end": (b"name,phone\n" + b"x" * 30_000_000, "line"),
    "entities": (workbook(BILLION_LAUGHS), "entities"),
    "an external entity": (workbook(EXTERNAL), "entities"),
    "entities in the list of sheets": (workbook(cells(("a",)), {"xl/workbook.xml": EXTERNAL}), "entities"),
    "no list of sheets": (workbook(cells(("a",)), {"xl/workbook.xml": ""}), "damaged"),
    "a sheet that is no XML": (workbook("<worksheet><sheetData>"), "damaged"),
    "a cell of a workbook without end": (workbook(cells(("x" * 40_000,))), "cell"),
    "too many columns in a workbook": (workbook(cells(("x",) * 300)), "columns"),
    "a bomb": (workbook(b"<worksheet>" + b" " * 300_000_000), "bomb"),
    "a bomb that lies": (lying_about_its_size(workbook(b"<worksheet>" + b" " * 5_000_000)), "damaged"),
    "no workbook": (workbook("").replace(b"xl/workbook.xml", b"xl/notabook.xml"), "not_a_table"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_its_reason(name: str) -> None:
    content, reason = HOSTILE[name]
    assert why(content)[0] == reason


def test_the_refusal_names_the_line() -> None:
    assert why(HOSTILE["NUL in a text"][0]) == ("nul", 201)
    assert why(HOSTILE["a quotation mark that nobody closed"][0]) == ("cell", 2)
    table = open_table(b"name\n" * 300_000 + "Peña\n".encode("cp1252"), encoding="utf-8-sig")
    with pytest.raises(FileRefused) as refused:
        list(table.rows())
    assert (refused.value.why, refused.value.fact) in (("encoding", "utf-8-sig"), ("rows", ""))


def test_a_wrong_alphabet_is_said_with_the_line_on_which_it_shows() -> None:
    table = open_table(b"name\nIda\n" + "Peña\n".encode("cp1252"), encoding="utf-8-sig")
    with pytest.raises(FileRefused) as refused:
        list(table.rows())
    assert (refused.value.why, refused.value.fact) == ("encoding", "utf-8-sig")


def test_what_a_file_is_called_does_not_matter() -> None:
    assert read(workbook(cells(("Name",), ("Ida",)))) == [["Name"], ["Ida"]]
    assert read((FILES / "ties.xlsx").read_bytes())[0][:2] == ["Person A", "Person B"]


def test_formulas_are_texts_or_their_last_value_and_never_computed() -> None:
    sheet = '<worksheet><sheetData><row><c><f>HYPERLINK("http://x","y")</f></c><c t="str"><f>1+1</f><v>2</v></c><c t="e"><v>#REF!</v></c><c><v>1e400</v></c><c t="s"><v>99999999999</v></c></row></sheetData></worksheet>'
    assert read(workbook(sheet)) == [['=HYPERLINK("http://x","y")', "2", "", "1e400"]]


@pytest.mark.parametrize("number", ["nan", "inf", "1e308", "-1", "99999999", "²²²²²", "9" * 5000])
def test_numbers_no_calendar_has_are_shown_as_they_are(number: str) -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    sheet = f'<worksheet><sheetData><row><c s="0"><v>{number}</v></c><c><v>x</v></c></row></sheetData></worksheet>'
    assert read(workbook(sheet, {"xl/styles.xml": styles}))[0][1] == "x"


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"Name,Phone\r\n", b"Name,Phone", b"\n\nName;Phone;Email\n;;\n"])
def test_a_header_without_rows_is_said(village: Village, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        file_given(village.root, content)
    assert refused.value.why in ("no_rows", "empty")
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db
def test_a_full_disk_keeps_nothing_of_the_file(
    village: Village, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A folder on a device that is always full."""
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    (tmp_path / "imports").mkdir()
    monkeypatch.setattr(uploads, "folder_of", lambda batch: FullFolder(tmp_path / "imports" / str(batch)))
    with pytest.raises(FileRefused) as refused:
        bring_file(name="x.csv", pieces=[as_csv(("Name",), ("Ida Quill",))], by=village.root.pk, at=THEN)
    assert refused.value.why == "full"
    assert not ImportBatch.objects.exists() and list((tmp_path / "imports").iterdir()) == []


@pytest.mark.django_db
def test_what_is_left_of_the_disk_is_for_work_and_not_for_files(
    village: Village, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    free = os.statvfs(tmp_path)
    monkeypatch.setattr(uploads, "LEFT_FOR_WORK", free.f_blocks * free.f_frsize)
    with pytest.raises(FileRefused) as refused:
        bring_file(name="x.csv", pieces=[as_csv(("Name",), ("Ida Quill",))], by=village.root.pk, at=THEN)
    assert refused.value.why == "full"
    assert list((tmp_path / "imports").iterdir()) == []
    client = Client()
    client.force_login(village.ana)
    typed = {"name": "Ida Quill", "unit": str(village.weaving.pk), "once": "k"}
    assert client.post("/people/add/", typed).status_code == 302


class FullFolder(type(Path())):  # type: ignore[misc]
    """A folder in which every file is the device that has no room."""

    def __truediv__(self, name: str) -> Path:
        return Path("/dev/full")


@pytest.mark.django_db
def test_too_large_a_file_is_refused_before_it_is_held(village: Village) -> None:
    with pytest.raises(FileRefused) as refused:
        bring_file(name="x.csv", pieces=(b"a,b\n" * 250_000 for _ in range(1000)), by=village.root.pk, at=THEN)
    assert refused.value.why == "bytes"


@pytest.mark.parametrize("name", ["a bomb", "forty million columns", "a line without end", "a million columns"])
def test_a_refusal_takes_little_memory(name: str) -> None:
    content = HOSTILE[name][0]
    tracemalloc.start()
    try:
        why(content)
        assert tracemalloc.get_traced_memory()[1] < 120_000_000
    finally:
        tracemalloc.stop()


# ── Any table at all ────────────────────────────────────────────────────────────────────────────

TEXT = strategies.text(strategies.characters(exclude_characters="\0\ufeff", exclude_categories=("Cs",)), max_size=30)
TABLES = strategies.lists(strategies.lists(TEXT, min_size=1, max_size=6), min_size=1, max_size=12)


@given(
    TABLES, strategies.sampled_from([",", ";", "\t", "|"]), strategies.sampled_from(["utf-8-sig", "utf-16", "utf-32"])
)
@hypothesis_settings(max_examples=300, deadline=None)
def test_any_table_comes_back_as_it_was_written(table: list[list[str]], delimiter: str, encoding: str) -> None:
    import csv

    if table[0][0].lower().startswith("sep="):
        table[0][0] = "x"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(table)
    back = [row for _, row in rows_of(out.getvalue().encode(encoding), encoding=encoding, delimiter=delimiter)]
    assert back == [row for row in table if any(cell and not cell.isspace() for cell in row)]


CELL = strategies.one_of(
    TEXT,
    strategies.from_regex(r"[\d²٣/.\-: ]{1,12}"),
    strategies.from_regex(r"[+(]?[\d() \-x]{5,18}"),
    strategies.sampled_from(
        [
            "1e999",
            "nan",
            "-inf",
            "²²²²²",
            "٣٤٥٦٧",
            "0/0/0",
            "\u202e",
            "a@b",
            "@",
            ",",
            ", ,",
            ";",
            "yes",
            "no",
            "?",
            "1" * 400,
        ]
    ),
)


@given(strategies.sampled_from(KINDS), strategies.data())
@hypothesis_settings(max_examples=400, deadline=None)
def test_no_cell_breaks_the_reading_of_a_row(kind: str, data: strategies.DataObject) -> None:
    fields = data.draw(strategies.lists(strategies.sampled_from(FIELDS[kind]), min_size=1, max_size=8))
    row = data.draw(strategies.lists(CELL, max_size=9))
    details = [(field, data.draw(strategies.sampled_from(["", "advice", "church"]))) for field in fields]
    read_it = read_row(Mapping(kind, details, data.draw(strategies.sampled_from(["US", "MX", "XX"]))), row)
    assert read_it.fatal is None or read_it.fatal[0] in FATAL


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_breaks_the_judge(village: Village, kind: str) -> None:
    """Rows of strange cells under every field go through look and yes; what is left is said to be left."""
    dice = random.Random(kind)
    strange = [
        "",
        "1e999",
        "²²²²²",
        "٣٤٥٦٧",
        "\u202eIda",
        "Cleo Ruiz",
        "Bo Adeyemi",
        "ICU > 4 > ",
        " > ",
        "x" * 500,
        "yes",
        "31/31/2026",
        "=1+1",
        "a@b.co",
        "+1 212 555 0101",
        "🌹",
        "\x85",
        "'",
    ]
    fields = list(FIELDS[kind])
    rows = [[dice.choice(strange) for _ in fields] for _ in range(60)]
    changes = {
        "kind": kind,
        "columns": [[field, ""] for field in fields],
        "titles": fields,
        "strangers": "add",
        "header_line": 1,
        "first_line": 2,
        "usual_occasion": "March 3/3/2026",
    }
    batch = looked(village.root, as_csv(fields, *rows), **changes)
    acts = {key: {"do": "create", "on": "2026-03-03"} for key in batch.found["missing"]["occasion"]}
    if acts:
        choose_places(batch.pk, choices={"occasion": acts}, by=village.root.pk, at=THEN)
        work_is_done()
        batch.refresh_from_db()
    bring(batch, village.root)
    assert sum(batch.found["verdicts"].values()) == 60 - sum(1 for row in rows if not any(row))
    assert not Person.objects.filter(name="").exists()


PROGRAM = """
import re, sys
from pathlib import Path
from commonweal.exchange.rules.tables import open_table
rows = open_table(sys.stdin.buffer.read()).rows()
count = sum(1 for _ in rows)
print(count, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def test_a_large_workbook_is_read_as_a_stream() -> None:
    dice = random.Random(3)
    names = "".join(
        f'<row><c t="inlineStr"><is><t>Somebody {dice.getrandbits(60)}</t></is></c><c><v>{number}</v></c></row>'
        for number in range(100_000)
    )
    content = workbook(f"<worksheet><sheetData>{names}</sheetData></worksheet>")
    source = Path(__file__).parent.parent.parent / "src"
    run = subprocess.run([sys.executable, "-c", PROGRAM], input=content, cwd=source, capture_output=True, check=True)
    count, megabytes = map(int, run.stdout.split())
    assert count == 100_000
    assert megabytes < 200
