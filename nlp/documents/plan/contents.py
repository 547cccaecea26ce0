"""Columns by what their cells hold: those without a known header typed, those under the wrong name put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from nlp.documents.blocks import Cell, Table
from nlp.documents.celldates import is_datelike
from nlp.documents.markup import flat, norm
from nlp.documents.plan.columns import Column
from nlp.documents.plan.headers import is_known, is_whole, second_choice
from nlp.documents.plan.sections import Section
from nlp.documents.refs import looks_like_ref, strong_ref
from nlp.documents.scales import is_rating_word

__all__ = ["headed_by", "inferred", "refined"]

_LONG = 60
_ANYTHING = frozenset(["name"])  # of a task, or of a person
_AIMS = frozenset(["objective", "objectives", "strategic objective", "goal", "aim"])
_GROUPS = frozenset(["priority", "priorities", "category", "programme priority", "improvement priority"])
_WORDED = 8  # characters on the average: "High", "Medium" are no themes
_STATE = 16
_STATES = frozenset(
    [
        "not started", "not yet started", "not begun", "to do", "todo", "in progress", "in process", "started", "ongoing", "doing",
        "on hold", "blocked", "complete", "completed", "done", "closed", "open", "on track", "off track", "at risk",
        "delayed", "late", "overdue", "deferred", "cancelled", "waiting", "waiting on someone else", "under way", "underway",
    ]
)  # fmt: skip
_SENTENCE = 20  # characters on the average that an action has at least


@dataclass(frozen=True, slots=True)
class _Content:
    """Shares of a column's filled cells."""

    filled: int
    ref: float
    date: float
    rating: float
    shaded: float
    length: float


def _content(cells: Sequence[Cell]) -> _Content:
    texts = [flat(cell.text) for cell in cells if flat(cell.text) and not cell.merged]
    shaded = sum(bool(cell.fill) and not flat(cell.text) for cell in cells) / max(len(cells), 1)
    if not texts:
        return _Content(0, 0, 0, 0, shaded, 0)
    count = len(texts)
    return _Content(
        count,
        sum(strong_ref(t) or (looks_like_ref(t) and len(t) <= 12) for t in texts) / count,
        sum(is_datelike(t) for t in texts) / count,
        sum(is_rating_word(t) for t in texts) / count,
        shaded,
        sum(map(len, texts)) / count,
    )


def refined(section: Section) -> tuple[Column, ...]:
    """The section's columns with unnamed ones typed by content, and a status column that holds prose made progress."""
    columns = list(section.columns)
    wide = [
        row for _, row in section.rows if len(row) == len(columns) and len({flat(c.text) for c in row}) > 1
    ]
    if not wide:
        return tuple(columns)
    contents = [_content([row[i] for row in wide]) for i in range(len(columns))]
    for i, column in enumerate(columns):
        if column.field == "rag" and contents[i].length > _LONG and not _has(columns, "progress"):
            columns[i] = replace(column, field="progress")
        if column.field == "progress" and not _has(columns, "rag") and _all_states(contents[i], wide, i):
            columns[i] = replace(column, field="rag")
        if (
            column.field == "ref"
            and contents[i].length > 40
            and contents[i].ref < 0.2
            and not _has(columns, "action")
        ):
            columns[i] = replace(column, field="action")
        if column.field == "theme" and contents[i].ref >= 0.8 and not _has(columns, "ref"):
            columns[i] = replace(column, field="ref")
    for i, column in enumerate(columns):
        if column.field == "extra":
            field = _by_content(contents[i], columns)
            if not is_known(column.header) or field == second_choice(column.header):
                columns[i] = replace(column, field=field)
    return _with_groups(_with_theme(_with_action(columns, contents), wide), wide)


