"""How names are folded, sorted, split and heard."""

import re
import unicodedata

# Letters that no normal form takes apart.
BARE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
SILENT = str.maketrans("", "", "'’‘`´ʼʻ.")
# For texts of plain letters alone, which most are: the same as the long way, at a tenth of the time.
PLAIN_LETTERS = {
    code: None if chr(code) in "'`." else chr(code).lower() if chr(code).isalnum() else " " for code in range(128)
}
SMALL_WORDS = (
    "de del la las los da das do dos di della van von der den ter ten y e al el bin ibn bint mac san santa st le du"
)
PARTICLES = frozenset(SMALL_WORDS.split())
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "sr", "sra", "srta", "don", "dona", "rev", "sister", "brother"}
)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Frequent family names of Spanish and Portuguese speakers that do not end in -ez: they tell
# "Rosa García López" (two family names) from "Mary Ann Smith" (two given names).
FREQUENT = """acosta aguilar aguirre alonso alvarado andrade aquino arias arroyo avila ayala barrera barrios batista bautista
    beltran benitez blanco bravo bustamante caballero cabrera calderon camacho campos cano cardenas cardoso carrasco
    carrillo castillo castro cerda cervantes chavez cisneros colon contreras cordero cordova correa cortes cortez costa
    cruz cuevas delgado diaz duarte duran escobar espinoza espinosa esparza estrada farias fernandes ferreira figueroa
    flores franco fuentes galindo gallegos galvan garcia garza gil gomes gonzales guerra guerrero guevara herrera
    hidalgo huerta hurtado ibarra iglesias jara jimenes juarez lara leal leon leyva lopes lozano lucero lugo luna macias
    maldonado marin marquez martin matos medina mejia melendez mendoza mena mercado meza miranda molina montes montoya
    mora morales moreno mota moya munoz murillo nava navarro nieves nunes ochoa ojeda oliveira orozco ortega ortiz
    osorio otero pacheco padilla palacios paredes parra pena peralta perales pereira pineda pinto ponce portillo prado
    preciado quintero quispe ramos rangel rendon reyes ribeiro rincon rios rivas rivera robles rocha rodrigues rojas
    roman romero rosado rosales rosario rubio ruiz salas salazar salcedo salgado salinas sandoval santana santiago
    santos saucedo segura sepulveda serrano sierra silva solano solis sosa soto souza suarez tapia tejada tello toledo
    torres trejo trujillo urbina uribe valdes valencia valenzuela valle varela vargas vasquez vega velasco velez vera
    vidal vigil villa villalobos villanueva villarreal villegas yanez zambrano zamora zapata zavala zuniga"""
FAMILY_NAMES = frozenset(FREQUENT.split())


def folded(text: str) -> str:
    """`text` in plain small letters and digits with single spaces: no accent, mark or punctuation.

    `José Ñáñez-O’Neill` becomes `jose nanez oneill`. Scripts without small letters stay as they are.
    """
    if text.isascii():
        return " ".join(text.translate(PLAIN_LETTERS).split())
    apart = unicodedata.normalize("NFKD", text.casefold().translate(SILENT))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold().translate(BARE)
    kept = "".join(letter if letter.isalnum() else " " for letter in unicodedata.normalize("NFC", plain))
    return " ".join(kept.split())


def words_in(*texts: str) -> frozenset[str]:
    """The different folded words of some texts, at most 40 letters of each."""
    return frozenset(word[:40] for text in texts for word in folded(text).split())


def sort_name(given: str, family: str) -> str:
    """Family name first, folded, for lists that are read in order."""
    return folded(f"{family} {given}")[:160]


def split_name(text: str) -> tuple[str, str]:
    """Given and family name of one written name; the family name is empty when there is only one.

    Reads `LAST, FIRST`, two family names as Spanish speakers write them, and small words between
    (`de la Cruz`). Capitals throughout are softened, titles and `Jr.` left out. A name of three
    words counts as two family names only when the middle one is a known family name.
    """
    text = " ".join(text.split())
    before, comma, after = text.partition(",")
    if comma and folded(after) not in SUFFIXES:
        return softened(_plain(after.split(","))), softened(_plain(before.split()))
    words = _without_titles(before.split())
    if len(words) < 2:
        return softened(" ".join(words)), ""
    start = _begin_of_last(words, len(words))
    earlier = _begin_of_last(words, start)
    if earlier > 0 and (
        _is_family_name(words[start - 1]) or (earlier >= 2 and len(words) >= 4 and start - earlier == 1)
    ):
        start = earlier
    return softened(" ".join(words[:start])), softened(" ".join(words[start:]))


