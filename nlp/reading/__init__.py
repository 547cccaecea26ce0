"""Reads progress updates: dates, percentages, measures, status and its cues, refs, segments.

read("6.1.4 live since Dec, attendances down 15%", date(2018, 3, 20)) -> Reading
"""

from __future__ import annotations

from nlp.reading.pipeline import read, read_many

__all__ = ["read", "read_many"]