def _all_states(content: _Content, rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Words of how far the work is ("In progress"), every row with one, and no row with more to say."""
    texts = [text for row in rows if (text := flat(row[at].text))]
    return (
        content.length <= _STATE
        and len(rows) >= 3
        and 10 * len(texts) >= 9 * len(rows)
        and all(norm(text) in _STATES for text in texts)
    )


def _with_theme(columns: tuple[Column, ...], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns; one before the actions, its short cells merged over several rows each, holds their themes.

    One of objectives does so where no heading names a theme.
    """
    if _has(columns, "theme"):
        return columns
    for i, column in enumerate(columns):
        if column.field == "action":
            break
        texts = [flat(row[i].text) for row in rows]
        grouped = sum(row[i].merged for row in rows) * 3 >= len(rows) >= 3
        short = all(0 < len(text) <= _LONG and not looks_like_ref(text) for text in texts)
        unnamed = column.field == "extra" and not is_whole(column.header)
        aim = column.field == "issue" and norm(column.header) in _AIMS
        if (unnamed or aim) and grouped and short:
            return (*columns[:i], replace(column, field="aim" if aim else "theme"), *columns[i + 1 :])
    return columns


def _with_groups(columns: tuple[Column, ...], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns; where no theme is told otherwise, a priority or category in words that several rows share is one."""
    for i, column in enumerate(columns):
        texts = [text for row in rows if (text := flat(row[i].text))]
        if column.field != "extra" or norm(column.header) not in _GROUPS or _has(columns, "theme"):
            continue
        worded = sum(map(len, texts)) >= _WORDED * len(texts) > 0 and all(
            len(text) <= _LONG for text in texts
        )
        if worded and 3 * len(set(texts)) <= 2 * len(rows) and not any(map(is_rating_word, texts)):
            return (*columns[:i], replace(column, field="theme"), *columns[i + 1 :])
    return columns


def _with_action(columns: list[Column], contents: Sequence[_Content]) -> tuple[Column, ...]:
    """The columns; where none of them is of actions though owners and dates are, the longest of unknown name is."""
    unknown = [
        i
        for i, c in enumerate(columns)
        if c.field == "extra" and c.header and (norm(c.header) in _ANYTHING or not is_known(c.header))
    ]
    longest = max(unknown, key=lambda i: contents[i].length, default=None)
    if (
        longest is not None
        and contents[longest].length >= _SENTENCE
        and not _has(columns, "action")
        and _has(columns, "due")
        and (_has(columns, "owner") or _has(columns, "rag"))
    ):
        columns[longest] = replace(columns[longest], field="action")
    return tuple(columns)


def _has(columns: Sequence[Column], field: str) -> bool:
    return any(column.field == field for column in columns)


def _by_content(content: _Content, columns: Sequence[Column]) -> str:
    checks = (
        ("ref", content.filled and content.ref >= 0.5),
        ("due", content.filled and content.date >= 0.6),
        ("rag", (content.filled and content.rating >= 0.7) or (not content.filled and content.shaded >= 0.4)),
        ("action", content.filled and content.length > _LONG),
    )
    for field, holds in checks:
        if holds and not _has(columns, field):
            return field
    return "extra"


def inferred(table: Table) -> tuple[Column, ...]:
    """Columns of a table without any readable header, by content alone; empty where it does not look like a plan."""
    width = max(map(len, table.rows))
    rows = [row for row in table.rows if len(row) == width]
    if width < 3 or len(rows) < 2:
        return ()
    contents = [_content([row[i] for row in rows]) for i in range(width)]
    columns = [Column("", "extra")] * width
    for field in ("ref", "due", "rag"):
        for i, content in enumerate(contents):
            if (
                columns[i].field == "extra"
                and _by_content(content, [*columns, Column("", "action")]) == field
            ):
                columns[i] = Column("", field)
                break
    _type_texts(columns, contents)
    sure = _has(columns, "due") or (_has(columns, "ref") and _has(columns, "rag"))
    if not sure or not _has(columns, "action"):
        return ()
    return tuple(replace(column, header=f"Column {i}") for i, column in enumerate(columns, start=1))


def headed_by(columns: Sequence[Column], first: Sequence[Cell]) -> tuple[Column, ...] | None:
    """The columns under a first row that heads them in words of its own; None where it is a row like the others."""
    looks: Mapping[str, Callable[[str], bool]] = {
        "ref": looks_like_ref,
        "due": is_datelike,
        "rag": is_rating_word,
    }
    texts = [flat(cell.text) for cell in first]
    typed = [
        looks[column.field](text)
        for column, text in zip(columns, texts, strict=False)
        if column.field in looks and text
    ]
    if len(typed) < 2 or any(typed) or any(len(text) > 60 for text in texts):
        return None
    return tuple(replace(c, header=text or c.header) for c, text in zip(columns, texts, strict=False))


def _type_texts(columns: list[Column], contents: Sequence[_Content]) -> None:
    """Among columns of words: the longest before the date is the action, the longest behind it the progress."""
    words = [i for i, c in enumerate(contents) if columns[i].field == "extra" and c.filled and c.length > 3]
    due = next((i for i, column in enumerate(columns) if column.field in ("due", "rag")), len(columns))
    before, behind = [i for i in words if i < due], [i for i in words if i > due]
    before = [i for i in before if 2 * contents[i].filled > max(contents[j].filled for j in words)]
    if not before or max(contents[i].length for i in before) < 15:
        return
    action = max(before, key=lambda i: contents[i].length)
    columns[action] = Column("", "action")
    if behind and contents[last := max(behind, key=lambda i: contents[i].length)].length >= 12:
        columns[last] = Column("", "progress")
    for i in [*(i for i in before if i > action), *behind]:
        if columns[i].field == "extra" and contents[i].length <= 60:
            columns[i] = Column("", "owner")
            return
