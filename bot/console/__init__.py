"""The terminal as a surface: the same messages, the same commands."""

from __future__ import annotations
