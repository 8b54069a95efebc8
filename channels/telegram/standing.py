"""How the bot stands with the platform right now, told to the log once per change."""

import structlog

from channels.base import Check, Health

log = structlog.get_logger()


class Standing:
    """The latest news of one part of the channel; `check` is what somebody who looks is shown."""

    def __init__(self, part: str) -> None:
        self._part = part
        self.check = Check(Health.OK, f"{part}: starting")

    def well(self, found: str) -> None:
        """It works."""
        if self.check.health is not Health.OK:
            log.info("telegram.well_again", part=self._part)
        self.check = Check(Health.OK, f"{self._part}: {found}")

    def trouble(self, health: Health, reason: str, advice: str = "") -> None:
        """It does not work now, for a reason in the platform's words or ours."""
        check = Check(health, f"{self._part}: {reason}", advice)
        if check != self.check:
            say = log.error if health is Health.PROBLEM else log.warning
            say("telegram.trouble", part=self._part, reason=reason, advice=advice)
        self.check = check
