"""The vocabulary of progress: data files compiled to one tree of patterns, walked once over a text's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from nlp.reading.words import Word, data_rows, speller
from storage.model.errors import AssurebotError

__all__ = ["Atom", "Lexicon", "default_lexicon"]

_DATA = "nlp.reading.status.vocabulary"
_GAP = ".."
_START, _END = "^", "$"  # of a clause
_LEADS = frozenset(
    {"action", "actions", "ref", "rag", "rating", "status", ":", ",", "-", "–"}
)  # no clause begins with them
_TROUBLE = frozenset({"problem", "missed", "stopped", "assured"})
_ANY_VERB = ("{ed}", "{step-ed}")  # what a pattern that tells of any verb ends with
_GAP_WORDS = 4
_MOST_FORMS = 2000  # one line of patterns.tsv never stands for more sequences of words


class Atom(NamedTuple):
    """Words ``first`` to ``last`` (exclusive, word indexes) that a pattern of this kind matched."""

    first: int
    last: int
    kind: str
    rule: str


_Entry = tuple[int, str, str]  # line of the pattern, kind, rule
_Match = tuple[int, _Entry]  # last word (exclusive)


class _Node:
    __slots__ = ("children", "entry")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.entry: _Entry | None = None


class Lexicon:
    """Patterns of kinds (see patterns.tsv), verbs and word classes.

    Raises AssurebotError when a pattern names an unknown class or kind, or stands for too many sequences.
    """

    def __init__(
        self,
        patterns: Iterable[tuple[str, ...]],
        classes: Iterable[tuple[str, ...]],
        verbs: Iterable[tuple[str, ...]],
        spelling: Iterable[tuple[str, ...]],
        kinds: Iterable[tuple[str, ...]],
    ) -> None:
        self._kinds = frozenset(kind for kind, _ in kinds)
        self._classes = {name: frozenset(words.split()) for name, words in classes}
        for group, base, past in verbs:
            for name, words in _verb_forms(group, base, past).items():
                self._classes[name] = self._classes.get(name, frozenset()) | words
        self._tags_of: dict[str, list[str]] = {}
        for name, members in self._classes.items():
            for word in members:
                self._tags_of.setdefault(word, []).append("{" + name + "}")
        self._root = _Node()
        literals: set[str] = set()
        for line, (kind, pattern) in enumerate(patterns):
            literals.update(self._add(line, kind, pattern))
        self.known = frozenset(literals | self._tags_of.keys())
        self.tags: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=8192)(self._tags)
        self.spell = speller(self.known, {typed: tuple(meant.split()) for typed, meant in spelling})

    def _add(self, line: int, kind: str, pattern: str) -> set[str]:
        if kind not in self._kinds:
            raise AssurebotError(
                f"Add the kind {kind!r} of a pattern to kinds.tsv, or use one that is there."
            )
        choices = [_choices(part) for part in pattern.split()]
        forms = 1
        for choice in choices:
            forms *= len(choice)
        if forms > _MOST_FORMS:
            raise AssurebotError(f"Split the pattern {pattern!r} in patterns.tsv: it has {forms} forms.")
        for form in product(*choices):
            self._add_form([part for part in form if part], (line, kind, f"{kind}: {pattern}"))
        return {part for choice in choices for part in choice if part and part[0] != "{" and part != _GAP}

    def _add_form(self, form: list[str], entry: _Entry) -> None:
        node = self._root
        for part in form:
            if part[0] == "{" and part[1:-1] not in self._classes and part not in _OPEN_CLASSES:
                raise AssurebotError(f"Add the class {part} of the pattern {entry[2]!r} to classes.tsv.")
            node = node.children.setdefault(part, _Node())
        if node.entry is None and form:
            node.entry = entry

    def _tags(self, word: str) -> tuple[str, ...]:
        """What a pattern may call this word: itself, its classes, and the open classes."""
        tags = [word, *self._tags_of.get(word, ())]
        if word[0].isdigit():
            tags.append("{n}")
        elif self._is_participle(word) or any(tag.endswith("-ed}") for tag in tags):
            tags.append("{ed}")
        if word.endswith("ing") and len(word) > 4 and word not in self._classes["not-ing"]:
            tags.append("{ing}")
        return tuple(tags)

    def _is_participle(self, word: str) -> bool:
        if word in self._classes["irregular"]:
            return True
        regular = len(word) > 4 and word.endswith("ed") and not word.endswith("eed")
        return regular and word not in self._classes["not-verb"]

    def is_a(self, word: str, tag: str) -> bool:
        """Whether a pattern may call this word by this class ("{ed}")."""
        return tag in self.tags(word)

    def atoms(self, words: Sequence[Word]) -> list[Atom]:
        """The longest pattern at each place of a clause, from left to right, none overlapping."""
        tags = [self.tags(word.norm) for word in words]
        found: list[Atom] = []
        at, count = 0, len(tags)
        begin = _begin(words)
        opening = self._root.children.get(_START)
        first_words = self._root.children.keys()
        while at < count:
            named = at < begin and "." in words[at].norm  # "6.2 closed" counts nothing
            if named or (at != begin and first_words.isdisjoint(tags[at])):
                at += 1
                continue
            best = _longest(self._root, tags, at, count)
            if at == begin and opening:
                opened = _longest(opening, tags, at, count)
                if opened and (at == 0 or opened[1][1].startswith(("verdict", "done", "missed", "stopped"))):
                    best = _further(opened, best)  # "6.1.4 complete" orders nobody to complete it
            if best is None:
                at += 1
                continue
            inner = self._told_inside(best, tags, at, count)
            if inner:
                at = inner
                continue
            last, (_, kind, rule) = best
            found.append(Atom(at, last, kind, rule))
            at = last
        return found

    def _told_inside(self, best: _Match, tags: Sequence[tuple[str, ...]], at: int, count: int) -> int:
        """Where words of trouble begin inside "has been" and any verb ("has been | put on ice"); 0 for nowhere."""
        last, (_, _, rule) = best
        if not rule.endswith(_ANY_VERB):
            return 0
        for inside in range(at + 1, last):
            other = _longest(self._root, tags, inside, count)
            if other and other[0] >= last and other[1][1] in _TROUBLE:
                return inside
        return 0


def _begin(words: Sequence[Word]) -> int:
    """Where a clause begins once the action that it names and its colon are passed ("6.1.2: red")."""
    at = 0
    while at < len(words) - 1 and (
        words[at].norm in _LEADS or words[at].norm[-1].isdigit() or words[at].norm[0] == "#"
    ):
        at += 1
    return at


_OPEN_CLASSES = frozenset({"{n}", "{ed}", "{ing}"})


def _verb_forms(group: str, base: str, past: str) -> dict[str, frozenset[str]]:
    stem = base[:-1] if base.endswith("e") else base
    soft = base.endswith(("y",)) and base[-2] not in "aeiou"
    regular = base[:-1] + "ied" if soft else stem + "ed"
    participle = regular if past == "-" else past
    doubled = past.endswith("ed") and past[:-3] == base[:-1] + base[-1] and past != "-"
    third = base[:-1] + "ies" if soft else base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    gerund = (base + base[-1] if doubled else stem) + "ing"
    return {
        group: frozenset({base, third}),
        f"{group}-ed": frozenset({participle}),
        f"{group}-ing": frozenset({gerund}),
    }


def _choices(part: str) -> list[str]:
    optional = part.endswith("?") and len(part) > 1
    words = (part[:-1] if optional else part).split("|")
    return [*words, ""] if optional else words


def _longest(node: _Node, tags: Sequence[tuple[str, ...]], at: int, count: int) -> _Match | None:
    """The furthest end that a pattern from ``node`` on reaches; as deep as the longest pattern, no deeper."""
    best = (at, node.entry) if node.entry else None
    closing = node.children.get(_END)
    if at >= count:
        return (at, closing.entry) if closing and closing.entry else best
    if not node.children:
        return best
    for tag in tags[at]:
        child = node.children.get(tag)
        if child is not None:
            further = _longest(child, tags, at + 1, count)
            best = _longer(best, further)
    gap = node.children.get(_GAP)
    if gap is not None:
        for skipped in range(_GAP_WORDS + 1):
            if skipped and not (tags[at + skipped - 1][0][0].isalnum() or tags[at + skipped - 1][0] == "%"):
                break
            further = _longest(gap, tags, at + skipped, count) if at + skipped <= count else None
            best = _longer(best, further)
            if at + skipped >= count:
                break
    return best


def _longer(one: _Match | None, other: _Match | None) -> _Match | None:
    """The longer match; of two as long the one whose pattern stands first in the file."""
    if one is None or other is None:
        return one or other
    if one[0] != other[0]:
        return one if one[0] > other[0] else other
    return one if one[1][0] <= other[1][0] else other


def _further(opening: _Match | None, other: _Match | None) -> _Match | None:
    """A clause's opening before an equal or shorter reading; a task's opening ("To ensure ...") before any."""
    if opening is None or other is None:
        return opening or other
    return opening if opening[0] >= other[0] or opening[1][1] == "task" else other


@cache
def default_lexicon() -> Lexicon:
    """The lexicon of the data files that come with the program, compiled once."""
    return Lexicon(
        data_rows(_DATA, "patterns.tsv", 2),
        data_rows(_DATA, "classes.tsv", 2),
        data_rows(_DATA, "verbs.tsv", 3),
        data_rows(_DATA, "spelling.tsv", 2),
        data_rows(_DATA, "kinds.tsv", 2),
    )
