"""What the conversations of the demo are made from, and what is made of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import numpy as np

from commonweal.demo.committee import Committee
from commonweal.demo.staff import Invention
from commonweal.listening import models
from commonweal.people.models import Assessment, Occasion


@dataclass
class Rows:
    """What is made, in the order in which it is stored."""

    conversations: list[models.Conversation] = field(default_factory=list)
    issues: list[models.Issue] = field(default_factory=list)
    inoculations: list[models.Inoculation] = field(default_factory=list)
    promises: list[models.Promise] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)

    def store(self) -> None:
        """Into the database, one statement for each kind."""
        models.Conversation.objects.bulk_create(self.conversations)
        models.Issue.objects.bulk_create(self.issues)
        models.Inoculation.objects.bulk_create(self.inoculations)
        models.Promise.objects.bulk_create(self.promises)
        Assessment.objects.bulk_create(self.assessments)


@dataclass
class Hall:
    """What every conversation needs to know of the hospital."""

    invention: Invention
    committee: Committee
    people: list[UUID]
    occasions: list[Occasion]
    topics: list[models.Topic]
    spanish: dict[UUID, bool]
    unit: dict[UUID, UUID]
    language: str
    at: datetime
    words: np.random.Generator
    """Dice for sentences alone, so that the hospital is the same in every language."""
    said: Counter[str] = field(default_factory=Counter)

    def one(self, pool: tuple[str, ...]) -> str:
        """A sentence of the pool, one of those that were said least often so far."""
        fewest = min(self.said[sentence] for sentence in pool)
        left = [sentence for sentence in pool if self.said[sentence] == fewest]
        chosen = left[int(self.words.integers(len(left)))]
        self.said[chosen] += 1
        return chosen

    def tongue(self, person: UUID) -> str:
        """In which language she talks."""
        return "es" if self.language == "es" or self.spanish[person] else "en"
