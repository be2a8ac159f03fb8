"""The register as a Django application."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Labelled so that no other application can own its tables."""

    name = "register"
    label = "hub_register"
    default_auto_field = "django.db.models.BigAutoField"
