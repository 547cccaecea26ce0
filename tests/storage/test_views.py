"""Where actions stand: filters, lookups, and that an answer costs what it returns."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage.database import open_database
from storage.model.people import PartyKind
from storage.model.plan import Plan, State
from storage.model.reading import Reading
from storage.model.record import UpdateKind, Visibility
from storage.queries import query
from storage.store import Store
from tests.storage.conftest import NOW, change


def names(store: Store, plan: Plan, **filters: object) -> list[str]:
    return [view.name for view in store.plans.views(plan.id, **filters)]  # type: ignore[arg-type]


def test_a_theme_includes_its_workstreams(store: Store, plan: Plan) -> None:
    theme = store.plans.theme(plan.id, "1")
    assert theme is not None
    assert names(store, plan, theme_ids=[theme.id]) == ["1.1", "1.2"]


@pytest.mark.parametrize(
    ("said", "ref"),
    [
        ("1", "1"),
        ("Theme 1.1", "1.1"),
        ("tides", "2"),
        ("pilot", "1.1"),
        ("", None),
        ("e", None),
        ("9", None),
    ],
)
def test_a_theme_is_found_by_ref_or_title(store: Store, plan: Plan, said: str, ref: str | None) -> None:
    theme = store.plans.theme(plan.id, said)
    assert (theme.ref if theme else None) == ref


@pytest.mark.parametrize(
    ("said", "handles"),
    [
        ("1.1", [1]),
        ("2.1", [3, 4]),
        ("#5", [5]),
        ("#1", [1]),
        ("1.10", []),
        ("#", []),
        ("#x", []),
        ("#²", []),
        ("", []),
    ],
)
def test_an_action_is_found_by_ref_or_handle(store: Store, plan: Plan, said: str, handles: list[int]) -> None:
    assert [action.handle for action in store.plans.action(plan.id, said)] == handles


def test_filters_hold_together(store: Store, plan: Plan) -> None:
    first, second, *_ = store.plans.views(plan.id)
    with store.writing(change(minutes=10)):
        store.plans.set_state(second.action.id, State.HELD, "waits for the dredger")
    assert names(store, plan, states=[State.HELD]) == ["1.2"]
    assert names(store, plan, states=[]) == []
    assert names(store, plan, due_before=date(2027, 6, 30)) == ["1.1"]
    assert names(store, plan, due_before=date(2027, 7, 1), states=[State.HELD]) == ["1.2"]
    assert names(store, plan, changed_since=datetime(2027, 3, 1, 9, 5, tzinfo=UTC)) == ["1.2"]
    assert names(store, plan, action_ids=[first.action.id]) == ["1.1"]
    assert store.plans.views(plan.id, states=[State.HELD])[0].state_note == "waits for the dredger"


def test_a_persons_actions_follow_the_post(store: Store, plan: Plan) -> None:
    with store.writing(change()):
        ada, ben = store.people.add("Ada Quay"), store.people.add("Ben Mast")
        post = store.people.post("COO")
        store.people.hold(post.id, ada.id, date(2027, 1, 1))
        store.people.hold(post.id, ben.id, date(2027, 5, 1))
        store.people.map_owner(plan.id, "COO", PartyKind.POST, post.id)
        store.people.map_owner(plan.id, "Tide Office", PartyKind.PERSON, ben.id)
    assert names(store, plan, person_id=ada.id, day=date(2027, 4, 30)) == ["1.1", "1.2"]
    assert names(store, plan, person_id=ada.id, day=date(2027, 5, 1)) == []
    assert names(store, plan, person_id=ada.id) == ["1.1", "1.2"]
    assert names(store, plan, person_id=ben.id, day=date(2027, 4, 30)) == ["2.1", "2.1"]
    with store.writing(change(minutes=60 * 24 * 100)):
        store.people.add("Cy Oar")
    assert names(store, plan, person_id=ada.id) == []
    assert names(store, plan, person_id=ben.id) == ["1.1", "1.2", "2.1", "2.1"]
    assert store.people.roles(plan.id, ada.id) == set()


def test_a_view_tells_the_newest_standing_update(store: Store, plan: Plan) -> None:
    action = store.plans.action(plan.id, "1.1")[0]
    with store.writing(change(minutes=1)):
        ada = store.people.add("Ada Quay")
        first = store.updates.add(action.id, "Berth open.", Reading(summary="Berth open."), author_id=ada.id)
    with store.writing(change(minutes=2)):
        second = store.updates.add(
            action.id, "No change", Reading(), author_id=ada.id, kind=UpdateKind.NO_CHANGE,
            visibility=Visibility.COMMITTEE, link="https://chat.example/1",
        )  # fmt: skip
    view = store.plans.views(plan.id)[0]
    assert (view.last_update_id, view.last_author, view.last_no_change) == (second.id, "Ada Quay", True)
    assert (view.last_line, view.last_link, view.visibility) == (
        "No change",
        "https://chat.example/1",
        "committee",
    )
    with store.writing(change(minutes=3)):
        store.updates.withdraw(second.id)
    view = store.plans.views(plan.id)[0]
    assert (view.last_update_id, view.last_line, view.last_at) == (first.id, "Berth open.", first.at)


def test_one_step_is_done(store: Store, plan: Plan) -> None:
    step = store.plans.action(plan.id, "1.2")[0].steps[0]
    with store.writing(change()):
        store.plans.set_step_done(step.id, date(2027, 2, 1))
    assert [s.done for s in store.plans.action(plan.id, "1.2")[0].steps] == [date(2027, 2, 1), None]


@pytest.mark.parametrize(
    ("filters", "values"),
    [
        pytest.param(["present", "themes"], {"theme_ids": "[6]"}, id="theme"),
        pytest.param(["actions"], {"action_ids": "[1]"}, id="actions"),
        pytest.param(["present", "changed_since"], {"changed_since": "2027"}, id="changed"),
        pytest.param(["present", "person"], {"person_id": 1, "day": "2027-03-01"}, id="person"),
    ],
)
def test_a_filtered_status_is_found_by_an_index(
    tmp_path: Path, filters: list[str], values: dict[str, object]
) -> None:
    database = open_database(str(tmp_path / "a.db"), "default")
    steps = database.explain("actions.views", filters, plan_id=1, **values)
    assert not [
        step for step in steps if step.startswith("SCAN") and "json_each" not in step and "inside" not in step
    ]
    database.close()


def test_channels_belong_to_a_plan_or_theme(store: Store, plan: Plan) -> None:
    from storage.model.people import Channel

    whole = Channel("slack", "C1", "harbour", plan.id)
    part = Channel("slack", "C1", "harbour", plan.id, theme_id=1, details={"team": "T1"})
    with store.writing(change()):
        for channel in (whole, part, whole):
            store.plans.set_channel(channel)
    assert store.plans.channels(plan.id) == store.plans.channel("slack", "C1") == [whole, part]
    assert store.plans.channel("teams", "C1") == []


def test_settings_and_scales_are_replaced(store: Store, plan: Plan) -> None:
    from dataclasses import replace

    with store.writing(change()):
        store.plans.set_setting(plan.id, "chase_days", "3")
        store.plans.set_setting(plan.id, "pack", "docx")
        store.plans.set_setting(plan.id, "pack", None)
        store.plans.set_scale(plan.id, replace(plan.scales[0], title="RAG"))
    now = store.plans.by_id(plan.id)
    assert now.settings == {"chase_days": "3"}
    assert [scale.title for scale in now.scales] == ["RAG"]
    assert now.scales[0].ratings == plan.scales[0].ratings


def test_effects_are_marked_once(store: Store, plan: Plan) -> None:
    with store.writing(change()):
        store.plans.mark_effect(plan.id, "digest:3")
        store.plans.mark_effect(plan.id, "digest:3")
    assert store.plans.effects_done(plan.id) == {"digest:3"}
    assert len([row for row in store.audit.rows() if row.what == "effect"]) == 1


def test_queries_name_their_subject() -> None:
    assert "FROM plans" in query("plans.by_slug")
    with pytest.raises(KeyError):
        query("plans.no_such_query")


def test_now_is_kept_to_the_microsecond(store: Store, plan: Plan) -> None:
    assert store.plans.versions(plan.id)[0][3] == NOW
