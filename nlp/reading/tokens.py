"""Cuts a text into words, numbers and single marks, in linear time.

spaCy's own English tokenizer takes a second for 4,000 opening brackets (it peels one character at
a time off a copy), and it cuts "Feb'18" and "w/c" differently from text to text. This one has a
single rule: a token is a run of letters (with inner apostrophes), a run of digits, or one mark.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc
from spacy.vocab import Vocab

__all__ = ["LinearTokenizer"]

MAX_TOKEN = 100  # longer runs are cut: no word is that long, and the vocabulary keeps what it saw
_PIECE = re.compile(r"[^\W\d_]{1,100}(?:'[^\W\d_]{1,10})?|[0-9]{1,100}|\s{1,100}|.", re.DOTALL)


class LinearTokenizer:
    """A spaCy tokenizer: ``"Feb'18, 24/7"`` becomes ``Feb ' 18 , 24 / 7``."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _PIECE.findall(text):
            if piece == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)
