"""Blocks to a plan: the keys and the timeline first, then every row of every table of actions in turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from nlp.documents.blocks import Block, Cell, Paragraph, Table
from nlp.documents.markup import flat
from nlp.documents.plan.actions import Draft
from nlp.documents.plan.asides import aside
from nlp.documents.plan.columns import Column
from nlp.documents.plan.contents import headed_by, inferred, refined
from nlp.documents.plan.front import read_front
from nlp.documents.plan.keys import KeyReader
from nlp.documents.plan.prepare import plans, prepared
from nlp.documents.plan.ratings import read_scales, without_strays
from nlp.documents.plan.remarks import notes
from nlp.documents.plan.rows import (
    Kind,
    distinct,
    headings_among,
    kind_of,
    labels_of,
    row_heading,
    row_ref,
    title_above_header,
)
from nlp.documents.plan.salvage import Scrap, is_ruin, scraps_of_row, scraps_of_text
from nlp.documents.plan.sections import (
    Line,
    Section,
    is_plan,
    lines,
    row_place,
    sections,
    with_refs,
)
from nlp.documents.plan.split import apart
from nlp.documents.plan.themebook import ThemeBook
from nlp.documents.plan.themes import heading, is_remark, lead_line, numbered, parted, tidy, with_parents
from nlp.documents.plan.timeline import calendar_rule, read_timeline, told_meetings
from nlp.documents.refs import clean_ref, strong_ref
from nlp.documents.scales import is_rating_word
from nlp.documents.shades import shade_name
from storage.model.document import DocMeeting, DocTheme, PlanDocument, Unplaced
from storage.model.errors import DocumentError

__all__ = ["Fate", "assemble", "assemble_with_fates"]

NO_PLAN = (
    "No table of actions was found in the file: send the plan with its headings "
    "(action, owner, due date), or name its columns by hand."
)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one row of a table."""

    place: str
    fate: str  # header, action, continuation, heading, key, timeline, spacer or unplaced


