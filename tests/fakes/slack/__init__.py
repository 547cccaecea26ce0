"""An honest fake Slack on loopback: Web API, Socket Mode, signed HTTP, and people who use it.

It refuses what Slack refuses (tokens, scopes, membership, limits of blocks, trigger ids, rates) and
sends what Slack sends (echoes of the bot's own posts, edits, deletions, retries, unknown fields).
Its reading of the limits is its own, apart from ``bot.slack.limits``.

Where Slack's documentation is silent, this is what the fake assumes:

- An event that no connection acknowledged within 3 s, or whose socket died first, is sent again, up to
  three times, to any connection, with ``retry_attempt`` counting from 0 (first sending) and
  ``retry_reason`` "timeout". With no connection at all, things wait for the next one. (Slack waits a
  minute and five minutes before the later retries; here fractions of a second.)
- Commands and interactions are sent once; unacknowledged, the person sees ``operation_timeout``.
- One post a second to a conversation, no burst; Slack allows short bursts of unstated size. A file shared
  counts as a post. Methods are counted in sliding minutes over the whole workspace.
- ``msg_blocks_too_long`` counts the characters of every ``text`` in the blocks (observed at about 13,200).
- ``chat.update`` keeps the blocks where none are given; ``response_url`` with ``replace_original`` does not.
- Unknown properties in blocks are refused; blocks that the bot has no use for (video, file, call) are
  refused too. Tables and markdown blocks are taken in messages only.
- The ids in ``text`` and in blocks both notify; the fake counts a mention in either.
- A parent message deleted by its author while it has replies becomes a tombstone (message_changed).
- A ``slack_file`` image may name any completed upload at once; Slack may need a moment to process it.
- Files without the token or ``files:read`` answer with the sign-in page and status 200.
- The bot is taken to be able to message everybody in the workspace; a deactivated user's DM is refused.
"""

from __future__ import annotations

from tests.fakes.slack.delivery import Delivery, sign
from tests.fakes.slack.people import Person
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.world import BOT, TEAM, Conversation, Message, View

__all__ = ["BOT", "TEAM", "Conversation", "Delivery", "FakeSlack", "Message", "Person", "View", "sign"]
