"""Every setting, with what it may be."""

import hmac
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, FilePath, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from core.news import Kind
from core.settings import templates
from core.settings.keys import kept_key, make_vault_key, vault_keys
from core.settings.problems import PREFIX
from core.settings.shapes import (
    SHORTEST_KEY,
    AppId,
    CommandLine,
    Folder,
    LanguageTag,
    SecretKey,
    VaultKeys,
    WebAddress,
    ZoneName,
    is_local,
    shaped,
)
from core.settings.storage import EXAMPLE, Bucket, MediaStore, place
from core.settings.templates import Template

HIDDEN = frozenset(
    "given_secret_key given_secret_keys database_url media_store metrics_token"
    " telegram_token telegram_webhook_secret"
    " wechat_app_secret wechat_token wechat_encoding_aes_key"
    " wecom_secret wecom_token wecom_encoding_aes_key email_password sms_key_secret".split()
)
"""Settings whose values are never shown."""
TELEGRAM = "https://api.telegram.org"
WECHAT = "https://api.weixin.qq.com"
WECHAT_OPEN = "https://open.weixin.qq.com"
WECHAT_SDK = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
WECOM = "https://qyapi.weixin.qq.com"
SMS = "https://dysmsapi.aliyuncs.com"


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
    data_dir: Folder = Field(
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
    media_store: MediaStore | None = Field(
        None, description=f"A folder, or {EXAMPLE} (prefix, port and what follows ? may be left out)."
    )
    public_url: WebAddress | None = Field(
        None, description="The address people reach us at, such as https://home.example, with no ? or #."
    )
    given_secret_key: SecretKey | None = Field(
        None,
        validation_alias=f"{PREFIX}SECRET_KEY",
        description=f"At least {SHORTEST_KEY} characters that nobody can guess; without it, one is made.",
    )
    given_secret_keys: VaultKeys | None = Field(
        None,
        validation_alias=f"{PREFIX}SECRET_KEYS",
        description="One or more keys of `menling keys new`, with commas between them; the first one seals,"
        " all of them open. Without it, one is made.",
    )
    timezone: ZoneName | None = Field(
        None, description="A name from the time zone database, such as Asia/Shanghai."
    )
    language: LanguageTag | None = Field(None, description="A language tag, such as zh-CN or en.")
    company_file: FilePath | None = Field(
        None, description="An existing TOML file that describes the company."
    )
    metrics_token: SecretKey | None = Field(
        None,
        description=f"At least {SHORTEST_KEY} characters that nobody can guess; without it, none needed.",
    )
    demo: bool = Field(False, description="1 or 0 (also true, false, yes, no, on, off).")
    telegram_token: Annotated[SecretStr, shaped(r"\d+:\S+")] | None = Field(
        None, description="What BotFather gave you: digits, a colon, and letters without spaces."
    )
    telegram_api_url: WebAddress = Field(
        TELEGRAM, description=f"The address of the Bot API, such as {TELEGRAM}, with no ? or #."
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        "polling",
        description="polling, which needs no public address, or webhook, for which MENLING_PUBLIC_URL must be"
        " an https:// address (http:// only on this machine, or with a Bot API server of your own).",
    )
    telegram_webhook_secret: Annotated[SecretStr, shaped(r"[A-Za-z0-9_-]{1,256}")] | None = Field(
        None, description="1 to 256 letters, digits, _ and -; without it, one is made of the secret key."
    )
    telegram_staff_chat: int | None = Field(
        None, description="The id of the staff's group, a whole number such as -1001234567890."
    )
    wechat_app_id: AppId | None = Field(
        None, description="The Official Account's AppID: wx and letters and digits."
    )
    wechat_app_secret: SecretStr | None = Field(
        None, description="The Official Account's AppSecret; an unverified account needs none."
    )
    wechat_token: Annotated[SecretStr, shaped(r"[A-Za-z0-9_-]{3,32}")] | None = Field(
        None, description="The Token of the server configuration: 3 to 32 letters, digits, _ and -."
    )
    wechat_encoding_aes_key: Annotated[SecretStr, shaped(r"[A-Za-z0-9+/]{43}")] | None = Field(
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
    wechat_api_url: WebAddress = Field(
        WECHAT, description=f"The address of the API, such as {WECHAT}, with no ? or #."
    )
    wechat_templates: FilePath | None = Field(
        None,
        description="A TOML file that says which template tells which news (docs/wechat.md has an example);"
        " only accounts of the kinds service and test have templates.",
    )
    wechat_open_url: WebAddress = Field(
        WECHAT_OPEN, description=f"The address of WeChat's logins, such as {WECHAT_OPEN}, with no ? or #."
    )
    wechat_sdk_url: WebAddress = Field(
        WECHAT_SDK, description=f"The address of WeChat's script for pages, such as {WECHAT_SDK}."
    )
    wecom_corp_id: str | None = Field(
        None, pattern=r"^[0-9A-Za-z]{4,64}$", description="The company's id in WeCom: letters and digits."
    )
    wecom_agent_id: int | None = Field(
        None, ge=1, description="The application's AgentId, a whole number such as 1000002."
    )
    wecom_secret: SecretStr | None = Field(None, description="The application's Secret.")
    wecom_token: Annotated[SecretStr, shaped(r"[A-Za-z0-9]{1,32}")] | None = Field(
        None, description="The Token of the application's callback: 1 to 32 letters and digits."
    )
    wecom_encoding_aes_key: Annotated[SecretStr, shaped(r"[A-Za-z0-9+/]{43}")] | None = Field(
        None, description="The EncodingAESKey of the application's callback: 43 letters and digits."
    )
    wecom_markdown: bool = Field(
        False, description="Whether members read in the WeCom app itself, so that titles may be bold."
    )
    wecom_kf_id: str | None = Field(
        None,
        pattern=r"^[0-9A-Za-z_-]{1,64}$",
        description="The account of customer service (open_kfid), such as wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q.",
    )
    wecom_api_url: WebAddress = Field(
        WECOM, description=f"The address of the API, such as {WECOM}, with no ? or #."
    )
    email_host: str | None = Field(None, description="The mail server we send by, such as smtp.example.com.")
    email_port: int = Field(465, ge=1, le=65535, description="Its port: 465 for tls, 587 for starttls.")
    email_tls: Literal["tls", "starttls", "none"] = Field(
        "tls",
        validate_default=True,
        description="tls, starttls, or none, which is only for a server on this machine.",
    )
    email_user: str | None = Field(None, description="The name we log in with there.")
    email_password: SecretStr | None = Field(None, description="The password, or the code for programs.")
    email_from: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
        description="The address e-mails come from, such as noreply@home.example.",
    )
    sms_key_id: str | None = Field(
        None, pattern=r"^[0-9A-Za-z]{8,64}$", description="The AccessKey ID of Aliyun's short messages."
    )
    sms_key_secret: SecretStr | None = Field(None, description="The AccessKey Secret.")
    sms_sign: str | None = Field(
        None, min_length=2, max_length=24, description="The approved name that text messages are signed with."
    )
    sms_api_url: WebAddress = Field(
        SMS, description=f"The address of the API, such as {SMS}, with no ? or #."
    )
    transcribe_command: CommandLine | None = Field(
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
            if url.scheme != "https" and not (url.scheme and (own_server or is_local(url.hostname or ""))):
                raise ValueError
        return mode

    @field_validator("email_tls")
    @classmethod
    def _unread(cls, tls: str, info: ValidationInfo) -> str:
        host = info.data.get("email_host")
        if tls == "none" and host is not None and not is_local(host):
            raise ValueError
        return tls

    @field_validator("wechat_mode")
    @classmethod
    def _sealed(cls, mode: str, info: ValidationInfo) -> str:
        on, key = info.data.get("wechat_app_id"), info.data.get("wechat_encoding_aes_key", "")
        if mode == "safe" and on and key is None:
            raise ValueError
        return mode

    @field_validator("wechat_templates")
    @classmethod
    def _sendable(cls, file: Path | None, info: ValidationInfo) -> Path | None:
        if file is not None and info.data.get("wechat_account") not in templates.ACCOUNTS:
            raise ValueError
        if file is not None:
            try:
                templates.read(file)
            except templates.Unusable as why:
                raise PydanticCustomError("unusable", "{why}", {"why": str(why)}) from why
        return file

    @property
    def templates(self) -> Mapping[Kind, Template]:
        """Which template of the Official Account tells which news."""
        return templates.read(self.wechat_templates) if self.wechat_templates else {}

    @property
    def media_place(self) -> Path | Bucket:
        """Where the files that people send are kept."""
        return place(self.media_store.get_secret_value()) if self.media_store else self.data_dir / "photos"

    @property
    def wecom_lacks(self) -> list[str]:
        """What WeCom needs and is not set, by the full names of the settings."""
        needed = ("corp_id", "agent_id", "secret", "token", "encoding_aes_key")
        return [f"{PREFIX}WECOM_{one.upper()}" for one in needed if getattr(self, f"wecom_{one}") is None]

    @property
    def kf_lacks(self) -> list[str]:
        """What WeCom's customer service needs and is not set; it can do without an application for staff."""
        needed = ("kf_id", "corp_id", "secret", "token", "encoding_aes_key")
        return [f"{PREFIX}WECOM_{one.upper()}" for one in needed if getattr(self, f"wecom_{one}") is None]

    @property
    def email_lacks(self) -> list[str]:
        """What e-mail needs and is not set, by the full names of the settings."""
        return [
            f"{PREFIX}EMAIL_{one.upper()}" for one in ("host", "from") if not getattr(self, f"email_{one}")
        ]

    @property
    def safe_page(self) -> str:
        """Where our own pages begin, if they come encrypted, as mail programs want it; "" if not."""
        page = (self.public_url or "").rstrip("/")
        return page if page.startswith("https:") else ""

    @property
    def email_account(self) -> str:
        """The address e-mails come from; "" while e-mail is off."""
        return "" if self.email_lacks else self.email_from or ""

    @property
    def sms_account(self) -> str:
        """The name text messages are signed with; "" while they are off."""
        return "" if self.sms_lacks else self.sms_sign or ""

    @property
    def sms_lacks(self) -> list[str]:
        """What text messages need and is not set, by the full names of the settings."""
        needed = ("key_id", "key_secret", "sign")
        return [f"{PREFIX}SMS_{one.upper()}" for one in needed if getattr(self, f"sms_{one}") is None]

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
        return kept_key(self.data_dir)

    def vault_keys(self, *, make: bool) -> tuple[str, ...]:
        """What door codes and health notes are sealed with: as set, or kept in `DATA_DIR/vault.key`.

        Where there is none, () or one that is made now. Raises SettingsInvalid.
        """
        if self.given_secret_keys:
            return tuple(key.strip() for key in self.given_secret_keys.get_secret_value().split(","))
        return vault_keys(self.data_dir) or (make_vault_key(self.data_dir) if make else ())
