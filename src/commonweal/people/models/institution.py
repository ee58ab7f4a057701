from django.db import models

from commonweal.common.ids import new_id
from commonweal.people import words


class Institution(models.Model):
    """A congregation, club, hometown association, savings circle …: where people already belong."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=words.InstitutionKind)
    name = models.CharField(max_length=160)
    place = models.CharField(max_length=160, blank=True)
    added_at = models.DateTimeField()
    source = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="institution_named_once")]

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """A person belongs to an institution, in a role, from a day until a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="affiliations")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="affiliations")
    role = models.CharField(max_length=10, choices=words.AffiliationRole, default=words.AffiliationRole.MEMBER)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "institution", "role"],
                condition=models.Q(until=None),
                name="affiliated_once",
            )
        ]
