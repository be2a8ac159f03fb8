"""The house as a Django application: it installs the real world when Django starts."""

from importlib import import_module

from django.apps import AppConfig

from config.settings import ENVIRONMENT
from register import world
from scheduler import connections
from signing.levels import terms


class HubConfig(AppConfig):
    """Gives the process its world and its doors."""

    name = "config"
    label = "hub_config"

    def ready(self) -> None:
        """Work in the operator's data folder; connect to what the operator's file names."""
        world.install(world.World(home=ENVIRONMENT.home))
        # by name, at first use: the wiring knows models, which are not there before the apps
        connections.install(lambda: import_module("config.wiring").connections(ENVIRONMENT.config))
        terms.install(lambda: import_module("config.wiring").terms(ENVIRONMENT.config))
