"""``assurebot run`` is killed once at each step of an answer's way: every step is done once, whatever came before.

The way: receive, store, handle, commit, claim, post, mark. A post that Slack shows is never made again.
"""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from bot.slack.manifest import manifest
from storage.open import open_store
from tests.e2e.test_killed import LONG, RUN, Program, prepare
from tests.fakes.slack import FakeSlack

ROUNDS = 5 if LONG else 1
# Kills the process before or after a function, the first time that it gives something; then never again.
KILL = """
import functools, importlib, inspect, os, pathlib, signal
def kill_once(place, when):
    module, _, path = place.partition(":")
    owner = importlib.import_module(module)
    *inner, name = path.split(".")
    for one in inner:
        owner = getattr(owner, one)
    real, marker = getattr(owner, name), pathlib.Path("killed")
    def die(now, given=True):
        if now == when and given not in (None, [], False) and not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if inspect.iscoroutinefunction(real):
        async def wrapped(*args, **more):
            die("before")
            given = await real(*args, **more)
            die("after", given)
            return given
    else:
        def wrapped(*args, **more):
            die("before")
            given = real(*args, **more)
            die("after", given)
            return given
    setattr(owner, name, functools.wraps(real)(wrapped))
kill_once(PLACE, WHEN)
"""

SELDOM = pytest.mark.skipif(not LONG, reason="takes long: make test-crash")
STEPS = [
    pytest.param("bot.inbox:Inbox.receive", "before", marks=SELDOM, id="received, not stored"),
    pytest.param(
        "storage.inbox:Inbox.receive", "after", marks=SELDOM, id="stored, not committed or acknowledged"
    ),
    pytest.param("bot.inbox:Inbox.receive", "after", id="stored, not acknowledged"),
    pytest.param("bot.inbox:respond", "before", marks=SELDOM, id="claimed, not handled"),
    pytest.param("storage.inbox:Inbox.done", "after", id="handled, posts kept, not committed"),
    pytest.param("bot.inbox:_hand_back", "before", marks=SELDOM, id="committed, nothing posted"),
    pytest.param("storage.outbox:Outbox.claim", "after", marks=SELDOM, id="post claimed"),
    pytest.param("bot.slack.posting:Poster.post", "before", marks=SELDOM, id="before the post"),
    pytest.param("bot.slack.posting:Poster.post", "after", id="posted, not marked"),
    pytest.param("bot.outbox:Outbox._sent", "before", marks=SELDOM, id="before the mark"),
    pytest.param("storage.outbox:Outbox.sent", "before", id="in the mark"),
]


class Killed(Program):
    """The program that dies once at a step."""

    def __init__(self, folder: Path, slack: FakeSlack, place: str, when: str) -> None:
        super().__init__(folder, slack)
        quick = RUN.replace("LEASE_SECONDS = 3", "LEASE_SECONDS = 1")
        self.code = quick.replace("from bot.cli", f"PLACE, WHEN = {place!r}, {when!r}\n{KILL}\nfrom bot.cli")

    async def run_on(self) -> None:
        """Start it, and start it again when it has died."""
        await self.start()
        assert self.process is not None
        async with asyncio.timeout(60):
            assert await self.process.wait() == -9
        await self.start()


async def settled(folder: Path) -> None:
    """Until nothing waits in the record: what is unsure has been looked for."""
    with closing(open_store(str(folder / "assurebot.db"))) as store:
        async with asyncio.timeout(60):
            while store.outbox.waiting() or store.inbox.waiting():  # noqa: ASYNC110  (another process works)
                await asyncio.sleep(0.1)


@pytest.mark.crash
@pytest.mark.parametrize("round_", range(ROUNDS))
@pytest.mark.parametrize(("place", "when"), STEPS)
async def test_killed_there_nothing_is_lost_or_doubled(
    tmp_path: Path, place: str, when: str, round_: int
) -> None:
    async with FakeSlack(manifest(), second=0.01) as slack:
        owner = prepare(tmp_path, slack)[0]
        program = Killed(tmp_path, slack, place, when)
        running = asyncio.create_task(program.run_on())
        await asyncio.sleep(0)
        await owner.dm("1.0 on track, 12 of 900 staff trained")
        await running
        await slack.message_to(owner, "1.0", seconds=60)
        await settled(tmp_path)
        assert await program.stop() == 0
        assert (tmp_path / "killed").exists()
        assert len(slack.messages_to(owner)) == 1
    with closing(open_store(str(tmp_path / "assurebot.db"))) as store:
        assert len(store.updates.of_plan(1)) == 1
        assert (store.inbox.waiting(), store.inbox.stuck(), store.outbox.waiting()) == (0, [], 0)
        assert store.audit.verify() is None
