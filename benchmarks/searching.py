"""Server time of search as one types, with 100,000 people: by name, accents and spelling apart, by place, number and tie.

    .venv/bin/python -m benchmarks.searching [--people 100000] [--fresh] [--times 7] [--database postgresql://…]

Each question is asked as the page asks it, by an administrator, an organizer of three quarters of the place and one of
a single site. The names and numbers are taken from the place itself.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from urllib.parse import quote

from benchmarks.large_place import PEOPLE, WIDE, use
from benchmarks.pages import engine, machine, measured, signed_in

VISITORS = ("irma@riverside.example", WIDE, "ana@riverside.example")
PROMISED = 100


def questions() -> list[str]:
    """What people type, from the first letter on."""
    from commonweal.people.models import ContactPoint, Person, PersonName, Tie

    rare = Person.objects.filter(source="bench").order_by("-family_name")[1000]
    known = Tie.objects.filter(source="bench:7").select_related("person").get().person
    number = str(ContactPoint.objects.filter(person__source="bench").first().value)  # type: ignore[union-attr]
    other = PersonName.objects.first()
    typed = [
        "g",
        "ga",
        "gar",
        "garc",
        "garcia",
        "García",
        "garsia",
        "maria garcia",
        "mária gar",
        "josé",
        "jose rodrigues",
    ]
    typed += [rare.family_name, rare.family_name[:4], rare.family_name[:-2] + "xx", rare.outside_number]
    typed += [
        "nurse nights",
        "warehouse",
        "garcia warehouse",
        "warehouse day",
        "site 12",
        "night",
        "parish 1",
        "parish 59",
    ]
    typed += [number, number[-4:], number[-7:], f"garcia {number[-4:]}"]
    typed += [f"knows {known.name}", "knows maria", f"walks with {known.name}", "in no chain", "garcia in no chain"]
    typed += ["conoce a maria", "sin cadena", "zzzzzz", "no such person here", other.name if other else "chuy"]
    return typed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--fresh", action="store_true", help="make the place anew")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--database", default="", help="address of a PostgreSQL database to use and empty")
    options = parser.parse_args()
    use(options.people, fresh=options.fresh, database=options.database)
    from django.urls import reverse

    print(f"{options.people:,} people, {engine()}, {machine()}; median of {options.times}\n")
    print(f"{'ms':>6} {'cpu ms':>6} {'queries':>7}  {'found':>5}  who    typed")
    slow, every = 0, []
    for email in VISITORS:
        client, who = signed_in(email), email.partition("@")[0]
        for typed in questions():
            address = f"{reverse('people:search')}?q={quote(typed)}"
            row = measured(client, who, address, typed, options.times)
            found = client.get(address).content.decode().count('href="/people/') - 1
            every.append(row.took)
            slow += row.took > PROMISED
            print(f"{row.took:6.0f} {row.processor:6.0f} {row.queries:7d}  {found:5d}  {who:<6} {typed}")
    print(f"\n{len(every)} questions; half of them under {statistics.median(every):.0f} ms, slowest {max(every):.0f} ms; "
          f"over {PROMISED} ms: {slow}")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
