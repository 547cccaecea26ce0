"""Cuts words into clauses and tells what each says: negation, plans and conditions weighed against the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.reading.status.lexicon import Atom, Lexicon
from nlp.reading.words import Word

__all__ = ["Clause", "Signal", "read_clauses"]

_STOPS = frozenset(".;!?\n•·*|")
_CONTRAST = frozenset({"but", "however", "although", "though", "except", "whereas", "albeit"})
_NOT_REACH = 5  # words after "not" in which a word is denied
_SCOPES = frozenset({"future", "goal", "if", "aside", "task"})
_TO_COME = frozenset({"future", "if", "task"})
_DENIED = {  # what a kind says when it is denied
    "done": "undone",
    "step": "undone",
    "going": "undone",
    "begun": "undone",
    "better": "problem",
    "finishing": "missed",
    "well": "worry",
    "part": "undone",
    "plan": "undone",
    "assured": "undone",
    "recovery": "undone",
    "problem": "resolved",
    "worry": "resolved",
    "missed": "resolved",
    "stopped": "resolved",
    "todo": "going",
    "unbegun": "going",
    "verdict_on_track": "verdict_at_risk",
    "verdict_complete": "undone",
    "verdict_assured": "undone",
    "verdict_off_track": "resolved",
    "verdict_at_risk": "resolved",
}
_UNREAL = {  # what a kind says of something still to come: kinds that are not here stay as they are
    "done": "plan",
    "step": "plan",
    "going": "plan",
    "begun": "plan",
    "better": "plan",
    "part": "plan",
    "assured": "plan",
    "undone": "plan",
    "verdict_complete": "plan",
    "verdict_assured": "plan",
}
_FINITE = frozenset({"is", "are", "was", "were", "has", "have", "had"})
_TAKE_SENTENCE = frozenset("ensure enable allow help make evidence demonstrate confirm check that ensuring".split())
_BARE = frozenset({"done", "step", "begun"})
_JOINTS = frozenset({"and", ",", "&", "or", "/", "+"})
_WORRIES = frozenset({"problem", "worry", "missed", "stopped", "undone"})  # none where it is what one acts against


class Signal(NamedTuple):
    """What a stretch of text (characters) says, and the pattern that says so."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence; ``after_but`` when it is set against what came before."""

    start: int
    end: int
    words: int
    signals: tuple[Signal, ...]
    after_but: bool = False
    question: bool = False


def read_clauses(words: Sequence[Word], text: str, lexicon: Lexicon) -> list[Clause]:
    """The clauses of these words, in order, with what each says."""
    clauses = []
    for first, last, after_but in _cuts(words, text):
        inside = words[first:last]
        atoms = [atom for atom in lexicon.atoms(inside) if not _describes(atom, inside, lexicon)]
        signals = tuple(_signals(atoms, inside))
        question = last < len(words) and words[last].norm == "?"
        clauses.append(Clause(inside[0].start, inside[-1].end, len(inside), signals, after_but, question))
    return clauses


def _cuts(words: Sequence[Word], text: str) -> Iterator[tuple[int, int, bool]]:
    """(first, last, set against the clause before) of each clause that has a word."""
    first, after_but = 0, False
    for at, word in enumerate(words):
        contrast = word.norm in _CONTRAST and at > first
        gap = text[words[at - 1].end : word.start] if at else ""
        dash = word.norm == "-" and text[word.start - 1 : word.start].isspace()
        if not (contrast or dash or "\n" in gap or word.norm in _STOPS):
            continue
        if at > first:
            yield first, at, after_but
            after_but = contrast
        first = at + 1 if dash or word.norm in _STOPS else at
    if first < len(words):
        yield first, len(words), after_but


def _signals(atoms: Sequence[Atom], words: Sequence[Word]) -> Iterator[Signal]:
    """The atoms of a clause with the force of "not", "will", "to ensure" and "if" before them."""
    denied_from, denied_until, scope = 0, -1, None
    for atom in atoms:
        if scope and _scope_ends(scope, atom, words):
            scope = None
        if atom.kind == "not":
            denied_from, denied_until = atom.last, atom.last + _NOT_REACH
            continue
        signal = Signal(words[atom.first].start, words[atom.last - 1].end, atom.kind, atom.rule)
        if any(word.norm == "," for word in words[denied_from : atom.first]):
            denied_until = -1
        if atom.first < denied_until and atom.kind in _DENIED:
            denied_until = -1
            signal = signal._replace(kind=_DENIED[atom.kind], rule=f"not {atom.rule}")
        if scope and scope.kind != "future" and signal.kind in _WORRIES:
            continue
        if scope and scope.kind == "goal" and signal.kind in _UNREAL:
            continue
        if scope and scope.kind in _TO_COME and signal.kind in _UNREAL:
            start = words[scope.first].start
            signal = signal._replace(start=start, kind=_UNREAL[signal.kind], rule=f"{scope.kind} {signal.rule}")
        if atom.kind in _SCOPES:
            scope = atom
            if atom.kind == "task":
                yield signal._replace(kind="todo")
        elif atom.kind != "ignore":
            yield signal
    if scope and scope.kind == "future":
        yield Signal(words[scope.first].start, words[scope.last - 1].end, "plan", scope.rule)


def _describes(atom: Atom, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """A bare participle behind the clause's verb only describes a noun ("covers the training provided")."""
    if atom.kind not in _BARE or not lexicon.is_a(words[atom.first].norm, "{ed}"):
        return False
    before = words[:atom.first]
    if not before or before[-1].norm in _JOINTS or lexicon.is_a(before[-1].norm, "{aux}"):
        return False
    return any(lexicon.is_a(word.norm, "{aux}") or lexicon.is_a(word.norm, "{habit}") for word in before)


def _scope_ends(scope: Atom, atom: Atom, words: Sequence[Word]) -> bool:
    """A comma ends what is to come, unless the list goes on ("will be agreed, printed and sent").

    The main verb ends an infinitive ("options to share offices are being explored"), but not behind
    "to ensure" and its like, which take a sentence of their own.
    """
    finite = words[atom.first].norm in _FINITE
    if finite and scope.kind in ("goal", "task"):
        return _TAKE_SENTENCE.isdisjoint(word.norm for word in words[scope.first : atom.first])
    between = words[scope.last : atom.first]
    return any(word.norm == "," for word in between) and words[atom.first].norm[-2:] != "ed"


