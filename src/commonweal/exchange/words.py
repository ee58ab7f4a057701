"""The exchange's vocabulary: kinds of file, what a column holds, states, verdicts, reasons."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FileKind(TextChoices):
    PEOPLE = "people", _("People, with or without what they took part in")
    NOMINATIONS = "nominations", _("Who named whom")
    TIES = "ties", _("Who is tied to whom")
    ASKS = "asks", _("Who was asked to an act, and came or not")
    INSTITUTIONS = "institutions", _("Congregations, clubs, circles and who belongs")


class BatchState(TextChoices):
    GIVEN = "given", pgettext_lazy("import", "Columns still to be checked")
    LOOKING = "looking", pgettext_lazy("import", "Being read")
    LOOKED = "looked", pgettext_lazy("import", "Waits for your yes")
    BRINGING_IN = "bringing_in", pgettext_lazy("import", "Being brought in")
    DONE = "done", pgettext_lazy("import", "Brought in")
    TAKING_BACK = "taking_back", pgettext_lazy("import", "Being taken back")
    TAKEN_BACK = "taken_back", pgettext_lazy("import", "Taken back")
    REFUSED = "refused", pgettext_lazy("import", "Could not be read")
    DROPPED = "dropped", pgettext_lazy("import", "Put aside")


class ExportState(TextChoices):
    WAITING = "waiting", pgettext_lazy("export", "Waits for a second yes")
    AGREED = "agreed", pgettext_lazy("export", "Agreed, not taken out yet")
    TAKEN = "taken", pgettext_lazy("export", "Taken out")
    REFUSED = "refused", pgettext_lazy("export", "Refused")


LOOK = "commonweal.exchange.writes.looking.look_at"
BRING_IN = "commonweal.exchange.writes.bringing_in.bring_in"
TAKE_BACK = "commonweal.exchange.writes.taking_back.take_back"
PIECES = {BatchState.LOOKING: LOOK, BatchState.BRINGING_IN: BRING_IN, BatchState.TAKING_BACK: TAKE_BACK}
"""The piece of work that goes on in each state of a batch."""


class Verdict(TextChoices):
    NEW = "new", pgettext_lazy("row", "New")
    CHANGES = "changes", pgettext_lazy("row", "Changes something")
    SAME = "same", pgettext_lazy("row", "Nothing new")
    UNCLEAR = "unclear", pgettext_lazy("row", "Unclear")
    BAD = "bad", pgettext_lazy("row", "Cannot be used")


class Key(TextChoices):
    BEST = "best", _("Whatever fits: number, then e-mail, then phone, then name and unit")
    OWN_ID = "own_id", _("The Commonweal id in the file")
    NUMBER = "outside_number", _("Their number on the outside list")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    NAME_UNIT = "name_unit", _("Name and unit")


class Update(TextChoices):
    FILL = "fill", _("Fill what is missing, keep what is there")
    FILE_WINS = "file_wins", _("The file is newer: change what differs")
    LEAVE = "leave", _("Leave known people as they are")


class OtherUnit(TextChoices):
    ALSO = "also", _("She works there too")
    MOVED = "moved", _("She moved there")
    LEAVE = "leave", _("Leave her where she is")


class Strangers(TextChoices):
    ASK = "ask", _("Ask me about each")
    ADD = "add", _("Add them to the list")
    SKIP = "skip", _("Leave those rows out")


class Marks(TextChoices):
    YES_ONLY = "yes_only", _("Only the yeses can be seen, as on a petition sheet")
    ASKED = "asked", _("Everyone marked yes or no was asked, and it was seen")


FIELD_LABELS = {
    "name": _("Name"),
    "given_name": _("Given name"),
    "middle_name": _("Middle name"),
    "family_name": _("Family name"),
    "suffix": _("Suffix (Jr., III)"),
    "also_name": _("Also known as"),
    "own_id": _("Commonweal id"),
    "outside_number": _("Number on the outside list"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "entry_kind": _("Person or organization"),
    "unit": _("Unit or department"),
    "site": _("Site or employer above the unit"),
    "job": _("Job"),
    "shift": _("Shift"),
    "street": _("Street address"),
    "city": _("City"),
    "region": _("State or province"),
    "postal_code": _("Postal code"),
    "languages": _("Languages"),
    "born_on": _("Born on"),
    "stance": _("Where she stands, 1 to 5"),
    "note": _("Note"),
    "institution": _("Institution she belongs to"),
    "institution_kind": _("Kind of institution"),
    "role": _("Her role in the institution"),
    "mark": _("Took part: the title is the act"),
    "asker": _("Who asked her"),
    "nominator": _("Who named"),
    "nominator_unit": _("Unit of who named"),
    "nominee": _("Who was named"),
    "nominee_unit": _("Unit of who was named"),
    "question": _("Question that was asked"),
    "on": _("Date"),
    "person": _("Person"),
    "person_unit": _("Her unit"),
    "other": _("The other person"),
    "other_unit": _("The other person's unit"),
    "tie_kind": _("Kind of tie"),
    "strength": _("Strength"),
    "occasion": _("The act"),
    "occasion_kind": _("Kind of act"),
    "asked": pgettext_lazy("column", "Who was asked"),
    "asked_unit": _("Unit of who was asked"),
    "asker_unit": _("Unit of who asked"),
    "outcome": _("Came or not"),
    "place": _("Place"),
}

REASONS = {
    "no_person": _("There is no name and no other way to know who this is."),
    "no_name": _("Nobody on your list has this number, e-mail or phone, and the row gives no name."),
    "not_somebody": _("This is a line of totals or a remark, not a person."),
    "group": _("This row is an organization or a household, not a person."),
    "name_long": _("The name is longer than 160 characters."),
    "self": _("Both are the same person."),
    "no_outcome": _("This does not say whether she came: yes, no, could not, or ?."),
    "no_institution": _("The institution has no name."),
    "no_occasion": _("The row names no act."),
    "unit_long": _("The name of the unit is longer than 120 characters."),
    "bad_id": _("This is not a Commonweal id."),
    "no_such_id": _("Nobody on your list has this id."),
    "invented": _("An export invented this person, to be known again by. She is nobody, and stays out."),
    "no_key": _("The row lacks what people are recognized by."),
    "no_unit": _("You bring people into your own units, and this row names none of them."),
    "not_yours": _("This person is no longer on your list."),
    "cut": _("The text was too long and was cut."),
    "date": _("This is not a date; it was left out."),
    "phone": _("This is not a phone number; it was left out."),
    "email": _("This is not an e-mail address; it was left out."),
    "mark": _("This is neither a yes nor a no; it was left out."),
    "language": _("We do not know this language; it was left out."),
    "stance": _("This is not a number from 1 to 5; it was left out."),
    "strength": _("This is not a strength; the usual one was taken."),
    "no_letters": _("A name needs letters; this was not taken as a name."),
    "named_herself": _("She named herself; that does not count."),
    "two": _("More than one person could be meant."),
    "twice": _("Same name and unit as an earlier row, but another job or other contacts."),
    "two_keys": _("Her number, e-mail or phone point to different people."),
    "other_name": _("Somebody else's name goes with this number, e-mail or phone."),
    "other_number": _("Same name and unit, but another number."),
    "alike": _("Nobody has exactly this name; somebody's is close."),
    "not_found": _("Nobody on your list has this name."),
    "several": _("This may be one person or several."),
    "left_out": _("The unit or act was left out."),
    "forgotten": _("Somebody in this row was forgotten at her wish."),
    "came_meanwhile": _("She came onto the list while this file waited, and it is unclear whether she is meant."),
    "used": _("Something else refers to it."),
    "extra_cells": _("The row has more cells than the header; they were left out."),
}

REFUSALS = {
    "empty": _("The file is empty."),
    "bytes": _("The file is larger than 40 MB. Split it in two."),
    "rows": _("The file has more than 250,000 rows. Split it in two."),
    "columns": _("Line %(line)s has more than 200 columns. Is the right sign set between the cells?"),
    "cell": _(
        "Line %(line)s holds a cell of more than 32,000 characters. Most likely a quotation mark was opened there and never closed."
    ),
    "nul": _("Line %(line)s holds NUL bytes, which no text has. The file may be damaged: export it again."),
    "binary": _("This is not a table of text. Save it as CSV or XLSX and bring that."),
    "encoding": _(
        "From line %(line)s on the letters cannot be read as %(fact)s. Choose another encoding, or save the file as CSV UTF-8."
    ),
    "old_excel": _(
        "This is an old Excel file (.xls). Open it and save it as .xlsx or CSV. Only those can be read safely."
    ),
    "pdf": _("This is a PDF. A table cannot be read from it safely; ask for the spreadsheet behind it."),
    "gzip": _("This is a packed file. Unpack it and bring the table inside."),
    "zip": _("This is a packed file, not a workbook. Unpack it and bring the table inside."),
    "document": _("This is a text document. Save its table as CSV or XLSX."),
    "picture": _("This is a picture. Type the list into a spreadsheet, or ask for the table."),
    "markup": _("This is a web page or XML, whatever its name says. Save the table as CSV or XLSX."),
    "not_a_table": _("This is an office document without a spreadsheet of the .xlsx kind. Save it as CSV or XLSX."),
    "locked": _("The workbook is locked with a password. Save it without one."),
    "damaged": _("The workbook is damaged and cannot be read. Open it, save it again, and bring that."),
    "bomb": _("The workbook unpacks to far more than it should hold. It was not opened."),
    "full": _("There is no room left on the disk, so nothing was kept. Tell whoever keeps the machine."),
    "no_rows": _("There is a header and nothing below it."),
    "forgotten": _("Somebody in this file was forgotten at her wish, so what was kept of it is gone. Bring it again."),
    "gone": _("The file is no longer kept here. Bring it again."),
    "line": _("Line %(line)s is longer than the line of a table can be. Is this the right file?"),
    "entities": _("The workbook contains XML definitions that tables have no need of. It was not opened."),
}

WHAT_LABELS = {
    "unit": pgettext_lazy("in a file", "Unit"),
    "shift": pgettext_lazy("in a file", "Shift"),
    "institution": pgettext_lazy("in a file", "Institution"),
    "occasion": pgettext_lazy("in a file", "Act"),
}
SAME_LABELS = {"name": _("name"), "number": _("number"), "phone": _("phone"), "email": _("e-mail")}
ENCODING_LABELS = {
    "utf-8-sig": _("UTF-8, what most programs write"),
    "utf-16": _("UTF-16, Excel's Unicode text"),
    "utf-16-le": _("UTF-16 without a mark, little end first"),
    "utf-16-be": _("UTF-16 without a mark, big end first"),
    "utf-32": "UTF-32",
    "cp1252": _("Windows, Western (1252), what older Excel writes"),
    "mac_roman": _("Old Macintosh (Mac Roman)"),
    "cp850": _("Old DOS (850)"),
    "latin-1": _("Latin 1 (ISO 8859-1)"),
}
DELIMITER_LABELS = {
    ",": _("a comma ,"),
    ";": _("a semicolon ;"),
    "\t": _("a tabulator"),
    "|": _("a bar |"),
}
BLANK_NAMES = {
    "people": pgettext_lazy("name of a file", "people"),
    "ties": pgettext_lazy("name of a file", "ties"),
    "nominations": pgettext_lazy("name of a file", "who-named-whom"),
    "asks": pgettext_lazy("name of a file", "who-came"),
    "institutions": pgettext_lazy("name of a file", "who-belongs-where"),
}
BLANK_SAYS = {
    "people": _(
        "Write one person a line, below the titles. A name is enough; leave empty what you do not know. Then bring this file in."
    ),
    "ties": _(
        "Write one tie a line: who goes to whom, or is tied to whom. Names as they stand on your list. Then bring this file in."
    ),
    "nominations": _(
        "Write one answer a line: who named whom, and to which question. Names as they stand on your list. Then bring this file in."
    ),
    "asks": _(
        "Write one ask a line: who was asked to what, by whom, and whether she came (yes, no, could not, or ? when nobody knows). Then bring this file in."
    ),
    "institutions": _(
        "Write one person a line: to which congregation, club or circle she belongs, and as what. Then bring this file in."
    ),
}
