import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from core import settings
from core.settings import Settings, SettingsInvalid
from core.settings.storage import Bucket


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.upper().startswith(settings.PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def having(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"MENLING_{name}", value)
    return settings.load()


def told(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    with pytest.raises(SettingsInvalid) as invalid:
        having(monkeypatch, **values)
    return str(invalid.value)


def test_nothing_needs_to_be_set() -> None:
    found = settings.load()
    assert (found.host, found.port, found.data_dir, found.demo) == ("127.0.0.1", 8000, Path("var"), False)
    assert found.database_url == "sqlite:///var/menling.db"
    assert (found.public_url, found.timezone, found.language, found.company_file) == (None, None, None, None)


def test_every_setting_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    company = tmp_path / "company.toml"
    company.touch()
    found = having(
        monkeypatch,
        HOST="0.0.0.0",  # noqa: S104 - nothing listens here
        PORT="9000",
        DATA_DIR=str(tmp_path / "data"),
        PUBLIC_URL="https://home.example/",
        SECRET_KEY="a key of one's own choice",  # noqa: S106 - nobody's
        TIMEZONE="Asia/Shanghai",
        LANGUAGE="zh-CN",
        COMPANY_FILE=str(company),
        DEMO="1",
    )
    assert (found.port, found.demo, found.public_url) == (9000, True, "https://home.example")
    assert (found.timezone, found.language, found.company_file) == ("Asia/Shanghai", "zh-CN", company)
    assert found.secret_key.endswith("one's own choice")
    assert found.database_url == f"sqlite:///{tmp_path}/data/menling.db"


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("MENLING_PORT=9000\nMENLING_LANGUAGE=en\nSOMEBODY_ELSES=1\n", encoding="utf-8")
    found = having(monkeypatch, PORT="9001")
    assert (found.port, found.language) == (9001, "en")


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    found = having(monkeypatch, PORT="", TIMEZONE="", SECRET_KEY="", DATABASE_URL="")
    assert (found.port, found.timezone) == (8000, None)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://ann:p%40ss@db/menling", "postgresql+psycopg://ann:p%40ss@db/menling"),
        ("postgresql://db/menling", "postgresql+psycopg://db/menling"),
        ("postgresql+psycopg:///menling?host=/run", "postgresql+psycopg:///menling?host=%2Frun"),
        ("sqlite:////data/menling.db", "sqlite:////data/menling.db"),
    ],
)
def test_usual_database_addresses_are_understood(
    monkeypatch: pytest.MonkeyPatch, given: str, used: str
) -> None:
    assert having(monkeypatch, DATABASE_URL=given).database_url == used


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("PORT", "eight", "65535"),
        ("PORT", "70000", "65535"),
        ("PUBLIC_URL", "home.example", "https://"),
        ("TIMEZONE", "Chengdu", "Asia/Shanghai"),
        ("TIMEZONE", "../etc", "Asia/Shanghai"),
        ("LANGUAGE", "Chinese!", "zh-CN"),
        ("COMPANY_FILE", "nowhere.toml", "TOML"),
        ("DEMO", "perhaps", "yes, no"),
        ("TELEGRAM_API_URL", "api.telegram.org", "https://"),
        ("TELEGRAM_MODE", "webhooks", "polling"),
        ("TELEGRAM_STAFF_CHAT", "@staff", "-1001234567890"),
        ("TRANSCRIBE_COMMAND", 'say "it', "program"),
    ],
)
def test_a_wrong_value_is_explained(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, hint: str
) -> None:
    explained = told(monkeypatch, **{name: value})
    assert explained.startswith(f"MENLING_{name} is '{value}'. ")
    assert hint in explained


TOKEN = "7000000001:AAE-hunter2_hunter2-hunter2_hunter2"  # noqa: S105 - nobody's


def test_telegram_is_off_until_there_is_a_token() -> None:
    found = settings.load()
    assert (found.telegram_token, found.telegram_staff_chat, found.transcribe_command) == (None, None, None)
    assert (found.telegram_api_url, found.telegram_mode) == ("https://api.telegram.org", "polling")


