"""What a column may hold, for each kind of file, and the words by which real files call it."""

from commonweal.people.rules import folded

PEOPLE, NOMINATIONS, TIES, ASKS, INSTITUTIONS = KINDS = ("people", "nominations", "ties", "asks", "institutions")

PERSON_FIELDS = (
    "name", "given_name", "middle_name", "family_name", "suffix", "also_name", "own_id", "outside_number", "phone", "email",
    "entry_kind", "unit", "site", "job", "shift", "street", "city", "region", "postal_code", "languages", "born_on", "stance", "note",
    "institution", "institution_kind", "role", "mark", "asker",
)  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    PEOPLE: PERSON_FIELDS,
    NOMINATIONS: ("nominator", "nominator_unit", "nominee", "nominee_unit", "question", "on"),
    TIES: ("person", "person_unit", "other", "other_unit", "tie_kind", "strength", "on"),
    ASKS: ("occasion", "occasion_kind", "on", "asked", "asked_unit", "asker", "asker_unit", "outcome"),
    INSTITUTIONS: ("institution", "institution_kind", "place", "person", "person_unit", "role", "on"),
}
NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    PEOPLE: (("name", "given_name", "family_name", "own_id", "outside_number", "phone", "email"),),
    NOMINATIONS: (("nominator",), ("nominee",)),
    TIES: (("person",), ("other",)),
    ASKS: (("asked",),),
    INSTITUTIONS: (("institution",),),
}
"""For each kind: of every group at least one column."""
REPEATABLE = frozenset(
    {"family_name", "phone", "email", "also_name", "languages", "note", "institution", "mark", "nominee", "street"}
)

