"""How the ledger's verbs are read aloud: "Ana … *merged two records*"."""

from django.utils.translation import gettext, gettext_noop

VERBS = {
    "looked_at": gettext_noop("opened a record"),
    "began_place": gettext_noop("began this place"),
    "invited": gettext_noop("invited somebody"),
    "made_invitation_anew": gettext_noop("made an invitation anew"),
    "withdrew_invitation": gettext_noop("withdrew an invitation"),
    "joined": gettext_noop("came in by an invitation"),
    "changed_role": gettext_noop("changed a role"),
    "changed_own_account": gettext_noop("changed her own account"),
    "changed_passphrase": gettext_noop("changed a passphrase"),
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
}

KINDS = {
    "person": gettext_noop("person"),
    "account": gettext_noop("account"),
    "invitation": gettext_noop("invitation"),
    "organization": gettext_noop("organization"),
}


def in_words(verb: str) -> str:
    """A verb as people say it, in the reader's language; one without words as it is written."""
    return gettext(VERBS[verb]) if verb in VERBS else verb.replace("_", " ")


def kind_in_words(kind: str) -> str:
    """A kind of subject as people say it."""
    return gettext(KINDS[kind]) if kind in KINDS else kind.replace("_", " ")
