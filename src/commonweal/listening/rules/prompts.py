"""What an organizer may say at each step, in our words, until the organization writes its own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A prompt, and what to mind while saying it."""

    text: str
    hint: str = ""


OURS: dict[str, dict[str, tuple[Said, ...]]] = {
    "en": {
        "open": (
            Said("How did you come to work here, and what makes you stay?", "Listen. Four fifths of the talking is hers."),
            Said("Who gets you through a bad shift?"),
            Said("When somebody does not turn up, who rings to ask?"),
        ),
        "issues": (
            Said("If you could change one thing here by tomorrow, what would it be?", "Ask what happened, when, and to whom. Write her words, not yours."),
            Said("What does that do to you at home?"),
            Said("Why does it stay that way? Who decides it, and who gains by it?"),
            Said("Who else has this trouble? What do they say?"),
        ),
        "hope": (
            Said("What would a day here be like if that were put right?", "Let her paint it. Do not promise it."),
            Said("When did people here last stand together for something? What came of it?"),
            Said("What would it take for them to have to listen to us?"),
        ),
        "ask": (
            Said("Will you do this with us, on that day?", "Then stay silent. Let her think as long as she needs."),
            Said("Who has to come along so that the others come?"),
            Said("When the boss changes something, whose face do people look at?"),
        ),
        "ready": (
            Said("When they hear of it, what will they say to you? And what will you answer?", "Play their part and let her answer aloud. What was said once is easier to say again."),
            Said("What could make you waver? Who stands beside you then?"),
            Said("Whom will they call in first, and is she ready?"),
        ),
        "task": (
            Said("Whom will you talk with first, and by what day?", "Small, real, with a day on it. Say when you will ask how it went."),
            Said("What do you need from me until then?"),
        ),
    },
    "es": {
        "open": (
            Said("¿Cómo llegaste a trabajar aquí y qué hace que te quedes?", "Escucha. Cuatro quintas partes de la plática son suyas."),
            Said("¿Quién te ayuda a salir de un mal turno?"),
            Said("Cuando alguien no llega, ¿quién le llama para preguntar?"),
        ),
        "issues": (
            Said("Si pudieras cambiar una sola cosa de aquí para mañana, ¿cuál sería?", "Pregunta qué pasó, cuándo y a quién. Apunta sus palabras, no las tuyas."),
            Said("¿Y eso cómo te pega en casa?"),
            Said("¿Por qué sigue así? ¿Quién lo decide y a quién le conviene?"),
            Said("¿A quién más le pasa? ¿Qué dicen?"),
        ),
        "hope": (
            Said("¿Cómo sería un día aquí si eso se arreglara?", "Deja que lo pinte. No lo prometas."),
            Said("¿Cuándo fue la última vez que aquí se plantaron juntos? ¿Qué salió de eso?"),
            Said("¿Qué haría falta para que tengan que escucharnos?"),
        ),
        "ask": (
            Said("¿Vas a hacer esto con nosotros ese día?", "Después, quédate en silencio. Que lo piense el tiempo que necesite."),
            Said("¿Quién tiene que venir para que vengan los demás?"),
            Said("Cuando el patrón cambia algo, ¿a quién voltean a ver todos?"),
        ),
        "ready": (
            Said("Cuando se enteren, ¿qué te van a decir? ¿Y tú qué vas a contestar?", "Haz tú el papel del patrón y que conteste en voz alta. Lo que ya se dijo una vez sale mejor la segunda."),
            Said("¿Qué te podría hacer dudar? ¿Quién va a estar a tu lado?"),
            Said("¿A quién van a llamar primero a la oficina, y ya está lista esa persona?"),
        ),
        "task": (
            Said("¿Con quién vas a hablar primero y para qué día?", "Algo chico, de verdad y con fecha. Di cuándo vas a preguntar cómo le fue."),
            Said("¿Qué necesitas de mí mientras tanto?"),
        ),
    },
}  # fmt: skip


def ours(language: str, step: str) -> tuple[Said, ...]:
    """Our prompts of a step; in English where we have none in that language."""
    return OURS.get(language.partition("-")[0], OURS["en"])[step]
