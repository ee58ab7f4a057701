"""The places of the demo: two sites, their units, shifts, jobs and institutions. All of it is invented."""

from dataclasses import dataclass

ORGANIZATION = "Riverside Workers United"
CAMPAIGN = "Safe staffing, fair schedules"
EMPLOYER, SITE, OTHER_SITE = "Riverside Health", "Riverside Hospital", "Hillside Clinic"
SHIFTS = (("Day", "7–15"), ("Evening", "15–23"), ("Night", "23–7"))


@dataclass(frozen=True)
class Department:
    """A unit with its heads on day, evening and night, its jobs, and how warm it is to the union (logits)."""

    name: str
    heads: tuple[int, int, int]
    jobs: tuple[str, ...]
    mood: float = 0.0


WARD = ("Nurse", "Nurse", "Nurse", "Nurse aide", "Nurse aide", "Unit clerk")
DEPARTMENTS = (
    Department("Emergency", (48, 42, 30), ("Nurse", "Nurse", "Nurse", "Technician", "Registrar", "Transporter")),
    Department("Intensive Care", (42, 32, 28), ("Nurse", "Nurse", "Nurse", "Nurse aide", "Respiratory therapist")),
    Department("Med-Surg 3", (34, 26, 20), WARD, 0.4),
    Department("Med-Surg 4", (35, 27, 21), WARD, 0.4),
    Department("Med-Surg 5", (36, 26, 22), WARD, -0.6),
    Department("Telemetry", (32, 25, 19), ("Nurse", "Nurse", "Monitor technician", "Nurse aide"), 0.5),
    Department("Labor & Delivery", (34, 26, 20), ("Nurse", "Midwife", "Scrub technician", "Unit clerk"), 0.4),
    Department("Newborn ICU", (29, 22, 18), ("Nurse", "Nurse", "Respiratory therapist", "Lactation nurse")),
    Department("Operating Room", (52, 22, 10), ("Nurse", "Scrub technician", "Anesthesia technician"), -1.0),
    Department("Radiology", (33, 19, 10), ("Technologist", "Technologist", "Sonographer", "Clerk"), -0.5),
    Department("Laboratory", (35, 24, 15), ("Technician", "Phlebotomist", "Microbiologist"), -0.7),
    Department("Pharmacy", (25, 15, 7), ("Pharmacy technician", "Pharmacy technician", "Pharmacist"), -0.4),
    Department("Dietary", (48, 38, 8), ("Cook", "Tray line", "Tray line", "Dishwasher", "Host"), 0.4),
    Department("Environmental Services", (58, 50, 24), ("Cleaner", "Cleaner", "Floor care", "Linen"), 0.7),
)
CLINIC = (
    Department("Front desk", (9, 5, 0), ("Receptionist", "Biller")),
    Department("Exam rooms", (12, 8, 0), ("Nurse", "Medical assistant")),
)
# Unit and shift where nobody has been yet: the blanks on the wall chart.
UNREACHED = {("Med-Surg 5", 2), ("Dietary", 2), ("Pharmacy", 2), ("Operating Room", 2)}


@dataclass(frozen=True)
class Gathering:
    """An institution people belong to, and who is likelier to: by origin, by unit, and on which shift."""

    kind: str
    name: str
    place: str
    size: int
    origins: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    shift: int | None = None
    apart: bool = False
    """Nobody of another unit or shift belongs."""


GATHERINGS = (
    Gathering("congregation", "Saint Brigid's parish", "Water Street", 64, ("irish", "polish", "latin", "filipino")),
    Gathering("congregation", "Iglesia Nueva Vida", "Calle del Molino 40", 46, ("latin",)),
    Gathering("congregation", "Masjid An-Nur", "Canal Street", 22, ("arabic", "somali", "west_african")),
    Gathering("congregation", "Mount Zion church", "Third Avenue", 38, ("african_american", "caribbean")),
    Gathering("choir", "Parish choir", "Saint Brigid's", 24, ("irish", "filipino", "west_african", "polish")),
    Gathering("hometown", "Asociación de Oaxaqueños", "Mercado Hidalgo", 33, ("latin",)),
    Gathering("hometown", "Batangas club", "Hillcrest", 29, ("filipino",)),
    Gathering("language", "Kreyòl Friday table", "Cafeteria", 14, ("caribbean",)),
    Gathering("savings", "Tanda de los jueves", "", 20, ("latin",), ("Environmental Services", "Dietary")),
    Gathering("savings", "Susu of the fourth floor", "", 14, ("west_african", "caribbean")),
    Gathering("sports", "FC Ribereños", "Riverside Park", 27, ("latin", "west_african", "arabic")),
    Gathering("sports", "Night Hawks softball", "Field 3", 16, (), ("Emergency", "Radiology"), 1),
    Gathering("carpool", "Route 9 car pool", "", 11, (), ("Med-Surg 5",), 2, True),
    Gathering("sports", "Dominoes of the night kitchen", "Loading dock", 6, (), ("Dietary",), 2, True),
    Gathering("congregation", "Vigil of the early shift", "Chapel", 9, (), ("Operating Room", "Pharmacy"), 2, True),
    Gathering("care", "Comadres del cuidado", "", 15, ("latin",), ("Med-Surg 3", "Med-Surg 4")),
    Gathering("school", "Parents of Lincoln School", "Lincoln School", 31),
    Gathering("tenants", "Parkview tenants", "Parkview Houses", 26),
    Gathering("food", "Saturday pantry", "Mount Zion church", 17, ("african_american", "latin")),
    Gathering("chat", "ICU after hours", "", 34, (), ("Intensive Care",)),
    Gathering("alumni", "Community College nurses 2014", "", 21, (), ("Emergency", "Intensive Care", "Telemetry")),
    Gathering("veterans", "Post 118", "Post 118", 9, ("african_american", "irish")),
)


@dataclass(frozen=True)
class Past:
    """Something people are asked to do: its kind, its name, how many days ago, how hard (logits)."""

    kind: str
    name: str
    days_ago: int
    difficulty: float


OCCASIONS = (
    Past("issue_card", "Issue cards", 168, -0.9),
    Past("group_question", "Question to the manager", 121, 0.1),
    Past("petition", "Petition on staffing", 83, 0.4),
    Past("button", "Button day", 41, 1.0),
    Past("march_on_boss", "March on the director", 13, 1.6),
)
NEXT = Past("picket", "Picket at the main door", 0, 1.9)  # planned: it is to open today
PETITION = 2  # signed on paper in half of the units: there only assent is known
MENDED = 3  # before this act the committee mended its chains
BEGUN, MENDED_ON = 160, 70  # how many days ago the chains began and were mended
GIVEN_UP = 4  # so many of the first leaders lead no longer
LEADERLESS = ("Pharmacy",)  # nobody there has agreed to lead
ON_PAPER = "Med-Surg 4"  # its sheets of the next act are typed in by hand
