"""The state of an action: what stands now, and its row of history."""

from __future__ import annotations

from storage.model.plan import State
from storage.session import Session

__all__ = ["set_state"]


def set_state(
    session: Session, action_id: int, state: State, note: str | None = None, meeting_id: int | None = None
) -> None:
    was = session.action(action_id)
    facts = {"state": state.value, "note_id": session.note(note)}
    session.execute("actions.set_state", action_id=action_id, at=session.now, **facts)
    made = session.insert(
        "actions.add_state",
        action_id=action_id,
        at=session.now,
        by_id=session.change.actor_id,
        meeting_id=meeting_id,
        **facts,
    )
    session.audit(
        "state",
        made,
        plan_id=was["plan_id"],
        action_id=action_id,
        was={"state": was["state"]},
        now={**facts, "meeting_id": meeting_id},
    )
