"""What the person who runs Menling decides, from the environment and `.env`; explained when it is wrong."""

import difflib
import hmac
import os
import re
import secrets
import shlex
import tempfile
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    Field,
    FilePath,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "MENLING_"
SHORTEST_KEY = 16
HIDDEN = frozenset(
    "given_secret_key database_url metrics_token telegram_token telegram_webhook_secret"
    " wechat_app_secret wechat_token wechat_encoding_aes_key"
    " wecom_secret wecom_token wecom_encoding_aes_key".split()
)
TELEGRAM = "https://api.telegram.org"
WECHAT = "https://api.weixin.qq.com"
WECOM = "https://qyapi.weixin.qq.com"

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong setting: its full name, what was found (never a secret) and what it may be."""

    setting: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.setting} {self.found}. {self.allowed}"


class SettingsInvalid(Exception):
    """Some settings are wrong; `problems` names every one of them, for the person who runs the program."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (
        KeyError,
        ValueError,
        OSError,
    ) as unknown:  # a folder or a path outside is an OSError or ValueError
        raise ValueError from unknown
    return name


def _language(tag: str) -> str:
    if not _LANGUAGE_TAG.fullmatch(tag):
        raise ValueError
    return tag


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError
    return url.rstrip("/")


def _folder(path: Path) -> Path:
    if path.exists() and not path.is_dir():
        raise ValueError
    return path


def _long_enough(key: SecretStr) -> SecretStr:
    if len(key.get_secret_value()) < SHORTEST_KEY:
        raise ValueError
    return key


def _shaped(pattern: str) -> AfterValidator:
    """A secret of that form, from its beginning to its end."""

    def check(secret: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, secret.get_secret_value()):
            raise ValueError
        return secret

    return AfterValidator(check)


def _wechat_app_id(id: str) -> str:
    if not re.fullmatch(r"wx[0-9A-Za-z]{4,30}", id):
        raise ValueError
    return id


def _command(line: str) -> str:
    if not shlex.split(line):
        raise ValueError
    return line


