"""``assurebot extract`` and ``summarise``: what would be read out of a text, and of a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.operator import Operator
from bot.cli.output import read_input, write
from bot.cli.plans import plan_named, show_progress
from handlers.messages import ASKER, Message
from storage.model.errors import UsageError
from storage.store import Store

if TYPE_CHECKING:
    from nlp.reading.links import Index

__all__ = ["extract", "summarise"]

Links = Callable[[str], list[tuple[str, float]]]


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
    from handlers.updates.linking import index_of

    views = store.plans.views(plan_id)
    names = {str(view.action.id): view.name for view in views}
    index = index_of(views)
    return lambda text: [(names[found.ref], found.score) for found in index.find(text)]


def summarise(operator: Operator, file: Path, plan: str | None, *, as_json: bool) -> None:
    """Summarise a report: for people, or with --json for tools."""
    from nlp.documents import read_blocks
    from nlp.summary.report import report_as_dict
    from nlp.summary.report import summarise as summarised

    blocks = read_blocks(read_input(file), file.name, show_progress)
    if as_json:
        write(json.dumps(report_as_dict(summarised(blocks)), ensure_ascii=False, indent=2) + "\n", None)
        return
    from bot.cli.passing import show
    from handlers.papers.reports import report_parts

    index, names = _index(operator, plan) if plan else (None, {})
    show(operator, [Message(ASKER, report_parts(summarised(blocks, index=index), names))])


def _index(operator: Operator, slug: str) -> tuple[Index, dict[str, str]]:
    from handlers.updates.linking import index_of

    with operator.store(make=False) as store:
        views = store.plans.views(plan_named(store, slug).id)
    return index_of(views), {str(view.action.id): view.name for view in views}
