"""One way to write each telephone number and each e-mail address."""

import re

import phonenumbers

ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]{2,}")
PLUS_ONE = frozenset({"US", "CA"})
TEN_DIGITS = re.compile(r"\(?([2-9][0-9]{2})\)?[ .-]?([0-9]{3})[ .-]?([0-9]{4})")


def normal_phone(text: str, region: str) -> str | None:
    """The number as E.164, such as `+12125550199`; None when nobody could ring it.

    `region` is the two-letter country in which a number without a country code is rung.
    Only the length is judged, not whether the number was given out: an old list is still a list.
    """
    written = text.strip()
    if region in PLUS_ONE and (plain := TEN_DIGITS.fullmatch(written)):  # what most lists hold; the same, much faster
        return "+1" + "".join(plain.groups())
    if not re.search(r"\d", written):
        return None
    try:
        number = phonenumbers.parse(written, region.upper() or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spoken_phone(number: str, region: str) -> str:
    """An E.164 number as people of `region` write it; other text comes back as it is."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    home = phonenumbers.region_code_for_country_code(parsed.country_code or 0) == region.upper()
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, shape)


def normal_email(text: str) -> str | None:
    """The address in small letters, without a `mailto:` or a name around it; None when it is none."""
    found = ADDRESS.search(text.strip().removeprefix("mailto:"))
    if found is None or found.group().count("@") != 1 or len(found.group()) > 254:
        return None
    if ".." in found.group() or found.group().startswith("."):
        return None
    return found.group().lower()
