"""The house as a Django application: it installs the real world when Django starts."""

from django.apps import AppConfig

from config.settings import ENVIRONMENT
from register import world


class HubConfig(AppConfig):
    """Gives the process its world."""

    name = "config"
    label = "hub_config"

    def ready(self) -> None:
        """Make the operator's data folder the one that this process works in."""
        world.install(world.World(home=ENVIRONMENT.home))
