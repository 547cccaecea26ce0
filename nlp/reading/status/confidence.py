"""How sure a reading is, by the rule that gave it."""

from __future__ import annotations

from functools import cache

from nlp.reading.status.rules import RULES
from nlp.reading.words import data_rows
from storage.model.errors import AssurebotError

__all__ = ["confidence_of"]


def confidence_of(rule: str) -> float:
    """The share (0 to 1) of texts that this rule reads right."""
    return _shares()[rule]


@cache
def _shares() -> dict[str, float]:
    shares = {
        rule: float(share) for rule, share in data_rows("nlp.reading.status.vocabulary", "confidence.tsv", 2)
    }
    missing = {name for name, *_ in RULES} ^ shares.keys()
    if missing:
        raise AssurebotError(f"Give each rule one row in confidence.tsv: {', '.join(sorted(missing))}.")
    return shares
