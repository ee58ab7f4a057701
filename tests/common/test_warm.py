"""A server loads its pages and templates before the first visitor comes."""

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.template import engines

from commonweal.asgi import application
from commonweal.common.warm import get_warm
from commonweal.exchange.writes.turns import rare_sweeping


@pytest.fixture(autouse=True)
def thawed():
    """What this test lays aside is swept again afterwards."""
    yield
    gc.unfreeze()


def test_every_template_is_read_and_what_is_loaded_is_not_swept_again():
    read = get_warm()
    assert read > 200
    loader = engines["django"].engine.template_loaders[0]
    assert sum(key.endswith(".html") for key in loader.get_template_cache) >= read
    assert gc.get_freeze_count() > 100_000


def test_an_import_inside_a_server_leaves_its_own_things_laid_aside():
    get_warm()
    before = gc.get_freeze_count()
    with rare_sweeping():
        pass
    assert gc.get_freeze_count() >= before * 0.9


def test_an_import_elsewhere_sweeps_again_afterwards():
    gc.unfreeze()
    with rare_sweeping():
        assert gc.get_freeze_count()
    assert not gc.get_freeze_count()


def test_the_server_gets_warm_before_it_says_that_it_is_there():
    sent, said = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}], []

    async def receive():
        return sent.pop(0)

    async def send(message):
        said.append((message["type"], gc.get_freeze_count() > 0))

    gc.unfreeze()
    with ThreadPoolExecutor(1) as beside:  # this thread may have a loop of its own, a browser's
        beside.submit(lambda: asyncio.run(application({"type": "lifespan"}, receive, send))).result()
    assert said == [("lifespan.startup.complete", True), ("lifespan.shutdown.complete", True)]
