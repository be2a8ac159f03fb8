"""The dispatch room as a Django application."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """Labelled so that no other application can own its tables."""

    name = "dispatch"
    label = "hub_dispatch"
    default_auto_field = "django.db.models.BigAutoField"
