from typing import Any

from django.db import models

from commonweal.common.ids import new_id
from commonweal.people import words


class Campaign(models.Model):
    """What is being organized now, and which units are in scope."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120, unique=True)
    units: Any = models.ManyToManyField("Unit", related_name="campaigns")
    """The tops of the subtrees in scope."""
    cover_share = models.DecimalField(max_digits=4, decimal_places=2, default="0.90")
    """The share of every unit and shift that the list must reach."""
    chain_capacity = models.PositiveSmallIntegerField(default=12)
    """How many people one leader can walk with."""
    state = models.CharField(max_length=10, choices=words.CampaignState, default=words.CampaignState.OPEN)
    begun_on = models.DateField()

    class Meta:
        ordering = ["-begun_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cover_share__gt=0, cover_share__lte=1), name="cover_share_is_share"
            ),
            models.CheckConstraint(condition=models.Q(chain_capacity__gte=1), name="chain_holds_someone"),
        ]

    def __str__(self) -> str:
        return self.name


class ChainLink(models.Model):
    """A person walks with a leader in a campaign, from a moment until a moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="chain_links")
    leader = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="followers")
    follower = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="walks_with")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=40)
    """A word of the leaders' room: claimed, proposed, tie, nomination …"""
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "follower"],
                condition=models.Q(until=None),
                name="walks_with_one_leader",
            ),
            models.CheckConstraint(condition=~models.Q(leader=models.F("follower")), name="nobody_follows_herself"),
        ]
        indexes = [models.Index(fields=["leader", "until"], name="chain_leader")]
