"""What a clause's patterns say once "not", "will", "to ensure", "if" and "who" before them are weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.reading.status.lexicon import Atom, Lexicon
from nlp.reading.words import Word

__all__ = ["Signal", "signals_of"]

_NOT_REACH = 5  # words behind "not" in which a word is denied
_DENIED = {  # what a kind says when it is denied; other kinds stay as they are
    "done": "undone",
    "step": "undone",
    "going": "undone",
    "begun": "undone",
    "part": "undone",
    "assured": "undone",
    "recovery": "undone",
    "verdict_complete": "undone",
    "verdict_assured": "undone",
    "finishing": "missed",
    "better": "problem",
    "well": "worry",
    "problem": "resolved",
    "worry": "resolved",
    "missed": "resolved",
    "stopped": "resolved",
    "verdict_at_risk": "resolved",
    "verdict_off_track": "resolved",
    "verdict_on_track": "verdict_at_risk",
    "todo": "going",
    "unbegun": "going",
}
_FACTS = frozenset(
    {
        "done",
        "step",
        "going",
        "begun",
        "better",
        "part",
        "assured",
        "undone",
        "verdict_complete",
        "verdict_assured",
    }
)
_WORRIES = frozenset({"problem", "worry", "missed", "stopped", "undone"})
_SCOPES = frozenset({"future", "goal", "if", "aside", "task"})
_TO_COME = frozenset({"future", "if", "task"})
_BARE = frozenset({"done", "step", "begun"})
_DETERMINERS = frozenset({"a", "an", "the", "our", "their", "this", "his", "her", "my", "with", "of"})
_BEFORE_NOUNS = frozenset({"of", "for", "by", "in", "on", "from", "about", "with", "to", "after", "before"})
_JOINTS = frozenset({"and", ",", "&", "or", "/", "+"})


class Signal(NamedTuple):
    """What a stretch of text (characters) says, and the pattern that says so."""

    start: int
    end: int
    kind: str
    rule: str


def signals_of(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Signal]:
    """What one clause says, from left to right."""
    denied, nothing = range(0), False
    scope: Atom | None = None
    for atom in lexicon.atoms(words):
        if scope and _scope_ends(scope, atom, words, lexicon):
            scope = None
        if atom.kind == "not":
            denied, nothing = _reach(atom, words), words[atom.first].norm == "no"
            continue
        if _describes(atom, words, lexicon):
            continue
        signal = _signal(atom, words)
        if nothing and lexicon.is_a(words[atom.first].norm, "{finite}"):
            denied = range(0)  # "no child was held" denies the child, not the holding
        if atom.first in denied and atom.kind in _DENIED:
            denied = range(0)
            signal = signal._replace(kind=_DENIED[atom.kind], rule=f"not {atom.rule}")
        if atom.kind in _SCOPES:
            if scope and scope.kind == "future":
                yield _signal(scope, words)._replace(kind="plan")
            scope = atom
            if atom.kind == "task":
                yield signal._replace(kind="todo")
            continue
        within = _within(scope, signal, words)
        if within and within.kind != "ignore":
            yield within
    if scope and scope.kind == "future":
        yield _signal(scope, words)._replace(kind="plan")


def _signal(atom: Atom, words: Sequence[Word]) -> Signal:
    counts = [word.norm for word in words[atom.first : atom.last] if word.norm[0].isdigit()]
    whole = atom.kind == "part" and len(counts) == 2 and counts[0] == counts[1]  # "12 of 12"
    kind = "done" if whole else atom.kind
    return Signal(words[atom.first].start, words[atom.last - 1].end, kind, atom.rule)


def _reach(atom: Atom, words: Sequence[Word]) -> range:
    """The words that a denial covers: a few, up to a comma."""
    last = min(atom.last + _NOT_REACH, len(words))
    comma = next((at for at in range(atom.last, last) if words[at].norm == ","), last)
    return range(atom.last, comma)


def _within(scope: Atom | None, signal: Signal, words: Sequence[Word]) -> Signal | None:
    """What a signal says inside a scope: facts become plans, what one acts against is no trouble."""
    if scope is None:
        return signal
    if scope.kind != "future" and signal.kind in _WORRIES:
        return None
    if scope.kind == "goal" and signal.kind in _FACTS:
        return None
    if scope.kind in _TO_COME and signal.kind in _FACTS:
        rule = f"{scope.kind}, {signal.rule}"
        return Signal(words[scope.first].start, signal.end, "plan", rule)
    return signal


def _describes(atom: Atom, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """A bare participle behind an article or the clause's verb only describes ("covers the training provided")."""
    if atom.first and atom.rule.endswith("{fall-ing}") and words[atom.first - 1].norm in _DETERMINERS:
        return True  # "a missing field"
    if atom.rule.startswith("going: {explore}") and words[max(0, atom.first - 1)].norm in _BEFORE_NOUNS:
        return True  # "money for developing the site"
    if atom.kind not in _BARE or not lexicon.is_a(words[atom.first].norm, "{ed}"):
        return False
    before = words[: atom.first]
    if before and atom.last - atom.first == 1 and before[-1].norm in _DETERMINERS:
        return True  # "a revised plan"
    while before and (before[-1].norm == "not" or lexicon.is_a(before[-1].norm, "{adv}")):
        before = before[:-1]
    if not before or before[-1].norm in _JOINTS or lexicon.is_a(before[-1].norm, "{aux}"):
        return False
    return any(lexicon.is_a(word.norm, "{aux}") or lexicon.is_a(word.norm, "{habit}") for word in before)


def _scope_ends(scope: Atom, atom: Atom, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """A comma ends what is to come, unless the list goes on ("will be agreed, printed and sent"), but no task.

    The main verb ends an infinitive ("options to share offices are being explored"), but not behind
    "to ensure" and its like, which take a sentence of their own.
    """
    first = words[atom.first].norm
    behind = words[scope.last : atom.first + 1]
    if scope.kind in ("goal", "task") and any(lexicon.is_a(word.norm, "{finite}") for word in behind):
        inside = words[scope.first : atom.first]
        return not any(lexicon.is_a(word.norm, "{takes-sentence}") for word in inside)
    if scope.kind == "task":
        return False
    between = words[scope.last : atom.first]
    return any(word.norm == "," for word in between) and not lexicon.is_a(first, "{ed}")
