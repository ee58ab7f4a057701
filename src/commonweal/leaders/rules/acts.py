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

EVERYBODY_STAYS = NOBODY_MOVES | {
    "put_on_list",
    "took_off_list",
    "put_back_on_list",
    "took_back_step",
    "moved_stage",
    "gave_follower",
    "ended_walk",
    "removed_walk",
    "accepted_chains",
}
"""After these everybody stands where she stood, though she may lead or walk with somebody else."""
