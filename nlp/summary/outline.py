"""A report's own outline: which paragraph stands under which heading, with which printed number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.documents.blocks import Block, Paragraph, Table
from nlp.summary.pipe_tables import with_pipe_tables

__all__ = ["Outline", "Passage", "TablePassage", "outline"]

_NUMBER = re.compile(r"[-–•*\s]{0,6}(?:\*\*)?\(?(\d{1,3}(?:\.\d{1,3}){0,4})(?:[.):]|(?=\s))[.)]?\s*")
_UNIT = re.compile(
    r"%|(?:per cent|percent|wte|WTE|fte|FTE|whole[- ]time|million|days?|weeks?|hours?|beds?|posts?)\b"
)
_BULLET = re.compile(r"\A[-–•*▪◦]\s+")
_PLAIN = re.compile(r"(\d{1,2})\s+([A-Z][^\d.!?;:]{2,80})\Z")
_HASH = re.compile(r"(#{1,6})\s+(.*?)\s*#*\Z")
_APPENDIX = re.compile(r"(?:appendix|annex)\s+([A-Z0-9]{1,3})\b", re.I)
_FOOTNOTE = re.compile(r"[¹²³⁴-⁹]")
_FURNITURE = re.compile(r"(?:page\s)?\d{1,4}(?:\s(?:of|/)\s\d{1,4})?\Z", re.I)
_LINE = re.compile(r"(.*?line )(\d+)\Z")
HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of prose. ``para`` is its printed number, else the place in the file."""

    text: str
    para: str
    heading: str | None
    appendix: str | None = None


