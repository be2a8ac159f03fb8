"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages, API and who may see what."""

    name = "desk"
    label = "hub_desk"
