"""Renaming and joining topics."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from commonweal.people.forms.fields import PlainForm


class TopicForm(PlainForm):
    """A topic, and another name or another topic for it."""

    topic = forms.UUIDField()
    name = forms.CharField(max_length=80, required=False)
    into = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("name") and not cleaned.get("into"):
            self.add_error("name", _("Write a name, or choose a topic to join it with."))
        return cleaned
