"""What weighs on the people of the hospital, in their words, English and Spanish. Everything is invented.

The two languages hold sentences of the same kind, not translations for a screen: people talk in their own language.
"""

from __future__ import annotations

from dataclasses import dataclass

Said = dict[str, tuple[str, ...]]
BEDSIDE = (
    "Emergency", "Intensive Care", "Med-Surg 3", "Med-Surg 4", "Med-Surg 5", "Telemetry", "Labor & Delivery",
    "Newborn ICU",
)  # fmt: skip
"""Where people speak of beds and patients."""


@dataclass(frozen=True)
class Matter:
    """A matter that people bring up: what the committee calls it, what people say anywhere and at the bedside, where it
    is worst (everywhere when empty), how heavy it was half a year ago and is now, and since how many days it is heard."""

    name: dict[str, str]
    said: Said
    bedside: Said
    units: tuple[str, ...] = ()
    then: float = 1.0
    now: float = 1.0
    since: int = 200

    def weight(self, unit: str, days_ago: int) -> float:
        """How likely it was to come up in a unit so many days ago."""
        if days_ago > self.since:
            return 0.0
        age = min(days_ago / 180, 1.0)
        here = 3.5 if unit in self.units else 0.7 if self.units else 1.0
        return here * (self.now + (self.then - self.now) * age)

    def sentences(self, unit: str, language: str) -> tuple[str, ...]:
        """What somebody of that unit may say of it."""
        return self.said[language] + (self.bedside[language] if unit in BEDSIDE else ())


