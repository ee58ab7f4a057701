"""The hall in sentences: the news about a person, the acts of the ledger in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.people.reads.histories import Act
from commonweal.people.reads.records import Record


@dataclass(frozen=True)
class Told:
    """An act in words."""

    at: datetime
    actor: str
    words: str


def news_of(record: Record) -> str:
    """What is to be said first about a person: who names her, and with whom she walks."""
    named = record.named_by_count
    who = (
        ngettext("One co-worker names her", "%(number)d co-workers name her", named) % {"number": named}
        if named
        else _("Nobody has named her yet")
    )
    if record.walk_with_her:
        count = len(record.walk_with_her)
        walks = ngettext("one walks with her", "%(number)d walk with her", count) % {"number": count}
    elif record.walks_with:
        leader = record.walks_with[0].other
        walks = (
            _("she walks with %(name)s") % {"name": leader.name} if leader else _("she walks with a leader elsewhere")
        )
    else:
        walks = _("she walks with no one")
    return _("%(who)s, and %(walks)s.") % {"who": who, "walks": walks}


def told(acts: list[Act]) -> list[Told]:
    """Acts of the ledger, each in words."""
    return [
        Told(act.at, act.actor or _("the program"), words_for(act.verb, str(act.facts.get("kind", "")))) for act in acts
    ]


def words_for(verb: str, kind: str = "") -> str:
    """What was done, in the reader's language; a verb of another room is told in general words."""
    evidence = {
        "tie": _("a tie"),
        "nomination": _("a nomination"),
        "ask": _("an ask"),
        "bareyes": _("that she did it"),
        "assessment": _("where she stands"),
    }.get(kind, _("what was seen"))
    said = {
        "added_person": _("put her on the list"),
        "imported_person": _("brought her in from a file"),
        "changed_person": _("changed who she is"),
        "changed_note": _("changed the note"),
        "added_name": _("added a name"),
        "removed_name": _("removed a name"),
        "added_contact": _("added a way to reach her"),
        "changed_contact": _("changed a way to reach her"),
        "removed_contact": _("removed a way to reach her"),
        "placed_person": _("placed her in a unit"),
        "changed_place": _("changed her place"),
        "moved_person": _("moved her to another unit"),
        "ended_place": _("ended a place"),
        "reopened_place": _("took back the end of a place"),
        "affiliated_person": _("added an institution"),
        "ended_affiliation": _("ended an institution"),
        "removed_affiliation": _("removed an institution"),
        "added_evidence": _("wrote down %(what)s"),
        "corrected_evidence": _("corrected %(what)s"),
        "withdrew_evidence": _("withdrew %(what)s"),
        "brought_back_evidence": _("brought back %(what)s"),
        "merged_people": _("merged two records"),
        "undid_merge": _("took two records apart again"),
        "put_aside_pair": _("said that two records are not the same person"),
        "listed_leader": _("put her on the list of leaders"),
        "moved_stage": _("said how far we got with her"),
        "claimed_follower": _("wrote down with whom she walks"),
    }.get(verb, _("did something in another room"))
    return said % {"what": evidence}
