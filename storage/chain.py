"""The chain of the audit: each row's hash covers the row and the hash before it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from storage.codec import json_text

__all__ = ["COLUMNS", "link"]

COLUMNS = (
    "at", "actor_id", "via", "message", "what", "row_id", "plan_id", "action_id", "was", "now", "why_id",
)  # fmt: skip


def link(before: str, row: Mapping[str, object]) -> str:
    """sha256 of the hash before ("" for the first row), a line end, and the row's columns as JSON."""
    content = json_text([row[column] for column in COLUMNS])
    return hashlib.sha256(f"{before}\n{content}".encode("utf-8", "replace")).hexdigest()
