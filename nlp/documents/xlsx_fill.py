"""The colour behind a cell of a sheet: its own, or that of a simple conditional format."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.worksheet.worksheet import Worksheet

from nlp.documents.colours import hex_colour, theme_palette, tinted

__all__ = ["Fills"]

_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{i}" for i in range(1, 7)), "hlink", "folHlink")
_QUOTED = re.compile(r'=?"([^"]*)"|=?([\d.]+)')

# rule type or operator -> (text of the cell, text of the rule) -> does it apply
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "equal": lambda text, wanted: text == wanted,
    "containsText": lambda text, wanted: wanted in text,
    "beginsWith": lambda text, wanted: text.startswith(wanted),
    "endsWith": lambda text, wanted: text.endswith(wanted),
}


@dataclass(frozen=True, slots=True)
class _Condition:
    contains: Callable[[SheetCell], bool]
    priority: int
    test: Callable[[str, str], bool]
    wanted: str
    fill: str


class Fills:
    """The fills of one sheet of a book."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._palette = theme_palette(book.loaded_theme) if book.loaded_theme else {}
        self._indexed = list(getattr(book, "_colors", None) or COLOR_INDEX)
        self._conditions = self._read_conditions(sheet)
        self._known: dict[int, str | None] = {}

    def of(self, cell: SheetCell, text: str) -> str | None:
        """The colour that a reader sees behind the cell, as "RRGGBB"."""
        lowered = text.lower()
        for condition in self._conditions if text else ():
            if condition.test(lowered, condition.wanted) and condition.contains(cell):
                return condition.fill
        return self._own(cell)

    def ink(self, cell: SheetCell) -> str | None:
        """The colour of the cell's text, None for the usual black."""
        return self._colour(cell.font.color) if cell.has_style and cell.font.color else None

    def _own(self, cell: SheetCell) -> str | None:
        style = cell.style_id if cell.has_style else 0
        if style not in self._known:
            fill = cell.fill
            self._known[style] = self._colour(fill.fgColor) if fill.patternType == "solid" else None
        return self._known[style]

    def _colour(self, colour: Color | None) -> str | None:
        if colour is None:
            return None
        base = self._base(colour)
        return hex_colour(tinted(base, colour.tint)) if base and colour.tint else hex_colour(base)

    def _base(self, colour: Color) -> str | None:
        if colour.type == "theme":
            return self._palette.get(_THEME_ORDER[colour.theme]) if colour.theme < len(_THEME_ORDER) else None
        if colour.type == "indexed":
            return self._indexed[colour.indexed][-6:] if colour.indexed < len(self._indexed) else None
        return str(colour.rgb)[-6:] if colour.type == "rgb" else None

    def _read_conditions(self, sheet: Worksheet) -> list[_Condition]:
        found = [
            self._condition(area.sqref.__contains__, rule)
            for area in sheet.conditional_formatting
            for rule in area.rules
        ]
        return sorted((c for c in found if c is not None), key=lambda condition: condition.priority)

    def _condition(self, contains: Callable[[str], bool], rule: Rule) -> _Condition | None:
        name = rule.operator if rule.type == "cellIs" else rule.type
        fill = rule.dxf.fill if rule.dxf is not None else None
        wanted = rule.text if rule.type != "cellIs" else _constant(rule.formula)
        if name not in _TESTS or fill is None or not wanted:
            return None
        colour = self._colour(getattr(fill, "bgColor", None)) or self._colour(getattr(fill, "fgColor", None))
        if colour is None:
            return None
        return _Condition(
            lambda cell: contains(cell.coordinate), rule.priority, _TESTS[name], wanted.lower(), colour
        )


def _constant(formula: list[str] | None) -> str | None:
    """The text or number that a rule compares with, None where it is a reference or a computation."""
    match = _QUOTED.fullmatch(formula[0]) if formula else None
    return next((part for part in match.groups() if part is not None), None) if match else None
