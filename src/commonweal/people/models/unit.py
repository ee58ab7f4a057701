from django.db import models

from commonweal.common.ids import new_id
from commonweal.people import words


class Unit(models.Model):
    """A node of the tree in which people stand: employer, site, department; building, floor; school."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    kind = models.CharField(max_length=20, choices=words.UnitKind, default=words.UnitKind.DEPARTMENT)
    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=60, blank=True)
    """What a list from outside calls it."""

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_named_once_under_parent"),
            models.UniqueConstraint(fields=["name"], condition=models.Q(parent=None), name="top_unit_named_once"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="unit_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where a person stands: a unit, with job and shift, from a day until a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="placements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    job = models.CharField(max_length=120, blank=True)
    shift = models.ForeignKey("Shift", null=True, blank=True, on_delete=models.PROTECT, related_name="placements")
    main = models.BooleanField(default=True)
    """The one place where the wall chart draws her."""
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(main=True, until=None),
                name="one_main_placement",
            ),
            models.UniqueConstraint(
                fields=["person", "unit"],
                condition=models.Q(until=None),
                name="placed_once_in_a_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "until", "person"], name="placement_unit"),
            models.Index(
                fields=["unit", "shift", "person"],
                condition=models.Q(main=True, until=None),
                name="placement_standing",
            ),
        ]