def test_telegrams_settings_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    found = having(
        monkeypatch,
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_API_URL="http://127.0.0.1:8081/",
        TELEGRAM_MODE="webhook",
        PUBLIC_URL="https://home.example",
        TELEGRAM_WEBHOOK_SECRET="a-Secret_1",  # noqa: S106 - nobody's
        TELEGRAM_STAFF_CHAT="-1001234567890",
        TRANSCRIBE_COMMAND="whisper --language 'zh CN'",
    )
    assert found.telegram_token is not None
    assert found.telegram_token.get_secret_value() == TOKEN
    assert (found.telegram_api_url, found.telegram_mode) == ("http://127.0.0.1:8081", "webhook")
    assert (found.webhook_secret, found.telegram_staff_chat) == ("a-Secret_1", -1001234567890)
    assert found.transcribe_command == "whisper --language 'zh CN'"


def test_the_webhooks_secret_comes_from_our_own_and_does_not_give_it_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = having(monkeypatch, SECRET_KEY="a key of one's own choice")  # noqa: S106 - nobody's
    again = having(monkeypatch, SECRET_KEY="a key of one's own choice")  # noqa: S106 - nobody's
    other = having(monkeypatch, SECRET_KEY="another key of one's own")  # noqa: S106 - nobody's
    assert first.webhook_secret == again.webhook_secret != other.webhook_secret
    assert set(first.webhook_secret) <= set("0123456789abcdef")
    assert len(first.webhook_secret) == 64


@pytest.mark.parametrize(
    ("public_url", "api_url"),
    [
        ("https://home.example", ""),
        ("http://127.0.0.1:8000", ""),
        ("http://localhost", ""),
        ("http://[::1]:8000", ""),
        ("http://menling:8000", "http://telegram-bot-api:8081"),
    ],
)
def test_a_webhook_is_had_where_telegram_can_reach_us(
    monkeypatch: pytest.MonkeyPatch, public_url: str, api_url: str
) -> None:
    found = having(monkeypatch, TELEGRAM_MODE="webhook", PUBLIC_URL=public_url, TELEGRAM_API_URL=api_url)
    assert found.telegram_mode == "webhook"


@pytest.mark.parametrize("public_url", ["", "http://home.example", "http://127.0.0.1.example"])
def test_a_webhook_without_a_public_address_is_explained(
    monkeypatch: pytest.MonkeyPatch, public_url: str
) -> None:
    explained = told(monkeypatch, TELEGRAM_MODE="webhook", PUBLIC_URL=public_url)
    assert explained.startswith("MENLING_TELEGRAM_MODE is 'webhook'. polling")
    assert "MENLING_PUBLIC_URL must be an https:// address" in explained


def test_a_wrong_public_address_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsInvalid) as invalid:
        having(monkeypatch, TELEGRAM_MODE="webhook", PUBLIC_URL="home.example")
    assert [problem.setting for problem in invalid.value.problems] == ["MENLING_PUBLIC_URL"]


def test_a_file_is_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert told(monkeypatch, DATA_DIR=str(file)).startswith("MENLING_DATA_DIR is ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "hunter2"),
        ("METRICS_TOKEN", "hunter2"),
        ("DATABASE_URL", "mysql://ann:hunter2@db"),
        ("DATABASE_URL", "hunter2"),
        ("TELEGRAM_TOKEN", "hunter2"),
        ("TELEGRAM_TOKEN", "700:hunter2 hunter2"),
        ("TELEGRAM_WEBHOOK_SECRET", "hunter2!"),
        ("MEDIA_STORE", "s3://key:hunter2"),
        ("MEDIA_STORE", "s3://key:hunter2@host"),
        ("MEDIA_STORE", "s3://:hunter2@host/photos"),
        ("MEDIA_STORE", "s3://key:hunter2@host:99999/photos"),
        ("MEDIA_STORE", "s3://key:hunter2@host/PHOTOS"),
        ("MEDIA_STORE", "s3://key:hunter2@host/photos/../others"),
        ("MEDIA_STORE", "s3://key:hunter2@host/photos?secure=maybe"),
        ("MEDIA_STORE", "s3://key:hunter2@host/photos?region=a b"),
        ("MEDIA_STORE", "s3://key:hunter2@host/photos?colour=red"),
        ("MEDIA_STORE", "https://key:hunter2@host/photos"),
        ("MEDIA_STORE", "/dev/null"),
    ],
)
def test_a_wrong_secret_is_explained_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(SettingsInvalid) as invalid:
        having(monkeypatch, **{name: value})
    assert str(invalid.value).startswith(f"MENLING_{name} ")
    assert "hunter2" not in str(invalid.value)
    assert invalid.value.__suppress_context__


