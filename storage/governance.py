"""Ratings, dates, claims, evidence and challenges: where an action stands, and how it came there.

What stands now is written in the same transaction as its row of history.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from storage.codec import json_text, moment, plan_date, plan_date_columns, stamp
from storage.database import Row
from storage.meetings import Meetings
from storage.model.document import DateKind, PlanDate
from storage.model.plan import Rated, RatingSource, RatingStage
from storage.model.record import Claim, DateRequest, Evidence

__all__ = ["Governance", "rated"]


class Governance(Meetings):
    """See ``storage.store.GovernanceStore``."""

    def propose(
        self, action_id: int, scale: str, label: str, source: RatingSource, update_id: int | None = None
    ) -> None:
        self._rate(action_id, scale, label, RatingStage.PROPOSED, source, None, update_id)

    def agree(
        self, action_id: int, scale: str, label: str, source: RatingSource, meeting_id: int | None = None
    ) -> None:
        self._rate(action_id, scale, label, RatingStage.AGREED, source, meeting_id, None)
        self.clear_proposal(action_id, scale)

    def _rate(
        self,
        action_id: int,
        scale: str,
        label: str,
        stage: RatingStage,
        source: RatingSource,
        meeting_id: int | None,
        update_id: int | None,
    ) -> None:
        plan_id = self._session.action(action_id)["plan_id"]
        place: dict[str, Any] = {"action_id": action_id, "scale": scale, "stage": stage.value}
        was = self._session.one("governance.current", **place)
        facts = {"label": label, "source": source.value, "meeting_id": meeting_id, "update_id": update_id}
        made = self._session.insert(
            "governance.add_rating",
            plan_id=plan_id,
            at=self._session.now,
            by_id=self._session.change.actor_id,
            **place,
            **facts,
        )
        self._session.execute("governance.set_current", rating_id=made, **place)
        self._session.touch(action_id)
        self._session.audit(
            "rating",
            made,
            plan_id=plan_id,
            action_id=action_id,
            was={"scale": scale, "stage": stage.value, "label": was["label"]} if was else None,
            now={"scale": scale, "stage": stage.value, **facts},
        )

    def clear_proposal(self, action_id: int, scale: str) -> None:
        place: dict[str, Any] = {"action_id": action_id, "scale": scale, "stage": RatingStage.PROPOSED.value}
        was = self._session.one("governance.current", **place)
        if was is None:
            return
        self._session.execute("governance.clear_current", **place)
        self._session.touch(action_id)
        self._session.audit(
            "rating",
            was["id"],
            plan_id=was["plan_id"],
            action_id=action_id,
            was={"scale": scale, "stage": "proposed", "label": was["label"]},
        )

    def rating_history(self, action_id: int) -> list[Rated]:
        return [rated(row) for row in self._session.rows("governance.rating_history", action_id=action_id)]

    def agreed_as_at(self, plan_id: int, when: datetime) -> Mapping[int, Mapping[str, str]]:
        labels: dict[int, dict[str, str]] = {}
        for row in self._session.rows("governance.agreed_as_at", plan_id=plan_id, at=stamp(when)):
            labels.setdefault(row["action_id"], {})[row["scale"]] = row["label"]
        return labels

    def request_date(
        self,
        action_id: int,
        wanted: PlanDate,
        reason: str | None,
        update_id: int | None = None,
        step_no: str | None = None,
    ) -> DateRequest:
        self._session.execute(
            "governance.replace_requests", action_id=action_id, step_no=step_no, at=self._session.now
        )
        request = self._ledger_row(action_id, wanted, reason=reason, update_id=update_id, step_no=step_no)
        self._session.touch(action_id)
        return request

    def _ledger_row(
        self,
        action_id: int,
        wanted: PlanDate,
        *,
        reason: str | None = None,
        update_id: int | None = None,
        step_no: str | None = None,
        outcome: str | None = None,
        meeting_id: int | None = None,
    ) -> DateRequest:
        plan_id = self._session.action(action_id)["plan_id"]
        was = self._due(action_id, step_no)
        facts = {"step_no": step_no, "update_id": update_id, "outcome": outcome, "meeting_id": meeting_id}
        made = self._session.insert(
            "governance.add_request",
            plan_id=plan_id,
            action_id=action_id,
            reason_id=self._session.note(reason),
            asked_by_id=self._session.change.actor_id,
            asked_at=self._session.now,
            decided_at=self._session.now if outcome else None,
            **plan_date_columns("was", was),
            **plan_date_columns("wanted", wanted),
            **facts,
        )
        self._session.audit(
            "date_request",
            made,
            plan_id=plan_id,
            action_id=action_id,
            was=plan_date_columns("due", was),
            now=plan_date_columns("due", wanted) | facts,
        )
        return _request(self._row("governance.request", "date request", request_id=made))

    def _due(self, action_id: int, step_no: str | None) -> PlanDate:
        step = step_no and self._session.one("actions.step_by_no", action_id=action_id, no=step_no)
        return plan_date(step or self._session.action(action_id), "due")

    def decide_date(self, request_id: int, agreed: bool, meeting_id: int | None) -> None:
        row = self._row("governance.request", "date request", request_id=request_id)
        outcome = "agreed" if agreed else "refused"
        self._session.execute(
            "governance.settle_request",
            request_id=request_id,
            outcome=outcome,
            at=self._session.now,
            meeting_id=meeting_id,
        )
        if agreed:
            self._move(row["action_id"], plan_date(row, "wanted"), row["step_no"])
        self._session.touch(row["action_id"])
        self._session.audit(
            "date_request",
            request_id,
            plan_id=row["plan_id"],
            action_id=row["action_id"],
            now={"outcome": outcome, "meeting_id": meeting_id},
        )

    def _move(self, action_id: int, due: PlanDate, step_no: str | None = None) -> None:
        step = step_no and self._session.one("actions.step_by_no", action_id=action_id, no=step_no)
        if step:
            self._session.execute("actions.set_step_due", step_id=step["id"], **plan_date_columns("due", due))
            return
        was = self._due(action_id, None)
        self._session.execute(
            "actions.set_due",
            action_id=action_id,
            slip=int(was.kind is DateKind.DUE and was.end is not None and due.end != was.end),
            at=self._session.now,
            **plan_date_columns("due", due),
        )

    def set_due(
        self, action_id: int, due: PlanDate, meeting_id: int | None, *, reason: str | None = None
    ) -> None:
        self._ledger_row(action_id, due, reason=reason, outcome="agreed", meeting_id=meeting_id)
        self._move(action_id, due)

    def date_requests(self, plan_id: int, *, open_only: bool = False) -> list[DateRequest]:
        filters = ["request_open"] if open_only else []
        return [_request(row) for row in self._session.rows("governance.requests", filters, plan_id=plan_id)]

    def ledger(self, action_id: int) -> list[DateRequest]:
        return self.ledgers([action_id]).get(action_id, [])

    def ledgers(self, action_ids: Collection[int]) -> dict[int, list[DateRequest]]:
        found: dict[int, list[DateRequest]] = {}
        for row in self._session.rows("governance.ledger", ids=json_text(sorted(action_ids))):
            found.setdefault(row["action_id"], []).append(_request(row))
        return found

    def claim(self, action_id: int, update_id: int | None) -> Claim:
        plan_id = self._session.action(action_id)["plan_id"]
        facts = {"update_id": update_id, "claimed_by_id": self._session.change.actor_id}
        made = self._session.insert(
            "governance.add_claim",
            plan_id=plan_id,
            action_id=action_id,
            claimed_at=self._session.now,
            **facts,
        )
        self._session.touch(action_id)
        self._session.audit("claim", made, plan_id=plan_id, action_id=action_id, now=facts)
        return _claim(self._row("governance.claim", "claim", claim_id=made))

    def decide_claim(self, claim_id: int, outcome: str, meeting_id: int | None) -> None:
        row = self._row("governance.claim", "claim", claim_id=claim_id)
        self._change_claim(row, outcome=outcome, meeting_id=meeting_id)

    def change_claim(self, claim: Claim) -> None:
        row = self._row("governance.claim", "claim", claim_id=claim.id)
        self._change_claim(
            row,
            sustain_months=claim.sustain_months,
            sustained=claim.sustained,
            outcome=claim.outcome,
            meeting_id=claim.meeting_id,
        )

    def _change_claim(self, row: Row, **changed: object) -> None:
        names = ("sustain_months", "sustained", "outcome", "meeting_id")
        was = {name: row[name] for name in names}
        self._session.execute("governance.change_claim", claim_id=row["id"], **(was | changed))
        self._session.touch(row["action_id"])
        self._session.audit(
            "claim",
            row["id"],
            plan_id=row["plan_id"],
            action_id=row["action_id"],
            was=was,
            now=was | changed,
        )

    def claims(self, plan_id: int, *, open_only: bool = True) -> list[Claim]:
        filters = ["claim_open"] if open_only else []
        return [_claim(row) for row in self._session.rows("governance.claims", filters, plan_id=plan_id)]

    def claim_of(self, action_id: int) -> Claim | None:
        row = self._session.one("governance.claim_of", action_id=action_id)
        return _claim(row) if row else None

    def add_evidence(self, action_id: int, link: str, note: str | None = None) -> Evidence:
        plan_id = self._session.action(action_id)["plan_id"]
        facts = {"link": link, "note_id": self._session.note(note)}
        made = self._session.insert(
            "governance.add_evidence",
            action_id=action_id,
            at=self._session.now,
            by_id=self._session.change.actor_id,
            **facts,
        )
        self._session.touch(action_id)
        self._session.audit("evidence", made, plan_id=plan_id, action_id=action_id, now=facts)
        return _evidence(self._row("governance.evidence_by_id", "evidence", evidence_id=made))

    def check_evidence(self, evidence_id: int, by_id: int | None = None) -> None:
        row = self._row("governance.evidence_by_id", "evidence", evidence_id=evidence_id)
        self._session.execute(
            "governance.check_evidence",
            evidence_id=evidence_id,
            by_id=by_id if by_id is not None else self._session.change.actor_id,
            at=self._session.now,
        )
        facts = {"checked": True, "checked_by_id": by_id}
        self._session.audit("evidence", evidence_id, action_id=row["action_id"], now=facts)

    def evidence(self, action_id: int) -> list[Evidence]:
        return self.evidence_of([action_id]).get(action_id, [])

    def evidence_of(self, action_ids: Collection[int]) -> dict[int, list[Evidence]]:
        found: dict[int, list[Evidence]] = {}
        for row in self._session.rows("governance.evidence", ids=json_text(sorted(action_ids))):
            found.setdefault(row["action_id"], []).append(_evidence(row))
        return found

    def raise_challenge(self, action_id: int, rule: str, words: str, fingerprint: str) -> int:
        plan_id = self._session.action(action_id)["plan_id"]
        place: dict[str, Any] = {"plan_id": plan_id, "action_id": action_id, "rule": rule}
        newest = self._session.one("governance.newest_challenge", **place)
        if newest and newest["fingerprint"] == fingerprint:
            return int(newest["id"])
        made = self._session.insert(
            "governance.add_challenge",
            words_id=self._session.text(words),
            fingerprint=fingerprint,
            at=self._session.now,
            **place,
        )
        self._session.audit("challenge", made, plan_id=plan_id, action_id=action_id, now={"rule": rule})
        return made

    def answer_challenge(self, challenge_id: int, answer: str) -> None:
        row = self._row("governance.challenge", "challenge", challenge_id=challenge_id)
        answer_id = self._session.text(answer)
        self._session.execute(
            "governance.answer_challenge",
            challenge_id=challenge_id,
            answer_id=answer_id,
            by_id=self._session.change.actor_id,
            at=self._session.now,
        )
        self._session.audit(
            "challenge",
            challenge_id,
            plan_id=row["plan_id"],
            action_id=row["action_id"],
            now={"answer_id": answer_id},
        )

    def challenges(self, plan_id: int) -> list[tuple[int, int, str, str, str, str | None]]:
        rows = self._session.rows("governance.challenges", plan_id=plan_id)
        return [
            (row["id"], row["action_id"], row["rule"], row["words"] or "", row["fingerprint"], row["answer"])
            for row in rows
        ]


def rated(row: Row) -> Rated:
    return Rated(
        scale=row["scale"],
        label=row["label"],
        stage=RatingStage(row["stage"]),
        source=RatingSource(row["source"]),
        at=moment(row["at"]),
        by=row["by_id"],
        meeting_id=row["meeting_id"],
        update_id=row["update_id"],
    )


def _request(row: Row) -> DateRequest:
    return DateRequest(
        id=row["id"],
        action_id=row["action_id"],
        was=plan_date(row, "was"),
        wanted=plan_date(row, "wanted"),
        reason=row["reason"],
        asked_by_id=row["asked_by_id"],
        asked_at=moment(row["asked_at"]),
        update_id=row["update_id"],
        outcome=row["outcome"],
        decided_at=moment(row["decided_at"]) if row["decided_at"] else None,
        meeting_id=row["meeting_id"],
        step_no=row["step_no"],
    )


def _claim(row: Row) -> Claim:
    return Claim(
        id=row["id"],
        action_id=row["action_id"],
        update_id=row["update_id"],
        claimed_by_id=row["claimed_by_id"],
        claimed_at=moment(row["claimed_at"]),
        sustain_months=row["sustain_months"],
        sustained=row["sustained"],
        outcome=row["outcome"],
        meeting_id=row["meeting_id"],
    )


def _evidence(row: Row) -> Evidence:
    return Evidence(
        id=row["id"],
        action_id=row["action_id"],
        link=row["link"],
        at=moment(row["at"]),
        by_id=row["by_id"],
        checked_by_id=row["checked_by_id"],
        checked_at=moment(row["checked_at"]) if row["checked_at"] else None,
        note=row["note"],
    )
