"""A form as a browser would send it: every field with what stands in it, texts and choices included."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

Fields = dict[str, list[str]]


class _Filled(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self.select, self.area = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        if not self.forms:
            return
        fields, name, value = self.forms[-1][1], given.get("name", ""), given.get("value", "")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            if "selected" in given or self.select not in fields:
                fields[self.select] = [value]
        elif tag == "textarea":
            self.area = name
            fields.setdefault(name, []).append("")
        elif tag == "input" and name and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            fields.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][1][self.area][-1] += data


def fields_of(page: Any, action: str) -> Fields:
    """The fields of the form that goes to `action`."""
    found: Fields = next(fields for where, fields in _Filled(page.content.decode()).forms if where == action)
    return found


def begun(client: Client, person: Any) -> str:
    """Presses “Begin the conversation”; the address of the draft."""
    talk = reverse("listening:talk", args=[person.pk])
    answer = client.post(talk, fields_of(client.get(talk), ""))
    location: str = answer.headers["Location"]
    return location


def typed(client: Client, draft: str, **fields: Any) -> Fields:
    """The form of a draft with some fields filled in; a list gives a field several values."""
    form = fields_of(client.get(draft), draft)
    for name, value in fields.items():
        form[name] = value if isinstance(value, list) else [value]
    return form


def kept(client: Client, draft: str, **fields: Any) -> Any:
    """Fills the form in and keeps the conversation; the answer."""
    return client.post(f"{draft}keep/", typed(client, draft, **fields))