def softened(name: str) -> str:
    """`GARCIA LOPEZ` and `garcia lopez` as `Garcia Lopez`; mixed letters stay as they were typed."""
    if not (name.isupper() or name.islower()) or _are_initials(name):
        return name
    parts = re.split(r"([\s\-'’])", name.lower())
    return "".join(part if folded(part) in PARTICLES else part[:1].upper() + part[1:] for part in parts)


def _are_initials(name: str) -> bool:
    """`MJ`, `TJ`, `AJ`: capitals that stand for two names; `VU`, `LI` and `NG` are names."""
    return len(name) <= 2 and name.isupper() and name != "NG" and ("J" in name or not set(name) & set("AEIOUY"))


def sounds_like(word: str) -> str:
    """A rough key of how a folded word is heard in Spanish and English: `gonzalez` and `gonsales` agree."""
    heard = word
    for pattern, sound in SOUNDS:
        heard = pattern.sub(sound, heard)
    return heard[:40]


SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^x(?=[eia])", "j"),
        (r"sch", "x"),
        (r"[cs]h", "x"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"wh", "w"),
        (r"ck|q(?:u(?=[ei]))?", "k"),
        (r"c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"g(?=[eiy])", "j"),
        (r"ll", "y"),
        (r"gu(?=[ei])", "g"),
        (r"h", ""),
        (r"v|w", "b"),
        (r"(?<=.)y(?=.)", "i"),
        (r"ee|ea", "i"),
        (r"oo|ou", "u"),
        (r"(.)\1+", r"\1"),
    )
]

# Short names that everybody uses; what is typed also finds the long one.
SHORT_NAMES: dict[str, tuple[str, ...]] = {
    "pepe": ("jose",), "chepe": ("jose",), "paco": ("francisco",), "pancho": ("francisco",), "quico": ("enrique",),
    "nacho": ("ignacio",), "chuy": ("jesus",), "lupe": ("guadalupe",), "lupita": ("guadalupe",), "beto": ("alberto", "roberto"),
    "tono": ("antonio",), "memo": ("guillermo",), "meche": ("mercedes",), "conchita": ("concepcion",), "lola": ("dolores",),
    "chayo": ("rosario",), "charo": ("rosario",), "rosita": ("rosa",), "juanita": ("juana",), "manolo": ("manuel",),
    "kike": ("enrique",), "gabo": ("gabriel",), "nando": ("fernando",), "lalo": ("eduardo",), "maite": ("maria",),
    "bob": ("robert",), "rob": ("robert",), "bill": ("william",), "will": ("william",), "dick": ("richard",),
    "rick": ("richard",), "jim": ("james",), "jack": ("john",), "peggy": ("margaret",), "meg": ("margaret",),
    "maggie": ("margaret",), "liz": ("elizabeth",), "beth": ("elizabeth",), "betty": ("elizabeth",), "kate": ("katherine", "catherine"),
    "kathy": ("katherine", "catherine"), "tony": ("anthony", "antonio"), "mike": ("michael",), "ted": ("edward", "theodore"),
    "ned": ("edward",), "sue": ("susan",), "sasha": ("aleksandr", "alexandra"), "tom": ("thomas",), "dan": ("daniel",),
    "joe": ("joseph", "jose"), "sam": ("samuel", "samantha"), "alex": ("alexander", "alejandro", "alexandra"), "pat": ("patricia", "patrick"),
}  # fmt: skip


def _plain(parts: list[str]) -> str:
    return " ".join(_without_titles(" ".join(part.strip() for part in parts if part.strip()).split()))


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 1 and folded(words[0]) in TITLES:
        words = words[1:]
    while len(words) > 1 and folded(words[-1]) in SUFFIXES:
        words = words[:-1]
    return words


def _begin_of_last(words: list[str], end: int) -> int:
    """Where the name that ends before `end` begins, with the small words that belong to it."""
    begin = end - 1
    while begin > 1 and folded(words[begin - 1]) in PARTICLES:
        begin -= 1
    return begin


def _is_family_name(word: str) -> bool:
    plain = folded(word)
    return (
        plain in FAMILY_NAMES
        or (
            len(plain) > 4
            and plain.endswith(("ez", "es"))
            and plain not in {"mercedes", "dolores", "angeles", "reyes", "lourdes"}
        )
        or any(part in FAMILY_NAMES for part in plain.split())
    )
