"""Who is asked, who is silent, who is reminded and who hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from handlers import prompts, wording
from handlers.messages import Heading, Message, Part, Table, ToPerson, say, spans
from storage.model.people import Party, Person, Role
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Meeting
from storage.store import Store

__all__ = ["ask_everybody", "asked_people", "chases", "escalate", "silent"]


def


def


def


def


def


def


def


def


def


def


def


def
