"""Who owns, who is asked, and where each person is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

__all__ = [
    "GONE",
    "Account",
    "Channel",
    "Erased",
    "Organisation",
    "Party",
    "PartyKind",
    "Person",
    "Post",
    "Role",
]

GONE = "gone"  # in an account's details


class Role(StrEnum):
    """What a person may do, per plan; each role may do what those before it may."""

    VIEWER = "viewer"
    OWNER = "owner"
    DEPUTY = "deputy"
    PMO = "pmo"
    ASSURER = "assurer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Account:
    """A person on a platform: surface "slack", "teams" or "console", and the id there."""

    surface: str
    user_id: str
    conversation: str | None = None  # the 1:1 conversation, once known
    details: Mapping[str, str] = field(default_factory=dict)  # e.g. Teams' service url

    @property
    def gone(self) -> bool:
        """Closed, blocked, or the bot was removed: nobody reads there, until its person is heard of again."""
        return GONE in self.details

    def back(self) -> Account:
        """The same, to which can be written."""
        return replace(self, details={name: value for name, value in self.details.items() if name != GONE})


@dataclass(frozen=True, slots=True)
class Person:
    """A human being. ``away_until`` is the first day back."""

    id: int
    name: str
    email: str | None = None
    accounts: tuple[Account, ...] = ()
    away_until: date | None = None
    deputy_id: int | None = None
    organisation_id: int | None = None
    active: bool = True

    def account(self, surface: str) -> Account | None:
        return next((account for account in self.accounts if account.surface == surface), None)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that owns actions; its people may share no workspace with the bot."""

    id: int
    name: str
    by_return: bool = False
    clearing_officer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A role that outlives its holders ("COO")."""

    id: int
    name: str
    organisation_id: int | None = None


class PartyKind(StrEnum):
    PERSON = "person"
    POST = "post"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Party:
    """One printed owner, and who it stands for once mapped.

    ``printed`` is the part of the cell ("NSCHT" of "NSCHT / CCG"); ``person_id`` the person to ask
    today (a post through its holder of the day), None where nobody is mapped.
    """

    printed: str
    kind: PartyKind
    role: str  # "owner" or "lead"
    party_id: int
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that a plan (or one theme of it) posts to."""

    surface: str
    channel_id: str
    name: str
    plan_id: int
    theme_id: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Erased:
    """What erasing a person did. ``papers`` were issued after they had been heard, ``documents`` name them:
    both keep what they hold."""

    texts: int
    papers: tuple[str, ...]
    documents: tuple[str, ...]
