"""Rows as a workbook (XLSX) whose every cell is text."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from commonweal.exchange.rules.export_csv import as_cell

LONGEST_CELL = 32_767  # letters, a limit of the format
NARROWEST, WIDEST = 9, 42


def workbook(titles: Sequence[str], rows: Iterable[Sequence[str]], *, sheet: str) -> bytes:
    """The file: one sheet, its titles bold and held in place, columns as wide as what stands in them.
    No cell is ever a formula, a number or a link, and each is guarded all the same, for who saves it as CSV."""
    file = BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    page = book.add_worksheet(sheet[:31])
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True})
    wide = [len(title) for title in titles]
    for column, title in enumerate(titles):
        page.write_string(0, column, as_cell(title), head)
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if cell:
                page.write_string(count, column, as_cell(cell)[:LONGEST_CELL], text)
                wide[column] = max(wide[column], min(len(cell), WIDEST))
    for column, letters in enumerate(wide):
        page.set_column(column, column, max(min(letters, WIDEST), NARROWEST) + 1)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(count, 1), max(len(titles) - 1, 0))
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    book.close()
    return file.getvalue()
