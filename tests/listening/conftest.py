"""Ana at her browser."""

import pytest
from django.test import Client

from tests.village import Village


@pytest.fixture
def ana(village: Village) -> Client:
    """Ana, signed in."""
    client = Client()
    client.force_login(village.ana)
    return client
