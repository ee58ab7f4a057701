"""The demo fills an empty place, once, and keeps every rule of the hall."""

import pytest
from django.db import transaction
from django.db.models import Count, Q

from commonweal.accounts.models import Account
from commonweal.accounts.reads.scope import scope_of
from commonweal.common.scope import EVERYTHING
from commonweal.demo.loading import LOT, NotEmpty, is_loaded, load
from commonweal.demo.settle.doors import COLLEAGUE, LEADER, MEMBER, ORGANIZER, OUTSIDE
from commonweal.leaders.models import ListedLeader
from commonweal.leaders.words import Stage
from commonweal.ledger.reads import prove
from commonweal.listening.models import Conversation, Issue, Promise
from commonweal.listening.reads.institutions import institutions_around
from commonweal.listening.reads.mentions import left_in_the_hall
from commonweal.people.models import Ask, Assessment, ChainLink, Person, Placement, SearchKey, Tie, Unit
from commonweal.people.reads.people import people_within
from commonweal.structure_tests.models import Prediction, RollEntry, SignatureLine, StructureTest
from commonweal.structure_tests.reads.leaders import leaders_of
from commonweal.structure_tests.reads.organizers import judgements_of
from commonweal.structure_tests.reads.outcomes import contested_entries, outcomes_of
from commonweal.structure_tests.rules.readings import EXPECTED_SHARE, Reading, Truth, truth_of
from tests.village import THEN

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for this file and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(lot=LOT, at=THEN, say=lambda line: None)
        yield
        transaction.set_rollback(True)


def seen_by(visitor):
    return people_within(scope_of(Account.objects.get(email=visitor.email)))


def test_the_demo_fills_a_place_once():
    assert is_loaded()
    assert Person.objects.count() > 1200
    with pytest.raises(NotEmpty):
        load(lot=LOT, at=THEN, say=lambda line: None)


def test_everybody_stands_somewhere_and_can_be_found():
    assert not Person.objects.exclude(pk__in=Placement.objects.filter(main=True).values("person")).exists()
    assert not Person.objects.exclude(pk__in=SearchKey.objects.values("person")).exists()


def test_the_organizer_sees_the_hospital_and_not_the_clinic():
    clinic = Unit.objects.get(name="Hillside Clinic")
    inside = seen_by(ORGANIZER)
    assert inside.count() > 1187
    assert not inside.filter(placements__unit__parent=clinic).exists()


def test_dov_sees_nobody_of_the_hospital():
    hospital = Unit.objects.get(name="Riverside Hospital")
    assert seen_by(OUTSIDE).exists()
    assert not seen_by(OUTSIDE).filter(placements__unit__parent=hospital).exists()


def test_the_leader_sees_her_chain_and_the_member_herself():
    leader = Account.objects.get(email=LEADER.email)
    chain = set(ChainLink.objects.filter(leader=leader.person_id, until=None).values_list("follower", flat=True))
    assert len(chain) >= 3
    assert set(seen_by(LEADER).values_list("pk", flat=True)) == chain | {leader.person_id}
    member = Account.objects.get(email=MEMBER.email)
    assert [person.pk for person in seen_by(MEMBER)] == [member.person_id]
    assert member.person_id in chain


def test_the_list_shows_every_state_and_no_tie_leaves_the_hospital():
    assert set(ListedLeader.objects.values_list("stage", flat=True)) == set(Stage.values)
    clinic = Placement.objects.filter(unit__parent__name="Hillside Clinic").values("person")
    assert not Tie.objects.filter(person__in=clinic).exists()
    assert not Tie.objects.filter(other__in=clinic).exists()


def test_the_ledger_of_a_loaded_place_holds():
    assert prove().holds


