"""How the ledger's verbs are read aloud: "Ana … *merged two records*"."""

from typing import Any

from django.utils.translation import gettext, gettext_noop

from commonweal.common.counts import counted

VERBS = {
    # the door
    "began_place": gettext_noop("began this place"),
    "invited": gettext_noop("invited somebody"),
    "made_invitation_anew": gettext_noop("made an invitation anew"),
    "withdrew_invitation": gettext_noop("withdrew an invitation"),
    "joined": gettext_noop("came in by an invitation"),
    "changed_role": gettext_noop("changed a role"),
    "changed_own_account": gettext_noop("changed her own account"),
    "changed_passphrase": gettext_noop("changed a passphrase"),
    "took_own_copy": gettext_noop("took a copy of what is kept about herself"),
    "ended_account": gettext_noop("closed an account"),
    "ended_own_sessions": gettext_noop("ended all her sessions"),
    "made_sign_in_link": gettext_noop("made a sign-in link"),
    "added_second_factor": gettext_noop("added a second factor"),
    "removed_second_factor": gettext_noop("took a second factor away"),
    "took_second_factors": gettext_noop("took all second factors away"),
    "made_recovery_codes": gettext_noop("made codes on paper"),
    "used_recovery_code": gettext_noop("used a code from paper"),
    "locked_list": gettext_noop("locked the list"),
    "asked_to_open_list": gettext_noop("asked to open the list"),
    "opened_list": gettext_noop("opened the list"),
    "looked_at_many": gettext_noop("looked at unusually many people within an hour"),
    "saw_alarms": gettext_noop("saw to it that somebody had looked at many"),
    # people
    "looked_at": gettext_noop("opened a record"),
    "added_person": gettext_noop("wrote down somebody new"),
    "changed_person": gettext_noop("changed a record"),
    "changed_note": gettext_noop("changed a note"),
    "forgot_person": gettext_noop("had somebody forgotten"),
    "added_name": gettext_noop("added another name"),
    "removed_name": gettext_noop("took a name away"),
    "added_contact": gettext_noop("added a contact"),
    "changed_contact": gettext_noop("changed a contact"),
    "removed_contact": gettext_noop("took a contact away"),
    "merged_people": gettext_noop("merged two records"),
    "undid_merge": gettext_noop("took merged records apart"),
    "put_aside_pair": gettext_noop("said that two records are two people"),
    "placed_person": gettext_noop("placed somebody in a unit"),
    "moved_person": gettext_noop("moved somebody to another unit"),
    "changed_place": gettext_noop("changed where somebody works or lives"),
    "ended_place": gettext_noop("ended somebody's place in a unit"),
    "reopened_place": gettext_noop("put somebody back in a unit"),
    "affiliated_person": gettext_noop("wrote down where somebody belongs"),
    "changed_affiliation": gettext_noop("changed where somebody belongs"),
    "ended_affiliation": gettext_noop("wrote down that somebody belongs there no longer"),
    "removed_affiliation": gettext_noop("took out where somebody belongs"),
    "brought_back_row": gettext_noop("brought back what had been taken out"),
    # evidence
    "added_evidence": gettext_noop("wrote down what was seen"),
    "corrected_evidence": gettext_noop("corrected what was written down"),
    "withdrew_evidence": gettext_noop("struck out what was written in error"),
    "brought_back_evidence": gettext_noop("brought back what had been struck out"),
    "added_occasion": gettext_noop("wrote down an occasion"),
    "changed_occasion": gettext_noop("changed an occasion"),
    "removed_occasion": gettext_noop("took an occasion out"),
    # the place
    "changed_organization": gettext_noop("changed the organization"),
    "changed_scale": gettext_noop("changed what the steps of the scale are called"),
    "added_unit": gettext_noop("drew a unit"),
    "changed_unit": gettext_noop("changed a unit"),
    "moved_unit": gettext_noop("moved a unit"),
    "removed_unit": gettext_noop("took a unit out"),
    "added_shift": gettext_noop("added a shift"),
    "changed_shift": gettext_noop("changed a shift"),
    "removed_shift": gettext_noop("took a shift out"),
    "added_institution": gettext_noop("wrote down an institution"),
    "changed_institution": gettext_noop("changed an institution"),
    "removed_institution": gettext_noop("took an institution out"),
    "began_campaign": gettext_noop("began a campaign"),
    "changed_campaign": gettext_noop("changed a campaign"),
    # conversations
    "kept_conversation": gettext_noop("wrote down a conversation"),
    "corrected_conversation": gettext_noop("corrected a conversation"),
    "removed_conversation": gettext_noop("took a conversation out"),
    "opened_words": gettext_noop("opened the words of somebody else’s conversation"),
    "ended_promise": gettext_noop("said what became of a promise"),
    "moved_promise": gettext_noop("gave a promise another day"),
    "reopened_promise": gettext_noop("took back what became of a promise"),
    "changed_prompts": gettext_noop("changed the prompts of the conversation"),
    "made_calendar_feed": gettext_noop("made an address for a calendar"),
    "revoked_calendar_feed": gettext_noop("closed an address for a calendar"),
    # structure tests, after the act
    "read_signature": gettext_noop("said whose signature a line is"),
    "made_forecast": gettext_noop("had a forecast made"),
    "scored_forecasts": gettext_noop("held forecasts against what happened"),
    # the list and the chains
    "read_campaign": gettext_noop("had the evidence of a campaign read"),
    "put_on_list": gettext_noop("put somebody on the list of leaders"),
    "took_off_list": gettext_noop("took somebody off the list of leaders"),
    "put_back_on_list": gettext_noop("put somebody back on the list of leaders"),
    "took_back_step": gettext_noop("took back the last step with a leader"),
    "moved_stage": gettext_noop("moved a leader on, or back"),
    "entrusted_leader": gettext_noop("said who is responsible for a leader"),
    "pinned_leader": gettext_noop("kept a leader on the shortest list"),
    "unpinned_leader": gettext_noop("let a leader go from the shortest list"),
    "vetoed": gettext_noop("said that somebody shall not be on the list"),
    "lifted_veto": gettext_noop("lifted a no about the list"),
    "gave_follower": gettext_noop("said with whom somebody walks"),
    "ended_walk": gettext_noop("ended that somebody walks with a leader"),
    "removed_walk": gettext_noop("took out that somebody walks with a leader"),
    "accepted_chains": gettext_noop("took up proposed chains"),
    "put_chains_aside": gettext_noop("put proposed chains aside"),
    "tossed_coins": gettext_noop("tossed coins for the next asks"),
    "printed_wall_chart": gettext_noop("printed the wall chart"),
    "printed_chain": gettext_noop("printed a chain"),
    "gave_back_chain": gettext_noop("had a printed chain given back"),
    # structure tests
    "loaded_ladder": gettext_noop("loaded a ladder"),
    "changed_ladder": gettext_noop("changed a ladder"),
    "planned_test": gettext_noop("planned a structure test"),
    "changed_test": gettext_noop("changed a structure test"),
    "removed_test": gettext_noop("took a structure test out"),
    "drew_roll": gettext_noop("drew the roll of a structure test again"),
    "set_standing": gettext_noop("said who can take part in a structure test"),
    "assigned_asks": gettext_noop("said who is to ask whom"),
    "predicted": gettext_noop("wrote down what she expects of a structure test"),
    "opened_test": gettext_noop("opened a structure test"),
    "closed_test": gettext_noop("closed a structure test"),
    "recorded_outcome": gettext_noop("wrote down what came of a structure test"),
    "counted_ballot": gettext_noop("wrote down how a ballot was counted"),
    "printed_tick_sheets": gettext_noop("printed sheets to tick"),
    "brought_outcomes": gettext_noop("brought a file of outcomes"),
    "took_back_outcomes": gettext_noop("took a file of outcomes back"),
    # files in and out
    "brought_file": gettext_noop("brought a file"),
    "put_aside_file": gettext_noop("put a file aside"),
    "began_import": gettext_noop("began to bring a list in"),
    "stopped_import": gettext_noop("stopped bringing a list in"),
    "took_up_import": gettext_noop("took up bringing a list in again"),
    "finished_import": gettext_noop("brought a list in"),
    "took_import_back": gettext_noop("took back what a list had brought"),
    "took_left_rows": gettext_noop("saved the rows of a list that were left out"),
    "closed_import": gettext_noop("let the rows of a list go that were left out"),
    "dropped_workbook": gettext_noop("let a workbook go that was kept for its other sheets"),
    "asked_to_take_out": gettext_noop("asked to take a copy of the list out"),
    "agreed_to_export": gettext_noop("agreed that a copy of the list be taken out"),
    "refused_export": gettext_noop("refused that a copy of the list be taken out"),
    "traced_file": gettext_noop("asked where a file comes from"),
    "took_out": gettext_noop("took a copy of the list out"),
    # the program
    "restored_backup": gettext_noop("put a backup back"),
    "rotated_sealing_key": gettext_noop("sealed everything anew with a new key"),
    "dropped_sealing_key": gettext_noop("took old keys out of the key file"),
    "loaded_demo": gettext_noop("invented this demo place"),
    # whom to talk with next, and what people bring up
    "called_for_talks": gettext_noop("called for talks"),
    "wrote_employer_move": gettext_noop("wrote down what the employer did"),
    "removed_employer_move": gettext_noop("took out what the employer did"),
    "settled_call": gettext_noop("said that what a talk was called for is settled"),
    "reopened_call": gettext_noop("took up again what a talk was called for"),
    "put_off_talk": gettext_noop("put off a talk"),
    "took_up_talk": gettext_noop("took up a talk again"),
    "renamed_topic": gettext_noop("renamed a topic"),
    "joined_topics": gettext_noop("joined two topics"),
}

