"""A message of the message language as what Teams is asked to do: cards and files, nothing lost, nothing refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.parts import unfolded
from bot.surface import Refused
from bot.teams.cards import Chunk, card, chunks, folded, image
from bot.teams.limits import ACTIVITY_SIZE, CARD_SIZE, MOST_CARDS, size
from bot.teams.text import Element, literal
from handlers.messages import Chart, Details, File, Message, Part, say

__all__ = ["Asset", "Rendered", "activity", "render"]

_SUMMARY = 200


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture or file of a message, which the bot serves or hands over."""

    name: str
    content: bytes
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """``cards`` in the order of sending, at least one; all after the first follow in its thread."""

    cards: tuple[tuple[Element, str], ...]  # with its words, for notifications
    files: tuple[Asset, ...]
    pictures: tuple[Asset, ...] = ()


Address = Callable[[Asset], str | None]


def render(message: Message, zone: ZoneInfo, address: Address = lambda _: None) -> Rendered:
    """The message as Teams gets it. ``address``: where a picture is served; where it is not, its words are shown."""
    pictures = tuple(_picture(part) for part in message.parts if isinstance(part, Chart))
    files = [Asset(part.name, part.content) for part in unfolded(message.parts) if isinstance(part, File)]
    packs = _packed(_in_place(message.parts, zone, address, fold=True))
    if len(packs) > 1 or any(size(chunk.element) > CARD_SIZE for pack in packs for chunk in pack):
        packs = _packed(_in_place(message.parts, zone, address, fold=False))
    if len(packs) > MOST_CARDS:
        packs, rest = _beyond(packs)
        files.append(rest)
    if not packs:
        told = ", ".join(asset.name for asset in files)[:300] or "Nothing to show."
        packs = [chunks((say(told),), zone)]
    return Rendered(tuple(_made(pack) for pack in packs), tuple(files), pictures)


def activity(content: Element, words: str) -> Element:
    """The activity that carries a card.

    Raises:
        Refused: a part is beyond any splitting (a form over 24 KB).
    """
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
    made = {
        "type": "message",
        "summary": literal(words)[:_SUMMARY] or "Assurebot",
        "attachments": [attachment],
    }
    if size(made) > ACTIVITY_SIZE - 1024:  # the library adds who it is from, and where to
        raise Refused(f"A message was not sent, because Teams would refuse it: it has {size(made)} bytes.")
    return made


def _in_place(parts: Sequence[Part], zone: ZoneInfo, address: Address, *, fold: bool) -> list[Chunk]:
    """The chunks in order; what is in Details folded, or at the end, where it comes into the thread."""
    held: list[Chunk] = []
    for part in parts:
        if isinstance(part, Chart):
            held += _chart(part, zone, address)
        elif isinstance(part, Details) and fold:
            held += folded(part, len(held), zone)
        elif not isinstance(part, Details):
            held += chunks((part,), zone)
    if not fold:
        held += chunks(unfolded([part for part in parts if isinstance(part, Details)]), zone)
    return held


def _chart(chart: Chart, zone: ZoneInfo, address: Address) -> list[Chunk]:
    url = address(_picture(chart))
    if url is None:
        return chunks((say(chart.alt or chart.title),), zone)
    elements = image(url, chart.alt or chart.title, chart.title)
    return [*(Chunk(one, chart.title) for one in elements[:-1]), Chunk(elements[-1], chart.alt, live=True)]


def _picture(chart: Chart) -> Asset:
    name = re.sub(r"[^a-z0-9]+", "-", chart.title.lower()).strip("-")[:60] or "chart"
    return Asset(f"{name}.png", chart.png, picture=True)


def _packed(held: Sequence[Chunk]) -> list[list[Chunk]]:
    packs: list[list[Chunk]] = []
    room = 0
    for chunk in held:
        own = size(chunk.element) + 1
        if not packs or own > room or (chunk.form and any(one.form for one in packs[-1])):
            packs.append([])
            room = CARD_SIZE
        packs[-1].append(chunk)
        room -= own
    return packs


def _beyond(packs: Sequence[list[Chunk]]) -> tuple[list[list[Chunk]], Asset]:
    """The first cards, then one with the buttons of what is beyond, whose words are in a text file."""
    rest = [chunk for pack in packs[MOST_CARDS - 1 :] for chunk in pack]
    words = "\n\n".join(chunk.words for chunk in rest)
    note = "There is more of this than fits here; the rest is in a file."
    element = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": note, "isSubtle": True}]}
    taps = _packed([Chunk(element, note), *(chunk for chunk in rest if chunk.live)])
    content = words.encode("utf-8", "replace")
    return [*packs[: MOST_CARDS - 1], *taps], Asset("continued.txt", content)


def _made(pack: Sequence[Chunk]) -> tuple[Element, str]:
    words = " · ".join(chunk.words for chunk in pack if not chunk.live) or pack[0].words
    return card([chunk.element for chunk in pack]), " ".join(words.split())
