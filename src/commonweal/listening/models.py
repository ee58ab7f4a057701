from django.db import models

from commonweal.common.ids import new_id
from commonweal.common.sealed import SealedTextField
from commonweal.listening import words

__all__ = [
    "CalendarFeed",
    "CallFor",
    "Conversation",
    "Draft",
    "EmployerMove",
    "Inoculation",
    "Issue",
    "NotNow",
    "Promise",
    "Prompt",
    "Topic",
]


class Prompt(models.Model):
    """What an organizer may say at a step, in the organization's own words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    step = models.CharField(max_length=8, choices=words.Step)
    language = models.CharField(max_length=8)
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["step", "position", "text"]
        constraints = [models.UniqueConstraint(fields=["step", "language", "text"], name="prompt_once")]


class Topic(models.Model):
    """A matter that people bring up, by the name the organization gives it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """A conversation that is being written down: sealed, and gone once it is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    """The conversation it becomes has the same id, so that sending it twice keeps one."""
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="conversation_drafts")
    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="conversation_drafts")
    step = models.CharField(max_length=8, choices=words.Step, default=words.Step.OPEN)
    typed = SealedTextField()
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    """Counts what was saved, so that an older copy from another device never overwrites a newer one."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "account"], name="one_draft_with_each")]


class Conversation(models.Model):
    """A one-to-one: who talked with whom, what was hoped, what was asked and answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="conversations")
    account = models.ForeignKey(
        "Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    """Who talked with her."""
    on = models.DateField()
    where = models.CharField(max_length=8, choices=words.Where, default=words.Where.WORK)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    opened = SealedTextField()
    """What was learnt of her at the beginning."""
    cause = SealedTextField()
    """Who she says causes it, and who could mend it."""
    hope = SealedTextField()
    occasion = models.ForeignKey(
        "Occasion", null=True, blank=True, on_delete=models.PROTECT, related_name="asked_in_conversations"
    )
    """What she was asked to, where it was an occasion."""
    asked_for = SealedTextField()
    answer = models.CharField(max_length=10, choices=words.Answer, default=words.Answer.NOT_ASKED)
    said = SealedTextField()
    """Her answer in her own words."""
    objections = SealedTextField()
    next_on = models.DateField(null=True, blank=True)
    """When to talk again."""
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-on"], name="conversation_latest"),
            models.Index(fields=["account", "-on"], name="conversation_account"),
            models.Index(fields=["on"], name="conversation_on"),
            models.Index(fields=["next_on"], condition=models.Q(next_on__isnull=False), name="conversation_next"),
        ]


class Issue(models.Model):
    """What somebody is angry or worried about, in her own words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="issues")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="issues")
    said = SealedTextField()
    unit = models.ForeignKey("Unit", null=True, blank=True, on_delete=models.SET_NULL, related_name="issues")
    """Where she stood when she said it."""
    on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["unit", "on"], name="issue_unit"), models.Index(fields=["on"], name="issue_on")]


class Inoculation(models.Model):
    """That she was made ready for what the other side will say or do, and whether she rehearsed her answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="inoculations")
    ready_for = models.CharField(max_length=8, choices=words.ReadyFor)
    rehearsed = models.BooleanField(default=False)
    how = SealedTextField()
    """How it went, in a few words."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "ready_for"], name="made_ready_once")]


class Promise(models.Model):
    """Something small and real, with a day on it, that she or we said we would do."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="promises")
    account = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="promises")
    """Who sees to it."""
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.CASCADE, related_name="promises"
    )
    whose = models.CharField(max_length=4, choices=words.Whose)
    what = SealedTextField()
    due = models.DateField()
    first_due = models.DateField()
    """The day that was said at first, when it has been moved since."""
    state = models.CharField(max_length=8, choices=words.PromiseState, default=words.PromiseState.OPEN)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["account", "due"], condition=models.Q(state="open"), name="promise_due"),
            models.Index(fields=["person", "due"], name="promise_person"),
        ]


class NotNow(models.Model):
    """That somebody put off talking with a person, until when and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="put_off")
    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="put_off")
    until = models.DateField()
    why = SealedTextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "account"], name="put_off_once_by_each")]


class CallFor(models.Model):
    """A conversation that something calls for, such as a hole in a chain after a test, until it has been held."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="called_for")
    account = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="called_for")
    """Whose it is to hold; null while anybody may."""
    why = models.CharField(max_length=24)
    """A word of the room that calls: did_not_come, leader_did_not_ask …"""
    occasion = models.ForeignKey("Occasion", null=True, blank=True, on_delete=models.CASCADE, related_name="calls_for")
    at = models.DateTimeField()
    by = models.UUIDField()
    held_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "occasion", "why"], condition=models.Q(held_at=None), name="called_for_once"
            )
        ]


class EmployerMove(models.Model):
    """Something the other side said or did on a day, against which people were made ready, or not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=words.ReadyFor)
    what = SealedTextField()
    """In the organization's words."""
    unit = models.ForeignKey("Unit", null=True, blank=True, on_delete=models.CASCADE, related_name="employer_moves")
    """Where it struck, with the units below; null for everywhere."""
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()

    class Meta:
        ordering = ["-on", "-entered_at"]


class CalendarFeed(models.Model):
    """An address from which somebody's calendar fetches neutral reminders; only its fingerprint is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="calendar_feeds")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    fetched_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
