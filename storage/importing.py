"""A plan document into the record: the first time, and each later version onto what is there."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from storage.codec import decode, encode, json_text, plan_date, plan_date_columns
from storage.database import Row
from storage.governance import Governance
from storage.matching import match_actions
from storage.model.document import DocAction, DocScale, DocStep, DocTheme, PlanDate, PlanDocument, Unplaced
from storage.model.plan import Rating, RatingSource, Scale, State
from storage.model.reading import Status
from storage.model.record import Meeting, MeetingState
from storage.owners import owner_key, split_owners
from storage.scales import later_ratings, named_rating, save_scale, to_scale
from storage.session import Session
from storage.states import set_state
from storage.timeline import PlannedMeeting, planned_meetings

__all__ = ["Importer", "unplaced_ratings"]


class Importer:
    """Applies one document inside the session's transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._governance = Governance(session)

    def apply(self, slug: str, document: PlanDocument, original: bytes, filename: str) -> int:
        """The plan's number. The newest version again changes nothing."""
        sha256 = hashlib.sha256(original).hexdigest()
        plan_id = self._plan(slug, document, filename)
        newest = self._session.one("plans.newest_document", plan_id=plan_id)
        if newest and newest["sha256"] == sha256:
            return plan_id
        earlier = decode(PlanDocument, newest["content"]).scales if newest else ()
        self._keep(plan_id, document, original, filename, sha256)
        for scale in document.scales:
            self._scale(plan_id, scale, next((one for one in earlier if one.name == scale.name), None))
        themes = self._themes(plan_id, document.themes)
        self._actions(plan_id, document, themes)
        self._meetings(plan_id, document)
        return plan_id

    def _plan(self, slug: str, document: PlanDocument, filename: str) -> int:
        known = self._session.one("plans.by_slug", slug=slug)
        untitled = document.title == PurePath(filename).stem
        values = {
            "title": known["title"] if known and untitled else document.title,
            "as_of": document.as_of and document.as_of.isoformat(),
            "version": document.version,
        }
        if known is None:
            plan_id = self._session.insert("plans.add", slug=slug, **values)
            self._session.audit("plan", plan_id, plan_id=plan_id, now={"slug": slug, **values})
            return plan_id
        was = {name: known[name] for name in values}
        if was != values:
            self._session.execute("plans.revise", plan_id=known["id"], **values)
            self._session.audit("plan", known["id"], plan_id=known["id"], was=was, now=values)
        return int(known["id"])

    def _keep(
        self, plan_id: int, document: PlanDocument, original: bytes, filename: str, sha256: str
    ) -> None:
        values = {"version": document.version, "sha256": sha256}
        made = self._session.insert(
            "plans.add_document",
            plan_id=plan_id,
            filename=filename,
            content=encode(document),
            original=original,
            at=self._session.now,
            **values,
        )
        self._session.audit("document", made, plan_id=plan_id, now=values)

    def _scale(self, plan_id: int, printed: DocScale, earlier: DocScale | None) -> None:
        if printed == earlier:
            return
        scales = [to_scale(row) for row in self._session.rows("plans.scales", ids=json_text([plan_id]))]
        known = next((scale for scale in scales if scale.name == printed.name), None)
        ratings = later_ratings(known.ratings if known else (), printed, earlier)
        save_scale(self._session, plan_id, printed.name, printed.title, ratings, printed.setter)

    # themes

    def _themes(self, plan_id: int, printed: Sequence[DocTheme]) -> Mapping[str, int]:
        """The number of each theme by its ref and by its title, without case."""
        known = {_theme_key(row["ref"], row["title"]): row for row in self._theme_rows(plan_id)}
        numbers: dict[str, int] = {}
        for position, theme in enumerate(printed):
            key = _theme_key(theme.ref, theme.title)
            if key in numbers:  # printed twice, as when a table goes on over the page
                continue
            theme_id = self._theme(plan_id, position, theme, known.get(key))
            for name in (theme.title, theme.ref):
                if name:
                    numbers[name.casefold()] = theme_id
        for theme in printed:
            parent_id = numbers.get(theme.parent.casefold()) if theme.parent else None
            theme_id = numbers[_theme_key(theme.ref, theme.title)]
            if parent_id != theme_id:
                self._session.execute("plans.set_parent", theme_id=theme_id, parent_id=parent_id)
        return numbers

    def _theme_rows(self, plan_id: int) -> list[Row]:
        return self._session.rows("plans.themes", plan_id=plan_id)

    def _theme(self, plan_id: int, position: int, theme: DocTheme, known: Row | None) -> int:
        values = {
            "position": position,
            "ref": theme.ref,
            "title": theme.title,
            "lead": theme.lead,
            "reporting_officer": theme.reporting_officer,
        }
        if known is None:
            theme_id = self._session.insert("plans.add_theme", plan_id=plan_id, **values)
            self._session.audit("theme", theme_id, plan_id=plan_id, now={"ref": theme.ref})
            return theme_id
        if any(known[name] != value for name, value in values.items()):
            self._session.execute("plans.revise_theme", theme_id=known["id"], **values)
            self._session.audit("theme", known["id"], plan_id=plan_id, now={"ref": theme.ref})
        return int(known["id"])

    # actions

    def _actions(self, plan_id: int, document: PlanDocument, themes: Mapping[str, int]) -> None:
        known = self._session.rows("actions.of_plan", plan_id=plan_id)
        by_id = {row["id"]: row for row in known}
        matches = match_actions([(row["id"], row["ref"], row["text"]) for row in known], document.actions)
        last = self._session.one("actions.last_handle", plan_id=plan_id)
        handle = last["handle"] if last else 0
        scales = [to_scale(row) for row in self._session.rows("plans.scales", ids=json_text([plan_id]))]
        for position, (printed, match) in enumerate(zip(document.actions, matches, strict=True)):
            values = _action_columns(position, printed, themes)
            if match is None:
                handle += 1
                action_id = self._add_action(plan_id, handle, printed, values)
            else:
                action_id = match
                self._revise_action(by_id[match], printed, values)
            self._owners(plan_id, action_id, printed, document.staff_key)
            self._steps(action_id, printed.steps)
            self._ratings(action_id, printed, scales)
        for row in known:
            if row["id"] not in set(matches) and not row["dropped"]:
                self._drop(plan_id, row["id"])

    def _add_action(self, plan_id: int, handle: int, printed: DocAction, values: Mapping[str, object]) -> int:
        baseline = printed.due if printed.due.text or printed.due.start else printed.revised
        action_id = self._session.insert(
            "actions.add",
            plan_id=plan_id,
            handle=handle,
            at=self._session.now,
            **values,
            **plan_date_columns("baseline", baseline),
            **plan_date_columns("due", baseline),
        )
        self._session.audit(
            "action",
            action_id,
            plan_id=plan_id,
            action_id=action_id,
            now={"handle": handle, "ref": printed.ref},
        )
        if printed.revised.start and not _same_span(printed.revised, baseline):
            self._governance.set_due(action_id, printed.revised, None, reason="printed in the plan document")
        return action_id

    def _revise_action(self, known: Row, printed: DocAction, values: Mapping[str, object]) -> None:
        changed = sorted(name for name, value in values.items() if known[name] != value)
        if changed or known["dropped"]:
            self._session.execute("actions.revise", action_id=known["id"], **values)
            if changed != ["position"] or known["dropped"]:
                self._session.touch(known["id"])
            self._session.audit(
                "action",
                known["id"],
                plan_id=known["plan_id"],
                action_id=known["id"],
                now={"changed": changed, "ref": printed.ref},
            )
        due = printed.revised if printed.revised.start else printed.due
        if due.start and not _same_span(due, plan_date(known, "due")):
            self._governance.set_due(known["id"], due, None, reason="printed in a later plan document")

    def _drop(self, plan_id: int, action_id: int) -> None:
        self._session.execute("actions.drop", action_id=action_id, at=self._session.now)
        self._session.audit("action", action_id, plan_id=plan_id, action_id=action_id, now={"dropped": True})

    def _owners(self, plan_id: int, action_id: int, printed: DocAction, key: Mapping[str, str]) -> None:
        meanings = {owner_key(short): meaning for short, meaning in key.items()}
        self._session.execute("people.clear_action_owners", action_id=action_id)
        for role, cell in (("owner", printed.owner), ("lead", printed.operational_lead)):
            for position, party in enumerate(split_owners(cell or "")):
                owner_id = self._session.insert(
                    "people.add_printed",
                    plan_id=plan_id,
                    printed=party,
                    printed_key=owner_key(party),
                    meaning=meanings.get(owner_key(party)),
                )
                self._session.execute(
                    "people.add_action_owner",
                    action_id=action_id,
                    role=role,
                    position=position,
                    printed_owner_id=owner_id,
                )

    def _steps(self, action_id: int, printed: Sequence[DocStep]) -> None:
        left = self._session.rows("actions.all_steps", action_id=action_id)
        for position, step in enumerate(printed):
            values = {"position": position, "text": step.text, **plan_date_columns("due", step.due)}
            row = next((each for each in left if each["no"] == step.no), None)
            if row is None:
                self._session.insert("actions.add_step", action_id=action_id, no=step.no, **values)
            else:
                self._session.execute("actions.revise_step", step_id=row["id"], **values)
                left.remove(row)
        for row in left:
            self._session.execute("actions.drop_step", step_id=row["id"])

    def _ratings(self, action_id: int, printed: DocAction, scales: Sequence[Scale]) -> None:
        current = {
            row["scale"]: row["label"]
            for row in self._session.rows("actions.current_ratings", ids=json_text([action_id]))
            if row["stage"] == "agreed"
        }
        for scale in scales:
            rating = named_rating(scale, printed.ratings.get(scale.name, ""))
            if rating is not None and current.get(scale.name) != rating.label:
                self._governance.agree(action_id, scale.name, rating.label, RatingSource.DOCUMENT)
                self._state(action_id, scale, rating)

    def _state(self, action_id: int, scale: Scale, rating: Rating) -> None:
        """A printed "complete" closes the action, or leaves it to be assured where the scale can say assured."""
        state = State(self._session.action(action_id)["state"])
        wanted: State = State.OPEN if state in (State.CLOSED, State.ASSURING) else state
        if rating.status is Status.ASSURED:
            wanted = State.CLOSED
        elif rating.status is Status.COMPLETE:
            wanted = State.ASSURING if scale.for_status(Status.ASSURED) else State.CLOSED
        if wanted is not state:
            set_state(self._session, action_id, wanted)

    # meetings

    def _meetings(self, plan_id: int, document: PlanDocument) -> None:
        known = self._governance.meetings(plan_id)
        for planned in planned_meetings(document.meetings):
            match = _same_meeting(planned, known)
            if match is None:
                self._governance.add_meeting(
                    plan_id,
                    planned.forum,
                    planned.day,
                    deadline=planned.deadline,
                    assurance=planned.assurance,
                    printed=planned.printed,
                    papers_due=planned.papers_due,
                )
                continue
            known.remove(match)
            self._revise_meeting(match, planned)

    def _revise_meeting(self, known: Meeting, planned: PlannedMeeting) -> None:
        confirmed = known.state is MeetingState.TO_CONFIRM and planned.day is not None
        revised = dataclasses.replace(
            known,
            day=planned.day or known.day,
            state=MeetingState.PLANNED if confirmed else known.state,
            deadline=planned.deadline or known.deadline,
            papers_due=planned.papers_due or known.papers_due,
        )
        if revised != known:
            self._governance.change_meeting(revised)


