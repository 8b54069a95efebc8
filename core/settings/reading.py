"""Gets the settings from the environment and `.env`, and explains what is wrong with them."""

import difflib
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from core.settings.fields import HIDDEN, Settings
from core.settings.problems import PREFIX, Problem, SettingsInvalid


def load(env_file: Path | None = Path(".env")) -> Settings:
    """The settings of this process; the environment goes before `env_file`, which need not exist.

    Raises SettingsInvalid with every problem at once, names we do not know included: a misspelt setting
    would otherwise be silently without effect.
    """
    problems = _unknown(env_file)
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as wrong:
        raise SettingsInvalid(*problems, *_explained(wrong)) from None  # its own text would show secrets
    if problems:
        raise SettingsInvalid(*problems)
    return settings


def _explained(wrong: ValidationError) -> list[Problem]:
    problems = []
    for error in wrong.errors(include_url=False, include_context=False):
        field = next(
            (name for name in Settings.model_fields if _name(name) == _name(str(error["loc"][0]))), ""
        )
        found = "has a value that will not do (it is secret, so not shown)"
        if field not in HIDDEN:
            found = f"is {str(error['input'])!r}"
            found += f", and {error['msg']}" if error["type"] == "unusable" else ""
        problems.append(Problem(_name(field), found, Settings.model_fields[field].description or ""))
    return problems


def _unknown(env_file: Path | None) -> list[Problem]:
    given = {
        *EnvSettingsSource(Settings).env_vars,
        *DotEnvSettingsSource(Settings, env_file=env_file).env_vars,
    }
    known = sorted(_name(field).removeprefix(PREFIX) for field in Settings.model_fields)
    problems = []
    for name in sorted(
        name.upper().removeprefix(PREFIX) for name in given if name.upper().startswith(PREFIX)
    ):
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {PREFIX}{near[0]}?" if near else f"There are: {', '.join(known)}."
            problems.append(Problem(f"{PREFIX}{name}", "is not a setting", hint))
    return problems


def _name(field: str) -> str:
    alias = Settings.model_fields[field].validation_alias if field in Settings.model_fields else field
    return str(alias) if str(alias or "").startswith(PREFIX) else f"{PREFIX}{field.upper()}"
