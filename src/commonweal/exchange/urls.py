"""Addresses of this room."""

from django.urls import path

from commonweal.exchange.views import export, exports, imports, paper

app_name = "exchange"
urlpatterns = [
    path("exchange/paper/wall_chart/", paper.wall_chart_paper, name="wall_chart_paper"),
    path("exchange/paper/wall_chart/pdf/", paper.wall_chart_pdf, name="wall_chart_pdf"),
    path("exchange/export/", export.export, name="export"),
    path("exchange/exports/", exports.exports, name="exports"),
    path("exchange/exports/<uuid:export>/answer/", exports.answer, name="answer_export"),
    path("exchange/exports/<uuid:export>/take/", exports.take_it, name="take_export"),
    path("exchange/imports/", imports.imports, name="imports"),
    path("exchange/imports/<uuid:batch>/", imports.one_import, name="import"),
    path("exchange/imports/<uuid:batch>/columns/", imports.columns, name="columns"),
    path("exchange/imports/<uuid:batch>/choose/", imports.choose, name="choose"),
    path("exchange/imports/<uuid:batch>/bring/", imports.bring, name="bring"),
    path("exchange/imports/<uuid:batch>/stop/", imports.stop, name="stop"),
    path("exchange/imports/<uuid:batch>/undo/", imports.undo, name="undo"),
    path("exchange/imports/<uuid:batch>/aside/", imports.aside, name="aside"),
]
