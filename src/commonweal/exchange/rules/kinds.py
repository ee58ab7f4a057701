"""From the words people write to the hall's kinds: of ties, institutions, roles, acts, questions, shifts."""

from functools import lru_cache

from commonweal.exchange.rules.guessing import QUESTIONS, question_of
from commonweal.people.rules import folded

TIES = {
    "kin": "family|familia|cousin|primo|prima|brother|sister|hermano|hermana|mother|father|madre|padre|wife|husband|esposa|esposo|in law|cunado|cunada|kin|related|pariente|aunt|uncle|tia|tio|couple|pareja|son|daughter|hijo|hija",
    "godparent": "godparent|godmother|godfather|padrino|madrina|comadre|compadre",
    "shares_ride": "ride|car pool|carpool|same bus|raite|aventon|comparte carro|comparten carro|viajan juntos|viajan juntas",
    "shares_break": "break|lunch|smoke|descanso|almuerzo|comen juntas|comen juntos",
    "same_place": "same place|same village|same town|hometown|paisano|paisana|mismo pueblo|from the same|del mismo lugar",
    "neighbour": "neighbour|neighbor|neighbours|neighbors|vecino|vecina|vecinos|lives near",
    "cares_for": "cares for|care|babysit|cuida",
    "checks_on": "checks on|check on|rings to check|llama para ver|pendiente de",
    "goes_to": "goes to|go to|advice|asks|turns to|consejo|acude|consulta|respects|respeta|follows|sigue a",
    "learned_from": "learned from|trained by|taught by|aprendio de|le enseno|mentor",
    "lends": "lends|borrows|lend|presta|prestamo|tanda",
    "works_with": "works with|works alongside|coworker|co worker|colleague|trabaja con|companero de trabajo|same team|mismo equipo|partner",
    "friend": "friend|friends|amigo|amiga|amigos|amigas|amistad|compa|buddy|close",
}  # fmt: skip
INSTITUTIONS = {
    "congregation": "church|iglesia|parish|parroquia|mosque|mezquita|temple|templo|synagogue|sinagoga|congregation|congregacion|gurdwara|chapel|capilla|san |santa |saint |st |our lady|nuestra senora|ministry|ministerio|catedral",
    "sports": "soccer|futbol|football|softball|beisbol|baseball|basket|sports|deport|league|liga|cricket|volleyball|voleibol|team fc",
    "choir": "choir|coro|band|banda|mariachi|orchestra|musica|music",
    "hometown": "hometown|oriundos|paisanos|club de migrantes|hometown association|asociacion de oriundos",
    "savings": "savings|tanda|susu|rosca|cundina|paluwagan|hui |ahorro|sol ",
    "burial": "burial|funeral|mutual aid society|mutualista|entierro|sepelio",
    "school": "school|escuela|pta|parents|padres de familia|kindergarten|preschool",
    "care": "childcare|child care|caregiv|cuidado|babysit|guarderia|elder care",
    "tenants": "tenant|inquilin|renters",
    "food": "food|comida|pantry|despensa|comedor|garden|huerto",
    "market": "market|mercado|shop|tienda|store|bodega|salon|barber|peluqueria",
    "carpool": "carpool|car pool|van pool|raite",
    "chat": "chat|whatsapp|signal group|telegram|group text|grupo de",
    "alumni": "alumni|exalumnos|class of|egresad",
    "veterans": "veteran|vfw|legion",
    "political": "dsa|democrat|party|partido|political|politic",
    "union": "union|sindicato|local ",
    "language": "language|idioma|nationality|nacionalidad|cultural|haitian|filipino association|oaxaca",
}  # fmt: skip
ROLES = {
    "treasurer": "treasurer|tesorer|money|dinero|cuentas",
    "convener": "convener|convenes|organizer|organizes|coordinat|coordina|convoca|runs|leader|lider|encargad|captain|capitan|founder",
    "officer": "elder|officer|president|presidenta|secretary|secretari|deacon|diacono|pastor|imam|board|directiv|anciano|chair|officer elder",
    "member": "member|miembro|socio|socia|attends|asiste|belongs|pertenece|integrante",
}  # fmt: skip
OCCASIONS = {
    "public_petition": "public petition|peticion publica|with names|con nombres|open letter|carta abierta",
    "petition": "petition|peticion|sign|firma|card check|letter|carta",
    "issue_card": "issue card|survey|encuesta|tarjeta de problemas|issue survey",
    "photo": "photo|foto|quote|selfie|poster",
    "group_question": "group question|pregunta en grupo|pregunta al gerente|question to",
    "button": "button|boton|sticker|calcomania|t shirt|camiseta|wear|color|red friday|pin|badge|etiqueta",
    "march_on_boss": "march on|marcha al jefe|boss|jefe|confront",
    "delegation": "delegation|delegacion|comision",
    "strike_vote": "strike vote|voto de huelga|votacion de huelga|strike ballot",
    "strike": "strike|huelga|walkout|walk out|paro",
    "pledge": "pledge|compromiso|practice vote|voto de prueba",
    "picket": "picket|piquete|rally|mitin|manifestacion|protest|march|marcha|demonstration",
    "meeting": "meeting|junta|reunion|asamblea|assembly|bbq|party|fiesta|potluck|house visit|call",
}  # fmt: skip
# Labels of our own files in which a word of another kind stands, known as a whole.
WHOLE = {
    "learned the job from": "learned_from", "aprendio el trabajo de": "learned_from", "trabajan codo a codo": "works_with",
    "comparten el viaje": "shares_ride", "son del mismo lugar": "same_place", "vecindad": "neighbour",
    "llama para saber de": "checks_on", "el jefe cambia algo a quien mira la gente": "faces",
    "grupo de idioma o nacionalidad": "language", "sociedad funeraria o de ayuda mutua": "burial", "red de alimentos": "food",
    "viaje compartido": "carpool", "grupo de exalumnos": "alumni", "grupo de veteranos": "veterans",
    "tarjetas de problemas": "issue_card", "promesa o votacion de practica": "pledge",
}  # fmt: skip
SHIFTS = (
    frozenset(
        [
            "d",
            "day",
            "days",
            "dia",
            "diurno",
            "matutino",
            "manana",
            "morning",
            "am",
            "first",
            "1st",
            "1",
            "primero",
            "primer",
        ]
    ),
    frozenset(["e", "evening", "evenings", "tarde", "vespertino", "pm", "swing", "second", "2nd", "2", "segundo"]),
    frozenset(
        [
            "n",
            "night",
            "nights",
            "noche",
            "nocturno",
            "overnight",
            "graveyard",
            "noc",
            "third",
            "3rd",
            "3",
            "tercero",
            "tercer",
        ]
    ),
    frozenset(["w", "weekend", "weekends", "fin", "semana"]),
)


