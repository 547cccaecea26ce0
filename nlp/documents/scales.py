"""The rating scales that a document's key gives: labels, colours, what they mean and what they demand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.documents.markup import flat, norm
from storage.model.document import DocRating, DocScale
from storage.model.reading import Status

__all__ = [
    "COLOURS",
    "LETTERS",
    "colour_of",
    "finished",
    "is_rating_word",
    "key_title",
    "rating_of_letter",
    "rating_of_line",
    "rating_of_row",
    "rating_of_score",
]

COLOURS = frozenset(
    [
        "blue",
        "green",
        "amber",
        "red",
        "yellow",
        "purple",
        "grey",
        "gray",
        "white",
        "black",
        "orange",
        "brown",
        "pink",
        "violet",
        "turquoise",
        "lilac",
    ]
)
_SAME = {"yellow": "amber", "orange": "amber", "gray": "grey", "violet": "purple", "lilac": "purple"}
LETTERS = {"B": "blue", "G": "green", "A": "amber", "R": "red", "Y": "yellow", "P": "purple"}
_SIGNS = {
    "🟢": "green",
    "🟠": "amber",
    "🟡": "yellow",
    "🔴": "red",
    "🔵": "blue",
    "🟣": "purple",
    "⚪": "white",
    "⚫": "black",
}

_STATUS: tuple[tuple[Status, re.Pattern[str]], ...] = tuple(
    (status, re.compile(pattern))
    for status, pattern in (
        (Status.OFF_TRACK, r"^not assured|^no assurance|^limited"),
        (Status.AT_RISK, r"^partial"),
        (Status.ASSURED, r"with assurance|\bembedded\b|\bassured\b|evidenced|sustain|signed off|closed with evidence|assurance (?:received|obtained|provided)"),
        (Status.NOT_STARTED, r"not (?:yet )?(?:started|commenced|developed|begun|due)|yet to (?:start|commence|begin)|to be (?:started|commenced)"),
        (Status.OFF_TRACK, r"overdue|not deliver|off (?:track|target)|not achiev|missed|behind|delayed|fail|breach|not on (?:track|target)|significant|will not|unlikely|not complete|stalled|not be met|critical"),
        (Status.AT_RISK, r"\brisks?\b|at risk|some (?:delay|concern|slippage|issues)|minor|plan in place|recover|slipp|concern|issues|partial"),
        (Status.COMPLETE, r"\bcompleted?\b|\bachieved\b|\bdone\b|\bclosed\b|\bdelivered\b|\bimplemented\b|\bin place\b|\bfully\b"),
        (Status.ON_TRACK, r"on (?:track|target|schedule|plan)|in (?:progress|the process|train|hand)|progress|under ?way|ongoing|started|being developed|commenced|within timescale"),
    )
)  # fmt: skip
_BY_COLOUR = {
    "blue": Status.COMPLETE,
    "purple": Status.ASSURED,
    "green": Status.ON_TRACK,
    "amber": Status.AT_RISK,
    "red": Status.OFF_TRACK,
    "grey": Status.NOT_STARTED,
    "white": Status.NOT_STARTED,
}
_KEY_ALONE = re.compile(
    r"(?:(?:status|progress|colour|rating|delivery|confidence|assurance) ){0,2}(?:key|legend)(?: to (?:the )?\w+)?"
)
_KEY_WORDS = frozenset(
    [
        "key",
        "legend",
        "criteria",
        "definition",
        "definitions",
        "scale",
        "scheme",
        "guide",
        "applied",
        "descriptors",
        "explained",
    ]
)


def colour_of(text: str) -> str | None:
    """The colour that a cell names and nothing else ("AMBER" -> "amber"), or None."""
    sign = next((colour for mark, colour in _SIGNS.items() if mark in text), None)
    words = norm(text).split()
    if sign and len(words) <= 2:
        return sign
    named = [word for word in words if word in COLOURS]
    if len(named) == 1 and len(words) <= 2:
        return named[0]
    return None


def is_rating_word(text: str) -> bool:
    """A cell that can only be a rating: a colour, its letter, or "Fully assured"."""
    plain = norm(text)
    words = plain.split()
    if not words or len(words) > 4:
        return False
    if colour_of(text) or (len(plain) == 1 and plain in "bgary" and text.strip().isupper()):
        return True
    return bool(
        re.fullmatch(
            r"(?:not|partially|partly|fully|significantly|limited|substantial|reasonable|moderate) assur(?:ed|ance)",
            plain,
        )
    )


def key_title(text: str) -> bool:
    """A line that announces a rating key: "RAG KEY:", "RAG rating criteria", "Key"."""
    plain = flat(text)
    words = norm(plain).split()
    if not words or len(plain) > 80:
        return False
    if _KEY_ALONE.fullmatch(" ".join(words)):
        return True
    rated = {
        "rag",
        "brag",
        "rayg",
        "rating",
        "ratings",
        "score",
        "scores",
        "colour",
        "colours",
        "status",
    } & set(words)
    told = _KEY_WORDS & set(words) or (plain.endswith(":") and "rag" in words)
    return bool(rated and told)


def status_of(label: str, colour: str | None, labels: Sequence[str]) -> Status | None:
    """What a rating says, by its words first, by its colour where the words say nothing."""
    plain = norm(label)
    for status, pattern in _STATUS:
        if pattern.search(plain):
            return status
    return _BY_COLOUR.get(_SAME.get(colour or "", colour or ""))


def _demands(label: str, status: Status | None) -> str | None:
    plain = norm(label)
    if status is Status.ASSURED or "with assurance" in plain:
        return "assurance"
    if "plan in place" in plain or ("recovery" in plain and "plan" in plain):
        return "plan"
    return None


def rating_of_row(cells: Sequence[str], fills: Sequence[str | None]) -> DocRating | None:
    """A key's row: a colour (named or shaded) and what it means, in either order; None where it is neither."""
    texts = [flat(cell) for cell in cells if flat(cell)]
    if not texts or len(texts) > 4:
        return None
    line = rating_of_line(texts[0]) if len(texts) == 1 else None
    if line and line.colour and norm(line.label) != norm(texts[0]):
        return line
    named = [text for text in texts if colour_of(text)]
    if len(named) > 1:
        named = named[:1]
    label = next((text for text in texts if text not in named), None)
    if named:
        if label is None:
            return DocRating(named[0], colour_of(named[0]))
        if colour_of(named[0]) == colour_of(label.split()[0]) and len(label.split()) > 1:
            label = label.split(None, 1)[1]
        return DocRating(label, colour_of(named[0]))
    fill = next((f for f in fills if f), None)
    if fill:
        return DocRating(texts[0], fill)
    return rating_of_line(texts[0]) if len(texts) == 1 else None