KINDS = {
    "person": gettext_noop("person"),
    "account": gettext_noop("account"),
    "invitation": gettext_noop("invitation"),
    "organization": gettext_noop("organization"),
    "unit": gettext_noop("unit"),
    "shift": gettext_noop("shift"),
    "institution": gettext_noop("institution"),
    "occasion": gettext_noop("occasion"),
    "campaign": gettext_noop("campaign"),
    "structure_test": gettext_noop("structure test"),
    "import": gettext_noop("import"),
    "export": gettext_noop("export"),
}

FACTS = {
    "people": gettext_noop("people"),
    "opened": gettext_noop("records opened"),
    "rows": gettext_noop("rows"),
    "records": gettext_noop("records"),
    "units": gettext_noop("units"),
    "pairs": gettext_noop("pairs"),
    "walks": gettext_noop("walks"),
    "moved": gettext_noop("moved"),
    "followers": gettext_noop("followers"),
    "copies": gettext_noop("copies"),
    "forgotten_again": gettext_noop("forgotten again"),
    "invitations_withdrawn": gettext_noop("invitations withdrawn"),
}


def in_words(verb: str) -> str:
    """A verb as people say it, in the reader's language; one without words as it is written."""
    return gettext(VERBS[verb]) if verb in VERBS else verb.replace("_", " ")


def kind_in_words(kind: str) -> str:
    """A kind of subject as people say it."""
    return gettext(KINDS[kind]) if kind in KINDS else kind.replace("_", " ")


def counts_in_words(facts: dict[str, Any]) -> list[str]:
    """Of an entry's facts the counts that have words: "1,187 people"."""
    return [
        f"{counted(facts[name])} {gettext(words)}"
        for name, words in FACTS.items()
        if isinstance(facts.get(name), int) and not isinstance(facts[name], bool)
    ]
