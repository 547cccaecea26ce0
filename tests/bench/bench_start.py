"""How fast commands start and answer: ``python -m tests.bench.bench_start``.

On the real plan of Stoke where it lies beside the checkout, else on the demo's.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from bot.slack.manifest import manifest
from handlers.answer import respond
from handlers.request import Request
from nlp.reading import read
from storage.model.people import Person
from storage.model.post import Inbound, InboundKind
from storage.open import open_store
from tests.fakes.slack import FakeSlack

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[2]
STOKE = ROOT.parent / "shared" / "seeds" / "004_c3dc48f5e9bbc546.txt"
PLAN = STOKE if STOKE.exists() else ROOT / "bot" / "demo" / "plan.txt"
PORT = 39781
NOW = datetime(2018, 3, 16, 9, tzinfo=UTC)
Figure = tuple[str, str, str]  # what, measured, wanted


def main() -> None:
    """Print what was measured beside what is wanted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = [
            _command("import", ["import", str(PLAN), "--plan", "a"], "", folder, times=1),
            _command("status theme 6, as a process", ["status", "theme", "6"], "under 1 s", folder),
            _command("help, as a process", ["help"], "", folder),
            _command("extract, as a process", ["extract", "6.1.4 done by 3 March, 80%"], "", folder),
            _handler(folder),
            *asyncio.run(_run(folder)),
        ]
    for what, measured, wanted in figures:
        print(f"{what:<42} {measured:>10}   {wanted}")


def _command(what: str, words: list[str], wanted: str, folder: Path, times: int = 5) -> Figure:
    def once() -> None:
        command = [sys.executable, "-m", "bot", *words]
        subprocess.run(command, cwd=folder, env=_environment(), check=True, stdout=subprocess.DEVNULL)

    return what, f"{_median(once, times):.2f} s", wanted


def _environment(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **more}


def _median(work: Callable[[], object], times: int) -> float:
    return statistics.median(_seconds(work) for _ in range(times))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _handler(folder: Path) -> Figure:
    inbound = Inbound("console", "k", InboundKind.COMMAND, "u", "c", NOW, "status theme 6")
    with closing(open_store(str(folder / "assurebot.db"))) as store:
        request = Request(inbound, Person(0, "Bench"), NOW, ZoneInfo("Europe/London"), _read)
        return (
            "status theme 6, the handler",
            f"{_median(lambda: respond(request, store), 50) * 1000:.1f} ms",
            "under 20 ms",
        )


def _read(text: str, as_of: date) -> object:
    return read(text, as_of)


async def _run(folder: Path) -> list[Figure]:
    """``assurebot run`` against the fake Slack: until it is healthy and connected, and what it then weighs."""
    async with FakeSlack(manifest()) as fake:
        environment = _environment(
            SLACK_BOT_TOKEN=fake.bot_token,
            SLACK_APP_TOKEN=fake.app_token,
            ASSUREBOT_SLACK_API_URL=fake.api_url,
            ASSUREBOT_HTTP_PORT=str(PORT),
        )
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stderr=asyncio.subprocess.PIPE
        )
        assert process.stderr is not None
        while b" ready " not in await process.stderr.readline():
            pass
        ready = time.perf_counter() - begun
        await asyncio.sleep(3)  # the language pipeline is loaded behind
        assert json.loads(await asyncio.to_thread(_health))["ok"]
        weight = _resident(process.pid)
        begun = time.perf_counter()
        process.terminate()
        await process.communicate()
    return [
        ("assurebot run, cold start to ready", f"{ready:.2f} s", "under 4 s"),
        ("assurebot run, resident memory", f"{weight:.0f} MB", "under 300 MB"),
        ("assurebot run, clean stop", f"{time.perf_counter() - begun:.2f} s", ""),
    ]


def _health() -> bytes:
    with urlopen(f"http://127.0.0.1:{PORT}/health") as answer:
        return bytes(answer.read())


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


if __name__ == "__main__":
    main()
