"""Lines of a list that are nobody: totals, the day it was printed, and the like."""

import re

from commonweal.exchange.rules.references import Record
from commonweal.people.rules import folded

REMARKS = frozenset(
    ["total", "totals", "totales", "subtotal", "subtotals", "count", "printed", "impreso", "report", "generated"]
)
VALUED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|:\s*\d+|\b\d{2,}\b")


def is_a_remark(record: Record) -> bool:
    """ "TOTAL EMPLOYEES: 412" and "Printed 3/1/2026 by HR" below a list, by which nobody can be reached."""
    if any(record.get(part) for part in ("own", "number", "phones", "emails")) or not record.get("name"):
        return False
    name = record["name"]
    if folded(name).split()[:1] and folded(name).split()[0] in REMARKS:
        return True
    alone = not any(record.get(part) for part in ("unit", "job", "shift", "marks", "institutions"))
    return alone and (len(folded(name).split()) > 9 or bool(VALUED.search(name)))
