"""Which acts, by their verb in the ledger, cannot change what the room counts. A verb that is not named may change it."""

NOBODY_MOVES = frozenset(
    {
        # the door
        "invited",
        "made_invitation_anew",
        "withdrew_invitation",
        "changed_passphrase",
        "ended_own_sessions",
        "made_sign_in_link",
        "added_second_factor",
        "removed_second_factor",
        "made_recovery_codes",
        "used_recovery_code",
        # what is written about people
        "added_person",
        "changed_person",
        "added_name",
        "removed_name",
        "changed_note",
        "added_contact",
        "changed_contact",
        "removed_contact",
        "added_evidence",
        "corrected_evidence",
        "withdrew_evidence",
        "brought_back_evidence",
        # the list and the chains
        "entrusted_leader",
        "pinned_leader",
        "unpinned_leader",
        "vetoed",
        "lifted_veto",
        "put_chains_aside",
        "accepted_chains",  # each of its walks is an act of its own
        "tossed_coins",
        # paper and copies
        "printed_wall_chart",
        "printed_chain",
        "gave_back_chain",
        "asked_to_take_out",
        "agreed_to_export",
        "refused_export",
        "took_out",
    }
)
"""After these everybody stands where she stood, walks with whom she walked, and leads as she led."""

ONE_WALKS = frozenset({"gave_follower", "ended_walk", "removed_walk"})
"""After these their subject alone walks with somebody else, or with nobody."""

ONE_STEPS = frozenset({"put_on_list", "moved_stage", "took_back_step", "took_off_list", "put_back_on_list"})
"""After these their subject alone leads otherwise, and those who walk or walked with her may walk otherwise."""

ONE_MOVES = frozenset({"placed_person", "changed_place", "moved_person", "ended_place", "reopened_place"})
"""After these their subject alone stands elsewhere; where she stood is among the facts."""

EVERYBODY_STAYS = NOBODY_MOVES | ONE_WALKS | ONE_STEPS
"""After these everybody stands where she stood, though she may lead or walk with somebody else."""

ONE_ON_LIST = ONE_STEPS | ONE_MOVES | {"entrusted_leader", "pinned_leader", "unpinned_leader", "changed_person"}
"""After these the list says something else of their subject alone."""

LIST_STAYS = (NOBODY_MOVES | ONE_WALKS) - ONE_ON_LIST
"""After these the list says what it said."""
