"""The prompts of the conversation and the topics of issues."""

from commonweal.listening.models import Prompt, Topic
from commonweal.listening.rules.prompts import Said, ours
from commonweal.listening.words import Step


def prompts_in(language: str) -> dict[str, list[Said]]:
    """The prompts of each step in a language: the organization's, and ours where it wrote none. One query."""
    code = language.partition("-")[0]
    written: dict[str, list[Said]] = {}
    for row in Prompt.objects.filter(language=code).order_by("step", "position", "text"):
        written.setdefault(row.step, []).append(Said(row.text, row.hint))
    return {step: written.get(step) or list(ours(code, step)) for step in Step.values}


def topic_names() -> list[str]:
    """The topics, by name."""
    return list(Topic.objects.values_list("name", flat=True))
