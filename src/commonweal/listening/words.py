"""The vocabulary of conversations: steps, answers, what to be ready for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Step(TextChoices):
    """The steps of a structured conversation, in their order; the person talks most of the time."""

    OPEN = "open", pgettext_lazy("conversation", "Open")
    ISSUES = "issues", pgettext_lazy("conversation", "Issues")
    HOPE = "hope", pgettext_lazy("conversation", "Hope")
    ASK = "ask", pgettext_lazy("conversation", "Ask")
    READY = "ready", pgettext_lazy("conversation", "Ready")
    TASK = "task", pgettext_lazy("conversation", "Task")


class Answer(TextChoices):
    YES = "yes", pgettext_lazy("answer", "Yes")
    ALONE = "alone", _("Yes, alone")
    NOT_YET = "not_yet", pgettext_lazy("answer", "Not yet")
    NO = "no", pgettext_lazy("answer", "No")
    NOT_ASKED = "not_asked", _("I did not ask")


class Where(TextChoices):
    WORK = "work", _("At work")
    BREAK = "break", _("On a break")
    HOME = "home", _("At home")
    PHONE = "phone", _("By phone")
    OUTSIDE = "outside", _("Somewhere else")


class ReadyFor(TextChoices):
    """What the other side will say or do, talked through beforehand."""

    FEES = "fees", _("“They only want your dues”")
    JOB_LOSS = "job_loss", _("“You could lose your job”")
    FAMILY = "family", _("“We are a family here”")
    FAVOURS = "favours", _("Favours for some")
    FUTILITY = "futility", _("“It never changes anything”")
    POLICE = "police", _("Police or immigration")
    OTHER = "other", pgettext_lazy("ready for", "Something else")


class Whose(TextChoices):
    """Who promised."""

    HERS = "hers", _("The person promised")
    OURS = "ours", _("We promised")


class PromiseState(TextChoices):
    OPEN = "open", pgettext_lazy("promise", "Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    NOT_KEPT = "not_kept", pgettext_lazy("promise", "Not kept")
    DROPPED = "dropped", pgettext_lazy("promise", "No longer needed")
