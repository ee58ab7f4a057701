"""What a committee has in hand when it begins: the employer's list, and its own workbook.

The employer's list is a CSV as payroll prints it ("LAST, FIRST", department, job, shift, phone). The
workbook holds a sheet each of who goes to whom, of whom people named, and of who was asked to what and
came. Delia Quispe is followed by `FOLLOWERS` on nights of Med-Surg 3: they go to her, they name her, and
they came when she asked; hardly anybody else came to anything.
"""

import io
import zipfile
from collections.abc import Sequence
from itertools import product
from xml.sax.saxutils import escape

LEADER = "Delia Quispe"
SECOND = "Tomás Ibarra"
DEPARTMENTS = ("Emergency", "Med-Surg 3", "Laboratory", "Dietary", "Housekeeping")
SHIFTS = ("Day", "Evening", "Night")
JOBS = ("RN", "Nurse aide", "Technician", "Cook", "Cleaner")
GIVEN = [
    "Rosa",
    "Luis",
    "Marta",
    "Kofi",
    "Joy",
    "Samir",
    "Ines",
    "Peter",
    "Noor",
    "Hugo",
    "Celia",
    "Daniel",
    "Amina",
    "Paul",
    "Esther",
    "Jorge",
    "Linh",
    "Carmen",
    "Ivan",
    "Grace",
]
FAMILY = [
    "Soto",
    "Osei",
    "Haddad",
    "Marsh",
    "Vu",
    "Brooks",
    "Ramos",
    "Castillo",
    "Yusuf",
    "Wilk",
    "Bello",
    "Tran",
    "Rivera",
]
FOLLOWERS = 8
BUTTON, PICNIC = ("Button day", "2026-02-03"), ("Picnic in the park", "2026-03-01")

Table = Sequence[Sequence[str]]


def roll() -> list[tuple[str, str, str, str, str]]:
    """Everybody: name, department, job, shift, phone. The leader and those who follow her stand first."""
    invented = [f"{given} {family}" for family, given in product(FAMILY, GIVEN)]
    people = [(LEADER, 1, 2), *((name, 1, 2) for name in invented[:FOLLOWERS]), (SECOND, 0, 0)]
    rest = invented[FOLLOWERS : 250 - 2]
    people += [(name, place % 5, place // 5 % 3) for place, name in enumerate(rest)]
    return [
        (name, DEPARTMENTS[unit], JOBS[unit], SHIFTS[shift], f"(212) 555-{100 + place:04d}")
        for place, (name, unit, shift) in enumerate(people)
    ]


def followers() -> list[str]:
    """Those who walk with the leader whom everybody goes to."""
    return [name for name, *_ in roll()[1 : 1 + FOLLOWERS]]


def employers_list() -> bytes:
    """The CSV, as payroll prints it."""
    lines = ["EMPLOYEE NAME,DEPT,JOB TITLE,SHIFT,HOME PHONE"]
    for name, unit, job, shift, phone in roll():
        given, _, family = name.rpartition(" ")
        lines.append(f'"{family.upper()}, {given.upper()}",{unit},{job},{shift},{phone}')
    return "\r\n".join(lines).encode("utf-8-sig")


def committees_workbook() -> bytes:
    """The XLSX: who goes to whom, whom people named, who was asked and came."""
    return workbook({"Who goes to whom": goes_to(), "Named": named(), "Asked and came": asked()})


def goes_to() -> Table:
    rows = [["From", "To", "Kind of tie"]]
    rows += [[name, LEADER, "goes to for advice"] for name in followers()]
    rows += [[one, other, "works with"] for one, other in zip(_others(60)[::2], _others(60)[1::2], strict=True)]
    return rows


def named() -> Table:
    rows = [["Nominator", "Nominee", "Question"]]
    rows += [[name, LEADER, "Who do people turn to for advice?"] for name in followers()]
    rows += [[name, SECOND, "Who do people turn to for advice?"] for name in _others(4)]
    return rows


def asked() -> Table:
    rows = [["Act", "Date", "Asked by", "Asked", "Came"]]
    for act, day in (BUTTON, PICNIC):
        rows += [[act, day, LEADER, name, "yes"] for name in followers()]
        rows += [[act, day, SECOND, name, "yes" if place < 3 else "no"] for place, name in enumerate(_others(8))]
        rows += [[act, day, "", name, "yes" if place % 5 == 0 else "no"] for place, name in enumerate(_others(60)[8:])]
    return rows


def _others(number: int) -> list[str]:
    return [name for name, *_ in roll()[2 + FOLLOWERS : 2 + FOLLOWERS + number]]


def workbook(sheets: dict[str, Table]) -> bytes:
    """An XLSX of plain text cells, a sheet for each table."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packed}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{one}.xml" ContentType="{kinds}.worksheet+xml"/>'
            for one in numbers
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{packed}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{one}" r:id="r{one}"/>'
            for one, name in zip(numbers, sheets, strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packed}/relationships">'
        + "".join(
            f'<Relationship Id="r{one}" Type="{office}/worksheet" Target="worksheets/sheet{one}.xml"/>'
            for one in numbers
        )
        + "</Relationships>",
    }
    for one, table in zip(numbers, sheets.values(), strict=True):
        rows = "".join(
            "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
            for row in table
        )
        parts[f"xl/worksheets/sheet{one}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    packet = io.BytesIO()
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return packet.getvalue()