MATTERS = (
    Matter(
        {"en": "Short staffing", "es": "Falta de personal"},
        {
            "en": (
                "Nobody has had a full crew since summer.",
                "When somebody calls in sick they just draw a line through the name.",
                "I do my work and the work of the one who left in May.",
                "They put the vacancy up, they take it down, they put it up again.",
                "Four people left this year. Ask me how many came.",
            ),
            "es": (
                "Desde el verano no hay un turno completo.",
                "Si alguien falta, nada más tachan el nombre.",
                "Hago lo mío y lo de la que se fue en mayo.",
                "Publican la vacante, la quitan, la vuelven a publicar.",
                "Este año se fueron cuatro. Pregúnteme cuántos llegaron.",
            ),
        },
        {
            "en": (
                "Two of us for thirty beds, again.",
                "I go home and I cannot remember who I did not turn.",
                "They count the clerk as a nurse now.",
                "Eight patients. Then they ask why the light was on for forty minutes.",
                "I pray that nobody codes at the other end of the hall.",
            ),
            "es": (
                "Somos dos para treinta camas, otra vez.",
                "Llego a mi casa y no sé a quién no alcancé a mover.",
                "Ya cuentan a la secretaria como enfermera.",
                "Ocho pacientes. Y luego preguntan por qué la luz duró cuarenta minutos prendida.",
                "Le pido a Dios que nadie entre en paro al otro lado del pasillo.",
            ),
        },
        ("Emergency", "Med-Surg 3", "Med-Surg 4", "Med-Surg 5", "Telemetry", "Intensive Care"),
        now=1.3,
    ),
    Matter(
        {"en": "Floating", "es": "Nos mandan a otra área"},
        {
            "en": (
                "You learn on Monday where you work on Tuesday.",
                "Floated three nights out of four.",
                "They send the new ones first, because the new ones do not say no.",
                "I trained for this unit. I see it once a week.",
            ),
            "es": (
                "El lunes te dicen dónde trabajas el martes.",
                "De cuatro noches, tres en otra área.",
                "Mandan primero a los nuevos, porque los nuevos no dicen que no.",
                "Me preparé para esta área y la veo una vez por semana.",
            ),
        },
        {
            "en": (
                "They send me to a floor where I do not know where the crash cart is.",
                "I gave report to somebody who had never seen a newborn on oxygen.",
                "On a strange floor I have no login and no friend.",
                "Last week we were floated out and an agency nurse was floated in.",
            ),
            "es": (
                "Me mandan a un piso donde no sé ni dónde está el carro rojo.",
                "Le entregué el turno a alguien que nunca vio a un recién nacido con oxígeno.",
                "En piso ajeno no tengo clave ni tengo amigas.",
                "La semana pasada nos sacaron de aquí y metieron a una de agencia.",
            ),
        },
        ("Med-Surg 5", "Telemetry", "Newborn ICU", "Labor & Delivery"),
        then=0.4,
        now=1.7,
    ),
    Matter(
        {"en": "Schedules", "es": "Horarios"},
        {
            "en": (
                "The schedule changes after it is posted and nobody rings you.",
                "I asked for one Sunday in eight weeks.",
                "My sister watches the kids, and she has a shift too.",
                "Three weeks ahead, they said. It came on Thursday for Monday.",
                "Evening, then day, then evening. I do not know when I sleep.",
                "They found my swap “too late”. I asked in March.",
                "It is better since we asked. Now they should keep to it.",
            ),
            "es": (
                "Cambian el horario ya publicado y nadie te avisa.",
                "Pedí un domingo en ocho semanas.",
                "Mi hermana me cuida a los niños y ella también tiene turno.",
                "Que con tres semanas, dijeron. Salió el jueves para el lunes.",
                "Tarde, luego día, luego tarde. Ya no sé cuándo duermo.",
                "Que mi cambio lo pedí tarde. Lo pedí en marzo.",
                "Desde que preguntamos está mejor. Ahora que lo cumplan.",
            ),
        },
        {"en": (), "es": ()},
        then=1.7,
        now=0.5,
    ),
    Matter(
        {"en": "Breaks", "es": "Descansos"},
        {
            "en": (
                "I ate standing up eleven days running.",
                "They take the half hour out of our pay and we work it.",
                "The break room is a store room with a kettle.",
                "You can go if somebody covers you. Nobody can cover you.",
                "Eight hours on one glass of water.",
            ),
            "es": (
                "Once días comiendo de pie.",
                "Nos descuentan la media hora y la trabajamos.",
                "La sala de descanso es una bodega con una cafetera.",
                "Puedes salir si alguien te cubre. Nadie puede cubrirte.",
                "Ocho horas con un vaso de agua.",
            ),
        },
        {
            "en": (
                "If I leave the floor, she has fourteen alone.",
                "The phone of the charge nurse goes on break with me.",
            ),
            "es": (
                "Si salgo, mi compañera se queda sola con catorce.",
                "Hasta en el descanso cargo el teléfono del piso.",
            ),
        },
    ),
    Matter(
        {"en": "Respect", "es": "Respeto"},
        {
            "en": (
                "He talks about us as if we were the mops.",
                "She corrected me in front of the family, and she was wrong.",
                "Nineteen years, and he asked me for my name.",
                "They thanked the doctors for the clean floors.",
                "He snaps his fingers. At people.",
                "When I speak Spanish with the family they tell me to use English.",
            ),
            "es": (
                "Habla de nosotros como si fuéramos los trapeadores.",
                "Me corrigió delante de la familia, y no tenía razón.",
                "Diecinueve años aquí y me preguntó cómo me llamo.",
                "Les dieron las gracias a los doctores por los pisos limpios.",
                "Nos truena los dedos. A las personas.",
                "Si hablo español con la familia, me dicen que use el inglés.",
            ),
        },
        {"en": (), "es": ()},
        ("Environmental Services", "Dietary", "Operating Room", "Radiology"),
        then=1.2,
        now=0.8,
    ),
    Matter(
        {"en": "Pay", "es": "Salario"},
        {
            "en": (
                "Fourteen cents. That was the raise.",
                "The new hires make what I make after nine years.",
                "I clean two hospitals to pay for one apartment.",
                "The insurance went up more than the pay did.",
                "They paid the agency in one month what we asked for in a year.",
                "I owe my brother for the tires. I work full time.",
            ),
            "es": (
                "Catorce centavos. Ése fue el aumento.",
                "Los nuevos ganan lo que yo gano con nueve años.",
                "Limpio dos hospitales para pagar un departamento.",
                "El seguro subió más que el sueldo.",
                "A la agencia le pagaron en un mes lo que pedimos en un año.",
                "Le debo las llantas a mi hermano, y trabajo tiempo completo.",
            ),
        },
        {"en": (), "es": ()},
        ("Environmental Services", "Dietary"),
        then=0.7,
        now=1.1,
    ),
    Matter(
        {"en": "Parking at night", "es": "Estacionamiento de noche"},
        {
            "en": (
                "Four blocks in the dark at eleven at night.",
                "Somebody followed Joy to her car.",
                "They gave our spaces to the visitors.",
                "We walk in threes now. Who walks with the last one?",
                "Security says it ends at the gate.",
            ),
            "es": (
                "Cuatro cuadras a oscuras a las once de la noche.",
                "A Joy la siguieron hasta el carro.",
                "Nuestros lugares se los dieron a las visitas.",
                "Ya salimos de tres en tres. ¿Y quién sale con la última?",
                "Los de seguridad dicen que de la reja para afuera no les toca.",
            ),
        },
        {"en": (), "es": ()},
        then=0.9,
        now=1.2,
        since=75,
    ),
    Matter(
        {"en": "Broken equipment", "es": "Equipo descompuesto"},
        {
            "en": (
                "The label printer died in March.",
                "The cart has three wheels. You learn to steer it.",
                "We share one scanner with another floor.",
                "The freight elevator has been “ordered” since Easter.",
            ),
            "es": (
                "La impresora de etiquetas murió en marzo.",
                "El carro tiene tres ruedas. Una aprende a manejarlo.",
                "Compartimos un escáner con otro piso.",
                "El elevador de carga está «pedido» desde Semana Santa.",
            ),
        },
        {
            "en": (
                "One working lift for two halls. Guess what my back says.",
                "I bring my own blood pressure cuff.",
                "The second lift came, after the petition. It took a petition.",
            ),
            "es": (
                "Una sola grúa para dos pasillos. Mi espalda ya sabe.",
                "Traigo mi propio baumanómetro.",
                "Ya llegó la otra grúa, después de la petición. Hizo falta una petición.",
            ),
        },
        ("Radiology", "Laboratory", "Med-Surg 4", "Pharmacy"),
        then=1.5,
        now=0.4,
    ),
    Matter(
        {"en": "Write-ups since the march", "es": "Actas desde que fuimos a la dirección"},
        {
            "en": (
                "Two minutes late, and I have a paper to sign. After eleven years.",
                "They wrote up the ones in the front row of the picture.",
                "She says it is about my shoes. It is about the march.",
                "I signed nothing. I asked for a copy and for somebody with me.",
                "He wants me to say who brought me.",
            ),
            "es": (
                "Dos minutos tarde y ya tengo un papel que firmar. Después de once años.",
                "Les levantaron acta a los de la primera fila de la foto.",
                "Que es por mis zapatos, dice. Es por haber ido a la dirección.",
                "No firmé nada. Pedí copia y que alguien estuviera conmigo.",
                "Quiere que le diga quién me trajo.",
            ),
        },
        {"en": (), "es": ()},
        now=4.0,
        then=4.0,
        since=12,
    ),
)