def unplaced_ratings(document: PlanDocument, scales: Sequence[Scale]) -> Iterator[Unplaced]:
    """Rating cells that name no rating of their scale, or stand under no scale."""
    by_name = {scale.name: scale for scale in scales}
    for action in document.actions:
        for name, word in action.ratings.items():
            scale = by_name.get(name)
            if word.strip() and (scale is None or named_rating(scale, word) is None):
                title = scale.title if scale else name
                yield Unplaced(action.place, word, f"no rating of the scale {title} is called so")


def _theme_key(ref: str | None, title: str) -> str:
    return (ref or title).casefold()


def _same_span(one: PlanDate, other: PlanDate) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _same_meeting(planned: PlannedMeeting, known: Sequence[Meeting]) -> Meeting | None:
    """The meeting of that forum and day, else one of the forum that waits for its day."""
    same = [meeting for meeting in known if meeting.forum.casefold() == planned.forum.casefold()]
    exact = [meeting for meeting in same if meeting.day == planned.day]
    waiting = [meeting for meeting in same if meeting.day is None]
    return next(iter([*exact, *waiting]), None)


def _action_columns(position: int, printed: DocAction, themes: Mapping[str, int]) -> dict[str, object]:
    extra = dict(printed.extra)
    if printed.evidence:
        extra.setdefault("Evidence", printed.evidence)
    return {
        "position": position,
        "ref": printed.ref,
        "theme_id": themes.get(printed.theme.casefold()) if printed.theme else None,
        "text": printed.action,
        "owner": printed.owner,
        "lead": printed.operational_lead,
        "strength": printed.strength,
        "committee": printed.committee,
        "promise": printed.assurance,
        "progress": printed.progress,
        "regulation": printed.regulation,
        "core_service": printed.core_service,
        "extra": json_text(extra),
    }
