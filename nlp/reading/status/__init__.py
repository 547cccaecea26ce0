"""What a text says of progress, and the words that say so."""

from __future__ import annotations

from nlp.reading.status.reader import read_part, read_status, says_no_change

__all__ = ["read_part", "read_status", "says_no_change"]
