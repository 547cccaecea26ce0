"""Percentages with their sign, range and role."""

from __future__ import annotations

from nlp.reading.percentages.find import find_percentages

__all__ = ["find_percentages"]
