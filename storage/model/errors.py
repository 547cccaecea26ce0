"""The one tree of errors. Each message is one sentence for the person who must act, saying what to do.

AssurebotError
├── UsageError          wrong use: a command, an argument, a setting (exit code 2)
│   └── SettingsError
├── DocumentError       a file that cannot be read as what it should be
├── StoreError          the database is locked, read-only, newer, corrupt
├── NotAllowed          the role of the person does not allow it
└── SurfaceError        Slack or Teams refused or could not be reached
"""

from __future__ import annotations

__all__ = [
    "AssurebotError",
    "DocumentError",
    "NotAllowed",
    "SettingsError",
    "StoreError",
    "SurfaceError",
    "UsageError",
]


class AssurebotError(Exception):
    """Something went wrong that a person can do something about."""

    exit_code = 1


class UsageError(AssurebotError):
    """The command, argument or setting is wrong."""

    exit_code = 2


class SettingsError(UsageError):
    """One or more settings are wrong; the message lists all of them."""


class DocumentError(AssurebotError):
    """The file cannot be read as what it should be."""


class StoreError(AssurebotError):
    """The database cannot be used as it is."""


class NotAllowed(AssurebotError):
    """The person's role does not allow this."""


class SurfaceError(AssurebotError):
    """A chat platform refused a call or could not be reached."""
