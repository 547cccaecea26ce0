"""The payloads behind the README's pictures: ``python -m tests.pictures FILE``.

The whole bot runs on the demo plan before the fake Slack; what it really sends is written down.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from storage.model.people import Role
from tests.bot.slack.stage import Stage, staged, with_plan
from tests.fakes.slack import Conversation, Message, Person, View

__all__ = ["payloads"]

ASKED = datetime(2026, 1, 28, 9, tzinfo=UTC)
OWNERS = {
    "Priya Nandakumar": ("Priya Nandakumar, Head of Quality", "Director of Nursing, TVFT"),
    "Jasper Lyle": ("Jasper Lyle, Operations Manager ECHT",),
    "Beatrix Cole": ("Beatrix Cole, Service Manager", "Director of Adult Social Care, TCC"),
    "Grace Adeyemi": ("Grace Adeyemi, Digital Nurse Lead",),
}
WORDS = {
    "Priya Nandakumar": "6.1.2 slipped to May, trainer off sick. 6.2.3 on track, 82% of patients had a plan in January",
    "Jasper Lyle": "line open on weekdays since 19 Jan, calls to 111 from homes down 12%, weekends from March",
    "Beatrix Cole": "6.2.2 hub opened, second social worker starts 2 March. rest no change",
    "Grace Adeyemi": "3.1 read access for 140 of 210 nurses, should all have it by end of Feb",
}
Drawn = dict[str, Any]


async def payloads(folder: Path) -> list[Drawn]:
    """Every picture by name, with its messages or its view."""
    database = with_plan(folder / "record.db")
    people: dict[str, Person] = {}

    def prepare(stage: Stage) -> None:
        for name, owns in OWNERS.items():
            people[name] = stage.person(name, owns=owns)
        people["Tom"] = stage.person("Tom Fairbrother", role=Role.PMO)
        stage.reports_to(stage.fake.channel("thornmere-plan", *people.values()))

    async with staged(database, ASKED, prepare=prepare) as stage:
        return await _story(stage, people)


async def _story(stage: Stage, people: dict[str, Person]) -> list[Drawn]:
    channel = next(each for each in stage.fake.world.conversations.values() if each.name == "thornmere-plan")
    priya, tom = people["Priya Nandakumar"], people["Tom"]
    drawn = [_drawn(stage, "prompt", [await stage.fake.message_to(priya)])]
    await _until(stage, datetime(2026, 2, 3, 9, 12, tzinfo=UTC))
    for name, person in people.items():
        if name in WORDS and name != "Priya Nandakumar":
            await person.dm(WORDS[name])
    said = await priya.dm(WORDS["Priya Nandakumar"])
    receipt = await stage.fake.message_to(priya, "One needs you")
    drawn.append(_drawn(stage, "receipt", [said, receipt]))
    await priya.press(receipt, "Change")
    drawn.append(_view("edit", await priya.modal()))
    await priya.press(receipt, "Yes")
    await tom.command("/plan", "status theme 6", channel)
    drawn.append(_drawn(stage, "status", [await stage.fake.message_to(tom, "6.1.4")]))
    await tom.open_home()
    drawn.append(_view("home", await tom.home("Thornmere")))
    return [*drawn, *await _meetings(stage, tom, channel)]


async def _meetings(stage: Stage, tom: Person, channel: Conversation) -> list[Drawn]:
    await stage.idle()
    drawn = [
        _drawn(stage, "digest-week", await _posted(stage, channel, datetime(2026, 2, 9, 10, tzinfo=UTC)))
    ]
    drawn.append(
        _drawn(stage, "digest-meeting", await _posted(stage, channel, datetime(2026, 2, 16, 16, tzinfo=UTC)))
    )
    await _until(stage, datetime(2026, 2, 17, 9, tzinfo=UTC))
    await tom.command("/plan", "meeting 17 February", channel)
    drawn.append(_drawn(stage, "meeting", [await stage.fake.message_to(tom, "Chair:")]))
    return drawn


async def _posted(stage: Stage, channel: Conversation, when: datetime) -> list[Message]:
    """What the clock posts to the channel until then: the last post with what belongs to it."""
    before = len(stage.fake.messages_to(channel))
    await _until(stage, when)
    new = stage.fake.messages_to(channel)[before:]
    first = next(index for index, message in enumerate(new) if message.thread_ts in {None, message.ts})
    return new[first:]


async def _until(stage: Stage, when: datetime) -> None:
    stage.ahead += when - stage.clock()
    await stage.workers.tick()
    await asyncio.sleep(0.1)
    await stage.idle()


def _drawn(stage: Stage, name: str, messages: Iterable[Message]) -> Drawn:
    return {"name": name, "messages": [_message(stage, message) for message in messages]}


def _message(stage: Stage, message: Message) -> Drawn:
    images = [file["id"] for file in message.files if str(file["name"]).endswith(".png")]
    return {
        "author": "Assurebot" if message.by_bot else message.names[message.payload["user"]],
        "text": message.text,
        "blocks": message.blocks,
        "at": stage.clock().timestamp() - time.time() + float(message.ts),
        "reply": message.thread_ts not in {None, message.ts},
        "image": _image(stage.fake.world.files[images[0]].content) if images else None,
    }


def _image(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def _view(name: str, view: View) -> Drawn:
    return {"name": name, "view": view.payload}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        drawn = asyncio.run(payloads(Path(folder)))
    Path(sys.argv[1]).write_text(json.dumps(drawn, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
