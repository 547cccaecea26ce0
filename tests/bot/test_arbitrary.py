"""Whatever is typed, pressed or filled in, by whomever: an answer, no fault of ours, and a record that holds."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.workers import Workers
from handlers.grammar import COMMANDS
from storage.model.people import Role
from storage.model.post import InboundKind
from tests.bot.conftest import Desk, settings_for
from tests.bot.platform import Platform

EXAMPLES = int(os.environ.get("ASSUREBOT_TEST_EXAMPLES", "150"))
ODD = st.sampled_from(
    [
        "",
        " ",
        "#",
        "6.1.4",
        "#17",
        "theme 6",
        "in thornmere",
        "’“”",
        "\u202e\u200b",
        "<!channel>",
        "%s{0}",
        "';--",
    ]
)
TAILS = st.lists(st.one_of(ODD, st.text(max_size=20), st.dates().map(str)), max_size=4).map(" ".join)
TYPED = st.one_of(
    st.text(max_size=80),
    st.builds("{} {}".format, st.sampled_from([command.words for command in COMMANDS]), TAILS),
    st.builds("/{} {}".format, st.sampled_from([command.words for command in COMMANDS]), TAILS),
)
KINDS = st.sampled_from(
    [InboundKind.MESSAGE, InboundKind.COMMAND, InboundKind.TAP, InboundKind.FORM, InboundKind.EDIT]
)
FIELDS = st.dictionaries(
    st.sampled_from(["text", "rating", "date", "reason", "link", "due"]), st.text(max_size=20), max_size=3
)


@contextmanager
def running_desk(database: Path) -> Iterator[tuple[Desk, asyncio.AbstractEventLoop]]:
    loop = asyncio.new_event_loop()
    platform = Platform()
    desk = Desk(Workers(settings_for(database), {platform.name: platform}, lambda: desk.now), platform)
    loop.run_until_complete(desk.workers.open())
    try:
        yield desk, loop
    finally:
        loop.run_until_complete(desk.workers.stop())
        loop.close()


@pytest.fixture(scope="module")
def busy(
    plan_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, asyncio.AbstractEventLoop]]:
    """An owner and somebody of the programme office at work, for all examples."""
    database = tmp_path_factory.mktemp("busy") / "assurebot.db"
    database.write_bytes(plan_database.read_bytes())
    with running_desk(database) as (desk, loop):
        loop.run_until_complete(desk.person("Jasper Lyle", "U1", "Jasper Lyle, Operations Manager ECHT"))
        loop.run_until_complete(desk.person("Dana Reid", "U2", role=Role.PMO))
        yield desk, loop


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(text=TYPED, kind=KINDS, user=st.sampled_from(["U1", "U2", "U3"]), fields=FIELDS)
def test_no_words_lead_to_a_fault(
    busy: tuple[Desk, asyncio.AbstractEventLoop],
    text: str,
    kind: InboundKind,
    user: str,
    fields: dict[str, str],
) -> None:
    desk, loop = busy
    answer = loop.run_until_complete(desk.command(text, kind, user, fields=fields)) + desk.words()
    assert "Something went wrong" not in answer, (text, kind)
    waiting, broken = loop.run_until_complete(
        desk.ask(lambda store: (store.inbox.waiting(), store.audit.verify()))
    )
    assert (waiting, broken) == (0, None)
