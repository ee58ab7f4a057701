"""Who on a roll could take part, and who may be asked."""

ELIGIBLE = "eligible"


def may_be_asked(standing: str) -> bool:
    """True for those who can take part: nobody is sent to ask somebody who cannot."""
    return standing == ELIGIBLE


def asker_of(standing: str, chosen: object | None, leader: object | None) -> object | None:
    """Who is to ask her: whoever was chosen, else the leader with whom she walks; nobody asks those who cannot."""
    return (chosen or leader) if may_be_asked(standing) else None
