"""What Teams takes of a message.

Sources: learn.microsoft.com, "Limits and specifications for Teams" and "Format your bot messages" (28 KB for a
message of a bot, cards up to version 1.5), "Cards reference" (six actions are shown), and "Rate limiting".
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["ACTIONS", "ACTIVITY_SIZE", "CARD_SIZE", "LABEL", "MOST_CARDS", "PACE", "PIECE", "VERSION", "size"]

VERSION = "1.5"
ACTIVITY_SIZE = 28 * 1024  # bytes of the whole activity
CARD_SIZE = 24_000  # bytes of a card; the rest is the activity around it
PIECE = 2_500  # characters of one text, so that a few fit whatever the letters are
ACTIONS = 5  # a row of buttons; a sixth may be behind "...", a seventh is not shown
LABEL = 80  # characters of a button's label
MOST_CARDS = 6  # a longer message goes on in a file
PACE = 0.5  # seconds between two posts to one conversation: 60 in 30 seconds are allowed


def size(payload: Any) -> int:
    """Bytes of it on the wire."""
    return len(
        json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    )
