"""An honest fake of Teams on loopback: the Bot Connector, its signing keys, and people who use it.

It refuses what Teams refuses (tokens, unknown conversations, size, cards, pace) and brings what Teams brings, signed
with keys of its own, which it serves as Microsoft serves theirs. Its reading of cards is its own, apart from the bot's.

Where Microsoft's documentation is silent, this is what the fake assumes:

- An activity that the bot answered with 5xx is brought once more; an invoke never is.
- Adding and removing the app are told by a conversationUpdate and an installationUpdate; blocking is not told.
- A bot that was removed from a conversation or blocked there gets 403, an unknown conversation or thread 404, a card that is none 400,
  more than 28 KB 413, more than 7 posts a second to a conversation 429.
- What an Action.Execute answers with a card is seen by who pressed, until the message itself is updated.
- A message typed in a channel's thread is told with the id of the thread's first message in the conversation's id.
- Nobody's edits are told in a channel unless the message mentions the bot.
"""

from __future__ import annotations

from tests.fakes.teams.people import Person
from tests.fakes.teams.server import FakeTeams
from tests.fakes.teams.world import BOT_ID, TENANT, Conversation, Message

__all__ = ["BOT_ID", "TENANT", "Conversation", "FakeTeams", "Message", "Person"]
