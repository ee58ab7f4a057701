"""What was seen in the world. A row is never edited: a correction is a new row with the same source
that replaces the old one, and readers take the rows that nothing replaced."""

from django.db import models

from commonweal.common.ids import new_id
from commonweal.common.sealed import SealedTextField
from commonweal.people import words


class Sourced(models.Model):
    """Evidence: counted once for each source, replaced rather than edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=120)
    """Where it comes from, as a fingerprint: `import:<batch>:<line>`, `hand:<id>` …"""
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True, blank=True)
    # No index of its own: nearly every row would stand in it under null, and SQLite would use it.
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces", db_index=False
    )
    withdrawn = models.BooleanField(default=False)
    """A replacement that says: this was never so."""

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(replaced_by=None),
                name="%(class)s_counted_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["replaced_by"], condition=models.Q(replaced_by__isnull=False), name="%(class)s_replaced"
            ),
            models.Index(fields=["entered_at"], name="%(class)s_entered"),
        ]


class Tie(Sourced):
    """A bond between two people; of a directed kind it runs from `person` to `other`."""

    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="ties_out")
    other = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="ties_in")
    kind = models.CharField(max_length=16, choices=words.TieKind)
    strength = models.FloatField(default=0.5)
    """From above 0 to 1."""
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(person=models.F("other")), name="tie_needs_two"),
            models.CheckConstraint(condition=models.Q(strength__gt=0, strength__lte=1), name="tie_strength_is_share"),
        ]


class Nomination(Sourced):
    """Somebody, asked a question, named somebody."""

    nominator = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="named")
    nominee = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="named_by")
    question = models.CharField(max_length=12, choices=words.Question)
    on = models.DateField(null=True, blank=True)

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(nominator=models.F("nominee")), name="nobody_names_herself"),
        ]


class Occasion(models.Model):
    """An act that people were asked to do together on a day: a petition, a button day, a march."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="occasions")
    kind = models.CharField(max_length=16, choices=words.OccasionKind)
    name = models.CharField(max_length=120, unique=True)
    on = models.DateField()
    source = models.CharField(max_length=120)

    class Meta:
        ordering = ["on", "name"]

    def __str__(self) -> str:
        return self.name


class Ask(Sourced):
    """A person was asked to an occasion, and it was seen whether she came; the asker may be nobody known."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="asks")
    asker = models.ForeignKey("Person", null=True, blank=True, on_delete=models.CASCADE, related_name="asks_made")
    asked = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="asks_heard")
    outcome = models.CharField(max_length=10, choices=words.Outcome)

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(asker=None) | ~models.Q(asker=models.F("asked")),
                name="nobody_asks_herself",
            ),
        ]
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["occasion", "asked"], name="ask_occasion"),
            models.Index(fields=["occasion", "-entered_at", "id"], name="ask_latest"),
        ]


class BareYes(Sourced):
    """Only assent was visible, as on a petition sheet: she did it, and nobody knows who was asked and refused."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="bare_yeses")
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="bare_yeses")
    carried_by = models.ForeignKey(
        "Person", null=True, blank=True, on_delete=models.CASCADE, related_name="sheets_carried"
    )

    class Meta(Sourced.Meta):
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["occasion", "person"], name="yes_occasion")]


class Assessment(Sourced):
    """Where a person stands, as somebody judged it on a day, with the reason; never permanent."""

    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="assessments")
    stance = models.CharField(max_length=1, choices=words.Stance)
    basis = models.CharField(max_length=8, choices=words.AssessmentBasis, default=words.AssessmentBasis.STATED)
    reason = SealedTextField()
    on = models.DateField()

    class Meta(Sourced.Meta):
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["person", "on"], name="assessment_latest")]
