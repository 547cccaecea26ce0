"""How long the clock and the digests take: ``python -m tests.bench.bench_cycle [FILE]``.

Three records: a plan of 200 actions, a plan of 1,000, and the 20 plans of 1,000 actions with 1,000,000
updates of bench_store (FILE, where it is made already). A tick looks at every plan of the record; a digest
and a status at one. So one sees that the cost follows what is asked, not what is stored.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.ticking import tick_all
from handlers.answer import answer
from handlers.papers import digests, meetingdigest
from handlers.request import Request
from nlp.reading import read
from storage.model.people import Account, Person, Role
from storage.model.plan import Plan
from storage.model.post import Inbound, InboundKind
from storage.model.record import Change, Meeting
from storage.open import open_store
from storage.store import Store
from tests.bench.bench_store import fill, milliseconds

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2027, 1, 20, 11, tzinfo=UTC)  # a Wednesday, within the month of the updates
WANTED = {  # milliseconds: with 200 actions, with 20,000
    "tick, nothing due": (5, 50),
    "status theme 6": (20, 20),
    "weekly digest": (1000, 1000),
    "digest before a meeting": (1000, 1000),
}


def calendar_of(store: Store, plan: Plan) -> Meeting:
    """A monthly assurance meeting for two years; the one that comes next."""
    known = store.governance.meetings(plan.id)
    if not known:
        for month in range(24):
            day = date(2026 + month // 12, month % 12 + 1, 26)
            store.governance.add_meeting(plan.id, "Assurance meeting", day, assurance=True)
        known = store.governance.meetings(plan.id)
    return next(one for one in known if one.day and one.day > NOW.date())


def prepared(store: Store) -> tuple[Plan, Meeting, Person]:
    """Every plan with its calendar, and with nothing left to do at NOW."""
    with store.writing(Change(None, NOW, "cli")):
        meetings = [calendar_of(store, plan) for plan in store.plans.all()]
        person = store.people.meet(Account("console", "bench"), "Bench")
        for plan in store.plans.all():
            store.people.give_role(person.id, Role.PMO, plan.id)
    tick_all(store, NOW, LONDON, ("console",))
    plan = store.plans.all()[-1]
    return plan, meetings[-1], person


def asks(store: Store) -> dict[str, Callable[[], object]]:
    plan, meeting, person = prepared(store)
    today, later = NOW.date(), NOW + timedelta(minutes=1)

    def status() -> object:
        inbound = Inbound(
            "console", "b", InboundKind.COMMAND, "bench", "bench", NOW, f"status theme 6 in {plan.slug}"
        )
        return answer(Request(inbound, person, NOW, LONDON, read), store)

    return {
        "tick, nothing due": lambda: tick_all(store, later, LONDON, ("console",)),
        "status theme 6": status,
        "weekly digest": lambda: digests.weekly(plan, store, NOW, today),
        "digest before a meeting": lambda: meetingdigest.before_meeting(plan, meeting, store, today),
    }


def measured(path: Path, **size: int) -> dict[str, float]:
    if not path.exists():
        fill(path, **size)
    with closing(open_store(str(path))) as store:
        return {name: milliseconds(ask, 5) for name, ask in asks(store).items()}


def main(folder: Path, big: Path) -> None:
    small = measured(folder / "small.db", plans=1, actions=200, updates=5)
    middle = measured(folder / "middle.db", plans=1, actions=1_000, updates=5)
    grown = measured(big)
    print(f"{'milliseconds':26}{'200':>10}{'1,000':>10}{'20,000':>10}{'wanted':>14}{'growth':>9}")
    for name, (few, many) in WANTED.items():
        wanted = f"{few} / {many}" if few != many else str(many)
        growth = grown[name] / max(small[name], 0.001)
        print(
            f"{name:26}{small[name]:10.1f}{middle[name]:10.1f}{grown[name]:10.1f}{wanted:>14}{growth:>8.1f}x"
        )
    print("columns are actions in the record; the last one holds 1,000,000 updates")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made), Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made) / "big.db")
