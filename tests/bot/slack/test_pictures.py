"""What ``make pictures`` draws can be made: the real messages of the demo plan."""

from __future__ import annotations

from pathlib import Path

from tests.pictures import payloads


async def test_every_picture_has_something_on_it(tmp_path: Path) -> None:
    drawn = {picture["name"]: picture for picture in await payloads(tmp_path)}
    assert list(drawn) == [
        *("prompt", "receipt", "edit", "status", "home"),
        *("digest-week", "digest-meeting", "meeting"),
    ]
    for picture in drawn.values():
        assert picture.get("messages") or picture["view"]["blocks"]