def assemble(
    blocks: Sequence[Block],
    columns: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> PlanDocument:
    """The plan that the blocks hold. DocumentError where they hold none."""
    return assemble_with_fates(blocks, columns, progress)[0]


def assemble_with_fates(
    blocks: Sequence[Block],
    columns: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[PlanDocument, list[Fate]]:
    """The plan, and what became of each row of its tables."""
    reader = _Reader(dict(columns or {}), blocks)
    reader.read(progress)
    return reader.document(), reader.fates


@dataclass(slots=True)
class _Reader:
    """Walks over the blocks once, in their order."""

    by_hand: Mapping[str, str]
    blocks: Sequence[Block]
    key: KeyReader = field(default_factory=KeyReader)
    book: ThemeBook = field(default_factory=ThemeBook)
    waiting: DocTheme | None = None  # a heading whose title stands on the next line
    drafts: list[Draft] = field(default_factory=list)
    meetings: list[DocMeeting] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)
    columns: tuple[Column, ...] = ()  # of the table of actions read last
    seen: dict[str, str] = field(default_factory=dict)  # header -> field
    as_of: date | None = None
    title: str = ""
    version: str | None = None
    known_columns: dict[tuple[str, ...], tuple[Column, ...]] = field(default_factory=dict)
    above: str = ""  # the text read last
    close: str = ""  # the same, with no table between
    words: set[str] = field(default_factory=set)
    ruin: list[tuple[str, str]] = field(default_factory=list)  # (place, text) of a page come out as text

    def read(self, progress: Callable[[int, int], None] | None) -> None:
        """Read the front, then every block."""
        ready = prepared(self.blocks, self.by_hand)
        self.fates += [Fate(place, "heading") for place in ready.headings]
        self.fates += [Fate(place, "spacer") for place in ready.spacers]
        first = next(
            (i for i, b in enumerate(ready.blocks) if isinstance(b, Table) and plans(b, self.by_hand)), None
        )
        self.title, self.as_of, self.version = read_front(ready.blocks, first)
        for number, block in enumerate(ready.blocks, start=1):
            if isinstance(block, Table):
                self._table(block)
                self.close = ""
            else:
                self._paragraph(block)
            if progress:
                progress(number, len(ready.blocks))
        self._settle_ruin([])

    # --- text between the tables ---

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = flat(paragraph.text)
        if text and (self.ruin or (self.drafts and is_ruin(text, self.columns))):
            self.ruin.append((paragraph.place, text))
            return
        if not text or self.key.paragraph(text, shade_name(paragraph.fill)):
            return
        for piece in parted(text):
            self._text(piece, paragraph.level)

    def _text(self, text: str, level: int) -> None:
        found = heading(text)
        if self.waiting and not found:
            self.book.begin(replace(self.waiting, title=tidy(text)))
        elif found and found.ref and not found.title:
            self.waiting = found
            return
        elif found and found.ref:
            self.book.begin(found)
        elif lead := lead_line(text):
            self.book.led(*lead)
        elif found or (level and not is_remark(text)):
            self.book.heading = found or numbered(text) or DocTheme(None, tidy(text))
        elif meetings := told_meetings(text, self.as_of):
            self.meetings.extend(meetings)
        elif rule := calendar_rule(text):
            self.rules.append(rule)
        self.waiting = None
        self.above = self.close = text

    # --- tables ---

    def _table(self, table: Table) -> None:
        self._settle_ruin(
            [flat(cell.text) for row in table.rows for cell in row[:4] if strong_ref(cell.text)]
        )
        parts = sections(table, self.by_hand)
        planned = any(part.columns and is_plan(part.columns) for part in parts)
        if not planned and self._beside(table):
            return
        for part, following in zip_longest(parts, parts[1:]):
            last = part.rows[-1] if part.columns and part.rows and following else None
            title = title_above_header(last[1]) if last else None
            if title:
                part = replace(part, rows=part.rows[:-1])
            if part.columns:
                self._headed(part)
            elif part.rows:
                self._headless(table, part)
            if title and last:
                self.fates.append(Fate(last[0], "heading"))
                self.book.heading = title

    def _beside(self, table: Table) -> bool:
        """Read a key, a staff key or a timeline; False where the table is none of these."""
        texts = [[cell.text for cell in row] for row in table.rows]
        if self.key.table(table.rows):
            fate = "key"
        elif meetings := read_timeline(texts, f"{self.above} {table.title or ''} {table.place}", self.as_of):
            self.meetings.extend(meetings)
            fate = "timeline"
        else:
            return False
        self.fates.extend(Fate(row_place(table, i), fate) for i in range(len(table.rows)))
        return True

    def _headed(self, part: Section) -> None:
        self.fates.extend(Fate(place, "header") for place in part.header_places)
        reason = aside(part.headers, part.columns)
        columns = self.known_columns.setdefault(part.headers, refined(part))
        if not reason and not is_plan(columns):
            reason = "a table without a column of actions"
        if reason:
            if not self._headed_key(part):
                self._leave(part.rows, reason)
            return
        self.columns = columns
        for column in columns:
            if column.field == "rag" and not self.key.ratings:
                self.key.legend(column.header)
        self.seen.update({c.header: c.field for c in columns if c.header})
        self._rows(lines(part, columns, is_rating_word, fresh=True))

    def _headed_key(self, part: Section) -> bool:
        """A key of ratings under headers of its own ("RAG" | "Meaning")."""
        found = self.key.table([tuple(map(Cell, part.headers)), *(row for _, row in part.rows)])
        if found:
            self.fates.extend(Fate(place, "key") for place, _ in part.rows)
        return found

    def _headless(self, table: Table, part: Section) -> None:
        """Rows above any header: more of the table before, a table typed by its content, or none of the plan."""
        width = max(len(row) for _, row in part.rows)
        if self.columns and abs(width - len(self.columns)) <= 3 and width > 2:
            self._rows(lines(part, self.columns, is_rating_word, fresh=True))
            return
        if self.columns and self._scraps(part.rows):
            return
        part = replace(part, rows=tuple(row for row in part.rows if not self._keyed(*row)))
        if not part.rows:
            return
        columns = inferred(Table(tuple(row for _, row in part.rows), table.place))
        if columns:
            if headed := headed_by(columns, part.rows[0][1]):
                self.fates.append(Fate(part.rows[0][0], "header"))
                columns, part = headed, replace(part, rows=part.rows[1:])
            self.columns = columns
            self.seen.update({c.header: c.field for c in columns})
            self._rows(lines(part, columns, is_rating_word, fresh=False))
            return
        self._leave(part.rows, "stands under no header that tells of actions")

    def _keyed(self, place: str, row: Sequence[Cell]) -> bool:
        """A row that is a whole key: "R = late" | "A = at risk" | "G = on track"."""
        found = self.key.legend_of(distinct(row))
        if found:
            self.fates.append(Fate(place, "key"))
        return found

    def _leave(self, rows: Sequence[tuple[str, tuple[Cell, ...]]], reason: str) -> None:
        for place, row in rows:
            text = " | ".join(distinct(row))
            self.fates.append(Fate(place, "unplaced" if text else "spacer"))
            if text:
                self.unplaced.append(Unplaced(place, text, reason))

    # --- pages that came out as running text ---

    def _settle_ruin(self, after: Sequence[str]) -> None:
        """Take the actions that can be told apart out of such a page, and keep its text whole."""
        if not self.ruin:
            return
        place, text = self.ruin[0][0], " ".join(text for _, text in self.ruin)
        short = [
            value for d in self.drafts for values in d.extra.values() for value in values if len(value) <= 12
        ]
        before = [d.ref for d in self.drafts if d.ref]
        for scrap in scraps_of_text(text, before, after, sorted(set(short))):
            self._scrap(scrap, place, "")
        self.unplaced.append(Unplaced(place, text, "a page that came out as running text: check it by hand"))
        self.ruin.clear()

    def _scraps(self, rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> bool:
        """Read rows whose columns ran together; False where the first of them opens no action."""
        found = [scraps_of_row([flat(cell.text) for cell in row]) for _, row in rows]
        if not found or found[0] is None or not found[0].ref:
            return False
        for (place, row), scrap in zip(rows, found, strict=True):
            text = " | ".join(distinct(row))
            if scrap:
                self._scrap(scrap, place, text)
            else:
                self.unplaced.append(Unplaced(place, text, "a row whose columns ran together"))
            self.fates.append(
                Fate(place, ("continuation" if scrap.more else "action") if scrap else "unplaced")
            )
        return True

    def _scrap(self, scrap: Scrap, place: str, whole: str) -> None:
        if not scrap.more:
            if scrap.ref:
                self.book.action(scrap.ref)
            self._draft(place, garbled=True).ref = scrap.ref
        self.drafts[-1].add_scrap(scrap.issue, scrap.action, whole)

    # --- rows ---

    def _rows(self, rows: Sequence[Line]) -> None:
        rows = with_refs(rows)
        held = sum(bool(row_ref(line)) for line in rows) + sum(bool(draft.ref) for draft in self.drafts)
        refs = held * 2 > len(rows) + len(self.drafts)
        if any(row_ref(line) or line.text("action") for line in rows):
            self.book.table(self.close)
        titles = headings_among(rows)
        for number, line in enumerate(rows):
            self._row(line, refs, titles.get(number))

    def _row(self, line: Line, refs: bool, title: DocTheme | None) -> None:
        if self.drafts and (labels := labels_of(line)):
            self.drafts[-1].add(labels, more=True)
            self.fates.append(Fate(line.place, Kind.MORE.value))
            return
        theme = title or row_heading(line, self._known)
        if theme:
            self.book.begin(theme)
            self.fates.append(Fate(line.place, "heading"))
            return
        kind = kind_of(line, bool(self.drafts), refs)
        if kind is Kind.ACTION and self._same(line):
            kind = Kind.MORE
        if kind is Kind.ACTION:
            self.book.column(line.text("theme"))
            self.book.column(line.text("aim"), unheaded=True)
            for part in apart(line):
                self._act(part)
        elif kind is Kind.MORE:
            self.drafts[-1].add(line, more=True)
        if kind in (Kind.ACTION, Kind.MORE, Kind.SPACER):
            self.fates.append(Fate(line.place, kind.value))
            return
        text = " | ".join(distinct(line.whole))
        if kind is Kind.NOTE and not self.key.ratings and self.key.legend(text):
            self.fates.append(Fate(line.place, "key"))
            return
        self.fates.append(Fate(line.place, "unplaced"))
        self.unplaced.append(Unplaced(line.place, text, kind.value))

    def _known(self, word: str) -> bool:
        """A word that stands somewhere in the document."""
        if not self.words:
            texts = (c.text for b in self.blocks if isinstance(b, Table) for row in b.rows for c in row)
            text = " ".join([*texts, *(b.text for b in self.blocks if isinstance(b, Paragraph))])
            self.words = set(re.findall(r"[^\W\d_]+", text.lower()))
        return word.lower() in self.words

    def _same(self, line: Line) -> bool:
        """The action above printed again at the top of a page: the same ref and issue."""
        if not self.drafts or not line.fresh:
            return False
        last = self.drafts[-1]
        issue = flat(line.text("issue"))
        return bool(
            last.ref and clean_ref(row_ref(line)) == last.ref and issue and issue == last.text("issue")
        )

    def _act(self, line: Line) -> None:
        self.book.action(clean_ref(row_ref(line)))
        self._draft(line.place).add(line)

    def _draft(self, place: str, garbled: bool = False) -> Draft:
        theme = self.book.current
        name = (theme.ref or theme.title) if theme else None
        self.drafts.append(Draft(place, name, theme.title if theme else "", garbled=garbled))
        return self.drafts[-1]

    # --- the whole ---

    def document(self) -> PlanDocument:
        """What was read, as a plan."""
        if not self.drafts:
            raise DocumentError(NO_PLAN)
        gone = self.book.lone_caption([draft.theme for draft in self.drafts])
        for draft in self.drafts:
            if gone and draft.theme == gone.title:
                draft.theme = None
        actions = without_strays([draft.finished(self.as_of) for draft in self.drafts])
        return PlanDocument(
            title=self.title,
            as_of=self.as_of,
            version=self.version,
            scales=read_scales(self.key, actions, self.seen),
            themes=with_parents(self.book.themes),
            actions=actions,
            meetings=tuple(self.meetings),
            rules=tuple(dict.fromkeys(self.rules)),
            staff_key=dict(self.key.staff),
            unplaced=tuple(self.unplaced),
            columns=dict(self.seen),
            notes=notes(actions, self.unplaced),
        )
