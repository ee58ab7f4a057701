"""What `make demo` and `load_demo` say in the terminal, in the language that is switched on."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from commonweal.demo.coming import NAMES
from commonweal.demo.hospital import ON_PAPER
from commonweal.demo.spanish import called


def port_is_taken(port: str) -> str:
    return _("Port %(port)s is in use by another program. Name another one: make demo PORT=9000") % {"port": port}


def holds_something_else() -> str:
    return _("This folder holds something else than a demo; `make demo-reset` begins afresh.")


def is_loading() -> str:
    return _("Loading the demo place (half a minute) …")


def has_other_names(language: str) -> str:
    """For a place that was loaded in the other language before."""
    again = f"make demo-reset LANGUAGE={language}"
    return _("The place was loaded with names in the other language; `%(again)s` makes it anew.") % {"again": again}


def reading() -> str:
    return _("who moves whom, the shortest list, the chains")


def looking_twice() -> str:
    return _("records that may be one person")


def is_there_already() -> str:
    return _("The demo place is loaded already.")


def coming(file: Path) -> str:
    """Where the outcomes of the test lie that is about to open."""
    language = next(language for language, name in NAMES.items() if name == file.name)
    facts = {"unit": called(ON_PAPER, language), "file": file}
    said = _(
        "Once the sixth test is open, its outcomes can be brought in from %(file)s; those of %(unit)s are on paper."
    )
    return said % facts


def ways_in(base: str, ways: Iterable[tuple[str, str, str]], folder: Path) -> str:
    """The first page, and under each visitor's name and errand the address that lets her in."""
    lines = [
        "",
        _("Commonweal is running. Its first page:"),
        f"  {base}/",
        "",
        _("Sign in as (open the address, press the button):"),
    ]
    for name, says, path in ways:
        lines += [f"  {name}, {says}:", f"  {base}{path}"]
    for file in (folder / name for name in NAMES.values()):
        if file.exists():
            lines += ["", coming(file)]
    end = _("Everything in it is invented and lies in %(folder)s. Stop with Ctrl-C.") % {"folder": folder}
    return "\n".join([*lines, "", end])
