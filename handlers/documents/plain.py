"""Text that any Office file can hold."""

from __future__ import annotations

import re

__all__ = ["clean"]

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # what XML 1.0 has no place for


def clean(text: str) -> str:
    """The text without characters that no Office file may hold, line ends as "\\n"."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
