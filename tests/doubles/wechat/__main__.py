"""Run the stand-in as a process of its own: `python -m tests.doubles.wechat --port 8082`."""

import argparse
import asyncio
import signal
import sys

from tests.doubles.wechat.double import Double
from tests.doubles.wechat.envelopes import MODES
from tests.doubles.wechat.kinds import RIGHTS

if sys.platform == "win32":
    run = asyncio.run
else:
    from uvloop import run


def arguments() -> argparse.Namespace:
    """What the command line says; what it does not say is as the double has it."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.doubles.wechat", description=__doc__, argument_default=argparse.SUPPRESS
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes any that is free")
    parser.add_argument("--kind", choices=sorted(RIGHTS), help="of account")
    parser.add_argument("--mode", choices=MODES, help="of callbacks")
    parser.add_argument("--hook", help="the account's address for callbacks")
    parser.add_argument("--app-id")
    parser.add_argument("--secret")
    parser.add_argument("--token", help="that signs callbacks")
    parser.add_argument("--aes-key", help="43 characters that encrypt callbacks")
    parser.add_argument("--account", help="the id that begins with gh_")
    parser.add_argument("--answer-within", type=float, help="seconds of patience with a callback")
    parser.add_argument("--report-after", type=float, help="seconds until the result of a notice")
    parser.add_argument("--latency", type=float, help="seconds before each answer")
    parser.add_argument("--remember", type=int, help="how many calls, callbacks and durations to keep")
    return parser.parse_args()


async def main(chosen: argparse.Namespace) -> None:
    """Serve until told to stop. The one line on standard output says where, once it can be reached."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stopped.set)
    settings = vars(chosen)
    port = settings.pop("port")
    double = Double(**settings)
    await double.start(port)
    try:
        sys.stdout.write(f"{double.url}\n")
        sys.stdout.flush()
        await stopped.wait()
    finally:
        await double.stop()


if __name__ == "__main__":
    run(main(arguments()))
