"""Meetings, what they decided, what arose, and the papers issued for them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from storage.codec import day as to_day
from storage.codec import decode, encode, moment
from storage.database import Row
from storage.model.document import PlanDate
from storage.model.errors import StoreError
from storage.model.record import Arising, Decision, DecisionKind, Meeting, MeetingState
from storage.session import Session

__all__ = ["Meetings"]


class Meetings:
    """The part of ``storage.store.GovernanceStore`` that is about meetings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def meetings(self, plan_id: int, *, assurance: bool | None = None) -> list[Meeting]:
        filters = [] if assurance is None else ["assurance"]
        rows = self._session.rows("meetings.of_plan", filters, plan_id=plan_id, assurance=bool(assurance))
        return [_meeting(row) for row in rows]

    def meeting(self, meeting_id: int) -> Meeting | None:
        row = self._session.one("meetings.get", meeting_id=meeting_id)
        return _meeting(row) if row else None

    def add_meeting(
        self,
        plan_id: int,
        forum: str,
        day: date | None,
        *,
        deadline: date | None = None,
        assurance: bool = False,
        printed: str | None = None,
        papers_due: date | None = None,
    ) -> Meeting:
        state = MeetingState.PLANNED if day else MeetingState.TO_CONFIRM
        meeting = Meeting(0, forum, day, deadline, assurance, state, printed=printed, papers_due=papers_due)
        columns = _columns(meeting)
        made = self._session.insert("meetings.add", plan_id=plan_id, **columns)
        self._session.audit("meeting", made, plan_id=plan_id, now=_facts(columns))
        return self._meeting(made)

    def change_meeting(self, meeting: Meeting) -> None:
        was = _columns(self._meeting(meeting.id))
        now = _columns(meeting)
        self._session.execute("meetings.change", meeting_id=meeting.id, **now)
        plan_id = self._plan_of_meeting(meeting.id)
        self._session.audit("meeting", meeting.id, plan_id=plan_id, was=_facts(was), now=_facts(now))

    def set_meeting_state(self, meeting_id: int, state: MeetingState) -> None:
        meeting = self._meeting(meeting_id)
        now = _columns(meeting) | {"state": state.value}
        self._session.execute("meetings.change", meeting_id=meeting_id, **now)
        self._session.audit(
            "meeting",
            meeting_id,
            plan_id=self._plan_of_meeting(meeting_id),
            was={"state": meeting.state.value},
            now={"state": state.value},
        )

    def decide(
        self,
        meeting_id: int,
        action_id: int | None,
        kind: DecisionKind,
        subject: str,
        *,
        scale: str | None = None,
        label: str | None = None,
        due: PlanDate | None = None,
        words: str | None = None,
        recommended: bool = False,
    ) -> Decision:
        plan_id = self._plan_of_meeting(meeting_id)
        facts = {
            "meeting_id": meeting_id,
            "kind": kind.value,
            "subject": subject,
            "scale": scale,
            "label": label,
            "due": due and encode(due),
            "words_id": self._session.note(words),
            "recommended": int(recommended),
        }
        made = self._session.insert(
            "governance.add_decision",
            plan_id=plan_id,
            action_id=action_id,
            recorded_by_id=self._session.change.actor_id,
            at=self._session.now,
            **facts,
        )
        self._session.audit("decision", made, plan_id=plan_id, action_id=action_id, now=facts)
        return _decision(self._row("governance.decision", "decision", decision_id=made))

    def ratify(self, decision_id: int, by_meeting_id: int) -> None:
        decision = self._row("governance.decision", "decision", decision_id=decision_id)
        self._session.execute("governance.ratify", decision_id=decision_id, meeting_id=by_meeting_id)
        self._session.audit(
            "decision",
            decision_id,
            plan_id=decision["plan_id"],
            action_id=decision["action_id"],
            now={"ratified_by_meeting_id": by_meeting_id},
        )

    def decisions(self, plan_id: int, *, meeting_id: int | None = None) -> list[Decision]:
        filters = [] if meeting_id is None else ["meeting"]
        rows = self._session.rows("governance.decisions", filters, plan_id=plan_id, meeting_id=meeting_id)
        return [_decision(row) for row in rows]

    def add_arising(self, meeting_id: int, no: str, text: str, owner: str, due: date | None) -> Arising:
        plan_id = self._plan_of_meeting(meeting_id)
        facts = {
            "meeting_id": meeting_id,
            "no": no,
            "text_id": self._session.text(text),
            "due": due and due.isoformat(),
        }
        made = self._session.insert("meetings.add_arising", plan_id=plan_id, owner=owner, **facts)
        self._session.audit("arising", made, plan_id=plan_id, now=facts)
        return _arising(self._row("meetings.arising", "action arising", arising_id=made))

    def arisings(self, plan_id: int, *, open_only: bool = True) -> list[Arising]:
        filters = ["arising_open"] if open_only else []
        return [_arising(row) for row in self._session.rows("meetings.arisings", filters, plan_id=plan_id)]

    def close_arising(self, arising_id: int) -> None:
        arising = self._row("meetings.arising", "action arising", arising_id=arising_id)
        self._session.execute("meetings.close_arising", arising_id=arising_id, at=self._session.now)
        self._session.audit("arising", arising_id, plan_id=arising["plan_id"], now={"done": True})

    def issue(self, plan_id: int, meeting_id: int, name: str, stage: str, content: bytes) -> str:
        if self.issued_bytes(plan_id, meeting_id, name) is not None:
            raise StoreError(
                f"{name} was issued for this meeting already and never changes: give it another name."
            )
        facts = {"name": name, "stage": stage, "sha256": hashlib.sha256(content).hexdigest()}
        made = self._session.insert(
            "meetings.issue",
            plan_id=plan_id,
            meeting_id=meeting_id,
            content=content,
            at=self._session.now,
            **facts,
        )
        self._session.audit("issued", made, plan_id=plan_id, now=facts)
        return facts["sha256"]

    def issued(self, plan_id: int, meeting_id: int) -> list[tuple[str, str, str, datetime]]:
        rows = self._session.rows("meetings.issued_at", plan_id=plan_id, meeting_id=meeting_id)
        return [(row["name"], row["stage"], row["sha256"], moment(row["at"])) for row in rows]

    def issued_bytes(self, plan_id: int, meeting_id: int, name: str) -> bytes | None:
        row = self._session.one("meetings.issued_content", plan_id=plan_id, meeting_id=meeting_id, name=name)
        return row["content"] if row else None

    def _meeting(self, meeting_id: int) -> Meeting:
        return _meeting(self._row("meetings.get", "meeting", meeting_id=meeting_id))

    def _plan_of_meeting(self, meeting_id: int) -> int:
        return int(self._row("meetings.get", "meeting", meeting_id=meeting_id)["plan_id"])

    def _row(self, query: str, noun: str, **value: Any) -> Row:
        row = self._session.one(query, **value)
        if row is None:
            raise StoreError(
                f"There is no {noun} with the number {next(iter(value.values()))} in the record."
            )
        return row


