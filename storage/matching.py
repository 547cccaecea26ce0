"""Which action of the record each row of a later version is: by ref, else by nearly the same text."""

from __future__ import annotations

from collections.abc import Sequence

from storage.model.document import DocAction

__all__ = ["match_actions"]

NEARLY = 85.0  # of 100, rapidfuzz.fuzz.ratio

Known = tuple[int, str | None, str]  # number, ref, text


def match_actions(known: Sequence[Known], printed: Sequence[DocAction]) -> list[int | None]:
    """For each printed row the number of its action, None for a new one; each action is taken once.

    Where a ref repeats, the most similar texts are paired. A row whose ref is new is matched by text,
    so that a renumbered action keeps its history.
    """
    matches: list[int | None] = [None] * len(printed)
    same_ref = [
        (row, action)
        for row, line in enumerate(printed)
        for action in known
        if line.ref and action[1] and line.ref.casefold() == action[1].casefold()
    ]
    _pair(same_ref, printed, matches, at_least=0.0)
    taken = set(matches)
    left = [action for action in known if action[0] not in taken]
    rest = [(row, action) for row, match in enumerate(matches) if match is None for action in left]
    _pair(rest, printed, matches, at_least=NEARLY)
    return matches


def _pair(
    candidates: Sequence[tuple[int, Known]],
    printed: Sequence[DocAction],
    matches: list[int | None],
    *,
    at_least: float,
) -> None:
    from rapidfuzz import fuzz

    scored = [
        (fuzz.ratio(printed[row].action, text, score_cutoff=at_least), -row, number)
        for row, (number, _, text) in candidates
    ]
    taken = set(matches)
    for score, minus_row, number in sorted(scored, reverse=True):
        if (
            score >= at_least
            and (score > 0 or at_least == 0)
            and matches[-minus_row] is None
            and number not in taken
        ):
            matches[-minus_row] = number
            taken.add(number)
