from django.db import models

from commonweal.common.ids import new_id
from commonweal.common.sealed import SealedTextField
from commonweal.leaders.words import Decision, Stage


class ListedLeader(models.Model):
    """A person whom people decided to put on a campaign's list, and how far we got with her."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("Campaign", on_delete=models.CASCADE, related_name="listed")
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="listings")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.TARGET)
    responsible = models.ForeignKey(
        "Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="responsible_for"
    )
    pinned = models.BooleanField(default=False)
    """A proposal must keep her."""
    listed_at = models.DateTimeField()
    stage_since = models.DateTimeField()
    off_since = models.DateTimeField(null=True, blank=True)
    """Since when she is off the list; null while on it."""
    version = models.PositiveIntegerField(default=1)
    """Counts changes, so that two organizers who edit at once find out."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "person"],
                condition=models.Q(off_since=None),
                name="listed_once_in_a_campaign",
            )
        ]


class ListedStep(models.Model):
    """One step in the life of a listed leader, with its date and who saw to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    listed = models.ForeignKey(ListedLeader, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=12, choices=Stage)
    on = models.DateField()
    note = SealedTextField()
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()


class Veto(models.Model):
    """People decided that the arithmetic shall not propose this person in a campaign."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("Campaign", on_delete=models.CASCADE, related_name="vetoes")
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="vetoes")
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="vetoed_once")]


class Reading(models.Model):
    """What the arithmetic said about a campaign on a day, and from how much evidence."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("Campaign", on_delete=models.CASCADE, related_name="readings")
    at = models.DateTimeField()
    lot = models.PositiveBigIntegerField()
    """The published seed of its draws."""
    facts = models.JSONField(default=dict)
    """Counts: people, ties, nominations, asks, occasions; difficulty of each occasion; size of the
    list with its lower bound; reached share of each group; verdict of the test on other followers."""
    current = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign"], condition=models.Q(current=True), name="one_current_reading")
        ]


class Candidate(models.Model):
    """What one reading says about one person: the evidence and the doubt, never a bare score."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="candidates")
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="candidacies")
    place = models.PositiveIntegerField()
    """Order of the evidence, for sorting only; equal evidence shares a place."""
    verdict = models.CharField(max_length=24)
    evidence = models.JSONField(default=dict)
    """Counts: named_by, named_across_units, asked, came, expected, like_them_asked, like_them_came, ties."""
    median = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    """Pull in percentage points with its 80 % interval; null where it is withheld."""
    proposed = models.BooleanField(default=False)
    """On the shortest list of this reading."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "person"], name="candidate_once"),
            models.CheckConstraint(
                condition=models.Q(median=None, low=None, high=None)
                | models.Q(median__isnull=False, low__isnull=False, high__isnull=False),
                name="no_estimate_without_interval",
            ),
        ]
        indexes = [models.Index(fields=["reading", "place"], name="candidate_place")]


class ChainProposal(models.Model):
    """What one reading proposes for one person: whom she would walk with, and why; people decide."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="chain_proposals")
    follower = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    leader = models.ForeignKey("Person", null=True, on_delete=models.CASCADE, related_name="+")
    """Null where nobody could be proposed; `why` then says the reason."""
    why = models.CharField(max_length=40)
    rival = models.ForeignKey("Person", null=True, on_delete=models.CASCADE, related_name="+")
    """Another leader with as good a claim."""
    move = models.CharField(max_length=16, blank=True)
    """Why she would leave the leader with whom she walks; empty where she walks with nobody, or stays."""
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.OPEN)
    """A pair that was put aside is not proposed again."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "follower"], name="proposed_once")]
        indexes = [models.Index(fields=["reading", "decision", "leader"], name="chain_proposal_open")]


class GroupReading(models.Model):
    """What one reading says about the people of one unit and shift: how many leaders reach them, and who is reached."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="groups")
    unit = models.ForeignKey("Unit", on_delete=models.CASCADE, related_name="+")
    shift = models.ForeignKey("Shift", null=True, on_delete=models.CASCADE, related_name="+")
    people = models.PositiveIntegerField()
    wanted = models.PositiveIntegerField()
    """How many of them the campaign's share asks to reach."""
    reached = models.PositiveIntegerField()
    """How many the proposed list reaches."""
    listed_reach = models.PositiveIntegerField()
    """How many the list as it was on that day reaches."""
    leaders = models.PositiveIntegerField()
    """How many of the proposed list stand here."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "unit", "shift"], name="group_once"),
            models.UniqueConstraint(
                fields=["reading", "unit"], condition=models.Q(shift=None), name="group_without_shift_once"
            ),
        ]


class CoinToss(models.Model):
    """Two leaders too close to call: who asks this person next was decided by a coin, and stored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("Campaign", on_delete=models.CASCADE, related_name="coin_tosses")
    first = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    fell_to_first = models.BooleanField()
    lot = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "first", "second", "asked"], name="tossed_once")]


class ChainSheet(models.Model):
    """A chain on paper: a numbered copy that somebody carries and gives back by a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("Campaign", on_delete=models.CASCADE, related_name="chain_sheets")
    leader = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="chain_sheets")
    number = models.PositiveIntegerField()
    printed_at = models.DateTimeField()
    printed_by = models.UUIDField()
    back_by = models.DateField()
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="sheet_numbered_once")]
        indexes = [models.Index(fields=["campaign", "returned_at", "back_by"], name="sheet_out")]
