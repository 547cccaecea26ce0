"""Blocks to a plan: columns found, rows told apart, keys and timelines read."""

from __future__ import annotations
