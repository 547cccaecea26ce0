"""The vocabulary of status: what a wrong row is answered with, and that its files fit each other."""

from __future__ import annotations

import pytest

from nlp.reading.status.confidence import confidence_of
from nlp.reading.status.lexicon import Lexicon, default_lexicon
from nlp.reading.status.rules import RULES
from nlp.reading.words import data_rows, split_words
from storage.model.errors import AssurebotError

_CLASSES = [("not-verb", "need"), ("not-ing", "king"), ("irregular", "sent")]
_KINDS = [("done", "it is done"), ("plan", "it is planned")]
_VERBS = [
    ("finish", "paint", "-"),
    ("finish", "fit", "fitted"),
    ("step", "tidy", "-"),
    ("step", "agree", "-"),
]


def _lexicon(*patterns: tuple[str, str]) -> Lexicon:
    return Lexicon(patterns, _CLASSES, _VERBS, [("pntd", "painted")], _KINDS)


def _matched(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    words = split_words(text, lexicon.spell, 0, len(text))
    return [(text[words[a.first].start : words[a.last - 1].end], a.kind) for a in lexicon.atoms(words)]


@pytest.mark.parametrize(
    ("pattern", "text", "matched"),
    [
        pytest.param("shed|barn up", "the barn up there", ["barn up"], id="either"),
        pytest.param("barn up", "barn down", [], id="both words"),
        pytest.param("big? barn", "a big barn", ["big barn"], id="optional, there"),
        pytest.param("big? barn", "a barn", ["barn"], id="optional, absent"),
        pytest.param("barn .. up", "barn was soon put up", ["barn was soon put up"], id="gap"),
        pytest.param("barn .. up", "barn one two three four five up", [], id="gap too wide"),
        pytest.param("barn .. up", "barn. all up", [], id="no gap over a full stop"),
        pytest.param("^ barn", "barn and barn", ["barn"], id="beginning"),
        pytest.param("barn $", "barn and barn", ["barn"], id="end"),
        pytest.param("{finish-ed}", "painted and fitted", ["painted", "fitted"], id="participles"),
        pytest.param("{step-ed}", "tidied and agreed", ["tidied", "agreed"], id="spelling of participles"),
        pytest.param("{finish-ing}", "painting, fitting", ["painting", "fitting"], id="gerunds"),
        pytest.param("{ed}", "walked, sent, need", ["walked", "sent"], id="any participle"),
        pytest.param("{ing}", "walking king", ["walking"], id="any gerund"),
        pytest.param("{n} barn", "12 barn", ["12 barn"], id="number"),
        pytest.param("painted", "pntd paitned", ["pntd", "paitned"], id="respelt"),
    ],
)
def test_a_pattern_matches(pattern: str, text: str, matched: list[str]) -> None:
    assert [said for said, _ in _matched(_lexicon(("done", pattern)), text)] == matched


def test_the_longest_pattern_wins_and_of_two_as_long_the_first() -> None:
    lexicon = _lexicon(
        ("done", "barn"), ("plan", "barn up"), ("done", "{finish-ed} up"), ("plan", "painted up")
    )
    assert _matched(lexicon, "barn up") == [("barn up", "plan")]
    assert _matched(lexicon, "painted up") == [("painted up", "done")]


@pytest.mark.parametrize(
    ("kind", "pattern", "says"),
    [
        pytest.param("doen", "barn", "kind 'doen'", id="unknown kind"),
        pytest.param("done", "{bran} up", "class {bran}", id="unknown class"),
        pytest.param("done", "a|b|c|d|e|f|g " * 5, "Split the pattern", id="too many forms"),
    ],
)
def test_a_wrong_pattern_is_refused_with_what_to_do(kind: str, pattern: str, says: str) -> None:
    with pytest.raises(AssurebotError, match=says.replace("{", r"\{")):
        _lexicon((kind, pattern))


def test_a_row_with_the_wrong_columns_is_named() -> None:
    with pytest.raises(AssurebotError, match=r"line \d+ of verbs.tsv 2 columns"):
        data_rows("nlp.reading.status.vocabulary", "verbs.tsv", 2)


def test_the_files_that_come_with_the_program_fit_each_other() -> None:
    assert default_lexicon().known
    assert all(0 < confidence_of(name) <= 1 for name, *_ in RULES)
