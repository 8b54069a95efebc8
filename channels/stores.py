"""The store that the settings name."""

from pathlib import Path

from core.media import FolderStore, Store
from core.settings import Settings


def of(settings: Settings) -> Store:
    """Where files are kept. Nothing is opened or asked yet."""
    place = settings.media_place
    if isinstance(place, Path):
        return FolderStore(place)
    from channels.bucket import BucketStore  # its library takes 10 MB, so only when it is needed

    return BucketStore(place)
