"""A name as written, taken apart: plain small letters, who is called what, short forms, and how it sounds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

SMALL_WORDS = """
de del la las los el y e da das do dos di du van von der den ter bin ibn al san santa st saint
"""
CALLED = "mr mrs ms miss mx dr dra sr sra srta don dona lic ing prof rev"
BORN_LATER = "jr junior ii iii iv hijo"
PARTICLES = frozenset(SMALL_WORDS.split())
TITLES = frozenset(CALLED.split())
GENERATIONS = frozenset(BORN_LATER.split())

SPANISH = """
pepe=jose paco=francisco pancho=francisco curro=francisco fco=francisco lupe=guadalupe lupita=guadalupe
nacho=ignacio memo=guillermo beto=alberto/roberto/humberto/gilberto chuy=jesus concha=concepcion
conchita=concepcion lola=dolores charo=rosario chayo=rosario quique=enrique kike=enrique nando=fernando
lalo=eduardo tono=antonio toni=antonio chelo=consuelo mari=maria ma=maria rafa=rafael manolo=manuel
manny=manuel pili=pilar isa=isabel chabela=isabel tere=teresa teresita=teresa nena=elena gabi=gabriel/gabriela
dani=daniel/daniela santi=santiago javi=javier xavi=javier andy=andres/andrew
alex=alexander/alejandro/alejandra ale=alejandro/alejandra sandra=alejandra/alexandra vero=veronica
caro=carolina pati=patricia paty=patricia rosi=rosa rosita=rosa anita=ana juanita=juana juancho=juan
luisito=luis licha=alicia cuca=refugio goyo=gregorio neto=ernesto tito=alberto/roberto/ernesto mito=guillermo
fer=fernando/fernanda yoli=yolanda susi=susana coco=socorro mercha=mercedes meche=mercedes chepe=jose che=jose
jose=joseph maria=mary juan=john jorge=george miguel=michael guillermo=william
"""
ENGLISH = """
bob=robert rob=robert bobby=robert robbie=robert bill=william billy=william will=william willy=william
dick=richard rick=richard ricky=richard rich=richard jim=james jimmy=james jamie=james joe=joseph joey=joseph
mike=michael mick=michael mickey=michael tom=thomas tommy=thomas tim=timothy tony=anthony/antonio dan=daniel
danny=daniel dave=david davy=david steve=steven/stephen stephen=steven chris=christopher/christine/christina
cris=cristina/cristian matt=matthew nick=nicholas ed=edward ted=edward/theodore eddie=edward ned=edward
fred=frederick greg=gregory jeff=jeffrey geoff=geoffrey ken=kenneth larry=lawrence pat=patricia/patrick
patty=patricia trish=patricia sam=samuel/samantha ben=benjamin jack=john johnny=john jon=jonathan
chuck=charles charlie=charles hank=henry harry=henry/harold gene=eugene beth=elizabeth betty=elizabeth
liz=elizabeth lizzie=elizabeth eliza=elizabeth libby=elizabeth peggy=margaret maggie=margaret meg=margaret
marge=margaret kate=katherine katie=katherine kathy=katherine cathy=katherine catherine=katherine
kathryn=katherine kay=katherine sue=susan suzy=susan debbie=deborah deb=deborah barb=barbara becky=rebecca
jenny=jennifer jen=jennifer jess=jessica jessie=jessica kim=kimberly mandy=amanda molly=mary polly=mary
nan=nancy nell=helen nora=eleanor sally=sarah sadie=sarah tina=christina vicky=victoria abby=abigail
angie=angela cindy=cynthia dot=dorothy fran=frances/francis gail=abigail josh=joshua nate=nathan/nathaniel
phil=philip ray=raymond ron=ronald russ=russell stan=stanley terry=terence/theresa theresa=teresa walt=walter
wes=wesley zach=zachary al=albert/alan
"""
SHORT_FORMS = {
    short: tuple(full.split("/")) for short, _, full in (pair.partition("=") for pair in (SPANISH + ENGLISH).split())
}


@dataclass(frozen=True)
class Name:
    """One written name: its words in order, the given ones where a comma tells, and a generation such as junior."""

    words: tuple[str, ...]
    given: frozenset[str] | None
    generation: str

    @property
    def leading(self) -> frozenset[str]:
        """The words that are, or for want of a comma probably are, given names."""
        return self.given if self.given is not None else frozenset(self.words[:1])


def folded(text: str) -> str:
    """Plain small letters: no accents, no case, words apart by single spaces.

    Errs: towards bringing together: what differs by accents or signs alone is one text.
    Cost: O(letters).
    """
    bare = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    bare = "".join(letter for letter in bare.casefold() if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub(r"['’`´.]", "", bare)).split())


@lru_cache(maxsize=400_000)
def name_of(written: str) -> Name:
    """Take a written name apart; "LAST, FIRST" is known by its comma.

    Units and ranges: titles and particles are left out unless nothing else is there; the generation (Jr., III)
    stands apart.
    Errs: without a comma it cannot know which words are given names.
    Cost: O(letters); the last 400,000 are remembered.
    """
    before, comma, after = written.partition(",")
    if comma and set(folded(after).split()) <= GENERATIONS | TITLES:
        before, comma, after = f"{before} {after}", "", ""
    words, generation = _words(f"{after} {before}" if comma else before)
    if not comma:
        return Name(words, None, generation)
    given, more = _words(after)
    return Name(words, frozenset(given), generation or more)


def _words(text: str) -> tuple[tuple[str, ...], str]:
    said = folded(text).split()
    generation = next((word for word in said[1:] if word in GENERATIONS), "")
    kept = [word for word in said if word not in TITLES and word not in GENERATIONS]
    bare = [word for word in kept if word not in PARTICLES]
    return tuple(bare or kept or said), generation


@lru_cache(maxsize=400_000)
def full_forms(word: str) -> frozenset[str]:
    """The word itself and what it may be short for.

    Shapes: always holds the word itself.
    Cost: a look into a table.
    Source: SHORT_FORMS, a list of ours of English and Spanish short forms.
    """
    return frozenset((word, *SHORT_FORMS.get(word, ())))


SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("qu|ck|q"), "k"),
    (re.compile("c(?=[eiy])|[zx]"), "s"),
    (re.compile("ch|sh"), "s"),
    (re.compile("[cg](?=[^eiy]|$)"), "k"),
    (re.compile("[gj](?=[eiy])|j"), "h"),
    (re.compile("[vw]"), "b"),
    (re.compile("ll|y"), "i"),
    (re.compile("(?<!^)[aeiouh]|^h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=400_000)
def sound_of(word: str) -> str:
    """Roughly how a word sounds, in Spanish or English: enough to bring misspellings together, not to judge them.

    Shapes: at most six letters; a word of vowels alone may leave nothing.
    Errs: towards bringing together; who compares decides.
    Cost: O(letters).
    Source: ours; the idea is that of Soundex.
    """
    for pattern, plain in SOUNDS:
        word = pattern.sub(plain, word)
    return word[:6]
