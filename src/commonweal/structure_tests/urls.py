"""Addresses of this room."""

from django.urls import path

from commonweal.structure_tests.views import (
    asks,
    ballots,
    climb,
    debrief,
    file,
    forecast,
    grid,
    ladder,
    mine,
    opening,
    planning,
    predictions,
    result,
    roll,
    sheets,
)
from commonweal.structure_tests.views.one import one

CAMPAIGN = "campaigns/<uuid:campaign>/"
RUNG = CAMPAIGN + "ladder/<uuid:rung>/"
TEST = "tests/<uuid:test>/"

app_name = "structure_tests"
urlpatterns = [
    path(CAMPAIGN + "ladder/", ladder.ladder, name="ladder"),
    path(CAMPAIGN + "ladder/add/", ladder.add_rung, name="add_rung"),
    path(RUNG, ladder.edit_rung, name="edit_rung"),
    path(RUNG + "move/", ladder.move_rung, name="move_rung"),
    path(RUNG + "remove/", ladder.remove_rung, name="remove_rung"),
    path(CAMPAIGN + "tests/plan/", planning.plan, name="plan"),
    path(TEST, one, name="test"),
    path(TEST + "change/", planning.change, name="change"),
    path(TEST + "remove/", planning.remove, name="remove"),
    path(TEST + "open/", opening.open_it, name="open"),
    path(TEST + "roll/", roll.roll, name="roll"),
    path(TEST + "roll/draw/", roll.draw_again, name="draw_again"),
    path(TEST + "asks/", asks.asks, name="asks"),
    path(TEST + "predict/", predictions.predict, name="predict"),
    path(TEST + "grid/", grid.grid, name="grid"),
    path(TEST + "grid/record/", grid.grid_record, name="grid_record"),
    path(TEST + "mine/", mine.mine, name="mine"),
    path(TEST + "mine/record/", mine.mine_record, name="mine_record"),
    path(TEST + "sheets/", sheets.sheets, name="sheets"),
    path(TEST + "sheets/type/", sheets.type_sheet, name="type_sheet"),
    path(TEST + "file/", file.file, name="file"),
    path(TEST + "ballots/", ballots.ballots, name="ballots"),
    path("tests/", climb.tests, name="tests"),
    path(CAMPAIGN + "tests/", climb.tests, name="tests_of"),
    path(TEST + "result/", result.result, name="result"),
    path(TEST + "result/leaders/", result.leaders_result, name="leaders_result"),
    path(TEST + "result/organizers/", result.organizers_result, name="organizers_result"),
    path(TEST + "debrief/", debrief.debrief, name="debrief"),
    path(TEST + "forecast/", forecast.forecast, name="forecast"),
]
