from typing import Any

from django.db import models

from commonweal.common.ids import new_id
from commonweal.common.sealed import SealedTextField
from commonweal.people.words import OccasionKind, Outcome, Stance
from commonweal.structure_tests import words

__all__ = [
    "BallotCount",
    "Forecast",
    "Mark",
    "Prediction",
    "RollEntry",
    "Rung",
    "SignatureLine",
    "StructureTest",
]

SHARE: Any = {"max_digits": 4, "decimal_places": 2}


class Rung(models.Model):
    """One step of a campaign's ladder: the kind of act, and how many must do it, in all and in every unit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("Campaign", on_delete=models.CASCADE, related_name="rungs")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=OccasionKind)
    name = models.CharField(max_length=120)
    threshold = models.DecimalField(**SHARE)
    """The share of all who can take part."""
    unit_threshold = models.DecimalField(default="0.50", **SHARE)
    """The share of every unit."""

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="rung_named_once"),
            models.CheckConstraint(
                condition=models.Q(threshold__gt=0, threshold__lte=1, unit_threshold__gte=0, unit_threshold__lte=1),
                name="rung_thresholds_are_shares",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StructureTest(models.Model):
    """An occasion that measures the structure: who could take part, whose chain each walked in, what was expected."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    occasion = models.OneToOneField("Occasion", on_delete=models.PROTECT, related_name="structure_test")
    rung = models.ForeignKey(Rung, null=True, blank=True, on_delete=models.SET_NULL, related_name="tests")
    state = models.CharField(max_length=8, choices=words.TestState, default=words.TestState.PLANNED)
    threshold = models.DecimalField(**SHARE)
    unit_threshold = models.DecimalField(**SHARE)
    ends_on = models.DateField(null=True, blank=True)
    """Its last day, where it takes several."""
    opened_at = models.DateTimeField(null=True, blank=True)
    """When the roll and the chains were frozen."""
    opened_by = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    turnout_named = models.BooleanField(default=False)
    """Of a ballot: the organization says that whether somebody voted, though never how, may lawfully be written down."""
    version = models.PositiveIntegerField(default=1)
    """Counts changes, so that two organizers who edit at once find out."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(threshold__gt=0, threshold__lte=1, unit_threshold__gte=0, unit_threshold__lte=1),
                name="test_thresholds_are_shares",
            ),
            models.CheckConstraint(
                condition=models.Q(state=words.TestState.PLANNED) | models.Q(opened_at__isnull=False),
                name="an_open_test_was_opened",
            ),
            models.CheckConstraint(
                condition=models.Q(state=words.TestState.CLOSED, closed_at__isnull=False)
                | (~models.Q(state=words.TestState.CLOSED) & models.Q(closed_at=None)),
                name="a_closed_test_was_closed",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="structure_test_state")]


class RollEntry(models.Model):
    """A person on a test's roll: where she stands, who is to ask her, and in whose chain she walked at the opening."""

    counts_when_forgotten = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    test = models.ForeignKey(StructureTest, on_delete=models.CASCADE, related_name="roll")
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="on_rolls")
    unit = models.ForeignKey("Unit", on_delete=models.PROTECT, related_name="+")
    shift = models.ForeignKey("Shift", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=12, choices=words.Standing, default=words.Standing.ELIGIBLE)
    leader = models.ForeignKey("Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    """Whose chain she walked in when the test opened; it is read by this and by nothing later."""
    asker = models.ForeignKey("Person", null=True, blank=True, on_delete=models.CASCADE, related_name="to_ask")
    """Who is to ask her: her leader, unless somebody else was chosen."""
    stance = models.CharField(max_length=1, choices=Stance, blank=True)
    """What she had said when the test opened; empty where nobody had asked her."""
    line = models.PositiveIntegerField()
    """Her number on the test's paper."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["test", "person"], name="on_a_roll_once"),
            models.UniqueConstraint(fields=["test", "line"], name="roll_line_once"),
            models.CheckConstraint(
                condition=models.Q(asker=None) | ~models.Q(asker=models.F("person")), name="nobody_is_to_ask_herself"
            ),
        ]
        indexes = [
            models.Index(fields=["test", "unit", "shift"], name="roll_unit"),
            models.Index(fields=["test", "leader"], name="roll_leader"),
            models.Index(fields=["test", "asker"], name="roll_asker"),
        ]