# Words of headers, folded. The first list that has the whole header wins; then the longest part of it.
ALIASES: dict[str, str] = {
    "name": """name|full name|fullname|display name|contact name|employee name|employee|worker|worker name|member|member name|
        nombre completo|nombre y apellidos|apellidos y nombre|nombres y apellidos|apellidos y nombres|apellido nombre|persona|
        trabajador|trabajadora|trabajador a|empleado|empleada|compañero|compañera|compa|socio|last first|last name first name|
        apellidos nombre|nombre y apellido|person|sort name""",
    "given_name": "first name|firstname|first|given name|givenname|given names|nombre|nombres|primer nombre|forename|fname",
    "middle_name": "middle name|middlename|middle|segundo nombre|middle initial|mi|additional name",
    "family_name": """last name|lastname|last|surname|family name|apellido|apellidos|apellido paterno|primer apellido|lname|
        segundo apellido|apellido materno""",
    "suffix": "suffix|sufijo|name suffix|individual suffix",
    "also_name": "nickname|nick name|preferred name|goes by|also known as|aka|apodo|conocido como|le dicen|nick|sobrenombre",
    "own_id": "commonweal id|commonweal number",
    "outside_number": """id|uuid|vanid|van id|voter file vanid|contact id|external identifier|external id|employee id|employee number|
        employee no|emp id|emp no|badge|badge number|clock number|payroll number|payroll no|member id|member number|number|no|nro|
        numero|número de empleado|numero de empleado|num empleado|nomina|legajo|folio|matricula|numero de socio|action network id|
        internal contact id|person id|staff id|file number|outside number|numero externo|clave""",
    "phone": """phone|phone number|telephone|tel|mobile|mobile phone|mobile number|cell|cell phone|cellphone|home phone|work phone|pref phone|
        preferred phone|can2 phone|whatsapp|telefono|teléfono|telefono movil|telefono celular|celular|cel|movil|número de teléfono|
        numero de telefono|telefono de casa|phone 1|phone 2|primary phone|tel celular|signal""",
    "email": """email|e mail|email address|mail|correo|correo electronico|correo electrónico|primary email|personal email|home email|
        direccion de correo|email 1|email 2|work email""",
    "entry_kind": "contact type|tipo de contacto|record type|entity type",
    "unit": """unit|department|dept|dpt|work department|area|ward|floor|section|departamento|depto|dpto|unidad|sector|seccion|piso|sala|
        area de trabajo|servicio|work unit|cost center|cost centre|centro de costo|cost center name|division|team|equipo|building|edificio|
        precinctname|precinct|department name|work area|zona""",
    "site": """site|location|work location|workplace|employer|current employer|facility|campus|plant|worksite|store|school|centro|centro de trabajo|
        lugar de trabajo|planta|sede|empresa|empleador|patron|escuela|sucursal|work site|company""",
    "job": """job|job title|title|work title|position|occupation|classification|job classification|puesto|cargo|oficio|ocupacion|categoria|
        job class|job description|trabajo|funcion|clasificacion|role title""",
    "shift": "shift|turno|schedule|horario|shift name|work shift|jornada|shift code",
    "street": """address|street|street address|home address|address 1|address line 1|vaddress|maddress|can2 user address|mailing address|direccion|
        domicilio|calle|address 2|address line 2|supplemental address 1|direccion de casa|street name""",
    "city": "city|town|locality|can2 user city|ciudad|municipio|localidad|colonia|poblacion|home city",
    "region": "state|province|region|can2 state abbreviated|can2 user state|estado|provincia|st|home state|state abbreviation",
    "postal_code": "zip|zip code|zipcode|zip5|zip postal|postal code|postcode|zip or postal code|codigo postal|cp|home zip",
    "languages": "language|languages|preferred language|languages spoken|primary language|idioma|idiomas|lengua|lenguas|habla|speaks",
    "born_on": "birthdate|birthday|date of birth|dob|birth date|fecha de nacimiento|nacimiento|cumpleanos|nacio",
    "stance": """rating|assessment|stance|support|support level|score|evaluacion|calificacion|apoyo|nivel|valoracion|1 5|support score|
        assessment 1 5|postura|rating 1 5""",
    "note": "note|notes|comment|comments|remarks|nota|notas|comentario|comentarios|observaciones|observacion",
    "institution": """institution|church|congregation|parish|club|association|organization|organisation|group|institucion|iglesia|parroquia|
        congregacion|asociacion|organizacion|grupo|tanda|mosque|mezquita|temple|templo|synagogue|comite|community group|circulo""",
    "institution_kind": "institution kind|institution type|kind of institution|type of institution|organization type|tipo de institucion|clase de institucion|tipo de organizacion",
    "role": "role|their role|rol|papel|cargo|position|puesto|office held|cargo en la institucion|funcion en la institucion|role in institution|puesto en la institucion",
    "asker": """asker|asked by|who asked her|who asked him|who asked them|leader|her leader|his leader|their leader|lider|su lider|quien la invito|quien lo invito|who asked|recruited by|brought by|turned out by|invited by|carried by|collected by|canvassed by|invito|quien invito|
        quien pregunto|preguntado por|invitado por|invitada por|traido por|quien pidio|pidio|lo pidio|pedido por""",
    "nominator": """nominator|who said it|who said|said by|talked with|we talked with|hablamos con|named by|nominated by|who named|who says|who named them|asked person|respondent|quien nombra|quien lo nombra|nombrado por|
        nombra|entrevistado|entrevistada|propuesto por|interviewee|answered by|quien respondio|quien dice""",
    "nominee": """nominee|named|names|nominated|nominated person|person named|who they named|leader named|nombrado|nombrada|nombra a|
        persona nombrada|a quien nombra|propuesto|propuesta|lider nombrado|nombro a""",
    "nominator_unit": "nominator unit|department|dept|unit|departamento|unidad|area|nominator department|unidad de quien nombra|departamento de quien nombra",
    "nominee_unit": "nominee unit|nominee department|unidad de la persona nombrada|unidad del nombrado",
    "question": "question|asked|which question|pregunta|que se pregunto|question asked",
    "on": "date|when|day|on|since|fecha|cuando|dia|date canvassed|desde|event date|fecha del acto|test date|start date",
    "person": "person|from|source|person a|person 1|who|de|persona|persona a|persona 1|quien|name|nombre|a|ego|member|socio|relates|contact a",
    "other": "other|to|target|person b|person 2|whom|with|a quien|otra persona|persona b|persona 2|con|con quien|b|alter|knows|conoce a|contact b|para",
    "person_unit": "person unit|from unit|unidad|unit|department|departamento",
    "other_unit": "other unit|to unit|unidad de la otra persona",
    "tie_kind": "kind|tie|type|relation|relationship|relationship type|kind of tie|tipo|relacion|vinculo|lazo|tipo de relacion|tipo de lazo|tipo de vinculo|parentesco",
    "strength": "strength|weight|closeness|fuerza|peso|cercania|intensidad",
    "occasion": """occasion|test|structure test|action|event|event name|act|petition|accion|acto|evento|prueba|prueba de fuerza|occasion name|action name|
        activity|actividad|survey question name|test name|nombre del acto""",
    "occasion_kind": "occasion kind|kind of act|test kind|action type|event type|tipo de acto|tipo de accion|tipo de prueba",
    "asked": """asked|person asked|asked person|who was asked|participant|attendee|signer|name|person|full name|persona|a quien se pidio|persona invitada|
        preguntado|preguntada|asistente|firmante|contact name|nombre|nombre completo|worker|trabajador|trabajadora|member""",
    "asked_unit": "asked unit|unit|department|unidad|departamento",
    "asker_unit": "asker unit|unidad de quien pidio",
    "outcome": """outcome|result|came|did|did they|attended|signed|status|response|survey response|resultado|vino|asistio|firmo|cumplio|respuesta|
        participation|participo|attendance status|estado|answer""",
    "place": "place|town|where|address|lugar|donde|direccion|ciudad|localidad",
}  # fmt: skip
KNOWN: dict[str, frozenset[str]] = {
    field: frozenset(folded(word) for word in words.split("|")) for field, words in ALIASES.items()
}


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields that a column of such a file may hold."""
    return FIELDS[kind]


def missing_fields(kind: str, chosen: list[str]) -> tuple[str, ...]:
    """The first group of fields of which one is still needed; empty when the mapping is enough."""
    return next((group for group in NEEDED[kind] if not set(group) & set(chosen)), ())
