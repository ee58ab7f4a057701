"""Template tags of the look: icons, the five marks, beads of a stage, likely ranges.

They are built into every template: `{% icon "print" %}`, `{% mark "2" %}`, `{% beads "won" %}`,
`{% likely_range … %}`, `{% once %}`, `{{ people|counted }}`. Lengths from data are SVG attributes in per cent, never styles.
"""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.common.counts import counted
from commonweal.common.ids import new_id
from commonweal.common.languages import spoken
from commonweal.common.scale import figure_of, own_names, stances_in_order

register = template.Library()
register.filter("spoken", spoken)
register.filter("counted", counted)

ICONS = {
    "home": '<path d="M4 11 12 4l8 7v9h-5.500v-5.500h-5V20H4z"/>',
    "people": '<path d="M3.500 20c0-4.700 3.800-8 8.500-8s8.500 3.300 8.500 8"/><circle cx="12" cy="6.500" r="3"/>',
    "today": '<path d="M4 6.500h16v13H4zM4 10.500h16M8 3.500v4M16 3.500v4"/><path d="m9 15 2 2 4-4"/>',
    "ladder": '<path d="M7 3v18M17 3v18M7 7.500h10M7 12h10M7 16.500h10"/>',
    "chart": '<path d="M4 4h16v16H4zM4 9.300h16M4 14.600h16M9.300 4v16M14.600 4v16"/>',
    "board": '<circle cx="12" cy="5.500" r="2.500"/><circle cx="5.500" cy="18" r="2.500"/><circle cx="18.500" cy="18" r="2.500"/><path d="M10.600 7.600 6.800 15.800M13.400 7.600l3.800 8.200M12 8v3"/>',
    "ties": '<circle cx="6" cy="7" r="2.500"/><circle cx="18" cy="6" r="2.500"/><circle cx="9" cy="18" r="2.500"/><circle cx="18.500" cy="16.500" r="2"/><path d="M8.500 7 15.500 6.200M6.700 9.400 8.300 15.600M10.600 16.100 16.300 7.900M11.500 17.800 16.500 16.900"/>',
    "institution": '<path d="M4 20V10l8-6 8 6v10zM9.500 20v-6h5v6"/>',
    "import": '<path d="M12 3.500v11M7.500 10l4.500 4.500 4.500-4.500M4 16.500V20h16v-3.500"/>',
    "export": '<path d="M12 14.500v-11M7.500 8 12 3.500 16.500 8M4 16.500V20h16v-3.500"/>',
    "search": '<circle cx="10.500" cy="10.500" r="6"/><path d="m15 15 5 5"/>',
    "more": '<circle cx="5" cy="12" r="1.400"/><circle cx="12" cy="12" r="1.400"/><circle cx="19" cy="12" r="1.400"/>',
    "you": '<circle cx="12" cy="12" r="3"/><path d="M12 3.500v3M12 17.500v3M3.500 12h3M17.500 12h3M6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2"/>',
    "lock": '<path d="M5.500 10.500h13v10h-13zM8 10.500V8a4 4 0 0 1 8 0v2.500"/>',
    "leave": '<path d="M14 4H5v16h9M10 12h10M16.500 8.500 20 12l-3.500 3.500"/>',
    "print": '<path d="M7 8V3.500h10V8M7 17H4V8h16v9h-3"/><path d="M7 14h10v6.500H7z"/>',
    "undo": '<path d="M8 5 4 9l4 4"/><path d="M4 9h10a5.500 5.500 0 0 1 0 11h-3"/>',
    "add": '<path d="M12 5v14M5 12h14"/>',
    "check": '<path d="m5 12.500 4.500 4.500L19 7.500"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "warn": '<path d="M12 3.500 2.500 20h19z"/><path d="M12 10v4.500M12 17.300v.2"/>',
    "early": '<circle cx="12" cy="12" r="8.500"/><path d="M12 7.500V12l3 2"/>',
    "edit": '<path d="M4 20h4L19.500 8.500l-4-4L4 16z"/><path d="m13.500 6.500 4 4"/>',
    "flag": '<path d="M6 21V4M6 4.500c4-2 7 2 12 0v8c-5 2-8-2-12 0"/>',
    "page": '<path d="M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7"/>',
    "talk": '<path d="M4 5h16v11H11l-4.500 4v-4H4z"/><path d="M8 9h8M8 12h5"/>',
    "ledger": '<path d="M6 3h12v18H6zM9 3v18M12 8h4M12 12h4"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="m11 12 8.500-8.500M16 7l3 3M13.500 9.500l2 2"/>',
    "coin": '<circle cx="12" cy="12" r="8.500"/><path d="M12 7v10M9.500 9.500c0-3 5-3 5 0s-5 2-5 5 5 3 5 0"/>',
    "campaign": '<path d="M4 10v4h3l9 4.500v-13L7 10zM19 9.500a4 4 0 0 1 0 5M7.500 14.500 9 20h2.500"/>',
    "device": '<path d="M7.500 3h9v18h-9zM11 18h2"/>',
    "merge": '<path d="M7 4v6c0 3 5 3 5 7v3M17 4v6c0 3-5 3-5 7"/>',
    "tree": '<path d="M9.500 3.500h5v4h-5zM3.500 16.500h5v4h-5zM15.500 16.500h5v4h-5zM12 7.500V12M6 16.500V12h12v4.500"/>',
    "status": '<path d="M3.500 12h4l2.500-6 4 12 2.500-6h4"/>',
}  # fmt: skip

