"""Run the stand-in as a process of its own: `python -m tests.doubles.telegram --port 8081`."""

import argparse
import asyncio
import signal
import sys

from tests.doubles.telegram.double import Double

if sys.platform == "win32":
    run = asyncio.run
else:
    from uvloop import run


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.doubles.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any that is free")
    parser.add_argument("--token", default="123456:TEST-TOKEN")
    parser.add_argument("--username", default="menling_bot")
    parser.add_argument("--latency-ms", type=float, default=0.0, help="before each answer")
    parser.add_argument("--relaxed", action="store_true", help="count nothing against the rates")
    parser.add_argument("--remember", type=int, help="how many calls, updates and durations to keep")
    return parser.parse_args()


async def main(chosen: argparse.Namespace) -> None:
    """Serve until told to stop. The one line on standard output says where, once it can be reached."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stopped.set)
    double = Double(
        chosen.token,
        username=chosen.username,
        strict=not chosen.relaxed,
        latency=chosen.latency_ms / 1000,
        remember=chosen.remember,
    )
    await double.start(chosen.port)
    try:
        sys.stdout.write(f"{double.url}\n")
        sys.stdout.flush()
        await stopped.wait()
    finally:
        await double.stop()


if __name__ == "__main__":
    run(main(arguments()))
