"""The scheduler as a Django application."""

from django.apps import AppConfig


class SchedulerConfig(AppConfig):
    """Labelled so that no other application can own its tables."""

    name = "scheduler"
    label = "hub_scheduler"
    default_auto_field = "django.db.models.BigAutoField"
