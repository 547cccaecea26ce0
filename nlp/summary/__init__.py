"""Makes long texts short, in their own words."""

from __future__ import annotations
