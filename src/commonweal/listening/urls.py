"""Addresses of this room."""

from django.urls import path

from commonweal.listening.views import (
    before,
    calendar,
    calls,
    conversations,
    drafts,
    institutions,
    issues,
    moves,
    next_talks,
    picking,
    promises,
    prompts,
    today,
)

DRAFT = "conversations/drafts/<uuid:draft>/"
HER = "people/<uuid:person>/"

app_name = "listening"
urlpatterns = [
    path("today/", today.today, name="today"),
    path("promises/", promises.promises, name="promises"),
    path("promises/<uuid:promise>/", promises.promise, name="promise"),
    path("you/calendar/", calendar.calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
    path("conversations/next/", next_talks.next_talks, name="next"),
    path("conversations/institutions/", institutions.institutions, name="institutions"),
    path("conversations/calls/<uuid:call>/", calls.call, name="call"),
    path("conversations/moves/", moves.moves, name="moves"),
    path("conversations/moves/add/", moves.add_move, name="add_move"),
    path("conversations/moves/<uuid:move>/", moves.move, name="move"),
    path("issues/", issues.issues, name="issues"),
    path("issues/topics/", issues.topics, name="topics"),
    path(HER + "not-now/", next_talks.not_now, name="not_now"),
    path("conversations/pick/", picking.pick, name="pick"),
    path("conversations/prompts/", prompts.prompts, name="prompts"),
    path(HER + "talk/", before.talk, name="talk"),
    path(HER + "conversations/", conversations.conversations, name="conversations_with"),
    path(DRAFT, drafts.draft, name="draft"),
    path(DRAFT + "save/", drafts.save, name="save"),
    path(DRAFT + "keep/", drafts.keep, name="keep"),
    path(DRAFT + "drop/", drafts.drop, name="drop"),
    path("conversations/<uuid:conversation>/", conversations.conversation, name="conversation"),
]
