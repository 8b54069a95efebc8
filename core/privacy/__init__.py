"""What people may do about what we keep of them: read it, take it along, have it removed."""

from core.privacy import erasing, exporting, links, traces

__all__ = ["erasing", "exporting", "links", "traces"]
