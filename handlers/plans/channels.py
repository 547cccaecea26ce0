"""``channel``: which channels hear of the plan, or of one theme."""

from __future__ import annotations

import re

from handlers import pick, wording
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Message, say
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.people import Channel
from storage.model.plan import Plan, Theme
from storage.store import Store

__all__ = ["channel"]

_NAMED = re.compile(r"<#(?P<id>[A-Z0-9]+)(?:\|(?P<name>[^>]*))?>|#(?P<plain>[\w-]{1,80})")


def channel(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``channel [theme 6] [#name]``: this channel, or the one named, is the plan's or the theme's."""
    assert plan is not None
    named = _NAMED.search(call.tail)
    words = _NAMED.sub("", call.tail).strip()
    theme = pick.theme_named(store, plan, words.removeprefix("theme").strip()) if words else None
    channel_id, name = _which(request, named)
    store.plans.set_channel(
        Channel(
            request.inbound.surface,
            channel_id,
            name,
            plan.id,
            theme.id if theme else None,
            request.inbound.details,
        )
    )
    return [Message(ASKER, (say(Bold(f"#{name}"), f" now hears of {_what(plan, theme)}."),))]


def _which(request: Request, named: re.Match[str] | None) -> tuple[str, str]:
    inbound = request.inbound
    if named is not None:
        name = named["name"] or named["plain"] or named["id"]
        channel_id = named["id"] or inbound.details.get(f"channel:{named['plain']}")
        if not channel_id:
            raise UsageError(f"I do not know #{name}. Invite me to it, then type “channel” there.")
        return channel_id, name
    if inbound.direct:
        raise UsageError("Type “channel” in the channel itself, or name it: “channel theme 6 #name”.")
    return inbound.conversation, inbound.channel_name or inbound.conversation


def _what(plan: Plan, theme: Theme | None) -> str:
    return f"{theme.name} of {plan.slug}" if theme else wording.plan_name(plan)
