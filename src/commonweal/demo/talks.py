"""What people of the hospital say, in English and Spanish. Everything is invented.

Each pool holds pairs of the same kind of sentence, not translations for a screen: people talk in their own language.
"""

from __future__ import annotations

from dataclasses import dataclass

Said = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Matter:
    """A matter that people bring up: what the committee calls it, and what people say."""

    name: dict[str, str]
    said: Said
    units: tuple[str, ...] = ()
    """Where it is worst; everywhere when empty."""
    since: int = 200
    """How many days ago it began to be heard."""


MATTERS = (
    Matter(
        {"en": "Short staffing", "es": "Falta de personal"},
        {
            "en": (
                "Two of us for thirty beds, again.",
                "I go home and I cannot remember who I did not turn.",
                "They count the clerk as a nurse now.",
                "Nobody has had a full crew since summer.",
            ),
            "es": (
                "Somos dos para treinta camas, otra vez.",
                "Llego a mi casa y no sé a quién no alcancé a mover.",
                "Ya cuentan a la secretaria como enfermera.",
                "Desde el verano no hay un turno completo.",
            ),
        },
        ("Emergency", "Med-Surg 3", "Med-Surg 4", "Med-Surg 5", "Telemetry", "Intensive Care"),
    ),
    Matter(
        {"en": "Floating", "es": "Nos mandan a otra área"},
        {
            "en": (
                "They send me to a floor where I do not know where the crash cart is.",
                "Floated three nights out of four.",
                "You learn on Monday where you work on Tuesday.",
            ),
            "es": (
                "Me mandan a un piso donde no sé ni dónde está el carro rojo.",
                "De cuatro noches, tres en otra área.",
                "El lunes te dicen dónde trabajas el martes.",
            ),
        },
        ("Med-Surg 5", "Telemetry", "Newborn ICU", "Labor & Delivery"),
    ),
    Matter(
        {"en": "Schedules", "es": "Horarios"},
        {
            "en": (
                "The schedule changes after it is posted and nobody rings you.",
                "I asked for one Sunday in eight weeks.",
                "My sister watches the kids, and she has a shift too.",
            ),
            "es": (
                "Cambian el horario ya publicado y nadie te avisa.",
                "Pedí un domingo en ocho semanas.",
                "Mi hermana me cuida a los niños y ella también tiene turno.",
            ),
        },
    ),
    Matter(
        {"en": "Breaks", "es": "Descansos"},
        {
            "en": ("I ate standing up eleven days running.", "They take the half hour out of our pay and we work it."),
            "es": ("Once días comiendo parada.", "Nos descuentan la media hora y la trabajamos."),
        },
        ("Dietary", "Emergency", "Operating Room"),
    ),
    Matter(
        {"en": "Pay", "es": "Salario"},
        {
            "en": ("The new hires make what I make after nine years.", "Fourteen cents. That was the raise."),
            "es": ("Los nuevos ganan lo mismo que yo con nueve años.", "Catorce centavos. Ése fue el aumento."),
        },
        ("Environmental Services", "Dietary", "Laboratory", "Pharmacy"),
    ),
    Matter(
        {"en": "Respect", "es": "Respeto"},
        {
            "en": (
                "He talks about us as if we were the mops.",
                "She wrote me up in front of a patient.",
                "They never learnt my name. Six years.",
            ),
            "es": (
                "Habla de nosotras como si fuéramos los trapeadores.",
                "Me llamó la atención delante de un paciente.",
                "Nunca se aprendieron mi nombre. Seis años.",
            ),
        },
        ("Environmental Services", "Dietary", "Operating Room", "Radiology"),
    ),
    Matter(
        {"en": "Parking at night", "es": "Estacionamiento de noche"},
        {
            "en": ("Four blocks in the dark at eleven at night.", "Somebody followed Joy to her car."),
            "es": ("Cuatro cuadras a oscuras a las once de la noche.", "A Joy la siguieron hasta el carro."),
        },
        since=70,
    ),
    Matter(
        {"en": "Broken equipment", "es": "Equipo descompuesto"},
        {
            "en": ("One working lift for two halls. Guess what my back says.", "The label printer died in March."),
            "es": ("Una sola grúa para dos pasillos. Mi espalda ya sabe.", "La impresora de etiquetas murió en marzo."),
        },
        ("Radiology", "Laboratory", "Med-Surg 4", "Pharmacy"),
    ),
)
OPENED: Said = {
    "en": (
        "Here nine years, two kids, takes the 9 bus.",
        "Came from the clinic in spring, knows half of nights.",
        "Works a second job on weekends.",
        "Her mother cleaned this building before her.",
        "Sings in the choir; everybody on the hall knows it.",
    ),
    "es": (
        "Nueve años aquí, dos niños, viene en la ruta 9.",
        "Llegó de la clínica en primavera, conoce a medio turno de noche.",
        "Tiene otro trabajo los fines de semana.",
        "Su mamá limpió este edificio antes que ella.",
        "Canta en el coro; el pasillo entero lo sabe.",
    ),
}
CAUSES: Said = {
    "en": (
        "The director, and he could mend it tomorrow.",
        "Some office in another city.",
        "The manager blames the budget; the budget is hers.",
        "“It has always been so.”",
    ),
    "es": (
        "El director, y lo podría arreglar mañana.",
        "Una oficina en otra ciudad.",
        "La gerente le echa la culpa al presupuesto; el presupuesto es suyo.",
        "«Siempre ha sido así».",
    ),
}
HOPES: Said = {
    "en": (
        "Two aides on every hall, like we had before.",
        "To know on Friday when I work on Monday.",
        "One night without being the only one who knows the ward.",
        "That my daughter will want to work here.",
    ),
    "es": (
        "Dos auxiliares en cada pasillo, como antes.",
        "Saber el viernes cuándo trabajo el lunes.",
        "Una noche sin ser la única que conoce la sala.",
        "Que mi hija quiera trabajar aquí.",
    ),
}
ASKED: Said = {
    "en": (
        "Will you come, and bring the people you have lunch with?",
        "Will you sign with your name, and ask the two beside you?",
        "Will you stand with us at the director's door?",
    ),
    "es": (
        "¿Vienes, y traes a las que comen contigo?",
        "¿Firmas con tu nombre y le preguntas a las dos de al lado?",
        "¿Te paras con nosotros en la puerta del director?",
    ),
}
ANSWERED: dict[str, Said] = {
    "yes": {
        "en": ("Count me in. Give me the sheet.", "I was waiting for somebody to ask me."),
        "es": ("Cuenta conmigo. Dame la hoja.", "Estaba esperando que alguien me preguntara."),
    },
    "alone": {
        "en": ("I come, but I do not ask others.", "If Delia comes out, I come out."),
        "es": ("Voy, pero no le pregunto a nadie.", "Si Delia sale, yo salgo."),
    },
    "not_yet": {
        "en": ("Let me see first who goes.", "After my probation."),
        "es": ("Primero déjame ver quién va.", "Cuando pase mi período de prueba."),
    },
    "no": {
        "en": ("I have a mortgage.", "Leave me out of it."),
        "es": ("Tengo una hipoteca.", "A mí no me metas."),
    },
    "not_asked": {"en": ("",), "es": ("",)},
}
OBJECTIONS: Said = {
    "en": ("They will move me to nights.", "Last time nothing came of it.", "My visa hangs on this job."),
    "es": ("Me van a pasar a la noche.", "La otra vez no pasó nada.", "Mi visa depende de este trabajo."),
}
REHEARSED: Said = {
    "en": ("Said it twice, the second time without looking down.", "Laughed, then had an answer."),
    "es": ("Lo dijo dos veces, la segunda sin bajar la mirada.", "Se rió, y luego tuvo respuesta."),
}
HERS: Said = {
    "en": (
        "Introduce me to the one they all go to on nights",
        "Ask the two at her table",
        "Bring the sheet back with five names",
        "Find out who drives with whom",
    ),
    "es": (
        "Presentarme a la que todos buscan en la noche",
        "Preguntarles a las dos de su mesa",
        "Devolver la hoja con cinco nombres",
        "Averiguar quién viaja con quién",
    ),
}
OURS: Said = {
    "en": (
        "Ring after the shift about the float pool",
        "Bring the sign-up sheets in Spanish",
        "Tell what the committee said on parking",
        "Find out what the law says on breaks",
        "Ring the lawyer about the write-up",
    ),
    "es": (
        "Llamar después del turno por lo de los cambios de área",
        "Llevar las hojas en español",
        "Contar qué dijo el comité del estacionamiento",
        "Averiguar qué dice la ley de los descansos",
        "Llamar a la abogada por la llamada de atención",
    ),
}
REASONS: dict[str, Said] = {
    "1": {
        "en": ("Says the whole table comes if she does.", "Offered to ask the others herself."),
        "es": ("Dice que si ella va, va toda la mesa.", "Se ofreció a preguntarles a los demás."),
    },
    "2": {
        "en": ("Will sign and say so.", "Wants to wear the button."),
        "es": ("Va a firmar y lo dice.", "Quiere ponerse el botón."),
    },
    "3": {
        "en": ("Asks good questions, promises nothing.", "Sees the point, is afraid of the manager."),
        "es": ("Hace buenas preguntas, no promete nada.", "Lo entiende, le teme a la gerente."),
    },
    "4": {
        "en": ("Said no, kindly.", "Does not want to be asked again now."),
        "es": ("Dijo que no, con buen modo.", "Que ahora no le preguntemos más."),
    },
    "5": {"en": ("Tells others it is a trick.",), "es": ("Anda diciendo que es un engaño.",)},
}
WAITS: Said = {
    "en": ("On leave until the first.", "Her mother is ill; in two weeks."),
    "es": ("De licencia hasta el primero.", "Su mamá está enferma; en dos semanas."),
}
