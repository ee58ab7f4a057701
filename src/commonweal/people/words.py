"""The hall's vocabulary: kinds, questions, outcomes, scales."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(TextChoices):
    EMPLOYER = "employer", _("Employer")
    SITE = "site", _("Site")
    DEPARTMENT = "department", _("Department")
    TEAM = "team", _("Team")
    BUILDING = "building", _("Building")
    FLOOR = "floor", _("Floor")
    SCHOOL = "school", _("School")
    NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
    OTHER = "other", pgettext_lazy("unit kind", "Other unit")


class ContactKind(TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    ADDRESS = "address", _("Address")
    MESSENGER = "messenger", _("Messenger")


class NameKind(TextChoices):
    ALSO = "also", _("Also known as")
    LEGAL = "legal", _("Name on the employer's list")
    FORMER = "former", _("Former name")
    SCRIPT = "script", _("In another script")


class InstitutionKind(TextChoices):
    CONGREGATION = "congregation", _("Congregation")
    SPORTS = "sports", _("Sports club")
    CHOIR = "choir", _("Choir or band")
    HOMETOWN = "hometown", _("Hometown association")
    LANGUAGE = "language", _("Language or nationality group")
    SAVINGS = "savings", _("Rotating savings circle")
    BURIAL = "burial", _("Burial or mutual aid society")
    SCHOOL = "school", _("School or parents' group")
    CARE = "care", _("Childcare or caregiving circle")
    TENANTS = "tenants", _("Tenants' association")
    FOOD = "food", _("Food network")
    MARKET = "market", _("Market or shop")
    CARPOOL = "carpool", _("Car pool")
    CHAT = "chat", _("Chat group")
    ALUMNI = "alumni", _("Alumni group")
    VETERANS = "veterans", _("Veterans' group")
    POLITICAL = "political", _("Political branch")
    UNION = "union", _("Other union")
    OTHER = "other", pgettext_lazy("institution kind", "Other institution")


class AffiliationRole(TextChoices):
    MEMBER = "member", pgettext_lazy("affiliation", "Member")
    OFFICER = "officer", _("Elder or officer")
    TREASURER = "treasurer", _("Treasurer")
    CONVENER = "convener", _("Convener")


class TieKind(TextChoices):
    """The directed kinds run from the person who turns to the other, to that other."""

    FRIEND = "friend", _("Friends")
    KIN = "kin", _("Family")
    WORKS_WITH = "works_with", _("Works alongside")
    SHARES_RIDE = "shares_ride", _("Shares a ride")
    SHARES_BREAK = "shares_break", _("Takes breaks together")
    SAME_PLACE = "same_place", _("From the same place")
    NEIGHBOUR = "neighbour", _("Neighbours")
    CARES_FOR = "cares_for", _("Cares for")
    CHECKS_ON = "checks_on", _("Rings to check on")
    GOES_TO = "goes_to", _("Goes to for advice")
    LEARNED_FROM = "learned_from", _("Learned the job from")
    GODPARENT = "godparent", _("Godparent of")
    LENDS = "lends", _("Lends to or borrows from")
    OTHER = "other", pgettext_lazy("tie kind", "Other tie")


DIRECTED_TIES = frozenset({"cares_for", "checks_on", "goes_to", "learned_from", "godparent"})


class Question(TextChoices):
    """What was asked when somebody named somebody; each is counted on its own."""

    CHECKS = "checks", _("Who rings when someone does not turn up?")
    COMFORTS = "comforts", _("Who goes to someone who leaves the office in tears?")
    NEWS = "news", _("Through whom does news travel?")
    BRIDGE = "bridge", _("Who reaches the other shift or language?")
    FACES = "faces", _("The boss changes something: whose face do people look at?")
    ADVICE = "advice", _("Whom do you turn to when you are stuck?")
    TURNOUT = "turnout", _("Who could get everyone here to a meeting?")
    OTHER = "other", pgettext_lazy("question", "Another question")


class OccasionKind(TextChoices):
    """Acts people were asked to do together, from mild to hard."""

    ISSUE_CARD = "issue_card", _("Issue cards")
    PHOTO = "photo", _("Photo or quote card")
    GROUP_QUESTION = "group_question", _("Group question to the manager")
    PETITION = "petition", _("Petition")
    PUBLIC_PETITION = "public_petition", _("Public petition with names")
    BUTTON = "button", _("Button or sticker day")
    MEETING = "meeting", _("Meeting")
    DELEGATION = "delegation", _("Delegation")
    MARCH_ON_BOSS = "march_on_boss", _("March on the boss")
    PICKET = "picket", _("Picket or rally")
    PLEDGE = "pledge", _("Pledge or practice vote")
    STRIKE_VOTE = "strike_vote", _("Turnout for the strike vote")
    STRIKE = "strike", _("Strike")
    OTHER = "other", pgettext_lazy("occasion kind", "Other act")


class Outcome(TextChoices):
    DID = "did", pgettext_lazy("outcome", "Came")
    DID_NOT = "did_not", pgettext_lazy("outcome", "Did not come")
    COULD_NOT = "could_not", pgettext_lazy("outcome", "Could not")
    UNKNOWN = "unknown", pgettext_lazy("outcome", "Not known")


class Stance(TextChoices):
    """The assessment scale, stored by meaning; the organization chooses direction and words."""

    BRINGS = "1", _("Brings others")
    ACTED = "2", pgettext_lazy("stance", "Acted")
    NOT_YET = "3", _("Not yet acted")
    SAID_NO = "4", _("Said no")
    AGAINST = "5", _("Works against")


class AssessmentBasis(TextChoices):
    STATED = "stated", _("What she said")
    OBSERVED = "observed", _("What she did")


class CampaignState(TextChoices):
    OPEN = "open", pgettext_lazy("campaign", "Open")
    CLOSED = "closed", pgettext_lazy("campaign", "Closed")