@dataclass(frozen=True, slots=True)
class TablePassage:
    """A table, with the paragraph and the heading that it stands under."""

    table: Table
    para: str
    heading: str | None
    appendix: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """``front`` is what stands before the first heading or numbered paragraph: title, date, author."""

    front: tuple[str, ...]
    passages: tuple[Passage | TablePassage, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    place: str
    number: str | None = None
    heading: int = 0  # level; 0 for prose
    bullet: bool = False
    last: str = ""  # place of the last line that was put to it


def outline(blocks: Sequence[Block]) -> Outline:
    """The outline of a report from its paragraphs and tables in reading order."""
    front: list[str] = []
    passages: list[Passage | TablePassage] = []
    lines = list(_lines(blocks))
    under = _Under(_said_twice(lines))
    for line in lines:
        if isinstance(line, Table):
            passages.append(TablePassage(line, under.number or line.place, under.heading, under.appendix))
        elif not under.begun and not _begins(line, front):
            front.append(line.text)
        elif line.heading:
            under.enter(line)
        else:
            passages.append(Passage(line.text, under.para(line), under.heading, under.appendix))
    if not passages:  # a note of a few lines: its first line is its title as well
        passages = [
            Passage(line.text, line.place, None) for line in _lines(blocks) if isinstance(line, _Line)
        ]
    return Outline(tuple(front), tuple(passages))


@dataclass(slots=True)
class _Under:
    """The heading, appendix and last printed number that the next paragraph stands under."""

    ambiguous: frozenset[str]
    begun: bool = False
    heading: str | None = None
    appendix: str | None = None
    number: str = ""

    def enter(self, line: _Line) -> None:
        self.begun = True
        self.heading = f"{line.number} {line.text}" if line.number else line.text
        self.number = line.number or ""
        if found := _APPENDIX.match(line.text):
            self.appendix = found.group(1).upper()

    def para(self, line: _Line) -> str:
        self.begun = True
        self.number = line.number or self.number
        para = line.place if self.number in self.ambiguous else self.number or line.place
        return f"{self.appendix}-{para}" if self.appendix else para


def _said_twice(lines: Sequence[_Line | Table]) -> frozenset[str]:
    """Numbers that start anew under each heading ("1.", "2.") and so name no paragraph."""
    numbers = Counter(
        line.number for line in lines if isinstance(line, _Line) and line.number and not line.heading
    )
    return frozenset(number for number, times in numbers.items() if times > 1 and "." not in number)


def _begins(line: _Line, front: Sequence[str]) -> bool:
    """The body begins with a number, a heading that is not the title, or the first long paragraph."""
    title = line.heading == 1 and not line.number and not front
    return bool(line.number or (line.heading and not title) or len(line.text.split()) > 25)


def _lines(blocks: Sequence[Block]) -> Iterator[_Line | Table]:
    """Paragraphs told from headings and put together where a line break cut them."""
    held: _Line | None = None
    whole = list(with_pipe_tables(blocks))
    counted = _counted(whole)
    for block in whole:
        if isinstance(block, Table):
            if held:
                yield held
                held = None
            yield block
            continue
        line = counted.get(block.place) or _line(block)
        if line is None:
            continue
        if held and _goes_on(held, line):
            held = replace(held, text=f"{held.text} {line.text}", last=line.place)
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _counted(blocks: Sequence[Block]) -> dict[str, _Line]:
    """Headings by place that are numbered without a dot ("2 Attendance"): short, and counted on from 1."""
    found: dict[str, _Line] = {}
    for block in blocks:
        match = None if isinstance(block, Table) else _PLAIN.match(" ".join(block.text.split()))
        if isinstance(block, Table) or match is None or int(match.group(1)) != len(found) + 1:
            continue
        if len(match.group(2).split()) <= 10 and not _UNIT.match(match.group(2)):
            found[block.place] = _Line(match.group(2), block.place, match.group(1), 1)
    return found if len(found) > 1 else {}


def _line(block: Paragraph) -> _Line | None:
    text = " ".join(block.text.split())
    if not text or _FURNITURE.match(text) or _FOOTNOTE.match(text):
        return None
    level = block.level
    if found := _HASH.match(text):
        level, text = len(found.group(1)), found.group(2)
    number, rest = _numbered(text)
    rest = _BULLET.sub("", rest, count=1).replace("**", "").strip() if number is None else rest
    if not rest:
        return None
    if not level and _looks_like_heading(text, rest, number):
        level = 1 + (number or "").count(".")
    bullet = number is None and _BULLET.match(text) is not None
    return _Line(rest.rstrip(":") if level else rest, block.place, number, level, bullet)


def _numbered(text: str) -> tuple[str | None, str]:
    """ "- 2.9.3 Waits have ..." -> ("2.9.3", "Waits have ..."); a date or a figure is no number."""
    found = _NUMBER.match(text)
    if found is None or found.end() == len(text):
        return None, text
    number, rest = found.group(1), text[found.end() :].replace("**", "").strip()
    plain = "." not in number and found.group().rstrip()[-1] not in ".):"
    if plain or _UNIT.match(rest) or not rest or (rest[0].islower() and "." not in number):
        return None, text
    return number, rest


def _looks_like_heading(text: str, rest: str, number: str | None) -> bool:
    words = rest.split()
    if len(words) > HEADING_WORDS or rest[-1] in ".!?;,":
        return False
    if _APPENDIX.match(rest):
        return True
    if rest.endswith(":"):
        return number is not None
    if number is not None:
        return len(words) <= 10 and not any(char.isdigit() for char in rest) and rest[0].isupper()
    return len(words) <= 8 and rest.isupper() and len(rest) > 3


def _goes_on(held: _Line, line: _Line) -> bool:
    """The line before was cut in the middle of a sentence (a hard-wrapped text, a page break)."""
    if held.heading or line.heading or line.number or line.bullet or held.text[-1] in ".!?:;":
        return False
    if line.text[0].islower():
        return True
    return len(held.text.split()) >= 8 and (
        held.number is not None or _adjacent(held.last or held.place, line.place)
    )


def _adjacent(place: str, following: str) -> bool:
    first, second = _LINE.match(place), _LINE.match(following)
    if first is None or second is None or first.group(1) != second.group(1):
        return False
    return int(second.group(2)) - int(first.group(2)) == 1
