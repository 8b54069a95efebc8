"""E-mail addresses as people type them."""

import pytest

from bot.readers import emails


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("wang@qq.com", "wang@qq.com"),
        ("我的邮箱是wang@qq.com。", "wang@qq.com"),
        ("Wang.Li+home@Mail.Example.CO.UK", "Wang.Li+home@mail.example.co.uk"),
        ("ｗａｎｇ＠ｑｑ．ｃｏｍ", "wang@qq.com"),
        ("wang @ qq.com", "wang@qq.com"),
        ("mary at example dot com", "mary@example.com"),
        ("12345@qq。com", "12345@qq.com"),
        ("wang@qq.com 就是 wang@qq.com", "wang@qq.com"),
        ("wang@qq.com 或 li@qq.com", None),
        ("wang@", None),
        ("@wang", None),
        ("wang..li@qq.com", None),
        ("wang@qq", None),
        ("明天上午九点", None),
        ("x" * 90 + "@qq.com", None),
    ],
)
def test_an_address_is_read_from_what_people_type(said: str, address: str | None) -> None:
    assert emails.read(said) == address


def test_a_slip_is_seen_and_an_address_is_shown_to_nobody_whole() -> None:
    assert emails.meant("wang@gmial.com") == "wang@gmail.com"
    assert emails.meant("wang@qq.com") is None
    assert emails.masked("wang@qq.com") == "w***@qq.com"
