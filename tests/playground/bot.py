"""The bot for the Playground: the example plan, the people of config.yml, and a clock that jumps when told to.

``python -m tests.playground.bot DATABASE``; each line on standard input lets the clock jump to the next moment.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import logs
from bot.clock import now as real_now
from bot.database import opened
from bot.settings import Settings
from bot.teams import make
from bot.web import Server
from bot.workers import Workers
from nlp.documents import read_plan
from storage.model.people import Account, Channel, PartyKind, Role
from storage.model.record import Change
from storage.store import Store

PLAN = Path(__file__).resolve().parents[2] / "bot" / "demo" / "plan.txt"
SLUG = "thornmere"
LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 1, 27, 12, 0, tzinfo=LONDON)
MOMENTS = (
    (datetime(2026, 1, 28, 9, 0, tzinfo=LONDON), "owners are asked"),
    (datetime(2026, 2, 16, 14, 0, tzinfo=LONDON), "the digest before the meeting is in the channel"),
)
PLAYGROUND = "http://localhost:56150/_connector"
ENTRA = "00000000-0000-0000-0000-0000000000"
OWNS = ("Priya Nandakumar, Head of Quality", "Director of Nursing, TVFT")


class Clock:
    """Real seconds from a day in February on."""

    def __init__(self) -> None:
        self.ahead = START - real_now()

    def __call__(self) -> datetime:
        return real_now() + self.ahead

    def jump(self, when: datetime) -> None:
        self.ahead = when - real_now()


def furnish(store: Store) -> None:
    """The plan, an owner who sits at the browser, and a channel."""
    data = PLAN.read_bytes()
    plan = store.plans.import_document(SLUG, read_plan(data, PLAN.name), data, PLAN.name)
    reference = {"service_url": PLAYGROUND, "type": "personal"}
    priya = store.people.meet(
        Account("teams", f"{ENTRA}20", "personal-chat", reference),
        "Priya Nandakumar",
        "priya@thornmere.example",
    )
    for printed in OWNS:
        store.people.map_owner(plan.id, printed, PartyKind.PERSON, priya.id)
    store.people.give_role(priya.id, Role.PMO, plan.id)  # one person in this browser sees it all
    where = {"service_url": PLAYGROUND, "type": "channel"}
    store.plans.set_channel(Channel("teams", "channel-programme", "Programme", plan.id, None, where))


async def run(database: Path) -> None:
    clock = Clock()
    settings = Settings(
        ASSUREBOT_DATABASE_URL=str(database),
        ASSUREBOT_TEAMS_LOCAL=True,
        ASSUREBOT_ADMINS=("tom@thornmere.example",),
        _env_file=None,
    )  # type: ignore[call-arg]
    with opened(settings) as store, store.writing(Change(None, clock(), "playground")):
        furnish(store)
    logs.start()
    surface = make(settings)
    workers = Workers(settings, {"teams": surface}, clock)
    server = Server(surface.routes(), workers.healthy)
    await workers.start()
    await server.start("127.0.0.1", settings.http_port)
    await surface.start(workers)
    _say(f"The bot is ready. Its clock says {clock():%-d %B %Y, %H:%M}.")
    moments = iter(MOMENTS)
    while await asyncio.to_thread(sys.stdin.readline):
        when, what = next(moments, (None, ""))
        if when is None:
            _say("The clock jumps no further.")
            continue
        clock.jump(when)
        await workers.tick()
        _say(f"The clock says {when:%-d %B %Y, %H:%M}: {what}.")
    await surface.stop()
    await server.stop()
    await workers.stop()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
