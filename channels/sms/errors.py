"""What Aliyun's error codes mean for a text message: what delivery is told.

https://help.aliyun.com/zh/sms/developer-reference/api-error-codes
"""

from datetime import timedelta

import structlog

from channels.base import ContentRefused, Misconfigured, TemplateRefused, TryLater, Undelivered, Unreachable

A_MINUTE = timedelta(minutes=1)
SOON = timedelta(0)
"""After the pause that the outbox makes between tries."""
NOBODY = frozenset({"isv.MOBILE_NUMBER_ILLEGAL", "isv.MOBILE_NUMBER_ILLEGAL_FORMAT", "MOBILE_NOT_EXIST"})
TEMPLATE = frozenset(
    "isv.SMS_TEMPLATE_ILLEGAL isv.TEMPLATE_MISSING_PARAMETERS isv.TEMPLATE_PARAMS_ILLEGAL"
    " isv.SMS_SIGNATURE_SCENE_ILLEGAL isv.TEMPLATE_AND_SIGN_NOT_MATCH isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE"
    " isv.TEMPLATE_COUNT_OVER_LIMIT".split()
)
OURS = frozenset(
    "isv.AMOUNT_NOT_ENOUGH isv.OUT_OF_SERVICE isv.PRODUCT_UN_SUBSCRIPT isv.PRODUCT_UNSUBSCRIBE"
    " isv.ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL isv.SMS_SIGNATURE_ILLEGAL isv.DAY_LIMIT_CONTROL"
    " isv.MONTH_LIMIT_CONTROL isp.RAM_PERMISSION_DENY SignatureDoesNotMatch SignatureNonceUsed"
    " InvalidTimeStamp.Expired Forbidden.RAM MissingAccessKeyId".split()
)
"""Nothing goes before somebody does something about it."""
BUSY = frozenset({"isp.SYSTEM_ERROR", "ServiceUnavailable", "InternalError", "isv.SYSTEM_ERROR"})
LIMITED = "isv.BUSINESS_LIMIT_CONTROL"
MINUTES = ("分钟", "minute")
"""How the provider says that a limit is over in a minute; one for an hour or a day is worth no waiting."""

log = structlog.get_logger()


def meaning(code: str, said: str, *, template: str) -> Undelivered:
    """What a refusal means. A code that nobody described means that this one message is refused."""
    why = f"{code} {said}".strip()
    if code in NOBODY:
        return Unreachable(why)
    if code in TEMPLATE:
        return TemplateRefused(why, template=template)
    if code in OURS or code.startswith("InvalidAccessKeyId"):
        log.error("sms.alarm", code=code, said=said)
        return Misconfigured(why)
    if code.startswith("Throttling"):
        return TryLater(A_MINUTE, whole=True)
    if code in BUSY:
        return TryLater(SOON)
    if code == LIMITED and any(word in said.lower() for word in MINUTES):
        return TryLater(A_MINUTE)
    if code != LIMITED:
        log.warning("sms.unknown_code", code=code, said=said)
    return ContentRefused(why)
