"""Text messages at a stand-in for the provider: what is sent, and what each refusal means."""

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from bot.messages import Outbound, Sender
from channels.base import (
    ContentRefused,
    Down,
    Misconfigured,
    OutcomeUnknown,
    TemplateRefused,
    TryLater,
    Undelivered,
    Unreachable,
)
from channels.sms import channel, signing
from channels.sms.channel import SmsChannel
from core import company
from core.correspondence import Purpose
from core.news import Fact, Kind
from core.resorts.rules import SmsTemplate
from core.settings import Settings
from tests.channels.scripted import CUT, serving
from tests.doubles.sms import KEY_ID, SECRET, SmsDouble

TEXT = SmsTemplate(code="SMS_1", values={"name": "name", "when": "when", "what": "=上门服务"})
COMPANY = company.load()
COMPANY = COMPANY.model_copy(
    update={"resorts": COMPANY.resorts.model_copy(update={"sms": {Kind.VISIT_NEAR: TEXT}})}
)
TO = Sender("sms", "安心到家", "+8613800001234")
FACTS = {Fact.NAME: "", Fact.WHEN: "明天 09:00 到 12:00，" + "科华北路" * 10, Fact.REFERENCE: "A1B2"}
NEWS = Outbound("明天上午九点见", news=Kind.VISIT_NEAR, facts=FACTS)


@pytest.fixture
async def double() -> AsyncIterator[SmsDouble]:
    async with serving(SmsDouble()) as made:
        yield made


def settings(url: str, **more: str) -> Settings:
    given = {"sms_key_id": KEY_ID, "sms_key_secret": SECRET, "sms_sign": "安心到家"} | more
    return Settings(_env_file=None, sms_api_url=url, **given)


async def send(url: str, message: Outbound = NEWS, **more: str) -> str | None:
    given = settings(url, **more)
    gateway = channel.gateway_of(given)
    try:
        made = SmsChannel(given, company=COMPANY, gateway=gateway)
        return await made.send(TO, message, purpose=Purpose.NOTICE)
    finally:
        await gateway.close()


def test_a_request_is_signed_as_the_providers_own_example_is() -> None:
    """The published values of Alibaba Cloud's "V3版本请求体&签名机制" (in English
    "Request syntax and signature method V3").

    Its page "签名机制" for Function Compute has the same request, with the digest in between.
    """
    query = signing.query(
        {"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}
    )
    assert query == "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"
    given = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"

    assert signing.digest(query, given, names) == (
        "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259"
    )
    made = signing.headers(
        "YourAccessKeyId",
        "YourAccessKeySecret",
        host=given["host"],
        action=given["x-acs-action"],
        version=given["x-acs-version"],
        query=query,
        nonce=given["x-acs-signature-nonce"],
        now=datetime(2023, 10, 26, 18, 22, 32, tzinfo=ZoneInfo("Asia/Shanghai")),
    )
    assert made == given | {
        "authorization": f"ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders={names},Signature="
        "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    }


def test_parameters_are_encoded_as_the_provider_says() -> None:
    """The table of "V3版本请求体&签名机制": all but `-_.~`, letters and digits; no plus for a space."""
    assert signing.query({"b": 'a *~-_."', "A": "签", "c": ""}) == "A=%E7%AD%BE&b=a%20%2A~-_.%22&c="


async def test_facts_are_filled_into_the_registered_text_as_it_takes_them(double: SmsDouble) -> None:
    receipt = await send(double.base)

    [sent], [values] = double.sent, double.values
    assert receipt == "biz-1"
    assert sent["PhoneNumbers"] == "13800001234"
    assert (sent["SignName"], sent["TemplateCode"], sent["OutId"]) == ("安心到家", "SMS_1", "A1B2")
    assert (values["name"], values["what"]) == ("-", "上门服务")
    assert values["when"].startswith("明天 09:00 到 12:00")
    assert len(values["when"]) == 35


async def test_news_without_a_text_is_not_sent(double: SmsDouble) -> None:
    with pytest.raises(ContentRefused):
        await send(double.base, Outbound("您好", news=Kind.VISIT_CHANGED))

    assert double.sent == []


@pytest.mark.parametrize(
    ("code", "said", "means"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1", TryLater),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:10", ContentRefused),
        ("isv.MOBILE_NUMBER_ILLEGAL", "号码不合法", Unreachable),
        ("isv.AMOUNT_NOT_ENOUGH", "余额不足", Misconfigured),
        ("isv.SMS_TEMPLATE_ILLEGAL", "模板不合法", TemplateRefused),
        ("isv.SMS_SIGNATURE_ILLEGAL", "签名不合法", Misconfigured),
        ("isv.BLACK_KEY_CONTROL_LIMIT", "黑名单", ContentRefused),
        ("isp.SYSTEM_ERROR", "", TryLater),
        ("Throttling.User", "too fast", TryLater),
        ("isv.NEVER_HEARD_OF", "?", ContentRefused),
    ],
)
async def test_a_refusal_means_what_the_provider_says(
    double: SmsDouble, code: str, said: str, means: type[Undelivered]
) -> None:
    double.refuses.append((code, said))

    with pytest.raises(means) as raised:
        await send(double.base)

    assert type(raised.value) is means
    if isinstance(raised.value, TryLater):
        assert raised.value.whole is code.startswith("Throttling")
    if isinstance(raised.value, TemplateRefused):
        assert raised.value.template == "SMS_1"


async def test_a_wrong_secret_is_for_staff_to_mend(double: SmsDouble) -> None:
    with pytest.raises(Misconfigured, match="SignatureDoesNotMatch"):
        await send(double.base, sms_key_secret="not this one")  # noqa: S106


async def test_a_line_that_is_cut_leaves_it_open_whether_it_went(double: SmsDouble) -> None:
    double.fail(CUT)

    with pytest.raises(OutcomeUnknown):
        await send(double.base)


async def test_a_provider_that_is_out_of_order_or_away_is_down(double: SmsDouble) -> None:
    double.script.append(web.Response(status=503, text="<html>"))

    with pytest.raises(Down):
        await send(double.base)
    with pytest.raises(Down):
        await send("http://127.0.0.1:9")


async def test_the_probe_asks_after_every_text(double: SmsDouble) -> None:
    well = await channel.examine(settings(double.base), COMPANY)
    double.refuses.append(("isv.SMS_TEMPLATE_ILLEGAL", "no such text"))
    wrong = await channel.examine(settings(double.base), COMPANY)

    assert [check.health for check in well] == ["ok"]
    assert [check.health for check in wrong] == ["problem"]
