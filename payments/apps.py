"""Payments as a Django application."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Labelled so that no other application can own its tables."""

    name = "payments"
    label = "hub_payments"
    default_auto_field = "django.db.models.BigAutoField"
