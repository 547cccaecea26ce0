"""What the reader wants the PMO to know of a plan, one sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from storage.model.document import DocAction, Unplaced

__all__ = ["notes"]


def notes(actions: Sequence[DocAction], unplaced: Sequence[Unplaced]) -> tuple[str, ...]:
    """Missing ratings, owners, dates and refs, repeated refs, impossible dates, garbled and unplaced rows."""
    count = len(actions)
    twice = sorted(ref for ref, n in Counter(a.ref for a in actions if a.ref).items() if n > 1)
    found = [
        _of(sum(not a.ratings for a in actions), count, "no rating", "has", "have"),
        _of(sum(not a.owner and not a.operational_lead for a in actions), count, "no owner", "has", "have"),
        _of(
            sum(a.due.text is None and a.revised.text is None for a in actions),
            count,
            "no date",
            "has",
            "have",
        ),
        _of(sum(not a.action for a in actions), count, "no action text", "has", "have"),
        _of(sum(a.ref is None for a in actions), count, "no reference", "has", "have"),
    ]
    found += [f"The reference {ref} is printed more than once." for ref in twice]
    found += [
        f'{a.ref or a.action[:40]}: the date "{(date.text or "")[:80]}" cannot be right and is kept as printed.'
        for a in actions
        for date in (a.due, a.revised)
        if date.impossible
    ]
    garbled = [a.ref or a.action[:40] for a in actions if a.garbled]
    if garbled:
        found.append(f"Garbled in the document, check by hand: {', '.join(garbled)}.")
    if unplaced:
        found.append(f"{len(unplaced)} {'row' if len(unplaced) == 1 else 'rows'} could not be placed.")
    return tuple(note for note in found if note)


def _of(missing: int, count: int, what: str, one: str, many: str) -> str:
    """A sentence of how many: 47 of 53 actions have no rating in the document."""
    if not missing:
        return ""
    return f"{missing} of {count} actions {one if missing == 1 else many} {what} in the document."
