"""Delivers callbacks to the application's address: encrypted, with little patience, at most three times."""

import aiohttp

from tests.doubles.wechat import callbacks
from tests.doubles.wechat.callbacks import SILENCE, Callback
from tests.doubles.wechat.envelopes import Unreadable

ECHO_WITHIN = 1.0


class Callbacks(callbacks.Callbacks):
    """What is on its way to one application's address. Who is not answered in the end is shown nothing."""

    def _give_up(self, callback: Callback) -> None:
        self._double.unanswered.append(callback)

    def _judge(self, callback: Callback, said: bytes) -> str:
        if callback.answered:
            return "again"
        callback.answered = True
        if said in SILENCE:
            return "silence"
        double = self._double
        try:
            fields = double.envelopes.unpack(said.decode("utf-8", "replace"))
        except Unreadable as why:
            return f"refused: {why}"
        if fields.get("ToUserName") != callback.openid or fields.get("FromUserName") != double.corp_id:
            return "refused: not to whom it belongs"
        match fields.get("MsgType"):
            case "update_button" if name := (fields.get("Button") or {}).get("ReplaceName"):
                return double.change(str(callback.fields.get("TaskId")), [callback.openid], dead=name)
            case "text" if words := fields.get("Content"):
                double.members[callback.openid].look("text", {"content": words}, way="passive")
                return "shown"
        return f"refused: {fields.get('MsgType')}"

    async def knock(self, *, wrongly: bool = False) -> bool:
        """Check the address as the console does when it is saved; `wrongly` with a false signature."""
        double = self._double
        timestamp, nonce = str(int(double.now())), str(double.random.randrange(10**9, 10**10))
        echo = str(double.random.randrange(10**18, 10**19))
        sealed, signature = double.envelopes.seal(echo, timestamp, nonce)
        query = {"msg_signature": signature[::-1] if wrongly else signature, "echostr": sealed}
        query |= {"timestamp": timestamp, "nonce": nonce}
        patience = aiohttp.ClientTimeout(total=ECHO_WITHIN)
        try:
            async with self._session.get(
                double.hook, params=query, allow_redirects=False, timeout=patience
            ) as response:
                return response.status == 200 and await response.read() == echo.encode()
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False
