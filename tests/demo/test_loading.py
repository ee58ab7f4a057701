"""The demo fills an empty place, once, and keeps every rule of the hall."""

import pytest
from django.db import transaction
from django.db.models import Q

from commonweal.accounts.models import Account
from commonweal.accounts.reads.scope import scope_of
from commonweal.demo.loading import LOT, NotEmpty, is_loaded, load
from commonweal.demo.settle.doors import LEADER, MEMBER, ORGANIZER, OUTSIDE
from commonweal.leaders.models import ListedLeader
from commonweal.leaders.words import Stage
from commonweal.ledger.reads import prove
from commonweal.listening.models import Conversation, Issue, Promise
from commonweal.listening.reads.mentions import left_in_the_hall
from commonweal.people.models import Ask, Assessment, ChainLink, Person, Placement, SearchKey, Tie, Unit
from commonweal.people.reads.people import people_within
from commonweal.structure_tests.models import Prediction, RollEntry, StructureTest
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
    assert tests.last().occasion.on > THEN.date()
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
