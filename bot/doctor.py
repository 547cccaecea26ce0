"""``assurebot doctor``: looks at everything that must be right, and says what to do about what is not."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable
from datetime import date

from bot.run import NOTHING, surfaces_of
from bot.settings import Settings, load
from bot.surface import Finding, Running
from storage.model.errors import AssurebotError, SettingsError

__all__ = ["doctor", "findings"]


def doctor(database_url: str | None) -> int:
    """Print one line a finding; 0 where all is right, else 1."""
    found = list(findings(database_url))
    width = max(len(one.subject) for one in found)
    for one in found:
        sys.stdout.write(f"{'ok   ' if one.ok else 'WRONG'}  {one.subject:<{width}}  {one.says}\n")
    return 0 if all(one.ok for one in found) else 1


def findings(database_url: str | None) -> Iterable[Finding]:
    """Settings first: without them nothing else can be looked at."""
    try:
        settings = load(database_url)
    except SettingsError as error:
        yield from (Finding("settings", False, line.strip()) for line in str(error).splitlines()[1:])
        return
    yield Finding("settings", True, "all in order")
    yield _looked("database", lambda: _database(settings))
    yield _looked("language pipeline", _pipeline)
    yield _administrators(settings)
    yield from _surfaces(settings)


def _looked(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, True, look())
    except AssurebotError as error:
        return Finding(subject, False, str(error))
    except Exception as error:
        return Finding(subject, False, f"{type(error).__name__}: {error}")


def _database(settings: Settings) -> str:
    from bot.database import opened

    with opened(settings, make=False) as store:
        plans = len(store.plans.all())
        stuck = len(store.inbox.stuck())
        waiting = store.outbox.waiting()
    said = f"{plans} plan{'' if plans == 1 else 's'}, {waiting} posts wait to go out"
    return said + (
        f"; {stuck} messages could not be handled: “assurebot run” tries them again" if stuck else ""
    )


def _pipeline() -> str:
    from nlp.reading import read

    reading = read("Done by 3 March 2026, 80% of staff trained.", date(2026, 1, 1))
    if not reading.dates or not reading.percentages:
        raise SettingsError("it reads no dates: install Assurebot again (make clean, then make test)")
    return "reads dates, percentages and status"


def _administrators(settings: Settings) -> Finding:
    if settings.admins:
        return Finding("administrators", True, f"{len(settings.admins)} named in ASSUREBOT_ADMINS")
    return Finding(
        "administrators",
        False,
        "nobody may map owners or record decisions in chat: put your e-mail address in ASSUREBOT_ADMINS",
    )


def _surfaces(settings: Settings) -> Iterable[Finding]:
    try:
        surfaces = surfaces_of(settings)
    except SettingsError as error:
        yield Finding("surfaces", False, str(error))
        return
    if not surfaces:
        yield Finding("surfaces", False, NOTHING)
    for surface in surfaces:
        try:
            yield from asyncio.run(_checks(surface))
        except AssurebotError as error:
            yield Finding(surface.name, False, str(error))


async def _checks(surface: Running) -> list[Finding]:
    return list(await surface.checks())
