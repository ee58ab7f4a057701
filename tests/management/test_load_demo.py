"""The demo is loaded into a demo place alone."""

import pytest
from django.core.management import CommandError, call_command

from commonweal.people.models import Person

pytestmark = pytest.mark.django_db


def test_the_command_refuses_a_place_that_is_no_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="COMMONWEAL_DEMO"):
        call_command("load_demo")


def test_the_command_refuses_a_place_with_real_people(village, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo")
    assert Person.objects.count() == 4
