from django.db import models

from commonweal.common.ids import new_id
from commonweal.common.sealed import SealedTextField
from commonweal.people import words


class Person(models.Model):
    """Somebody on the list. A forgotten person keeps her row, without name or contact, for the counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=160)
    """As she is called; what every page shows."""
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    sort_name = models.CharField(max_length=160)
    """Family name first, folded to plain small letters, for paging by key."""
    languages = models.JSONField(default=list, blank=True)
    """Codes such as `es`, the one she likes best first."""
    born_on = models.DateField(null=True, blank=True)
    outside_number = models.CharField(max_length=80, blank=True)
    """What another program or the employer's list calls her."""
    note = SealedTextField()
    source = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True, blank=True)
    """The account that added her; it sees her as long as she is placed nowhere."""
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    """Counts changes, so that two organizers who edit at once find out."""
    forgotten_at = models.DateTimeField(null=True, blank=True)
    # No index of its own: nearly every row would stand in it under null, and SQLite would use it.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["sort_name", "id"],
                condition=models.Q(forgotten_at=None, merged_into=None),
                name="person_page",
            ),
            models.Index(fields=["outside_number"], name="person_outside_number"),
            models.Index(fields=["source"], name="person_source"),
            models.Index(fields=["added_at"], name="person_added"),
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="person_merged_into"
            ),
            models.Index(
                fields=["forgotten_at"], condition=models.Q(forgotten_at__isnull=False), name="person_forgotten"
            ),
            models.Index(fields=["added_by"], condition=models.Q(added_by__isnull=False), name="person_added_by"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_listed(self) -> bool:
        """True while she is neither forgotten nor merged into another record."""
        return self.forgotten_at is None and self.merged_into_id is None


class PersonName(models.Model):
    """Another name of a person, so that she is found by it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=words.NameKind, default=words.NameKind.ALSO)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="name_once")]


class ContactPoint(models.Model):
    """A way to reach a person, normalized and sealed; found again by keyed fingerprints."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=words.ContactKind)
    value = SealedTextField()
    """Normalized: E.164 for a phone, lower case for an e-mail, as written for an address."""
    fingerprint = models.CharField(max_length=32, db_index=True)
    tail_fingerprint = models.CharField(max_length=32, blank=True, db_index=True)
    """Of a phone's last four digits, so that it is found by them."""
    preferred = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True, blank=True)
    """Since when it must not be used (wrong, or she asked)."""
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "fingerprint"], name="contact_once")]


class SearchWord(models.Model):
    """A folded word of somebody's name, once for everybody who has it, and how it is heard."""

    id = models.BigAutoField(primary_key=True)
    word = models.CharField(max_length=40, unique=True)
    sounds = models.CharField(max_length=40)


class SearchKey(models.Model):
    """A person is found by a word."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="search_keys")
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="keys", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "person"], name="found_by_word_once")]


class Forgotten(models.Model):
    """That this person was forgotten, kept so that a restored backup forgets her again."""

    person = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
