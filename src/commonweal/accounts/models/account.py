from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from commonweal.accounts.words import Role
from commonweal.common.ids import new_id

if TYPE_CHECKING:
    from commonweal.people.models import Unit


class Account(AbstractBaseUser):
    """A log-in. Its role and units say what it may see; a leader's and member's account is a person's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    """Small letters; what she signs in with."""
    name = models.CharField(max_length=120)
    """How colleagues see her: "responsible: Ana"."""
    role = models.CharField(max_length=16, choices=Role, default=Role.MEMBER)
    units: "models.ManyToManyField[Unit, models.Model]" = models.ManyToManyField(
        "Unit", blank=True, related_name="organizers"
    )
    """The tops of an organizer's subtrees."""
    person = models.OneToOneField("Person", null=True, blank=True, on_delete=models.CASCADE, related_name="account")
    language = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_login = None
    """When somebody signs in is nobody's to know; her devices keep the day."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[BaseUserManager["Account"]] = BaseUserManager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(role__in=["leader", "member"])
                | models.Q(person__isnull=False)
                | models.Q(ended_at__isnull=False),
                name="leader_and_member_are_people",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_organize(self) -> bool:
        """True for an organizer and an administrator."""
        return self.role in (Role.ADMINISTRATOR, Role.ORGANIZER)

    @property
    def may_administer(self) -> bool:
        return self.role == Role.ADMINISTRATOR