def _first(table: dict[str, str], text: str) -> str:
    plain = f" {folded(text)} "
    if (whole := WHOLE.get(plain.strip())) and whole in table:
        return whole
    if plain.strip() in table:
        return plain.strip()
    plain_code = plain.strip().replace(" ", "_")
    if plain_code in table:
        return plain_code
    return next((code for code, words in table.items() if any(f" {word}" in plain for word in words.split("|"))), "")


@lru_cache(maxsize=1024)
def tie_kind(text: str) -> str:
    """The kind of tie a text means; `other` for words we do not know, alongside at work for none."""
    return (_first(TIES, text) or "other") if folded(text) else "works_with"


@lru_cache(maxsize=1024)
def institution_kind(kind: str, name: str) -> str:
    """The kind of institution by what is said of it, else by its name."""
    return _first(INSTITUTIONS, kind) or _first(INSTITUTIONS, name) or "other"


@lru_cache(maxsize=1024)
def affiliation_role(text: str) -> str:
    """The role a text means; a member where it says nothing we know."""
    return _first(ROLES, text) or "member"


@lru_cache(maxsize=1024)
def occasion_kind(kind: str, name: str) -> str:
    """The kind of act by what is said of it, else by its name."""
    return _first(OCCASIONS, kind) or _first(OCCASIONS, name) or "other"


def question(text: str) -> str:
    """The question a text means; `other` for one we do not know."""
    plain = folded(text)
    return plain if plain in QUESTIONS else WHOLE.get(plain) or question_of(text) or "other"


def part_of_day(name: str) -> int:
    """Where a shift stands in the day by its name: 0 day, 1 evening, 2 night, 3 weekend, 4 nobody can tell."""
    plain = folded(name).split()
    words = {word if len(word) < 4 else word.rstrip("s") for word in plain} | set(plain)
    return next((place for place, group in enumerate(SHIFTS) if words & group), len(SHIFTS))


def same_shift(name: str, others: list[str]) -> int | None:
    """The place of the one shift of `others` that a name means: equal, begun alike, or the same part of the day."""
    plain, there = folded(name), [folded(other) for other in others]
    if plain in there:
        return there.index(plain)
    part = part_of_day(name)
    word = SHIFTS[part] if part < len(SHIFTS) else None
    found = [place for place, other in enumerate(there) if word and set(other.split()) & word]
    if not found:
        found = [
            place
            for place, other in enumerate(there)
            if len(plain) > 2 and (other.startswith(plain) or plain.startswith(other))
        ]
    return found[0] if len(found) == 1 else None
