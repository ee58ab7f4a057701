"""What the door judges on plain values: who still has to show what, codes of an app, how long to wait."""

import hashlib
import hmac
import struct
from base64 import b32decode
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import Enum

IDLE = timedelta(minutes=30)
STRANGE_DEVICE = timedelta(hours=12)
OWN_DEVICE = timedelta(days=30)
INVITATION_LASTS = timedelta(days=7)
LINK_LASTS = timedelta(minutes=30)
PAPER_LINK_LASTS = timedelta(days=2)
TRIES_AN_HOUR = 10
TRIES_OF_A_NETWORK_AN_HOUR = 100  # a union hall shares one: many may mistype, nobody may try them all
SECOND_STEPS_AN_HOUR = 30  # for one account from everywhere: only who knows the passphrase gets here
LONGEST_WAIT = timedelta(seconds=42)
CODE_SECONDS = 30
RECOVERY_CODES = 8
# Letters and figures that are not mistaken for one another on paper.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class Step(Enum):
    """What somebody at the door still has to do."""

    NOTHING = "nothing"
    SECOND_FACTOR = "second factor"
    SET_UP = "set up a second factor"
    CONFIRM = "confirm"


def step_to_do(*, must_have_factor: bool, has_factor: bool, shown: bool, locked: bool) -> Step:
    """The step between an account whose passphrase was right and the pages of its role."""
    if not shown and (must_have_factor or has_factor):
        return Step.SECOND_FACTOR if has_factor else Step.SET_UP
    return Step.CONFIRM if locked else Step.NOTHING


def is_idle(*, organizes: bool, seen_at: datetime, at: datetime) -> bool:
    """Whether a device of an organizer lay unused so long that it must ask again. Clocks that were
    set back do not keep it open: a use that lies in the future by more than the time allowed is idle too."""
    return organizes and abs(at - seen_at) > IDLE


def is_over(*, own: bool, seen_at: datetime, begun_on: date, at: datetime) -> bool:
    """Whether a sign-in has run out: 30 days on her own device, 12 hours unused on any other."""
    return abs(at.date() - begun_on) > OWN_DEVICE or (not own and abs(at - seen_at) > STRANGE_DEVICE)


def wait_before_try(
    failed: Sequence[datetime], at: datetime, most: int = TRIES_AN_HOUR, *, slower: bool = True
) -> timedelta:
    """How long until the next try is heard, after these failures (any order) of the last hour.

    The wait doubles from one second to 42, if it shall grow `slower`; after `most` failures in an hour it
    lasts until the oldest of them is an hour old. Never more than an hour, whatever the clock does.
    """
    recent = sorted(one for one in failed if timedelta() <= at - one < timedelta(hours=1))
    if not recent:
        return timedelta()
    if len(recent) >= most:
        return recent[-most] + timedelta(hours=1) - at
    if not slower:
        return timedelta()
    pause = min(LONGEST_WAIT, timedelta(seconds=2 ** max(len(recent) - 2, 0)) if len(recent) > 1 else timedelta())
    return max(recent[-1] + pause - at, timedelta())


class Fault(Enum):
    """Why a passphrase is not good enough."""

    SHORT = "short"
    FIGURES = "only figures"
    HERS = "her own name or address"
    FEW = "few different letters"
    ROW = "a row of keys"
    KNOWN = "known to strangers"


SHORTEST_PASSPHRASE = 12


KEY_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjklñ",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "1234567890",
)
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


def faults_of_passphrase(
    passphrase: str, *, hers: Sequence[str] = (), known: Collection[str] = frozenset()
) -> list[Fault]:
    """What is wrong with a passphrase; empty when nothing. `hers` are words a stranger would try first,
    `known` the passwords (small letters) that were stolen and published most often."""
    folded = passphrase.casefold()
    faults = []
    if len(passphrase) < SHORTEST_PASSPHRASE:
        faults.append(Fault.SHORT)
    elif not any(one.isalpha() for one in folded):
        faults.append(Fault.FIGURES)
    elif len(set(folded)) < 5:
        faults.append(Fault.FEW)
    elif any(len(word) > 3 and word.casefold() in folded and len(folded) - len(word) < 8 for word in hers):
        faults.append(Fault.HERS)
    elif not without_rows(folded):
        faults.append(Fault.ROW)
    elif is_known(folded, known):
        faults.append(Fault.KNOWN)
    return faults


def without_rows(folded: str) -> str:
    """What is left of a passphrase when every run of four or more neighbouring keys is taken out of it."""
    rows = [row for one in KEY_ROWS for row in (one + one, one[::-1] + one[::-1])]
    kept, start = "", 0
    while start < len(folded):
        end = start + 1
        while end < len(folded) and any(folded[start : end + 1] in row for row in rows):
            end += 1
        if end - start < 4:
            kept, end = kept + folded[start], start + 1
        start = end
    return kept


def is_known(folded: str, known: Collection[str]) -> bool:
    """Whether a passphrase is a published one, also said twice, with figures and signs around it, or with
    figures in the place of letters: `P4ssword-2026` is `password`."""
    bare = "".join(one for one in folded if one.isalnum()).strip("0123456789")
    for word in {folded, folded.translate(LOOKALIKES), bare, bare.translate(LOOKALIKES)}:
        halves = (word[:size] for size in range(3, len(word) // 2 + 1) if word[:size] * (len(word) // size) == word)
        if word in known or any(half in known for half in halves):
            return True
    return False


def code_at(secret: str, counter: int) -> str:
    """The six figures a codes app shows in half-minute `counter` for a base32 secret (RFC 6238)."""
    digest = hmac.new(b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def counter_of(secret: str, typed: str, *, at: datetime, after: int) -> int | None:
    """The half-minute whose code was typed: now, the one before or the one after, each only once.

    `after` is the last one used; None when no newer one fits. All three are always compared.
    """
    now = int(at.timestamp()) // CODE_SECONDS
    figures = "".join(one for one in typed if one in "0123456789")
    found = None
    for counter in (now - 1, now, now + 1):
        fits = hmac.compare_digest(code_at(secret, counter), figures)
        if fits and counter > after:
            found = counter
    return found


def as_typed(code: str) -> str:
    """A code from paper without its spaces, hyphens and capitals."""
    return "".join(one for one in code.casefold() if one in ALPHABET)


def in_groups(code: str, size: int = 5) -> str:
    """A code in groups for the eye: `abcde-fghij`."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def device_in_words(agent: str) -> str:
    """ "Firefox on Android" from what a browser calls itself; empty when it says nothing known."""
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("CrOS", "Chromebook"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    )
    browsers = (
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    )
    browser = next((word for sign, word in browsers if sign in agent), "")
    system = next((word for sign, word in systems if sign in agent), "")
    return " · ".join(word for word in (browser, system) if word)
