"""Calendar expressions, the way a public body in the United Kingdom writes them."""

from __future__ import annotations

from nlp.reading.dates.find import find_dates

__all__ = ["find_dates"]
