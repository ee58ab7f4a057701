from django.db import models

from commonweal.common.ids import new_id
from commonweal.people.words import Stance


class Organization(models.Model):
    """The one organization that runs this place; its row is made at the first start."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    only = models.BooleanField(default=True, editable=False, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, default="US")
    """Where a telephone number without a country code is rung."""
    language = models.CharField(max_length=8, default="en")
    strongest_is_one = models.BooleanField(default=True)
    support_weeks = models.PositiveSmallIntegerField(default=26)
    """For how many weeks a public act, or what somebody said, tells where she stands."""
    created_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True, blank=True)
    """Since when the panic lock hides the list; null while it is open."""

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_organization")]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """A part of the day in which a group works, such as nights."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60, unique=True)
    hours = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class StanceName(models.Model):
    """What the organization calls a step of the assessment scale, in a language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stance = models.CharField(max_length=1, choices=Stance)
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stance", "language"], name="stance_named_once_in_a_language")]
