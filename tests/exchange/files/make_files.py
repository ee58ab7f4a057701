"""Makes the files beside it: made-up people in the layouts of real exports. Run: python -m tests.exchange.files.make_files"""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).resolve().parent

ACTION_NETWORK = (
    ("first_name", "last_name", "email", "can2_subscription_status", "can2_phone", "can2_user_address", "can2_user_city", "can2_state_abbreviated", "zip_code", "country", "Languages Spoken", "uuid", "source_codes"),
    ("Noemí", "Ibáñez Prado", "noemi@mill.example", "subscribed", "+1 212 555 0101", "4 Canal St", "Riverside", "NJ", "08075", "US", "Spanish", "7d0f5a3e-28a3-4b50-a9e7-2c7f2b8b9a01", "web"),
    ("Tomasz", "Wójcik", "tomasz@mill.example", "unsubscribed", "2125550102", "", "Riverside", "NJ", "08075", "US", "Polish; English", "7d0f5a3e-28a3-4b50-a9e7-2c7f2b8b9a02", ""),
    ("Ada", "", "ada@mill.example", "subscribed", "", "", "", "", "", "US", "", "7d0f5a3e-28a3-4b50-a9e7-2c7f2b8b9a03", ""),
)  # fmt: skip
NGP_VAN = (
    ("VANID", "LastName", "FirstName", "MiddleName", "Suffix", "mAddress", "City", "State", "Zip5", "Preferred Phone", "PreferredEmail", "PrecinctName", "Date Canvassed", "DOB"),
    ("100201", "OKAFOR", "CHIDI", "N", "JR", "12 Elm Ave", "RIVERSIDE", "NJ", "08075", "(212) 555-0111", "chidi@mill.example", "Ward 3", "3/14/2026", "7/4/1980"),
    ("100202", "DE LA CRUZ", "ANA", "", "", "9 Elm Ave", "RIVERSIDE", "NJ", "08075", "212.555.0112", "", "Ward 4", "", "12/25/1975"),
)  # fmt: skip
CIVICRM = (
    ("Internal Contact ID", "Contact Name", "First Name", "Last Name", "Individual Suffix", "Phone", "Email", "Supplemental Address 1", "Street Address", "City", "Postal Code", "Preferred Language", "Current Employer", "Job Title", "Birth Date"),
    ("311", "Lin, Mei", "Mei", "Lin", "", "212-555-0121", "mei@mill.example", "Apt 2", "88 Bank St", "Riverside", "08075", "Chinese", "The mill", "Spinner", "1990-02-28"),
    ("312", "Haddad, Omar", "Omar", "Haddad", "III", "", "omar@mill.example", "", "", "", "", "Arabic", "The mill", "Loader", ""),
)  # fmt: skip
EMPLOYER = (
    ("EMPLOYEE NO.", "EMPLOYEE NAME", "DEPT", "SHIFT", "JOB CLASS", "DATE OF BIRTH", "HOME PHONE"),
    ("0017", "MUÑOZ PEÑA, MARÍA JOSÉ", "Weaving", "1st", "WEAVER II", "14/03/1979", "(212) 555-0131"),
    ("0018", "O'NEILL, SEÁN", "Dyeing", "3rd", "DYER", "28/11/1988", "(212) 555-0132"),
    ("0019", "VAN DER BERG, JAN, SR", "Weaving", "2nd", "FIXER", "01/02/1990", ""),
)  # fmt: skip
NOMINATIONS = (
    ("Who said it", "Department", "Who do you go to when you are stuck?", "Who gets people to a meeting?", "When"),
    ("Cleo Ruiz", "Weaving", "Bo Adeyemi", "Bo Adeyemi; Finn Novak", date(2026, 2, 3)),
    ("Finn Novak", "Spinning", "Bo Adeyemi", "", date(2026, 2, 4)),
)  # fmt: skip
TIES = (
    ("Person A", "Person B", "Relationship", "Closeness"),
    ("Cleo Ruiz", "Bo Adeyemi", "car pool", 4),
    ("Bo Adeyemi", "Finn Novak", "cousins", 5),
    ("Finn Novak", "Cleo Ruiz", "comadre", 2),
)  # fmt: skip
TOOK_PART = (
    ("", "", "Acts in 2026", "", ""),
    ("Name", "Department", "Petition 2/10/2026", "Button day (3/1/2026)", "March on the boss 3/14/2026"),
    ("Cleo Ruiz", "Weaving", "x", "x", "no"),
    ("Bo Adeyemi", "Weaving", "x", "", "x"),
    ("Finn Novak", "Spinning", "", "x", "couldn't"),
)  # fmt: skip


def table(rows: Any, delimiter: str = ",") -> str:
    """Rows as a delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def workbook(name: str, sheets: dict[str, Any]) -> None:
    """Sheets as a workbook, days as days."""
    book = xlsxwriter.Workbook(str(HERE / name), {"in_memory": True})
    day = book.add_format({"num_format": "d/m/yyyy"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                else:
                    sheet.write(number, column, cell)
    book.close()


def main() -> None:
    """Writes every file."""
    (HERE / "action_network.csv").write_bytes(table(ACTION_NETWORK).encode("utf-8-sig"))
    (HERE / "ngp_van.tsv").write_bytes(table(NGP_VAN, "\t").encode("utf-16"))
    (HERE / "civicrm.csv").write_bytes(table(CIVICRM).encode())
    title = "RIVERSIDE MILL - EMPLOYEE ROSTER;;;;;;\r\nPrinted 02/03/2026;;;;;;\r\n\r\n"
    (HERE / "employer.csv").write_bytes((title + table(EMPLOYER, ";")).encode("cp1252"))
    workbook(
        "nominations.xlsx",
        {"Read me": [("Talk to everybody.",), ("Write one line for each talk.",)], "Talks": NOMINATIONS},
    )
    workbook("ties.xlsx", {"Ties": TIES})
    workbook("took_part.xlsx", {"Acts": TOOK_PART})


if __name__ == "__main__":
    main()