STAGES = ("target", "identified", "approached", "won", "tested")


@register.simple_tag
def once() -> SafeString:
    """The hidden key by which a form counts once (see `common/once.py`)."""
    return format_html('<input type="hidden" name="once" value="{}">', new_id())


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """One of the line icons; decorative, so the words stand beside it. `size` "s" is smaller."""
    return mark_safe(
        f'<svg class="i {"s" if size == "s" else ""}" viewBox="0 0 24 24" aria-hidden="true">{ICONS[name]}</svg>'
    )


def stance_words() -> dict[str, str]:
    """The word of each mark, blank included, in the reader's language: the organization's, and ours where it has none.
    Every page, form and sheet takes the words from here."""
    ours = {
        "1": _("brings others"),
        "2": _("acted"),
        "3": _("not yet acted"),
        "4": _("said no"),
        "5": _("works against"),
        "0": _("blank, not asked"),
    }
    return ours | own_names(get_language() or "en")


def stance_choices() -> list[tuple[str, str]]:
    """The stances to choose from, with the figure of this place's sheets, in its order."""
    said = stance_words()
    return [(stance, f"{figure_of(stance)} · {said[stance]}") for stance in stances_in_order()]


@register.simple_tag
def mark(stance: str, hidden: bool = False) -> SafeString:
    """The mark of a stance ("1" to "5", or "0" for blank) with its word for those who cannot see it."""
    code = str(stance) if str(stance) in "12345" and stance else "0"
    if hidden:
        return format_html('<svg class="mk" aria-hidden="true"><use href="#k{}"/></svg>', code)
    return format_html(
        '<svg class="mk" role="img" aria-label="{}"><use href="#k{}"/></svg>',
        stance_words()[code],
        code,
    )


@register.filter
def stance_word(stance: str) -> str:
    """The word of a mark, for where it stands beside the mark."""
    return stance_words().get(str(stance or "0"), "")


@register.simple_tag
def beads(stage: str) -> SafeString:
    """Five beads, filled as far as we got; struck through when lost. The word is the caller's."""
    lost = stage == "lost"
    filled = 0 if lost or stage not in STAGES else STAGES.index(stage) + 1
    circles = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="6" r="3.6" stroke-width="1.6"/>',
        (("on" if place < filled else "off", 6 + 10 * place) for place in range(5)),
    )
    line = mark_safe('<line x1="1" x2="51" y1="6" y2="6"/>') if lost else ""
    return format_html('<svg viewBox="0 0 52 12" aria-hidden="true">{}{}</svg>', circles, line)


@register.simple_tag
def likely_range(
    low: float, middle: float, high: float, usual: float | None = None, label: str = "", faint: bool = False
) -> SafeString:
    """A likely range as a bar with a dot on an axis from 0 to 100 per cent; `usual` is a tick.

    Too little evidence breaks the bar and opens the dot (`faint`). `label` is the sentence it says.
    """
    at = [f"{3 + 0.94 * min(max(value, 0), 100):.1f}%" for value in (low, middle, high)]
    tick = (
        format_html(
            '<line class="exp" x1="{0}" x2="{0}" y1="4" y2="24"/>', f"{3 + 0.94 * min(max(usual, 0), 100):.1f}%"
        )
        if usual is not None
        else ""
    )
    return format_html(
        '<svg class="iv{}" width="100%" height="28" role="img" aria-label="{}">'
        '<line class="ax" x1="3%" x2="97%" y1="14" y2="14"/><line class="rg" x1="{}" x2="{}" y1="14" y2="14"/>'
        '{}<circle class="dot" cx="{}" cy="14" r="7"/></svg>',
        " faint" if faint else "",
        label,
        at[0],
        at[2],
        tick,
        at[1],
    )


@register.filter
def share(part: int, whole: int) -> int:
    """`part` of `whole` in whole per cent; 0 of nothing is 0."""
    return round(100 * part / whole) if whole else 0


@register.filter
def as_tick(option: dict[str, Any]) -> SafeString:
    """A box or a round to tick with its label, as Django draws it, without a template for each of a thousand."""
    attributes = dict(option["attrs"])
    if option["value"] is not None:
        attributes["value"] = str(option["value"])
    box = format_html('<input type="{}" name="{}"{}>', option["type"], option["name"], flatatt(attributes))
    if not option["wrap_label"]:
        return box
    words = format_html("{} {}</label>", box, option["label"])
    named = option["attrs"].get("id")
    return (format_html('<label for="{}">', named) if named else mark_safe("<label>")) + words  # noqa: S308


@register.filter
def as_choice(option: dict[str, Any]) -> SafeString:
    """One choice of a select, as Django draws it."""
    return format_html(
        '<option value="{}"{}>{}</option>', str(option["value"]), flatatt(option["attrs"]), option["label"]
    )