def test_secrets_are_not_in_the_settings_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    key = "hunter2 hunter2 hunter2"
    values = {"SECRET_KEY": key, "METRICS_TOKEN": key, "DATABASE_URL": "postgres://a:hunter2@b/c"}
    values |= {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "hunter2"}
    found = having(monkeypatch, MEDIA_STORE="s3://key:hunter2@host/photos", **values)
    assert found.metrics_token is not None
    assert found.metrics_token.get_secret_value() == key
    assert "hunter2" not in repr(found)


@pytest.mark.parametrize(
    ("value", "endpoint", "secret"),
    [
        ("s3://k:s@127.0.0.1:9000/photos?secure=0", "http://127.0.0.1:9000", "s"),
        ("s3://k:a/b+c=@host/photos/below/it/", "https://host", "a/b+c="),
        ("s3://k:p%40ss@host/photos?style=host&region=ap-x", "https://photos.host", "p@ss"),
    ],
)
def test_a_bucket_is_one_setting(
    monkeypatch: pytest.MonkeyPatch, value: str, endpoint: str, secret: str
) -> None:
    bucket = having(monkeypatch, MEDIA_STORE=value).media_place
    assert isinstance(bucket, Bucket)
    assert (bucket.endpoint, bucket.name, bucket.secret) == (endpoint, "photos", secret)
    assert bucket.region == ("ap-x" if "region" in value else "us-east-1")
    assert bucket.prefix == ("below/it" if "below" in value else "")


def test_files_lie_in_the_data_folder_or_in_one_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert having(monkeypatch, DATA_DIR="there").media_place == Path("there/photos")
    assert having(monkeypatch, MEDIA_STORE="elsewhere/files").media_place == Path("elsewhere/files")


def test_every_problem_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsInvalid) as invalid:
        having(monkeypatch, PORT="x", DEMO="x", PROT="1", SOMETHING="2")
    problems = {problem.setting: str(problem) for problem in invalid.value.problems}
    assert set(problems) == {"MENLING_PORT", "MENLING_DEMO", "MENLING_PROT", "MENLING_SOMETHING"}
    assert "Did you mean MENLING_PORT?" in problems["MENLING_PROT"]
    assert "There are: COMPANY_FILE, DATABASE_URL," in problems["MENLING_SOMETHING"]


def test_a_misspelt_name_in_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MENLING_LANGAUGE=en\n")
    with pytest.raises(SettingsInvalid, match="Did you mean MENLING_LANGUAGE"):
        settings.load()


def test_a_key_is_made_once_and_kept_for_our_eyes_only(tmp_path: Path) -> None:
    key = settings.load().secret_key
    assert len(key) >= 32
    assert settings.load().secret_key == key
    assert os.listdir(tmp_path / "var") == ["secret.key"]
    assert stat.S_IMODE((tmp_path / "var" / "secret.key").stat().st_mode) == 0o600


def test_a_file_that_holds_no_key_is_explained(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret.key").touch()
    with pytest.raises(SettingsInvalid, match="holds no key"):
        _ = settings.load().secret_key


def test_a_folder_that_cannot_be_made_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = having(monkeypatch, DATA_DIR=str(tmp_path / "file" / "below"))
    with pytest.raises(SettingsInvalid, match=r"MENLING_DATA_DIR .* Let the program write there"):
        _ = found.secret_key


def _key_of(_process: int) -> str:
    return settings.load(None).secret_key


def test_processes_that_start_at_once_share_one_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MENLING_DATA_DIR", str(tmp_path / "shared"))
    with multiprocessing.get_context("spawn").Pool(4) as processes:
        keys = processes.map(_key_of, range(8), chunksize=1)
    assert len(set(keys)) == 1
    assert os.listdir(tmp_path / "shared") == ["secret.key"]
