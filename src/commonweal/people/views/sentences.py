"""The hall in sentences: the news about a person, the acts of the ledger in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.common.counts import counted
from commonweal.people.reads.histories import Act
from commonweal.people.reads.records import Line, Record


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
        ngettext("One co-worker names her", "%(number)s co-workers name her", named) % {"number": counted(named)}
        if named
        else _("Nobody has named her yet")
    )
    if record.walk_with_her:
        count = len(record.walk_with_her)
        walks = ngettext("one walks with her", "%(number)s walk with her", count) % {"number": counted(count)}
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
        "changed_affiliation": _("changed in what role she belongs to an institution"),
        "ended_affiliation": _("ended an institution"),
        "removed_affiliation": _("removed an institution"),
        "kept_conversation": _("wrote down a conversation with her"),
        "corrected_conversation": _("corrected a conversation with her"),
        "removed_conversation": _("took a conversation with her out"),
        "opened_words": _("opened the words of a conversation with her"),
        "settled_call": _("said that what a talk with her was called for is settled"),
        "reopened_call": _("took up again what a talk with her was called for"),
        "put_off_talk": _("put off a talk with her"),
        "took_up_talk": _("took up a talk with her again"),
        "ended_promise": _("said what became of a promise"),
        "moved_promise": _("gave a promise another day"),
        "reopened_promise": _("took back what became of a promise"),
        "added_evidence": _("wrote down %(what)s"),
        "corrected_evidence": _("corrected %(what)s"),
        "withdrew_evidence": _("withdrew %(what)s"),
        "brought_back_evidence": _("brought back %(what)s"),
        "merged_people": _("merged two records"),
        "undid_merge": _("took two records apart again"),
        "put_aside_pair": _("said that two records are not the same person"),
        "forgot_person": _("forgot her"),
        "brought_back_row": _("brought back what was changed or removed"),
        **_words_of_the_list(),
    }.get(verb, _("did something in another room"))
    return said % {"what": evidence}


def _words_of_the_list() -> dict[str, str]:
    """What the leaders' room did with her, so that her history is whole."""
    return {
        "put_on_list": _("put her on the list of leaders"),
        "took_off_list": _("took her off the list of leaders"),
        "put_back_on_list": _("put her back on the list of leaders"),
        "moved_stage": _("said how far we got with her"),
        "took_back_step": _("took back how far we got with her"),
        "entrusted_leader": _("said who sees to her"),
        "pinned_leader": _("pinned her to every list the computer proposes"),
        "unpinned_leader": _("took the pin out that kept her on the proposed lists"),
        "vetoed": _("decided that she shall not be proposed"),
        "lifted_veto": _("let her be proposed again"),
        "gave_follower": _("wrote down with whom she walks"),
        "ended_walk": _("wrote down that she no longer walks with her leader"),
        "removed_walk": _("removed a walk that was entered in error"),
        "printed_chain": _("printed her chain"),
        "gave_back_chain": _("wrote down that a copy of her chain came back"),
    }


def source_in_words(source: str) -> str:
    """Where a row comes from; the fingerprint itself says nothing to a reader."""
    kind, _colon, rest = source.partition(":")
    line = rest.rpartition(":")[2]
    brought = _("brought in with a list, line %(line)s") if line.isdigit() else _("brought in with a list")
    words = {
        "import": brought % {"line": line},
        "hand": _("entered by hand"),
        "merge": _("left by a merge"),
        "demo": _("part of the invented place"),
        "conversation": _("from a conversation"),
        "test": _("from a structure test"),
    }
    return words.get(kind, _("from another program"))


def tie_in_words(line: Line) -> str:
    """How she and the other are tied: kind, direction, closeness, days, and how we know."""
    tie = line.row
    said = [tie.get_kind_display()]
    if line.directed:
        said.append(_("the other goes to her") if line.incoming else _("she goes to the other"))
    said.append(closeness(tie.strength))
    if tie.since:
        said.append(_("since %(day)s") % {"day": date_format(tie.since, "SHORT_DATE_FORMAT")})
    if tie.until:
        said.append(_("until %(day)s") % {"day": date_format(tie.until, "SHORT_DATE_FORMAT")})
    said.append(source_in_words(tie.source))
    return " · ".join(str(part) for part in said)


def closeness(strength: float) -> str:
    """How strong a tie is, in the words of the form that asks for it."""
    if strength < 0.375:
        return _("they know each other")
    return _("they count on each other") if strength < 0.75 else _("very close")