class Settings(BaseSettings):
    """Every setting, checked; `load` gets them. Each description is what is read when the value is wrong."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    host: str = Field(
        "127.0.0.1", description="A name or address of this machine, such as 127.0.0.1 or 0.0.0.0."
    )
    port: int = Field(
        8000, ge=0, le=65535, description="A whole number from 1 to 65535, or 0 for any free port."
    )
    data_dir: Annotated[Path, AfterValidator(_folder)] = Field(
        Path("var"),
        description="A folder to keep data in; it is made when missing, but a file cannot be one.",
    )
    database_url: str = Field(
        "",
        repr=False,
        validate_default=True,
        description="sqlite:///path/to/file.db or postgresql://user:password@host/database;"
        " without it, a file in MENLING_DATA_DIR.",
    )
    public_url: Annotated[str, AfterValidator(_web_address)] | None = Field(
        None, description="The address people reach us at, such as https://home.example, with no ? or #."
    )
    given_secret_key: Annotated[SecretStr, AfterValidator(_long_enough)] | None = Field(
        None,
        validation_alias=f"{PREFIX}SECRET_KEY",
        description=f"At least {SHORTEST_KEY} characters that nobody can guess; without it, one is made.",
    )
    timezone: Annotated[str, AfterValidator(_zone)] | None = Field(
        None, description="A name from the time zone database, such as Asia/Shanghai."
    )
    language: Annotated[str, AfterValidator(_language)] | None = Field(
        None, description="A language tag, such as zh-CN or en."
    )
    company_file: FilePath | None = Field(
        None, description="An existing TOML file that describes the company."
    )
    metrics_token: Annotated[SecretStr, AfterValidator(_long_enough)] | None = Field(
        None,
        description=f"At least {SHORTEST_KEY} characters that nobody can guess; without it, none needed.",
    )
    demo: bool = Field(False, description="1 or 0 (also true, false, yes, no, on, off).")
    telegram_token: Annotated[SecretStr, _shaped(r"\d+:\S+")] | None = Field(
        None, description="What BotFather gave you: digits, a colon, and letters without spaces."
    )
    telegram_api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        TELEGRAM, description=f"The address of the Bot API, such as {TELEGRAM}, with no ? or #."
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        "polling",
        description="polling, which needs no public address, or webhook, for which MENLING_PUBLIC_URL must be"
        " an https:// address (http:// only on this machine, or with a Bot API server of your own).",
    )
    telegram_webhook_secret: Annotated[SecretStr, _shaped(r"[A-Za-z0-9_-]{1,256}")] | None = Field(
        None, description="1 to 256 letters, digits, _ and -; without it, one is made of the secret key."
    )
    telegram_staff_chat: int | None = Field(
        None, description="The id of the staff's group, a whole number such as -1001234567890."
    )
    wechat_app_id: Annotated[str, AfterValidator(_wechat_app_id)] | None = Field(
        None, description="The Official Account's AppID: wx and letters and digits."
    )
    wechat_app_secret: SecretStr | None = Field(
        None, description="The Official Account's AppSecret; an unverified account needs none."
    )
    wechat_token: Annotated[SecretStr, _shaped(r"[A-Za-z0-9_-]{3,32}")] | None = Field(
        None, description="The Token of the server configuration: 3 to 32 letters, digits, _ and -."
    )
    wechat_encoding_aes_key: Annotated[SecretStr, _shaped(r"[A-Za-z0-9+/]{43}")] | None = Field(
        None, description="The EncodingAESKey of the server configuration: 43 letters and digits."
    )
    wechat_mode: Literal["safe", "plain"] = Field(
        "safe",
        validate_default=True,
        description="safe, for which MENLING_WECHAT_ENCODING_AES_KEY must be set, or plain.",
    )
    wechat_account: Literal["service", "subscription", "unverified", "test"] = Field(
        "service", description="The kind of the account: service, subscription, unverified or test."
    )
    wechat_api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        WECHAT, description=f"The address of the API, such as {WECHAT}, with no ? or #."
    )
    wecom_corp_id: str | None = Field(
        None, pattern=r"^[0-9A-Za-z]{4,64}$", description="The company's id in WeCom: letters and digits."
    )
    wecom_agent_id: int | None = Field(
        None, ge=1, description="The application's AgentId, a whole number such as 1000002."
    )
    wecom_secret: SecretStr | None = Field(None, description="The application's Secret.")
    wecom_token: Annotated[SecretStr, _shaped(r"[A-Za-z0-9]{1,32}")] | None = Field(
        None, description="The Token of the application's callback: 1 to 32 letters and digits."
    )
    wecom_encoding_aes_key: Annotated[SecretStr, _shaped(r"[A-Za-z0-9+/]{43}")] | None = Field(
        None, description="The EncodingAESKey of the application's callback: 43 letters and digits."
    )
    wecom_api_url: Annotated[str, AfterValidator(_web_address)] = Field(
        WECOM, description=f"The address of the API, such as {WECOM}, with no ? or #."
    )
    transcribe_command: Annotated[str, AfterValidator(_command)] | None = Field(
        None,
        description="A program, with its arguments, that prints what is said in the sound file it is given.",
    )

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: str, info: ValidationInfo) -> str:
        if not url:
            return f"sqlite:///{info.data.get('data_dir', Path('var')) / 'menling.db'}"
        try:
            parsed = make_url(url)
        except ArgumentError as unreadable:
            raise ValueError from unreadable
        if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        elif parsed.drivername != "sqlite":
            raise ValueError
        return parsed.render_as_string(hide_password=False)

    @field_validator("telegram_mode")
    @classmethod
    def _reachable(cls, mode: str, info: ValidationInfo) -> str:
        given = info.data.get("public_url", "")
        if (
            mode == "webhook" and given != ""
        ):  # "" is an address that is wrong in itself, which is told anyway
            url = urlsplit(given or "")
            own_server = info.data.get("telegram_api_url") != TELEGRAM
            if url.scheme != "https" and not (url.scheme and (own_server or _is_local(url.hostname or ""))):
                raise ValueError
        return mode

    @field_validator("wechat_mode")
    @classmethod
    def _sealed(cls, mode: str, info: ValidationInfo) -> str:
        on, key = info.data.get("wechat_app_id"), info.data.get("wechat_encoding_aes_key", "")
        if mode == "safe" and on and key is None:
            raise ValueError
        return mode

    @property
    def wecom_lacks(self) -> list[str]:
        """What WeCom needs and is not set, by the full names of the settings."""
        needed = ("corp_id", "agent_id", "secret", "token", "encoding_aes_key")
        return [_name(f"wecom_{one}") for one in needed if getattr(self, f"wecom_{one}") is None]

    @property
    def webhook_secret(self) -> str:
        """What Telegram says with every update, so that we know it is Telegram: as set, or of the secret key.

        Raises SettingsInvalid like `secret_key`.
        """
        if self.telegram_webhook_secret:
            return self.telegram_webhook_secret.get_secret_value()
        return hmac.digest(self.secret_key.encode(), b"menling.telegram.webhook", "sha256").hex()

    @property
    def secret_key(self) -> str:
        """What cookies and links are signed with: as set, or made once and kept in `DATA_DIR/secret.key`.

        Raises SettingsInvalid when that file cannot be made or holds no key.
        """
        if self.given_secret_key:
            return self.given_secret_key.get_secret_value()
        return _kept_key(self.data_dir)


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


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _kept_key(folder: Path) -> str:
    file = folder / "secret.key"
    try:
        if not file.exists():
            _make_key(file)
        key = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as failed:
        raise SettingsInvalid(
            Problem(
                f"{PREFIX}DATA_DIR",
                f"is {str(folder)!r}, where {file.name} cannot be kept ({failed})",
                f"Let the program write there, or set {PREFIX}SECRET_KEY.",
            )
        ) from failed
    if len(key) < SHORTEST_KEY:
        raise SettingsInvalid(
            Problem(
                f"{PREFIX}SECRET_KEY", f"is not set, and {file} holds no key", "Set it, or remove that file."
            )
        )
    return key


def _make_key(file: Path) -> None:
    # A hard link appears with all its content or not at all, and never replaces: of two processes that
    # start at once, both read the key of the first.
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=file.parent, prefix=".secret-")  # mode 600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as key:
            key.write(secrets.token_urlsafe(32))
            key.flush()
            os.fsync(key.fileno())
        os.link(unfinished, file)
    except FileExistsError:
        pass
    finally:
        Path(unfinished).unlink()
