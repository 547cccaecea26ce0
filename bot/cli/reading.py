"""``assurebot extract`` and ``summarise``: what would be read out of a text, and of a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.cli.operator import Operator
from bot.cli.output import read_input, write
from bot.cli.plans import plan_named
from storage.model.errors import UsageError
from storage.model.plan import Action
from storage.store import Store

__all__ = ["extract", "summarise"]

Links = Callable[[str], list[tuple[str, float]]]
MOST_LINES = 1_000_000


def extract(
    operator: Operator, text: str | None, jsonl: Path | None, as_of: str | None, plan: str | None
) -> None:
    """Read one text and show it in colour, or a file of them and write JSON lines."""
    if (text is None) == (jsonl is None):
        raise UsageError("Give either a text or --jsonl FILE; - is standard input.")
    day = _day(as_of) if as_of else operator.now().astimezone(operator.settings.zone).date()
    refs, links = _plan_words(operator, plan) if plan else (frozenset[str](), None)
    if jsonl is not None:
        _lines(jsonl, day, refs, links)
        return
    from bot.console.reading import show_reading

    words = sys.stdin.read() if text == "-" else text or ""
    from nlp.reading import read

    show_reading(words, read(words, day, known_refs=refs), links(words) if links else None)


def _lines(path: Path, day: date, refs: frozenset[str], links: Links | None) -> None:
    from nlp.reading import read
    from nlp.reading.jsonl import reading_as_dict

    for number, given in enumerate(_given(path), 1):
        item = _item(given, number)
        as_of = _day(item["as_of"]) if item.get("as_of") else day
        reading = read(item["text"], as_of, known_refs=refs)
        found: dict[str, Any] = {"id": item.get("id"), **reading_as_dict(reading)}
        if links is not None:
            found["actions"] = [{"ref": ref, "score": round(score, 4)} for ref, score in links(item["text"])]
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


def _given(path: Path) -> Iterator[str]:
    lines = sys.stdin if str(path) == "-" else read_input(path).decode("utf-8-sig", "replace").splitlines()
    return (line for line in lines if line.strip())


def _item(line: str, number: int) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        raise UsageError(f"Line {number} is no JSON.") from None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise UsageError(f"Line {number} is no object with a “text”.")
    return item


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        raise UsageError(f"“{str(text)[:40]}” is no day: write it like 2018-03-16.") from None


def _plan_words(operator: Operator, slug: str) -> tuple[frozenset[str], Links]:
    with operator.store(make=False) as store:
        plan = plan_named(store, slug)
        return frozenset(store.plans.refs(plan.id)), _linker(plan.id, store)


def _linker(plan_id: int, store: Store) -> Links:
    from nlp.reading.links import Linker

    actions: dict[int, Action] = {view.action.id: view.action for view in store.plans.views(plan_id)}
    linker = Linker(list(actions.values()))
    return lambda text: [(actions[action_id].name, score) for action_id, score in linker.link(text)]


def summarise(operator: Operator, file: Path, plan: str | None, *, as_json: bool) -> None:
    """Summarise a report: for people, or with --json for tools."""
    from handlers import reports

    data = read_input(file)
    report = reports.read_report(data, file.name)
    if as_json:
        write(json.dumps(reports.as_dict(report), ensure_ascii=False, indent=2) + "\n", None)
        return
    from bot.cli.passing import show

    show(operator, reports.messages(report))
