"""No words move the record: agreed ratings and due dates change by a decision or an import and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.grammar import COMMANDS
from storage.model.post import InboundKind
from storage.open import open_store
from tests.handlers.world import World

_KINDS = (
    InboundKind.MESSAGE, InboundKind.COMMAND, InboundKind.TAP, InboundKind.FORM, InboundKind.EDIT,
    InboundKind.DELETE, InboundKind.SAVE, InboundKind.HOME,
)  # fmt: skip
_TAILS = st.lists(
    st.one_of(
        st.sampled_from(
            (
                "6.1.4", "#17", "1.1", "red", "green", "amber", "blue", "agree", "November 2026", "because", "1", "1 2 3",
                "complete", "no change", "to", "10 April 2026", '"words"', "by Jasper", "owner Jasper", "Jasper", "in thornmere",
                "here", "https://x.example/a", "superseded", "reopened", "yes", "means at risk", "theme 6", "slipped to Nov",
                "=1+1", "{{7*7}}", "%s%n", "'); DROP TABLE audit; --", "<!channel>", "\u202e", "\u200b6.1.4", "\x00", "x" * 3000,
            )
        ),
        st.text(max_size=12),
    ),
    max_size=5,
).map(" ".join)  # fmt: skip
_LINES = st.one_of(
    st.builds("{} {}".format, st.sampled_from([command.words for command in COMMANDS]), _TAILS), _TAILS
)
_FIELDS = st.dictionaries(
    st.sampled_from(("text", "rating", "date", "reason", "evidence", "answer", "cause", "need")),
    st.sampled_from(("red", "November 2026", "words", "6.1.4 complete", "blue")),
    max_size=3,
)


@pytest.fixture(scope="module")
def lasting(peopled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world that goes through all examples."""
    path = tmp_path_factory.mktemp("lasting") / "record.db"
    path.write_bytes(peopled.read_bytes())
    world = World(open_store(str(path)), now=None)  # type: ignore[arg-type]
    world.at(2026, 2, 3)
    for person in world.store.people.all():
        world.people[person.name] = person
    world.say("Jasper", "6.1.4 slipped to November, red")
    yield world
    world.store.close()


def agreed(world: World) -> Mapping[int, object]:
    """What only a meeting or the document may set, of every action."""
    return {
        view.action.id: (
            view.due,
            view.action.baseline,
            {name: one.label for name, one in view.agreed.items()},
        )
        for view in world.store.plans.views(world.plan.id)
    }


def decided(world: World) -> int:
    """How many decisions there are, a ratified one counting once more."""
    decisions = world.store.governance.decisions(world.plan.id)
    return len(decisions) + sum(one.ratified_by_meeting_id is not None for one in decisions)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(("Jasper", "Beatrix", "Victor")),
    line=_LINES,
    kind=st.sampled_from(_KINDS),
    fields=_FIELDS,
)
def test_nothing_that_an_owner_or_a_viewer_does_moves_what_is_agreed(
    lasting: World, name: str, line: str, kind: InboundKind, fields: dict[str, str]
) -> None:
    before = agreed(lasting), decided(lasting)
    lasting.act(name, line, kind, fields=fields)
    assert (agreed(lasting), decided(lasting)) == before
    assert lasting.store.audit.verify() is None


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(line=_LINES, kind=st.sampled_from(_KINDS), fields=_FIELDS)
def test_the_office_moves_what_is_agreed_by_decisions_alone(
    lasting: World, line: str, kind: InboundKind, fields: dict[str, str]
) -> None:
    before, decisions = agreed(lasting), decided(lasting)
    lasting.act("Dana", line, kind, fields=fields)
    after = agreed(lasting)
    if after != before:
        assert decided(lasting) > decisions, (line, kind, fields)


def test_the_property_can_fail(lasting: World) -> None:
    """A decision is seen to move the record, so that the two before this one mean something."""
    before, decisions = agreed(lasting), decided(lasting)
    lasting.say("Dana", "meeting next")
    lasting.say("Dana", "decide 6.2.1 red, words")
    assert agreed(lasting) != before
    assert decided(lasting) > decisions
