"""What binds two people, in words."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.people.words import TieKind


def bonds_in_words(found: list[tuple[str, str]]) -> list[str]:
    """Asks with their answers first, then who names whom, then ties."""
    said = []
    came = [name for kind, name in found if kind == "came"]
    asked = [name for kind, name in found if kind in ("came", "did_not")]
    if asked:
        said.append(
            ngettext(
                "asked her for %(asked)s act, she came to %(came)s",
                "asked her for %(asked)s acts, she came to %(came)s",
                len(asked),
            )
            % {"asked": len(asked), "came": len(came)}
        )
    named = sum(1 for kind, _word in found if kind == "named")
    if named:
        said.append(
            ngettext("named by her on %(named)s question", "named by her on %(named)s questions", named)
            % {"named": named}
        )
    ties = Counter(word for kind, word in found if kind == "tie")
    said.extend(str(TieKind(kind).label) for kind in sorted(ties))
    return said or [_("nothing known between them")]