def _columns(meeting: Meeting) -> dict[str, object]:
    return {
        "forum": meeting.forum,
        "day": meeting.day and meeting.day.isoformat(),
        "deadline": meeting.deadline and meeting.deadline.isoformat(),
        "assurance": int(meeting.assurance),
        "state": meeting.state.value,
        "quorate": None if meeting.quorate is None else int(meeting.quorate),
        "chair": meeting.chair,
        "printed": meeting.printed,
        "papers_due": meeting.papers_due and meeting.papers_due.isoformat(),
    }


def _facts(columns: Mapping[str, object]) -> dict[str, object]:
    """What the audit may say of a meeting: the chair is a person, whose name must stay erasable."""
    return {name: value for name, value in columns.items() if name != "chair"}


def _meeting(row: Row) -> Meeting:
    return Meeting(
        id=row["id"],
        forum=row["forum"],
        day=to_day(row["day"]),
        deadline=to_day(row["deadline"]),
        assurance=bool(row["assurance"]),
        state=MeetingState(row["state"]),
        quorate=None if row["quorate"] is None else bool(row["quorate"]),
        chair=row["chair"],
        printed=row["printed"],
        papers_due=to_day(row["papers_due"]),
    )


def _decision(row: Row) -> Decision:
    return Decision(
        id=row["id"],
        meeting_id=row["meeting_id"],
        action_id=row["action_id"],
        kind=DecisionKind(row["kind"]),
        subject=row["subject"],
        scale=row["scale"],
        label=row["label"],
        due=decode(PlanDate, row["due"]) if row["due"] else None,
        words=row["words"],
        recorded_by_id=row["recorded_by_id"],
        at=moment(row["at"]),
        recommended=bool(row["recommended"]),
        ratified_by_meeting_id=row["ratified_by_meeting_id"],
    )


def _arising(row: Row) -> Arising:
    return Arising(
        id=row["id"],
        meeting_id=row["meeting_id"],
        no=row["no"],
        text=row["text"] or "",
        owner=row["owner"],
        due=to_day(row["due"]),
        person_id=row["person_id"],
        done_at=moment(row["done_at"]) if row["done_at"] else None,
    )
