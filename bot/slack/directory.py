"""Who is who in the workspace: profiles and direct messages, looked up once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.errors import explained
from bot.surface import Profile
from storage.model.errors import SurfaceError

__all__ = ["Directory"]

_FRESH_SECONDS = 3600.0
_IN_PASSING_SECONDS = 1.0  # while Slack waits for an acknowledgement


class Directory:
    """Looks up people and their direct messages with the bot, and remembers them for an hour."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._profiles: dict[str, tuple[float, Profile]] = {}
        self._conversations: dict[str, str] = {}  # user -> direct message
        self._users: dict[str, str] = {}  # and back
        self._team: str | None = None
        self._enterprise: str | None = None

    def at_home(self, team: str | None, enterprise: str | None) -> None:
        """Which workspace, and which organisation of workspaces, the bot is of."""
        self._team, self._enterprise = team, enterprise

    async def profile(self, user: str) -> Profile:
        """Raises a SurfaceError where Slack does not say."""
        known = self._profiles.get(user)
        if known and time.monotonic() - known[0] < _FRESH_SECONDS:
            return known[1]
        async with explained():
            told = (await self._client.users_info(user=user))["user"]
        profile = told.get("profile", {})
        name = profile.get("real_name") or told.get("real_name") or told.get("name") or user
        email = profile.get("email") if self._of_home(told) else None
        found = Profile(name, email)
        self._profiles[user] = (time.monotonic(), found)
        return found

    def _of_home(self, told: Mapping[str, Any]) -> bool:
        """Whether the e-mail address was checked here: somebody else's workspace could say anything."""
        enterprise = (told.get("enterprise_user") or {}).get("enterprise_id")
        return bool(
            (self._team and told.get("team_id") == self._team)
            or (self._enterprise and enterprise == self._enterprise)
        )

    async def conversation(self, user: str) -> str:
        """The direct message with them, opened where there is none yet."""
        if user not in self._conversations:
            async with explained():
                opened = await self._client.conversations_open(users=user)
            self.met(user, opened["channel"]["id"])
        return self._conversations[user]

    def met(self, user: str, conversation: str) -> None:
        """Slack itself said where the direct message with them is."""
        self._conversations[user] = conversation
        self._users[conversation] = user

    def user_in(self, conversation: str) -> str | None:
        """Whose direct message this is, where that is known."""
        return self._users.get(conversation)

    async def conversation_in_passing(self, user: str) -> str | None:
        """As ``conversation``, but None where Slack takes longer than there is time."""
        try:
            return await asyncio.wait_for(self.conversation(user), _IN_PASSING_SECONDS)
        except (TimeoutError, SurfaceError):
            return None

    async def described(self, users: Iterable[str]) -> dict[str, str]:
        """``name:U..`` and ``email:U..`` of people whom a command names, as far as Slack says so in time."""
        found: dict[str, str] = {}
        for user in list(users)[:5]:
            try:
                profile = await asyncio.wait_for(self.profile(user), _IN_PASSING_SECONDS)
            except (TimeoutError, SurfaceError):
                continue
            found[f"name:{user}"] = profile.name
            if profile.email:
                found[f"email:{user}"] = profile.email
        return found
