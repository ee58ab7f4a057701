"""Ana at her browser."""

import pytest
from django.test import Client

from tests.signed_in import signed_in
from tests.village import Village


@pytest.fixture
def ana(village: Village) -> Client:
    """Ana, signed in."""
    return signed_in(village.ana)
