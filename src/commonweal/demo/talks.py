"""What people of the hospital say of themselves, answer and promise, in English and Spanish. Everything is invented."""

from __future__ import annotations

from commonweal.demo.matters import Said

OPENED: Said = {
    "en": (
        "Here nine years, two kids, takes the 9 bus.",
        "Came from the clinic in spring, knows half of nights.",
        "Works a second job on weekends.",
        "Her mother cleaned this building before her.",
        "Sings in the choir; everybody on the hall knows it.",
        "Drives in with three others from the other side of the river.",
        "Nights by choice: sleeps while the children are in school.",
        "Started in the laundry, studied in the evenings, is proud of it.",
        "Coaches the girls' team on Saturdays.",
        "Her husband was laid off in June; she counts every hour.",
        "Shows the new ones everything; nobody pays her for it.",
        "Two years to her pension, and says so.",
        "Came after the hurricane, first job here was this one.",
    ),
    "es": (
        "Nueve años aquí, dos niños, viene en la ruta 9.",
        "Llegó de la clínica en primavera, conoce a medio turno de noche.",
        "Tiene otro trabajo los fines de semana.",
        "Su mamá limpió este edificio antes que ella.",
        "Canta en el coro; el pasillo entero lo sabe.",
        "Viene en carro con otros tres, del otro lado del río.",
        "De noche por gusto: duerme mientras los niños están en la escuela.",
        "Empezó en la lavandería, estudió por las tardes y lo dice con orgullo.",
        "Los sábados entrena al equipo de las niñas.",
        "A su esposo lo despidieron en junio; cuenta cada hora.",
        "A los nuevos les enseña todo; nadie le paga por eso.",
        "Le faltan dos años para la pensión, y lo dice.",
        "Llegó después del huracán; éste fue su primer trabajo aquí.",
    ),
}
MOVES: dict[str, tuple[tuple[int, str, str], ...]] = {
    "en": (
        (62, "job_loss", "A letter to all: whoever signs puts her shift at risk."),
        (24, "favours", "A raise for two units, a week after the button day."),
    ),
    "es": (
        (62, "job_loss", "Una carta a todo el personal: quien firme arriesga su turno."),
        (24, "favours", "Un aumento para dos áreas, una semana después del día del botón."),
    ),
}
"""What the employer did, how many days ago, and on what it played."""
CAUSES: Said = {
    "en": (
        "The director, and he could mend it tomorrow.",
        "Some office in another city.",
        "The manager blames the budget; the budget is hers.",
        "“It has always been so.”",
        "Whoever sells them the scheduling program.",
        "“Us, because we let them.”",
        "The board: they were promised a bonus for it.",
        "She had never thought that somebody decides it.",
    ),
    "es": (
        "El director, y lo podría arreglar mañana.",
        "Una oficina en otra ciudad.",
        "La gerente le echa la culpa al presupuesto; el presupuesto es suyo.",
        "«Siempre ha sido así».",
        "Quien les vendió el programa de los horarios.",
        "«Nosotras, porque nos dejamos».",
        "La junta: les prometieron un bono por eso.",
        "Nunca había pensado que alguien lo decide.",
    ),
}
HOPES: Said = {
    "en": (
        "Two aides on every hall, like we had before.",
        "To know on Friday when I work on Monday.",
        "One night without being the only one who knows the ward.",
        "That my daughter will want to work here.",
        "To be asked before it is decided.",
        "To eat with my kids on Sundays.",
        "Enough to leave the second job.",
        "That he says it to all of us, in one room.",
    ),
    "es": (
        "Dos auxiliares en cada pasillo, como antes.",
        "Saber el viernes cuándo trabajo el lunes.",
        "Una noche sin ser la única que conoce la sala.",
        "Que mi hija quiera trabajar aquí.",
        "Que nos pregunten antes de decidir.",
        "Comer con mis hijos los domingos.",
        "Que alcance para dejar el otro trabajo.",
        "Que nos lo diga a todas juntas, de frente.",
    ),
}
ASKED: Said = {
    "en": (
        "Will you come, and bring the people you have lunch with?",
        "Will you sign with your name, and ask the two beside you?",
        "Will you stand with us at the director's door?",
        "Will you write your name where he can read it?",
        "Will you ask Thursday's crew, one by one?",
    ),
    "es": (
        "¿Vienes, y traes a las que comen contigo?",
        "¿Firmas con tu nombre y le preguntas a las dos de al lado?",
        "¿Te paras con nosotros en la puerta del director?",
        "¿Pones tu nombre donde él lo pueda leer?",
        "¿Les preguntas a los del jueves, de uno en uno?",
    ),
}
ANSWERED: dict[str, Said] = {
    "yes": {
        "en": (
            "Count me in. Give me the sheet.",
            "I was waiting for somebody to ask me.",
            "Yes. And I know who else.",
            "I said yes before you came in.",
        ),
        "es": (
            "Cuenta conmigo. Dame la hoja.",
            "Estaba esperando que alguien me preguntara.",
            "Sí. Y sé quién más.",
            "Ya había dicho que sí antes de que llegara.",
        ),
    },
    "alone": {
        "en": (
            "I come, but I do not ask others.",
            "If Delia comes out, I come out.",
            "My name, yes. Do not make me knock on doors.",
            "I will stand at the back.",
        ),
        "es": (
            "Voy, pero no le pregunto a nadie.",
            "Si Delia sale, yo salgo.",
            "Mi nombre sí. A tocar puertas no me mande.",
            "Yo me paro hasta atrás.",
        ),
    },
    "not_yet": {
        "en": (
            "Let me see first who goes.",
            "After my probation.",
            "Ask me again when the roster is out.",
            "I need to talk at home first.",
        ),
        "es": (
            "Primero déjame ver quién va.",
            "Cuando pase mi período de prueba.",
            "Pregúntame cuando salga el rol.",
            "Primero lo hablo en mi casa.",
        ),
    },
    "no": {
        "en": (
            "I have a mortgage.",
            "Leave me out of it.",
            "I have seen this before. They moved on, we stayed.",
            "Not with my hours as they are.",
        ),
        "es": (
            "Tengo una hipoteca.",
            "A mí no me metas.",
            "Esto ya lo viví: ellos se fueron y nosotras nos quedamos.",
            "Con mis horas como están, no.",
        ),
    },
    "not_asked": {"en": ("",), "es": ("",)},
}
OBJECTIONS: Said = {
    "en": (
        "They will move me to nights.",
        "Last time nothing came of it.",
        "My visa hangs on this job.",
        "What if only five of us come?",
        "The manager is not a bad person.",
        "I cannot lose the insurance.",
    ),
    "es": (
        "Me van a pasar a la noche.",
        "La otra vez no pasó nada.",
        "Mi visa depende de este trabajo.",
        "¿Y si nada más vamos cinco?",
        "La gerente no es mala persona.",
        "No puedo perder el seguro.",
    ),
}
REHEARSED: Said = {
    "en": (
        "Said it twice, the second time without looking down.",
        "Laughed, then had an answer.",
        "Played the manager herself, and well.",
        "Went quiet, then: “It is my break, and I am here.”",
    ),
    "es": (
        "Lo dijo dos veces, la segunda sin bajar la mirada.",
        "Se rió, y luego tuvo respuesta.",
        "Hizo de gerente ella misma, y bien.",
        "Se quedó callada, y luego: «Es mi descanso y aquí estoy».",
    ),
}
HERS: Said = {
    "en": (
        "Introduce me to the one they all go to on nights",
        "Ask the two at her table",
        "Bring the sheet back with five names",
        "Find out who drives with whom",
        "Ask her cousin in Dietary",
        "Talk with the one who writes the float list",
        "Call the two who missed the march",
        "Bring her carpool to the Thursday meeting",
    ),
    "es": (
        "Presentarme a la que todos buscan en la noche",
        "Preguntarles a las dos de su mesa",
        "Devolver la hoja con cinco nombres",
        "Averiguar quién viaja con quién",
        "Preguntarle a su prima de cocina",
        "Hablar con quien hace la lista de los cambios",
        "Llamarles a las dos que faltaron",
        "Llevar a los del carro a la junta del jueves",
    ),
}
OURS: Said = {
    "en": (
        "Ring after the shift about the float pool",
        "Bring the sign-up sheets in Spanish",
        "Tell what the committee said on parking",
        "Find out what the law says on breaks",
        "Ring the lawyer about the write-up",
        "Send her the picture of the petition",
        "Introduce her to the steward of the other site",
        "Come by at the end of her night, with coffee",
        "Ask the committee who speaks Tagalog",
    ),
    "es": (
        "Llamar después del turno por lo de los cambios de área",
        "Llevar las hojas en español",
        "Contar qué dijo el comité del estacionamiento",
        "Averiguar qué dice la ley de los descansos",
        "Llamar a la abogada por la llamada de atención",
        "Mandarle la foto de la petición",
        "Presentarle al delegado de la otra clínica",
        "Pasar al final de su noche, con café",
        "Preguntar en el comité quién habla tagalo",
    ),
}
REASONS: dict[str, Said] = {
    "1": {
        "en": (
            "Says the whole table comes if she does.",
            "Offered to ask the others herself.",
            "Wrote six names on the sheet herself.",
            "Calls the others before we do.",
        ),
        "es": (
            "Dice que si ella va, va toda la mesa.",
            "Se ofreció a preguntarles a los demás.",
            "Ella misma anotó seis nombres.",
            "Les llama a los demás antes que nosotras.",
        ),
    },
    "2": {
        "en": (
            "Keeps the card in her badge holder.",
            "Asked when the next meeting is.",
            "Will sign and say so.",
            "Wants to wear the button.",
            "Said it aloud in the break room.",
        ),
        "es": (
            "Trae la tarjeta en el portagafete.",
            "Preguntó cuándo es la próxima junta.",
            "Va a firmar y lo dice.",
            "Quiere ponerse el botón.",
            "Lo dijo en voz alta en la sala de descanso.",
        ),
    },
    "3": {
        "en": (
            "Wants to see the others go first.",
            "Asks for time; her contract ends in January.",
            "Asks good questions, promises nothing.",
            "Sees the point, is afraid of the manager.",
            "Agrees with us and looks at the door.",
            "Waits for the others on her shift.",
        ),
        "es": (
            "Quiere ver primero a las demás.",
            "Pide tiempo; su contrato vence en enero.",
            "Hace buenas preguntas, no promete nada.",
            "Lo entiende, le teme a la gerente.",
            "Nos da la razón y mira hacia la puerta.",
            "Espera a ver qué hacen los de su turno.",
        ),
    },
    "4": {
        "en": (
            "Said no, kindly.",
            "Does not want to be asked again now.",
            "Says it never changed anything.",
        ),
        "es": (
            "Dijo que no, con buen modo.",
            "Que ahora no le preguntemos más.",
            "Dice que eso nunca cambió nada.",
        ),
    },
    "5": {
        "en": (
            "Tells others it is a trick.",
            "Talks the new ones out of it.",
        ),
        "es": (
            "Anda diciendo que es un engaño.",
            "Le lleva todo a la gerente.",
        ),
    },
}
WAITS: Said = {
    "en": (
        "On leave until the first.",
        "Her mother is ill; in two weeks.",
    ),
    "es": (
        "De licencia hasta el primero.",
        "Su mamá está enferma; en dos semanas.",
    ),
}
