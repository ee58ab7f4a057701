"""What was counted of a large roll is counted anew after an act, and only then."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonweal.common import remembered
from commonweal.common.scope import EVERYTHING, Scope
from commonweal.structure_tests.models import StructureTest
from commonweal.structure_tests.reads.leaders import leaders_of, named
from commonweal.structure_tests.reads.outcomes import outcomes_of
from commonweal.structure_tests.reads.results import result_of
from tests.structure_tests.planned import mark, opened, record
from tests.village import Village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _all_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every answer is kept, however quick it was."""
    monkeypatch.setattr(remembered, "LONG", 0.0)
    yield
    remembered.forget_all()


def did(test: StructureTest, scope: Scope = EVERYTHING) -> int:
    return result_of(scope, test).tally.did


def rows_read(test: StructureTest) -> int:
    """How many questions about the roll itself a look at the outcomes takes."""
    with CaptureQueriesContext(connection) as asked:
        outcomes_of(EVERYTHING, test)
    return sum("rollentry" in one["sql"] for one in asked.captured_queries)


def test_a_roll_is_read_once_while_nobody_acts(village: Village) -> None:
    test = opened(village)
    assert rows_read(test) > 0
    assert rows_read(test) == 0


def test_a_mark_is_seen_at_once_also_one_that_changes_nothing_of_what_the_hall_holds(village: Village) -> None:
    test = opened(village)
    assert did(test) == 0
    record(test, village.ana, mark(test, village.cleo_person, "did"))
    assert did(test) == 1
    assert rows_read(test) == 0
    record(test, village.bo, mark(test, village.cleo_person, "did"), after=2.0)
    assert rows_read(test) > 0


def test_each_scope_gets_its_own_people_of_what_is_kept(village: Village) -> None:
    test = opened(village)
    record(test, village.ana, mark(test, village.cleo_person, "did"))
    assert did(test) == 1
    assert did(test, Scope.of(units=[village.spinning.pk])) == 0
    only_cleo = outcomes_of(Scope.of(people=[village.cleo_person.pk]), test)
    assert [line.person for line in only_cleo.lines] == [village.cleo_person.pk]
    assert not only_cleo.whole


def test_names_are_put_on_copies_so_that_nobody_sees_those_that_another_may(village: Village) -> None:
    test = opened(village)
    once = leaders_of(test, outcomes_of(EVERYTHING, test))
    assert [one.glance.name for one in named(EVERYTHING, once) if one.glance] == [village.bo_person.name]
    assert not any(one.glance for one in leaders_of(test, outcomes_of(EVERYTHING, test)))