def rating_of_letter(text: str) -> DocRating | None:
    """A key's piece that opens with a colour's initial: "G = on track"."""
    found = re.match(r"\s*([BGARYP])\s*[-–—:=]\s*(\S.{1,80})$", text)
    return DocRating(found[2].strip(), LETTERS[found[1]], aliases=(found[1].lower(),)) if found else None


def rating_of_score(text: str) -> DocRating | None:
    """A key's piece that opens with a score: "4 = done", "Score 2: begun"."""
    found = re.match(
        r"\s*(?:(?:score|level|rating) )?(\d)\s*[-–—:=)]\s*([^\d\s].{1,80})$", text, re.IGNORECASE
    )
    return DocRating(found[2].strip(), None, aliases=(found[1],)) if found else None


def rating_of_line(text: str) -> DocRating | None:
    """A key's line of text: "Amber - in progress", "Green: complete", "Blue (closed)"."""
    plain = flat(text).lstrip("•·-–* ")
    words = plain.split()
    if not words:
        return None
    first = norm(words[0])
    if first in COLOURS and len(words) > 1:
        label = plain[len(words[0]) :].strip(" -–—:=()")
        return DocRating(label, first) if label else None
    if first in COLOURS:
        return DocRating(words[0].strip(":-–"), first)
    found = re.fullmatch(r"(.{3,80}?)\s*(?:[-–—:=(]\s*)(\w+)\)?", plain)
    if found and found[2].lower() in COLOURS:
        return DocRating(found[1], found[2].lower())
    return None


def finished(scale: DocScale, seen: Sequence[str] = ()) -> DocScale:
    """The scale with statuses, demands, and the other names that the cells use for its colours."""
    ratings = _with_statuses(scale.ratings)
    return _with_aliases(replace(scale, ratings=ratings), seen)


def _with_statuses(ratings: Sequence[DocRating]) -> tuple[DocRating, ...]:
    labels = [rating.label for rating in ratings]
    taken: set[Status] = set()
    found: list[DocRating] = []
    for rating in ratings:
        status = rating.status or status_of(rating.label, rating.colour, labels)
        if status in taken:
            status = None
        if status:
            taken.add(status)
        found.append(replace(rating, status=status, demands=rating.demands or _demands(rating.label, status)))
    return tuple(found)


def _with_aliases(scale: DocScale, seen: Sequence[str]) -> DocScale:
    """Let the words that the cells use be known: the colour itself, and its neighbour ("yellow" for amber)."""
    labels = {norm(rating.label) for rating in scale.ratings}
    colours = {rating.colour for rating in scale.ratings if rating.colour}
    ratings: list[DocRating] = []
    for rating in scale.ratings:
        names = list(rating.aliases)
        if rating.colour and rating.colour not in labels:
            names.append(rating.colour)
        for word in seen:
            other = colour_of(word)
            same = (
                other
                and other not in colours
                and _SAME.get(other, other) == _SAME.get(rating.colour or "", rating.colour)
            )
            if same and other and other not in names and other not in labels:
                names.append(other)
        ratings.append(replace(rating, aliases=tuple(dict.fromkeys(names))))
    return replace(scale, ratings=tuple(ratings))
