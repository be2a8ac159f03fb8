"""The signing room as a Django application."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    """Labelled so that no other application can own its tables."""

    name = "signing"
    label = "hub_signing"
    default_auto_field = "django.db.models.BigAutoField"
