"""What the places of the hospital are called in Spanish. A job is named by its trade, which fits whoever does it.

A plain table and no catalogue: these are names that somebody types into a place, kept in the language of that
place, and not sentences of the product. A name that is the same in both languages stands here too, so that none
can be forgotten.
"""

NAMES = {
    # The organization and its sites
    "Riverside Workers United": "Gente Trabajadora Unida de Riverside",
    "Riverside Health": "Salud Riverside",
    "Riverside Hospital": "Hospital Riverside",
    "Hillside Clinic": "Clínica Hillside",
    # Shifts
    "Day": "Día",
    "Evening": "Tarde",
    "Night": "Noche",
    # Units
    "Emergency": "Urgencias",
    "Intensive Care": "Cuidados Intensivos",
    "Med-Surg 3": "Medicina y Cirugía 3",
    "Med-Surg 4": "Medicina y Cirugía 4",
    "Med-Surg 5": "Medicina y Cirugía 5",
    "Telemetry": "Telemetría",
    "Labor & Delivery": "Sala de Partos",
    "Newborn ICU": "Neonatología",
    "Operating Room": "Quirófano",
    "Radiology": "Radiología",
    "Laboratory": "Laboratorio",
    "Pharmacy": "Farmacia",
    "Dietary": "Cocina y Dietas",
    "Environmental Services": "Limpieza y Ropería",
    "Front desk": "Recepción",
    "Exam rooms": "Consultorios",
    # Jobs
    "Anesthesia technician": "Apoyo de anestesia",
    "Biller": "Facturación",
    "Cleaner": "Limpieza",
    "Clerk": "Oficina",
    "Cook": "Cocina",
    "Dishwasher": "Lavado de platos",
    "Floor care": "Cuidado de pisos",
    "Host": "Atención en el comedor",
    "Lactation nurse": "Enfermería de lactancia",
    "Linen": "Ropería",
    "Medical assistant": "Asistencia médica",
    "Microbiologist": "Microbiología",
    "Midwife": "Partería",
    "Monitor technician": "Monitoreo",
    "Nurse": "Enfermería",
    "Nurse aide": "Auxiliar de enfermería",
    "Pharmacist": "Farmacia",
    "Pharmacy technician": "Auxiliar de farmacia",
    "Phlebotomist": "Toma de muestras",
    "Receptionist": "Recepción",
    "Registrar": "Admisión",
    "Respiratory therapist": "Terapia respiratoria",
    "Scrub technician": "Instrumentación quirúrgica",
    "Sonographer": "Ecografía",
    "Technician": "Apoyo técnico",
    "Technologist": "Imagenología",
    "Transporter": "Traslado de pacientes",
    "Tray line": "Línea de bandejas",
    "Unit clerk": "Secretaría de la unidad",
    # Institutions
    "Asociación de Oaxaqueños": "Asociación de Oaxaqueños",
    "Batangas club": "Club Batangas",
    "Comadres del cuidado": "Comadres del cuidado",
    "Community College nurses 2014": "Enfermería del Community College 2014",
    "FC Ribereños": "FC Ribereños",
    "ICU after hours": "Intensivos después del turno",
    "Iglesia Nueva Vida": "Iglesia Nueva Vida",
    "Kreyòl Friday table": "Mesa kreyòl de los viernes",
    "Masjid An-Nur": "Mezquita An-Nur",
    "Mount Zion church": "Iglesia Monte Sion",
    "Night Hawks softball": "Softbol Night Hawks",
    "Parents of Lincoln School": "Familias de la escuela Lincoln",
    "Parish choir": "Coro de la parroquia",
    "Parkview tenants": "Inquilinato de Parkview",
    "Post 118": "Puesto 118",
    "Route 9 car pool": "Viajes juntos por la Ruta 9",
    "Saint Brigid's parish": "Parroquia de Santa Brígida",
    "Saturday pantry": "Despensa de los sábados",
    "Susu of the fourth floor": "Susu del cuarto piso",
    "Tanda de los jueves": "Tanda de los jueves",
    # Where institutions meet
    "Cafeteria": "Cafetería",
    "Calle del Molino 40": "Calle del Molino 40",
    "Canal Street": "Calle del Canal",
    "Field 3": "Cancha 3",
    "Hillcrest": "Hillcrest",
    "Lincoln School": "Escuela Lincoln",
    "Mercado Hidalgo": "Mercado Hidalgo",
    "Parkview Houses": "Edificios Parkview",
    "Riverside Park": "Parque Riverside",
    "Saint Brigid's": "Santa Brígida",
    "Third Avenue": "Tercera Avenida",
    "Water Street": "Calle del Agua",
}


def called(name: str, language: str) -> str:
    """What something of the hospital is called in the language of the place, "en" or "es"; nothing stays nothing."""
    return NAMES[name] if name and language == "es" else name