def test_six_months_of_conversations_leave_what_was_said_and_promised():
    days = sorted((THEN.date() - on).days for on in Conversation.objects.values_list("on", flat=True))
    assert len(days) > 150 and days[0] <= 7 and days[-1] > 150
    assert Assessment.objects.filter(source__startswith="conversation:", basis="stated").count() == len(days)
    assert all(said for said in Issue.objects.values_list("said", flat=True)[:50])
    assert all(left_in_the_hall(held).stance for held in Conversation.objects.all()[:9])  # as her page shows it
    open_ones = Promise.objects.filter(state="open", account__email=ORGANIZER.email)
    assert open_ones.filter(due__lt=THEN.date()).exists() and open_ones.filter(due=THEN.date()).exists()


def test_the_leader_talked_with_her_own_chain_only():
    leader = Account.objects.get(email=LEADER.email)
    chain = ChainLink.objects.filter(leader=leader.person_id, until=None).values("follower")
    assert not Conversation.objects.filter(account=leader).exclude(person__in=chain).exists()


def test_five_tests_are_closed_and_a_sixth_is_about_to_open():
    tests = StructureTest.objects.order_by("occasion__on")
    assert [test.state for test in tests] == ["closed"] * 5 + ["planned"]
    assert tests.last().occasion.on == THEN.date()
    assert Prediction.objects.filter(entry__test=tests.last()).exists()
    assert not Ask.objects.filter(occasion=tests.last().occasion).exists()


def test_whoever_was_seen_stands_on_the_roll_and_nobody_walks_in_a_chain_that_began_later():
    for test in StructureTest.objects.filter(state="closed").select_related("occasion"):
        roll = RollEntry.objects.filter(test=test)
        sources = {f"test:{pk}" for pk in roll.values_list("pk", flat=True)}
        assert set(Ask.objects.filter(occasion=test.occasion).values_list("source", flat=True)) <= sources
        links = ChainLink.objects.filter(Q(until=None) | Q(until__gt=test.opened_at), since__lte=test.opened_at)
        stood = set(links.values_list("leader", "follower"))
        assert set(roll.exclude(leader=None).values_list("leader", "person")) <= stood


def test_the_last_result_has_leaders_of_every_reading_and_most_people_were_asked_by_their_own():
    test = StructureTest.objects.filter(state="closed").order_by("occasion__on").last()
    outcomes = outcomes_of(EVERYTHING, test)
    leaders = leaders_of(test, outcomes)
    assert {one.reading for one in leaders} == set(Reading) - {Reading.NO_LEADER}
    assert sum(one.asked for one in leaders) > 0.6 * sum(one.people for one in leaders)
    chains = ChainLink.objects.filter(until=None).values("leader").annotate(people=Count("pk"))
    assert all(8 <= chain["people"] <= 15 for chain in chains)
    alone = RollEntry.objects.filter(test=test).exclude(
        unit__in=RollEntry.objects.filter(test=test, leader__isnull=False).values("unit")
    )
    assert set(alone.values_list("unit__name", flat=True)) == {"Pharmacy"}


def test_something_waits_for_a_human():
    contested = [contested_entries(test) for test in StructureTest.objects.filter(state="closed")]
    assert sum(map(len, contested)) >= 2
    waiting = SignatureLine.objects.filter(person=None)
    assert {line.state for line in waiting} == {"waiting", "disputed"}


def test_of_two_organizers_one_hopes_too_much():
    test = StructureTest.objects.filter(state="closed").order_by("occasion__on").last()
    judged = {one.name: one for one in judgements_of(test, outcomes_of(EVERYTHING, test)).each}
    too_high = {
        name: {
            word
            for word, kept in judged[name].expectations.items()
            if truth_of(EXPECTED_SHARE[word], came=kept.came, seen=kept.people) == Truth.TOO_HIGH
        }
        for name in (ORGANIZER.name, COLLEAGUE.name)
    }
    assert too_high[ORGANIZER.name] == set()
    assert {"likely", "even"} <= too_high[COLLEAGUE.name]


def test_some_institutions_were_never_reached_and_the_way_there_is_known():
    account = Account.objects.get(email=ORGANIZER.email)
    scope = scope_of(account)
    reaches, never = institutions_around(scope, account, THEN.date(), people=1300, limit=40)
    assert never == 3
    assert all(one.steps for one in reaches if not one.reached)
