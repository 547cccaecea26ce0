"""The colours of a scale as fills: plain names and "RRGGBB", and ink that can be read on them."""

from __future__ import annotations

import re

__all__ = ["fill_of", "ink_on"]

# Strong enough to tell apart on paper, near to what plans use; the names are those that scales carry.
_FILLS = {
    "blue": "0070C0", "green": "00B050", "amber": "FFC000", "yellow": "FFFF00", "orange": "F79646",
    "red": "E5002B", "purple": "7030A0", "grey": "A6A6A6", "gray": "A6A6A6", "black": "000000",
    "white": "FFFFFF", "brown": "7F5F3F", "pink": "FF99CC", "violet": "7030A0", "turquoise": "00B0A0",
    "lilac": "B1A0C7",
}  # fmt: skip


def fill_of(colour: str | None) -> str | None:
    """The "RRGGBB" of a colour's plain name or of a fill as it was read; None for anything else."""
    if colour and re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return colour.upper()
    return _FILLS.get((colour or "").lower())


def ink_on(fill: str) -> str:
    """Black or white, whichever has the higher contrast on the fill (WCAG 2.2 relative luminance)."""
    red, green, blue = (_linear(int(fill[i : i + 2], 16) / 255) for i in (0, 2, 4))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "FFFFFF"


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
