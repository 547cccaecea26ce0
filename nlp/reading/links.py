"""Which action a text speaks of, by the words that they share; nothing where nothing fits."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.reading.status.lexicon import default_lexicon

__all__ = ["ActionText", "Index", "Link", "link"]

_WORD = re.compile(r"[^\W\d_]{1,6}\d{1,3}[^\W\d_]{0,6}|[^\W\d_]{2,40}(?:['’][^\W\d_]{1,10})?")
_LETTERS = re.compile(r"[^\W\d_]{1,40}")
_LONGEST_TEXT = 20_000  # characters; what a text is about stands before that
_FIELDS = {"title": 1.8, "recent": 1.8, "assurance": 1.5, "theme": 1.0, "owner": 1.0, "lead": 1.2}
_FAINT = 0.7  # what a word of progress ("training", "review") weighs against a word of the subject
_UNKNOWN = 0.6  # what a word that no action uses weighs against a text
_PAIR = 0.75  # what two words in a row weigh, besides each alone
# A likeness is a cosine that forgives the length of a text and makes less of one strong word than of several.
_ACTION_LENGTH, _TEXT_LENGTH, _STRONG = 0.9, 0.7, 0.9
# The likeness that scores 0.5, below which a text of another plan is as likely: of a plan of which nothing was said
# before, and of one where something was said of every action.
_HALF_UNTOLD, _HALF_TOLD = 0.157, 0.135


@dataclass(frozen=True, slots=True)
class ActionText:
    """What is known of an action in words; ``recent`` are texts that were said of it before, newest first."""

    ref: str
    title: str
    owner: str = ""
    lead: str = ""
    theme: str = ""
    assurance: str = ""
    recent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An action that a text may speak of; ``score`` is 0.5 (as likely as not) to 1."""

    ref: str
    score: float


class Index:
    """The words of a plan's actions, built once; each query is then one walk over the text's words.

    A word counts by how few of the actions use it; words of progress count less, plain words and the
    calendar for nothing. Abbreviations meet the words that they stand for.
    """

    def __init__(self, actions: Sequence[ActionText]) -> None:
        self._refs = [action.ref for action in actions]
        told = sum(bool(action.recent) for action in actions) / max(1, len(actions))
        self._half = _HALF_UNTOLD + told * (_HALF_TOLD - _HALF_UNTOLD)
        weighted = [_weights(action) for action in actions]
        spread = Counter(term for terms in weighted for term in terms)
        rarest = math.log((len(actions) + 1) / 0.5)
        self._rarity = {
            term: _worth(term) * max(0.0, math.log((len(actions) + 1) / (count + 0.5))) / rarest
            for term, count in spread.items()
        }
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, terms in enumerate(weighted):
            square = sum((self._rarity[term] * weight) ** 2 for term, weight in terms.items())
            length = (math.sqrt(square) or 1.0) ** _ACTION_LENGTH
            for term, weight in terms.items():
                self._postings[term].append((number, self._rarity[term] * weight / length))

    def find(self, text: str, *, limit: int = 5) -> list[Link]:
        """The actions that fit, best first; empty when none does."""
        terms = Counter(_terms(text[:_LONGEST_TEXT]))
        scores: dict[int, float] = defaultdict(float)
        square = 0.0
        for term, count in terms.items():
            weight = self._rarity_of(term) * (1 + math.log(count))
            square += weight * weight
            for number, strength in self._postings.get(term, ()):
                scores[number] += (weight * strength) ** _STRONG
        length = (math.sqrt(square) or 1.0) ** _TEXT_LENGTH
        found = [
            (score / length, self._refs[number])
            for number, score in scores.items()
            if score >= self._half * length
        ]
        best = sorted(found, key=lambda one: -one[0])[:limit]
        return [Link(ref, round(likeness / (likeness + self._half), 4)) for likeness, ref in best]

    def _rarity_of(self, term: str) -> float:
        known = self._rarity.get(term)
        if known is not None:
            return known
        return 0.0 if " " in term else _UNKNOWN * _worth(term)


def link(text: str, actions: Sequence[ActionText], *, limit: int = 5) -> list[Link]:
    """The actions that a text may speak of, best first; empty when nothing fits.

    For more than one text of a plan build the ``Index`` once.
    """
    return Index(actions).find(text, limit=limit)


def _weights(action: ActionText) -> Mapping[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for field, weight in _FIELDS.items():
        said = getattr(action, field)
        texts: Iterable[str] = said if isinstance(said, tuple) else (said,)
        for text in texts:
            for term, count in Counter([*_terms(text), *_initials(text)]).items():
                weights[term] = max(weights[term], weight * (1 + math.log(count)))
    return weights


def _terms(text: str) -> Iterator[str]:
    """Stems of the words that say what a text is about, and each two of them in a row."""
    before = ""
    for found in _WORD.finditer(text):
        stem = _stem(found.group())
        if not stem:
            before = ""
            continue
        yield stem
        if before:
            yield f"{before} {stem}"
        before = stem


def _initials(text: str) -> Iterator[str]:
    """ "market position statement" also answers to "MPS", and "end of life" to "EOL"."""
    words = [found.group().lower() for found in _LETTERS.finditer(text)]
    main = [word[0] for word in words if word not in _LITTLE]
    for first, middle, last in zip(words, words[1:], words[2:], strict=False):
        if first not in _LITTLE and last not in _LITTLE:
            yield first[0] + middle[0] + last[0]
    for size in (3, 4, 5):
        for at in range(len(main) - size + 1):
            yield "".join(main[at : at + size])


_LITTLE = frozenset({"of", "and", "the", "for", "in", "to", "a", "an", "on", "with", "by", "at"})


@cache
def _faint_stems() -> frozenset[str]:
    return frozenset(_bare(word) for word in default_lexicon().known if word.isalpha())


def _worth(term: str) -> float:
    stems = term.split()
    worth = _FAINT if all(stem in _faint_stems() for stem in stems) else 1.0
    return worth * _PAIR if len(stems) > 1 else worth


@cache
def _plain_words() -> frozenset[str]:
    said = files("nlp.reading").joinpath("plain_words.txt").read_text("utf-8")
    listed = {word for line in said.splitlines() if not line.startswith("#") for word in line.split()}
    return frozenset(listed)


def _stem(typed: str) -> str:
    """The word without its ending, or nothing where it says nothing of the subject."""
    word = typed.lower().partition("'")[0].partition("’")[0]
    if word in _plain_words() or len(word) < 2:
        return ""
    return _bare(word)


def _bare(word: str) -> str:
    """A word without its ending."""
    for ending, kept in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: len(word) - len(ending)] + kept
    return word


_ENDINGS = (
    ("isations", "is"), ("isation", "is"), ("ising", "is"), ("ised", "is"), ("ise", "is"),
    ("ations", "at"), ("ation", "at"), ("ating", "at"), ("ated", "at"), ("ate", "at"),
    ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("sses", "ss"), ("ed", ""), ("es", ""),
    ("ers", ""), ("er", ""), ("s", ""), ("e", ""),
)  # fmt: skip
