from django.db import models


class Entry(models.Model):
    """One act of a user. Rows are only ever added; triggers refuse change and removal."""

    number = models.BigIntegerField(primary_key=True)
    """One more than the entry before: a gap betrays a removal."""
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    """The account; null for the program itself."""
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    """The hash of the entry before."""
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "number"], name="entry_subject"),
            models.Index(fields=["actor", "number"], name="entry_actor"),
            models.Index(fields=["verb", "number"], name="entry_verb"),
        ]
        verbose_name_plural = "entries"
