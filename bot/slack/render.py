"""A message of the message language as what Slack is asked to do: posts and uploads, nothing lost, nothing refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.parts import unfolded
from bot.slack.blocks import Chunk, chunks, numbered
from bot.slack.limits import MESSAGE_BLOCKS, MESSAGE_SIZE, message_problems, require
from bot.slack.spans import People, fallback
from handlers.messages import Chart, Details, File, Message

__all__ = ["MOST_POSTS", "Post", "Upload", "payload", "render"]

MOST_POSTS = 6  # a longer message goes on in a file


@dataclass(frozen=True, slots=True)
class Post:
    """One chat.postMessage. ``follows``: in the thread under the message's first post."""

    text: str
    blocks: tuple[dict[str, Any], ...]
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """One file, or chart, to share beside the first post."""

    name: str
    content: bytes
    title: str
    alt: str = ""
    follows: bool = False


def render(message: Message, people: People | None = None) -> tuple[Post | Upload, ...]:
    """The message as Slack gets it, in the order of sending; the first is always a Post.

    ``people``: Slack users (by person id) whom the message is for; all others are shown by name,
    because a name in a message to somebody else must not notify.

    Raises:
        Refused: a part is beyond any splitting (a command line over 2,000 characters).
    """
    people = people or {}
    everything = list(unfolded(message.parts))
    charts = [_chart(part) for part in everything if isinstance(part, Chart)]
    files = [Upload(part.name, part.content, part.name) for part in everything if isinstance(part, File)]
    body, kept = _posts(chunks(message.parts, people), "continued")
    first = body[:1] or [_post([Chunk(_words_block(_told(charts, files)), _told(charts, files))])]
    folded = [part for part in message.parts if isinstance(part, Details)]
    details, rest = _posts(chunks(unfolded(folded), people), "details")
    under = [replace(post, follows=True) for post in (*body[1:], *details)]
    return (*first, *charts, *under, *kept, *rest, *files)


def payload(post: Post) -> dict[str, Any]:
    """The arguments of chat.postMessage and chat.update for it, checked."""
    held = {"text": post.text, "blocks": [dict(block) for block in post.blocks]}
    require(message_problems(held), "message")
    return held


def _posts(held: Sequence[Chunk], name: str) -> tuple[list[Post], list[Upload]]:
    """Chunks in as few posts as they fit in; what is beyond MOST_POSTS as a text file, its buttons in a post."""
    packs = _packed(held)
    if len(packs) <= MOST_POSTS:
        return [_post(pack) for pack in packs], []
    beyond = [chunk for pack in packs[MOST_POSTS - 1 :] for chunk in pack]
    words = "\n\n".join(chunk.words for chunk in beyond)
    note = "There is more of this than a message holds; the rest is in the file here."
    taps = _packed([Chunk(_words_block(note), note), *(chunk for chunk in beyond if chunk.live)])
    upload = Upload(f"{name}.txt", words.encode(), "The rest of the message", follows=True)
    return [_post(pack) for pack in (*packs[: MOST_POSTS - 1], *taps)], [upload]


def _packed(held: Sequence[Chunk]) -> list[list[Chunk]]:
    packs: list[list[Chunk]] = []
    weight = 0
    for chunk in held:
        size = chunk.size
        if not packs or weight + size > MESSAGE_SIZE or not _has_room(chunk, packs[-1]):
            packs.append([])
            weight = 0
        packs[-1].append(chunk)
        weight += size
    return packs


def _has_room(chunk: Chunk, pack: Sequence[Chunk]) -> bool:
    return len(pack) < MESSAGE_BLOCKS and not (chunk.is_table and any(one.is_table for one in pack))


def _post(pack: Sequence[Chunk]) -> Post:
    words = "\n".join(chunk.words for chunk in pack)
    return Post(fallback(words), tuple(numbered([chunk.block for chunk in pack])))


def _words_block(words: str) -> dict[str, Any]:
    text = {"type": "text", "text": words}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [text]}]}


def _told(charts: Sequence[Upload], files: Sequence[Upload]) -> str:
    """What a message of files alone says."""
    return ", ".join(upload.title for upload in (*charts, *files))[:300].strip() or "Nothing to show."


def _chart(chart: Chart) -> Upload:
    name = re.sub(r"[^a-z0-9]+", "-", chart.title.lower()).strip("-")[:60] or "chart"
    return Upload(f"{name}.png", chart.png, chart.title or "Chart", chart.alt)
