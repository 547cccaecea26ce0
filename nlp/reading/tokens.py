"""Cuts a text into words, numbers and single marks, in linear time.

spaCy's own English tokenizer takes a second for 4,000 opening brackets (it peels one character at
a time off a copy), and it cuts "Feb'18" and "w/c" differently from text to text. This one has a
single rule: a token is a run of letters (with inner apostrophes), a run of digits, or one mark.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc
from spacy.vocab import Vocab

__all__ = ["LinearTokenizer", "pieces"]

# Runs are cut at 100: no word is that long, and one token is then never a long text.
_ANY = r"[^\W\d_]{1,100}(?:'[^\W\d_]{1,10})?|[0-9]{1,100}|\s{1,100}|."
_PIECE = re.compile(_ANY, re.DOTALL)
_TOKEN = re.compile(rf"({_ANY})( ?)", re.DOTALL)


def pieces(text: str) -> list[str]:
    """The text cut up, white space included: joined, they are the text."""
    return _PIECE.findall(text)


class LinearTokenizer:
    """A spaCy tokenizer: ``"Feb'18, 24/7"`` becomes ``Feb ' 18 , 24 / 7``."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        found = _TOKEN.findall(text)
        return Doc(self.vocab, words=[word for word, _ in found], spaces=[bool(space) for _, space in found])
