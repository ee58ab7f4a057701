"""The nouns of the exchange."""

from django.db import models

from commonweal.common.ids import new_id
from commonweal.common.sealed import SealedTextField
from commonweal.exchange.words import BatchState, ExportState, FileKind, Verdict


class ImportBatch(models.Model):
    """A file that somebody brought, how it is read, and what became of it."""

    forgets_people_by = "commonweal.exchange.writes.purging.forget_people"
    """Called when people are forgotten, while their names are still known."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=FileKind, default=FileKind.PEOPLE)
    state = models.CharField(max_length=12, choices=BatchState, default=BatchState.GIVEN)
    file_name = SealedTextField()
    content_print = models.CharField(max_length=32, db_index=True)
    """Keyed fingerprint of the content, to recognize a file that came before."""
    pieces = models.PositiveIntegerField(default=0)
    """How many sealed pieces of the file lie in the uploads; 0 once they are removed."""
    settings = models.JSONField(default=dict)
    """Sheet, header line, encoding, columns, options (see `rules/mapping.py`); nothing of a person."""
    choices = models.JSONField(default=dict)
    """What becomes of units, shifts, institutions and acts that are not there yet, by folded name."""
    answers = models.JSONField(default=dict)
    """Who is meant where that was unclear, by a keyed fingerprint of the question."""
    found = models.JSONField(default=dict)
    """Counts by verdict and reason; names of units, shifts, institutions and acts not there yet."""
    made = models.JSONField(default=dict)
    """Ids of units, shifts, institutions and acts that were made, and counts of what was added."""
    kept = models.JSONField(default=dict)
    """What stayed when it was taken back, by reason, with counts."""
    refusal = models.JSONField(default=dict)
    """Why the file could not be read: code, line, column, fact."""
    brought_by = models.UUIDField()
    brought_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["brought_by", "-brought_at"], name="batch_brought")]
        verbose_name_plural = "import batches"

    @property
    def sheet_name(self) -> str:
        """Which sheet of a workbook with several tables it is; empty for any other file."""
        sheets = self.settings.get("sheets", ())
        named = {place: name for place, name, _kind in sheets if len(sheets) > 1}
        return str(named.get(self.settings.get("sheet", 0), ""))


class ImportRow(models.Model):
    """One row of a file: what it would do, and what it did. Its values are sealed, and gone once it is done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.CharField(max_length=16, blank=True)
    """Why it is unclear or cannot be used: a code."""
    problems = models.JSONField(default=list)
    """Codes with columns of everything that could not be read."""
    who = models.JSONField(default=list)
    """For each person it speaks of: part of the row, id, "known", "new" or "unclear", the question's
    fingerprint, the reason, ids of who could be meant."""
    person = models.UUIDField(null=True, blank=True, db_index=True)
    """The person of a row of people; what it holds goes when she is forgotten."""
    fields = models.JSONField(default=list)
    """Codes of what it would change."""
    values = SealedTextField()
    """JSON: the record that was read, or the cells of a row that could not be used."""
    before = SealedTextField()
    """JSON: what fields held before it changed them."""
    made = models.JSONField(default=list)
    """Code, id and fingerprint of every row it added to the hall."""
    kept = models.JSONField(default=list)
    """What stayed when it was taken back: a code, and why."""
    step = models.PositiveSmallIntegerField(default=0)
    """0 waits, 1 the person is in and her evidence waits, 2 done, 3 left out, 4 taken back."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="line_once_in_a_batch")]
        indexes = [
            models.Index(fields=["batch", "verdict", "line"], name="row_verdict"),
            models.Index(fields=["batch", "step", "line"], name="row_step"),
        ]


class SavedMapping(models.Model):
    """How files with this header are read: remembered from the last time somebody checked it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    signature = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=16, choices=FileKind)
    settings = models.JSONField(default=dict)
    used_at = models.DateTimeField()
    used_by = models.UUIDField()


class ExportDay(models.Model):
    """How many rows an account has taken out on one day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.UUIDField()
    on = models.DateField()
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "on"], name="export_day_once")]


class Export(models.Model):
    """A file that somebody took out, or asked to: what was in it, how much, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.UUIDField()
    once = models.CharField(max_length=64)
    """The key of the form it was asked with, so that a double click takes it out once."""
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.TAKEN)
    what = models.CharField(max_length=16)
    """What was taken out and in what form: codes of `rules/export.py`."""
    form = models.CharField(max_length=8)
    choice = models.JSONField(default=dict)
    """How it was sifted: ids and codes, never a name."""
    rows = models.PositiveIntegerField()
    content_print = models.CharField(max_length=32)
    """Keyed fingerprint of the rows, to know whether a repetition would give the same."""
    reason = SealedTextField()
    """Why, as she typed it."""
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True, blank=True)
    """The second person, where it was more than one may take out alone."""
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "once"], name="export_asked_once")]
        indexes = [models.Index(fields=["account", "-asked_at"], name="export_asked")]


class InventedPerson(models.Model):
    """Somebody who is not there: a row of one export alone, by which a copy of it is known again. Bringing a list
    in never makes a person of her."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    """The Commonweal id in her row."""
    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="invented")
    cells = SealedTextField()
    """Her row as JSON: name, given and family name, unit, shift, job, languages."""
    name_print = models.CharField(max_length=32, db_index=True)
    """Keyed fingerprint of her folded name."""
    row_print = models.CharField(max_length=32)
    """And of her name with her unit."""

    class Meta:
        verbose_name_plural = "invented people"
