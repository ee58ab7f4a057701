"""All that could be demanded about one person is what the golden file says, and a new table cannot slip past it.

The golden file names, for somebody of whom everything is kept, each table with its columns and its rows. Whoever adds
a column reads there what it would give away; with COMMONWEAL_TEST_GOLDEN=1 the test writes the file anew.
"""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from commonweal.accounts.models import Account
from commonweal.ledger.writes import record_look
from commonweal.people.models import Person
from commonweal.people.reads.everything_on import everything_on, in_plain
from commonweal.people.writes.forgetting import forget
from tests.exchange.bringing import as_csv, brought
from tests.planted import Planted, plant
from tests.village import SENTINEL, THEN, Village

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "everything_on.txt"


@pytest.fixture
def greta(village: Village) -> Planted:
    """Somebody of whom everything is kept."""
    planted = plant(village, "Qqgreta", village.weaving, village.bo_person, village.ana)
    record_look(at=THEN, by=village.ana.pk, person=planted.person.pk)
    return planted


def said(person: Any) -> str:
    out = io.StringIO()
    call_command("everything_on", str(person), stdout=out)
    return out.getvalue()


def test_it_is_what_the_golden_file_says(greta: Planted) -> None:
    lines = []
    for held in everything_on(greta.person.pk):
        columns = " ".join(sorted(in_plain(held.rows[0]))) if held.rows else "-"
        lines.append(f"{held.table}: {len(held.rows)} rows, {held.made_by_her} made by her | {columns}")
    text = "\n".join(lines) + "\n"
    if os.environ.get("COMMONWEAL_TEST_GOLDEN"):
        GOLDEN.write_text(text)
    assert text == GOLDEN.read_text(), "read what is new, and whether it must be kept at all"


def test_every_table_that_can_name_a_person_is_asked(greta: Planted) -> None:
    asked = {held.model for held in everything_on(greta.person.pk)}
    pointing = {
        model
        for model in apps.get_app_config("commonweal").get_models()
        if any(one.related_model in (Person, Account) for one in model._meta.concrete_fields if one.is_relation)
    }
    rarely = {
        "Invitation",
        "OpeningVoice",
        "RecoveryCode",
        "SignInLink",
        "Looking",
        "Veto",
    }  # nothing of the kind is planted
    assert {model.__name__ for model in pointing - asked} <= rarely


def test_every_word_of_hers_is_printed_and_nobody_elses(village: Village, greta: Planted) -> None:
    text = said(greta.person.pk)
    for word in ("note Qqgreta", "Gretchen Qqgreta", "+1212555", "Greta T. Qqgreta", "looked_at"):
        assert word in text
    assert SENTINEL not in text
    assert "kept, not shown" in text
    assert "JBSWY3DP" not in text, "a secret that opens her account is no knowledge about her"


def test_a_row_of_a_file_that_was_left_out_is_found_by_her_name(village: Village, greta: Planted) -> None:
    brought(village.root, as_csv(("Name", "Unit", "Commonweal id"), ("Greta Qqgreta", "Weaving", "nonsense")))
    assert "A row of a file that holds her name" in said(greta.person.pk)


def test_what_was_forgotten_cannot_be_given(village: Village, greta: Planted) -> None:
    forget(person=greta.person.pk, by=village.root.pk, at=THEN)
    text = said(greta.person.pk)
    for word in ("Greta", "Gretchen", "note Qqgreta", "+1212555", "JBSWY3DP"):
        assert word not in text


def test_an_id_that_is_nobodys_is_said(village: Village) -> None:
    with pytest.raises(CommandError, match="no record"):
        said("00000000-0000-4000-8000-000000000001")


def test_every_row_is_a_line_that_a_program_can_read(greta: Planted) -> None:
    rows = [line for line in said(greta.person.pk).splitlines() if not line.startswith("==")]
    assert len(rows) > 20
    assert all(isinstance(json.loads(row), dict) for row in rows)


def test_a_column_of_a_new_kind_would_still_be_printed(greta: Planted) -> None:
    kinds = {
        type(one) for model in apps.get_app_config("commonweal").get_models() for one in model._meta.concrete_fields
    }
    assert models.JSONField in kinds
    for model in apps.get_app_config("commonweal").get_models():
        for row in model._base_manager.all()[:3]:
            json.dumps(in_plain(row))
