"""What the person who runs Menling decides, from the environment and `.env`; explained when it is wrong."""

from core.settings.fields import Settings
from core.settings.problems import PREFIX, Problem, SettingsInvalid
from core.settings.reading import load

__all__ = ["PREFIX", "Problem", "Settings", "SettingsInvalid", "load"]
