"""Dates of a text with what they mean and what they are there for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nlp.reading.dates.beside import beside
from nlp.reading.dates.joins import joined
from nlp.reading.dates.lists import word_list
from nlp.reading.dates.part import Part
from nlp.reading.dates.resolve import meant
from nlp.reading.dates.roles import role_of
from nlp.reading.dates.scan import parts_of
from nlp.reading.dates.shape import Shape, shape_of
from nlp.reading.dates.spans import Span
from nlp.reading.dates.tense import Tense, Told, tense_of
from storage.model.reading import DateFound, DateRole, RefFound

__all__ = ["find_dates"]


# Whoever reads from a day outside these reads from the nearer one: every date then has its calendar.
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


def find_dates(text: str, as_of: date, refs: Sequence[RefFound] = ()) -> tuple[DateFound, ...]:
    """Dates in the text, in order, none overlapping; year-less and relative ones as seen on ``as_of``."""
    as_of = min(max(as_of, _EARLIEST), _LATEST)
    shape = shape_of(text)
    parts = joined(parts_of(shape, as_of, [(ref.start_char, ref.end_char) for ref in refs]), shape)
    floors = [0, *(part.last for part in parts)]
    found = [_found(part, shape, as_of, floor) for part, floor in zip(parts, floors, strict=False)]
    return tuple(
        _after_another(one, before, text) for one, before in zip(found, [None, *found], strict=False)
    )


_AND_IN = re.compile(r"[,;]? (?:and |or |& )?(?:again )?(?:in |at |on )?(?:the )?")
_NEAR = 100  # characters within which a new date follows the one that was missed


def _after_another(one: DateFound, before: DateFound | None, text: str) -> DateFound:
    """What the date before says of one: "99% in April and again in May"; "was due mid Nov. It will go on Wed"."""
    if before is None:
        return one
    between = text[before.end_char : one.start_char]
    why = before.rule.rpartition("/")[2]
    if why == "figure" and one.rule.endswith("/gone") and _AND_IN.fullmatch(between):
        return replace(one, role=DateRole.AS_OF, rule=one.rule.removesuffix("gone") + "listed")
    missed = why == "missed" and before.role is DateRole.PLANNED and one.rule.endswith("/to-come")
    told = word_list("tells_new") & set(re.findall(r"[a-z']{2,12}", between[:_NEAR].lower()))
    if missed and told and one.start > before.end and len(between) <= _NEAR:
        return replace(one, role=DateRole.REVISED, rule=one.rule.removesuffix("to-come") + "after-missed")
    return one


def _found(part: Part, shape: Shape, as_of: date, floor: int) -> DateFound:
    around = beside(shape, part.first, part.last, floor)
    told = tense_of(around)
    span = meant(part, as_of, told)
    first, last = shape.starts[part.first], shape.ends[part.last - 1]
    role, why = role_of(around, span, part.grain, told, as_of)
    return DateFound(
        first,
        last,
        shape.text[first:last],
        *span,
        part.grain,
        role,
        f"{part.rule}/{why}",
        part.uncertain or _slip(part, span, told, as_of),
    )


def _slip(part: Part, span: Span, told: Told, as_of: date) -> bool:
    """A day told as past that is yet to come: its author's pen slipped, most likely in the year."""
    past = told.tense is Tense.PAST and not (told.used or told.overtaken)
    return past and len(part.meanings) == 1 and span[0] > as_of
