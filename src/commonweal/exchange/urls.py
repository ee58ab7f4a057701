"""Addresses of this room."""

from django.urls import path

from commonweal.exchange.views import (
    export,
    exports,
    imports,
    imports_acts,
    imports_answers,
    imports_columns,
    imports_preview,
    outcomes,
    paper,
    tick_sheets,
    tracing,
)

app_name = "exchange"
urlpatterns = [
    path("exchange/imports/", imports.imports, name="imports"),
    path("exchange/imports/blank/<str:kind>/<str:format>/", imports.blank_sheet, name="blank_sheet"),
    path("exchange/imports/<uuid:batch>/", imports_preview.one_import, name="import"),
    path("exchange/imports/<uuid:batch>/columns/", imports_columns.columns, name="columns"),
    path("exchange/imports/<uuid:batch>/missing/", imports_answers.missing, name="missing"),
    path("exchange/imports/<uuid:batch>/unclear/", imports_answers.unclear, name="unclear"),
    path("exchange/imports/<uuid:batch>/unclear/somebody/", imports_answers.somebody, name="somebody"),
    path("exchange/imports/<uuid:batch>/left_rows/", imports_preview.left_rows, name="left_rows"),
    path("exchange/imports/<uuid:batch>/bring/", imports_acts.bring, name="bring"),
    path("exchange/imports/<uuid:batch>/stop/", imports_acts.stop, name="stop"),
    path("exchange/imports/<uuid:batch>/again/", imports_acts.again, name="again"),
    path("exchange/imports/<uuid:batch>/undo/", imports_acts.undo, name="undo"),
    path("exchange/imports/<uuid:batch>/aside/", imports_acts.aside, name="aside"),
    path("exchange/imports/<uuid:batch>/close/", imports_acts.close, name="close"),
    path("exchange/imports/<uuid:batch>/sheet/", imports_acts.sheet, name="sheet"),
    path("exchange/paper/wall_chart/", paper.wall_chart_paper, name="wall_chart_paper"),
    path("exchange/paper/wall_chart/pdf/", paper.wall_chart_pdf, name="wall_chart_pdf"),
    path("tests/<uuid:test>/sheets/pdf/", tick_sheets.tick_sheets, name="tick_sheets"),
    path("tests/<uuid:test>/file/look/", outcomes.outcomes_file, name="outcomes_file"),
    path("exchange/export/", export.export, name="export"),
    path("exchange/exports/", exports.exports, name="exports"),
    path("exchange/exports/trace/", tracing.trace, name="trace"),
    path("exchange/exports/<uuid:export>/answer/", exports.answer, name="answer_export"),
    path("exchange/exports/<uuid:export>/take/", exports.take_it, name="take_export"),
]
