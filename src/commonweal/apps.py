"""The one Django application."""

from django.apps import AppConfig


class CommonwealConfig(AppConfig):
    """Commonweal as Django sees it: one application, whose rooms are folders."""

    name = "commonweal"
    label = "commonweal"
    verbose_name = "Commonweal"
