"""The door of the server: pages through WSGI, which keeps its database connections; live streams through ASGI."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.settings")

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

from commonweal.common.warm import get_warm

THREADS = 8
LIVE = "/live/"

_live = get_asgi_application()
_pages = WSGIMiddleware(get_wsgi_application(), workers=THREADS)  # type: ignore[arg-type]


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answers the server's start and end itself, streams under /live/ by Django's ASGI, all else by WSGI."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                get_warm()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    elif scope["type"] == "http" and not scope["path"].startswith(LIVE):
        await _pages(scope, receive, send)
    elif scope["type"] == "http":
        await _live(scope, receive, send)
    else:  # no web sockets here
        await send({"type": "websocket.close", "code": 1000})
