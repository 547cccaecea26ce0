"""docs/surfaces.md, made from the code: what each surface shows and takes. ``python -m tests.surfaces`` writes it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.console.files import Keeper
from bot.console.render import Choices, Printer, Renderer
from bot.slack.render import Post
from bot.slack.render import render as in_slack
from bot.teams.render import render as in_teams
from handlers.messages import (
    ASKER,
    Button,
    Buttons,
    Chart,
    Details,
    Facts,
    Field,
    File,
    Form,
    Heading,
    Message,
    Part,
    Quote,
    Table,
    say,
    spans,
)
from storage.model.post import InboundKind
from tests.bot.test_surfaces_contract import SCENARIOS

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).resolve().parents[1] / "docs" / "surfaces.md"
LONDON = ZoneInfo("Europe/London")
COLUMNS = ("", "Slack", "Teams", "terminal")

SAMPLES: tuple[Part, ...] = (
    Heading("Theme 6"),
    say("One of four has answered."),
    Quote("Live since May", spans("J. Munro, 4 April")),
    Facts((("Due", spans("30 April")),)),
    Table(("Ref", "Rating"), ((spans("6.1.4"), spans("Amber")),)),
    Buttons((Button("Yes", "confirm 8"),)),
    Form("Your update", "edit 8", (Field("text", "Your words", "long"),)),
    Chart(b"png", "4 green, 1 red", "Ratings"),
    File("pack.docx", b"docx"),
    Details("Everything", (say("6.1.4 is on track"),)),
)

# How each thing that a person can do is done, by surface; "-" where the surface has no such thing.
WAYS: dict[InboundKind, tuple[str, str, str]] = {
    InboundKind.MESSAGE: ("direct message, or a mention", "own chat, or a mention", "typed"),
    InboundKind.COMMAND: ("`/plan status theme 6`", "`/status theme 6` as a message", "`/status theme 6`"),
    InboundKind.TAP: ("button", "button of the card", "its number"),
    InboundKind.FORM: ("modal", "inputs in place of the card", "asked field by field"),
    InboundKind.FILE: ("dropped in the direct message", "dropped in the own chat", "its path"),
    InboundKind.EDIT: ("edit the message", "edit the message", "-"),
    InboundKind.DELETE: ("delete the message", "delete the message", "-"),
    InboundKind.HOME: ("Home tab, or `home`", "`home`", "`home`"),
    InboundKind.SAVE: ("message shortcut “Save as update”", "the message's menu, “Save as update”", "-"),
    InboundKind.JOINED: ("invite the bot", "add the app", "-"),
    InboundKind.LEFT: ("-", "remove the app", "-"),
}


def page() -> str:
    """The whole page."""
    return "\n".join(
        [
            "# What is where",
            "",
            "This page is made from the code (`python -m tests.surfaces`), and a test holds it current.",
            "",
            "## What people do",
            "",
            *_table(COLUMNS, ((kind.value, *WAYS[kind]) for kind in InboundKind)),
            "",
            "## What people see",
            "",
            *_table(COLUMNS, (_shown(part) for part in SAMPLES)),
            "",
            "An answer for the asker alone is an ephemeral message in a Slack channel; in a Teams channel it comes in the own chat,",
            "with a word in the thread.",
            "",
            "## What is the same",
            "",
            "Each of these plays in Slack, in Teams and in the terminal; what people read and what stands on the record afterwards is",
            "compared (`tests/bot/test_surfaces_contract.py`):",
            "",
            *(f"- {scenario.__name__.replace('_', ' ')}" for scenario in SCENARIOS),
            "",
            "Every command, and every button, goes through one grammar on every surface.",
            "",
        ]
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join(cell.replace('|', '¦') for cell in line)} |" for line in lines]


def _shown(part: Part) -> tuple[str, str, str, str]:
    """What the renderers make of a part."""
    message = Message(ASKER, (part,))
    return part.kind, _slack(message), _teams(message), _terminal(message)


def _slack(message: Message) -> str:
    first, *rest = in_slack(message)
    assert isinstance(first, Post)
    blocks = [str(block["type"]) for block in first.blocks]
    if any(not isinstance(one, Post) for one in rest):
        return "uploaded file"
    return "in the thread" if rest else ", ".join(dict.fromkeys(blocks))


def _teams(message: Message) -> str:
    rendered = in_teams(message, LONDON, lambda asset: f"https://bot.example/{asset.name}")
    if rendered.files:
        return "file to accept; a link in channels"
    ((card, _), *_) = rendered.cards
    kinds = [kind for element in card["body"] for kind in _kinds(element)]
    return ", ".join(dict.fromkeys(kinds))


def _kinds(element: dict[str, object]) -> Iterable[str]:
    items = element.get("items") or element.get("actions") or []
    inner = [str(one["type"]) for one in items] if isinstance(items, list) else []
    inputs = [kind for kind in inner if kind.startswith(("Input.", "Action."))]
    return inputs or [str(element["type"])]


def _terminal(message: Message) -> str:
    if isinstance(message.parts[0], Chart | File):
        return "kept in a folder, its path shown"
    out = io.StringIO()
    with TemporaryDirectory() as folder:
        Printer(out).show(Renderer(LONDON, Keeper(Path(folder))).message(message, Choices()))
    return "`" + out.getvalue().strip().splitlines()[0].strip() + "`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