class Mark(models.Model):
    """What somebody recorded of one person on the roll, as it reached us; the hall's ask follows from the marks."""

    counts_when_forgotten = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    """Chosen where it was recorded, so that the same mark sent twice counts once."""
    entry = models.ForeignKey(RollEntry, on_delete=models.CASCADE, related_name="marks")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    """Empty where the recorder takes an earlier mark back."""
    asker = models.ForeignKey("Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    """Who asked her; null where nobody did."""
    asked_again = models.BooleanField(default=False)
    """It took a second ask."""
    how = models.CharField(max_length=6, choices=words.How)
    seen_at = models.DateTimeField()
    """When it was recorded, by the recorder's clock, never later than when it was received."""
    received_at = models.DateTimeField()
    by = models.UUIDField()
    settles = models.BooleanField(default=False)
    """A human chose between marks that differ."""

    class Meta:
        indexes = [
            models.Index(fields=["entry", "received_at"], name="mark_entry"),
            models.Index(fields=["received_at"], name="mark_received"),
        ]


class Prediction(models.Model):
    """What somebody expected of a person before the test; none is taken once it has opened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(RollEntry, on_delete=models.CASCADE, related_name="predictions")
    expectation = models.CharField(max_length=8, choices=words.Expectation)
    made_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "by"], name="predicted_once_by_each")]


class SignatureLine(models.Model):
    """A line of a paper sheet as somebody read it: settled to a person, or waiting visibly for a human."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    test = models.ForeignKey(StructureTest, on_delete=models.CASCADE, related_name="signature_lines")
    sheet = models.PositiveIntegerField()
    line = models.PositiveSmallIntegerField()
    written = SealedTextField()
    """The name as it was read."""
    other_reading = SealedTextField()
    """The same line as somebody else read it."""
    state = models.CharField(max_length=8, choices=words.LineState, default=words.LineState.WAITING)
    person = models.ForeignKey("Person", null=True, blank=True, on_delete=models.CASCADE, related_name="signatures")
    carried_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()
    read_by = models.UUIDField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["test", "sheet", "line"], name="signature_line_once"),
            models.CheckConstraint(
                condition=models.Q(state=words.LineState.SETTLED, person__isnull=False)
                | (~models.Q(state=words.LineState.SETTLED) & models.Q(person=None)),
                name="a_settled_line_is_a_person",
            ),
        ]
        indexes = [models.Index(fields=["test", "state"], name="signature_line_state")]


class BallotCount(models.Model):
    """A ballot as it was counted: never how, and of a secret one never whether, any one person voted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    test = models.ForeignKey(StructureTest, on_delete=models.CASCADE, related_name="ballot_counts")
    unit = models.ForeignKey("Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Null for all together."""
    entitled = models.PositiveIntegerField()
    cast = models.PositiveIntegerField()
    yes = models.PositiveIntegerField(null=True, blank=True)
    """Only for all together, or where a unit is large enough to hide everybody in it."""
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["test", "unit"], name="ballot_counted_once_in_a_unit"),
            models.UniqueConstraint(fields=["test"], condition=models.Q(unit=None), name="ballot_counted_once_in_all"),
            models.CheckConstraint(
                condition=models.Q(cast__lte=models.F("entitled"))
                & (models.Q(yes=None) | models.Q(yes__lte=models.F("cast"))),
                name="ballot_adds_up",
            ),
        ]


class Forecast(models.Model):
    """What the arithmetic said of a test beforehand, in one scenario, and how it came out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    test = models.ForeignKey(StructureTest, on_delete=models.CASCADE, related_name="forecasts")
    scenario = models.CharField(max_length=12, choices=words.Scenario)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, blank=True)
    lot = models.PositiveBigIntegerField()
    """The published seed of its draws."""
    facts = models.JSONField(default=dict)
    """Shares with their intervals, in all and by unit id; imagined runs; what drives them; why it was withheld."""
    chances = SealedTextField()
    """Each person's chance by id, kept only until the forecast has been scored."""
    score = models.JSONField(null=True, blank=True)
    """Brier and log score beside those of plain guesses, and whether the intervals held; null until it closed."""
    current = models.BooleanField(default=False)
    """The latest of its scenario; it is the one that is scored."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["test", "scenario"], condition=models.Q(current=True), name="one_current_forecast"
            )
        ]
