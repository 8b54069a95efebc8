"""Looks at everything a running company depends on, and says what is wrong and what to do about it."""

from collections.abc import Callable

from channels.doctor import machine, team
from channels.doctor.database import database
from channels.doctor.findings import Finding, Level, as_json, as_text, ok, problem, warning
from core import clock, company, settings
from core.company import CompanyFileInvalid
from core.settings import Settings, SettingsInvalid

__all__ = ["Finding", "Level", "as_json", "as_text", "examine", "ok", "problem", "warning"]


def examine(load: Callable[[], Settings] = settings.load) -> list[Finding]:
    """Look at everything that can be looked at; what depends on something broken is left out."""
    findings = [machine.python()]
    try:
        chosen = load()
    except SettingsInvalid as wrong:
        return [*findings, problem("settings", str(wrong), "Correct them in the environment or in .env.")]
    findings.append(ok("settings", "every MENLING_ setting is understood"))
    findings += [machine.secret_key(chosen), *machine.folder(chosen.data_dir)]
    findings += [machine.store(chosen)]
    findings += [machine.address(chosen), machine.telegram(chosen)]
    try:
        business = company.load(chosen.company_file)
    except CompanyFileInvalid as wrong:
        return [*findings, problem("company file", str(wrong), "Correct the file."), *database(chosen, None)]
    findings.append(ok("company file", f"{len(business.services)} services in {len(business.areas)} areas"))
    return [*findings, *team.holidays(business, clock.now()), *database(chosen, business)]
