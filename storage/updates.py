"""What people said, verbatim, and what they were asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from storage.codec import decode, encode, json_text, moment, stamp
from storage.database import Row
from storage.model.errors import StoreError
from storage.model.reading import Measure, Reading
from storage.model.record import Prompt, Update, UpdateKind, Visibility
from storage.personal import ERASED, expire
from storage.session import Session

__all__ = ["Updates"]


class Updates:
    """See ``storage.store.UpdateStore``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        action_id: int,
        text: str,
        reading: Reading,
        *,
        author_id: int,
        entered_by_id: int | None = None,
        kind: UpdateKind = UpdateKind.UPDATE,
        meeting_id: int | None = None,
        replaces_id: int | None = None,
        step_no: str | None = None,
        link: str | None = None,
        source: str | None = None,
        visibility: Visibility = Visibility.PUBLIC,
        via: str | None = None,
    ) -> Update:
        plan_id = self._session.action(action_id)["plan_id"]
        if replaces_id is not None:
            self._session.execute("updates.unstand", update_id=replaces_id)
        facts = {
            "kind": kind.value,
            "author_id": author_id,
            "entered_by_id": entered_by_id,
            "meeting_id": meeting_id,
            "replaces_id": replaces_id,
            "step_no": step_no,
            "visibility": visibility.value,
            "text_id": self._session.text(text, "update", reading),
        }
        update_id = self._session.insert(
            "updates.add",
            plan_id=plan_id,
            action_id=action_id,
            at=self._session.now,
            via=via or self._session.change.via,
            link=link,
            source=source,
            standing=int(kind is not UpdateKind.WITHDRAWAL),
            **facts,
        )
        self._session.execute("actions.refresh_last_update", action_id=action_id, at=self._session.now)
        self._session.audit("update", update_id, plan_id=plan_id, action_id=action_id, now=facts)
        return self._known(update_id)

    def get(self, update_id: int) -> Update | None:
        row = self._session.one("updates.get", update_id=update_id)
        return _update(row) if row else None

    def _known(self, update_id: int) -> Update:
        update = self.get(update_id)
        if update is None:
            raise StoreError(f"There is no update with the number {update_id} in the record.")
        return update

    def by_source(self, source: str) -> list[Update]:
        return [_update(row) for row in self._session.rows("updates.by_source", source=source)]

    def withdraw(self, update_id: int) -> None:
        """A withdrawal is a row of its own; withdrawing twice changes nothing."""
        update = self._known(update_id)
        if not update.standing:
            return
        self.add(
            update.action_id,
            "",
            Reading(),
            author_id=self._session.change.actor_id or update.author_id,
            kind=UpdateKind.WITHDRAWAL,
            meeting_id=update.meeting_id,
            replaces_id=update_id,
            visibility=update.visibility,
        )

    def of_action(self, action_id: int, *, limit: int | None = None) -> list[Update]:
        rows = self._session.rows(
            "updates.of_action", action_id=action_id, limit=-1 if limit is None else limit
        )
        return [_update(row) for row in rows]

    def newest(self, action_ids: Collection[int], most: int) -> dict[int, list[Update]]:
        found: dict[int, list[Update]] = {}
        for row in self._session.rows("updates.newest", ids=json_text(sorted(action_ids)), most=most):
            found.setdefault(row["action_id"], []).append(_update(row))
        return found

    def held(self, action_ids: Collection[int]) -> list[Update]:
        return [_update(row) for row in self._session.rows("updates.held", ids=json_text(sorted(action_ids)))]

    def of_plan(
        self,
        plan_id: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        meeting_id: int | None = None,
    ) -> list[Update]:
        values = {
            "since": since and stamp(since),
            "until": until and stamp(until),
            "meeting": meeting_id,
        }
        filters = [name for name, value in values.items() if value is not None]
        rows = self._session.rows(
            "updates.of_plan",
            filters,
            plan_id=plan_id,
            since=values["since"],
            until=values["until"],
            meeting_id=meeting_id,
        )
        return [_update(row) for row in rows]

    def search(self, plan_id: int, words: str, *, limit: int = 20) -> list[Update]:
        terms = self._session.search_terms(words)
        if not terms:
            return []
        rows = self._session.rows("updates.search", plan_id=plan_id, terms=terms, limit=limit)
        return [_update(row) for row in rows]

    def set_visibility(self, update_id: int, visibility: Visibility) -> None:
        update = self._known(update_id)
        self._session.execute("updates.set_visibility", update_id=update_id, visibility=visibility.value)
        self._session.touch(update.action_id)
        self._session.audit(
            "visibility",
            update_id,
            plan_id=self._session.action(update.action_id)["plan_id"],
            action_id=update.action_id,
            was={"visibility": update.visibility.value},
            now={"visibility": visibility.value},
        )

    def expire(self, plan_id: int, before: datetime) -> int:
        return expire(self._session, plan_id, before)

    def add_measures(self, update_id: int, action_id: int, measures: Sequence[Measure]) -> None:
        for measure in measures:
            text_id = self._session.text(encode(measure), kind="measure")
            made = self._session.insert(
                "updates.add_measure", update_id=update_id, action_id=action_id, text_id=text_id
            )
            self._session.audit("measure", made, action_id=action_id, now={"update_id": update_id})

    def measures(self, action_id: int) -> list[tuple[Measure, datetime, int]]:
        return self.measures_of([action_id]).get(action_id, [])

    def measures_of(self, action_ids: Collection[int]) -> dict[int, list[tuple[Measure, datetime, int]]]:
        found: dict[int, list[tuple[Measure, datetime, int]]] = {}
        for row in self._session.rows("updates.measures", ids=json_text(sorted(action_ids))):
            said = (decode(Measure, row["body"]), moment(row["at"]), row["update_id"])
            found.setdefault(row["action_id"], []).append(said)
        return found

    def keep_unplaced(self, text: str, *, person_id: int, plan_id: int | None, source: str | None) -> int:
        facts = {"person_id": person_id, "text_id": self._session.text(text, "update")}
        made = self._session.insert(
            "updates.add_unplaced", plan_id=plan_id, source=source, at=self._session.now, **facts
        )
        self._session.audit("unplaced", made, plan_id=plan_id, now=facts)
        return made

    def unplaced_text(self, unplaced_id: int) -> tuple[str, int, str | None] | None:
        row = self._session.one("updates.unplaced", unplaced_id=unplaced_id)
        return (row["body"], row["person_id"], row["source"]) if row else None

    def unplaced_at(self, source: str, person_id: int) -> int | None:
        row = self._session.one("updates.unplaced_at", source=source, person_id=person_id)
        return row["id"] if row else None

    def unplaced_since(self, person_id: int, since: datetime) -> bool:
        return (
            self._session.one("updates.unplaced_since", person_id=person_id, since=stamp(since)) is not None
        )

    def settle_unplaced(self, unplaced_id: int) -> None:
        if self._session.execute("updates.settle_unplaced", unplaced_id=unplaced_id, at=self._session.now):
            self._session.audit("unplaced", unplaced_id, now={"settled": True})

    def unplaced_of(self, plan_id: int) -> list[tuple[int, str, int, datetime]]:
        rows = self._session.rows("updates.unplaced_of", plan_id=plan_id)
        return [(row["id"], row["body"], row["person_id"], moment(row["at"])) for row in rows]

    def add_prompt(
        self,
        plan_id: int,
        person_id: int,
        meeting_id: int | None,
        action_ids: Sequence[int],
        surface: str,
        conversation: str | None,
    ) -> Prompt:
        prompt_id = self._session.insert(
            "updates.add_prompt",
            plan_id=plan_id,
            person_id=person_id,
            meeting_id=meeting_id,
            sent_at=self._session.now,
            surface=surface,
            conversation=conversation,
        )
        for position, action_id in enumerate(action_ids):
            self._session.execute(
                "updates.add_prompt_action", prompt_id=prompt_id, position=position, action_id=action_id
            )
        facts = {"person_id": person_id, "meeting_id": meeting_id, "action_ids": list(action_ids)}
        self._session.audit("prompt", prompt_id, plan_id=plan_id, now=facts)
        return self._prompts(self._session.rows("updates.prompt", prompt_id=prompt_id))[0]

    def mark_prompt(self, prompt_id: int, conversation: str, message_id: str) -> None:
        self._session.execute(
            "updates.mark_prompt", prompt_id=prompt_id, conversation=conversation, message_id=message_id
        )
        self._session.audit("prompt", prompt_id, now={"message_id": message_id})

    def open_prompts(self, person_id: int) -> list[Prompt]:
        return self._prompts(self._session.rows("updates.open_prompts", person_id=person_id))

    def prompts_of(self, plan_id: int, meeting_id: int) -> list[Prompt]:
        return self._prompts(self._session.rows("updates.prompts_of", plan_id=plan_id, meeting_id=meeting_id))

    def prompt_at(self, surface: str, conversation: str, message_id: str) -> Prompt | None:
        rows = self._session.rows(
            "updates.prompt_at", surface=surface, conversation=conversation, message_id=message_id
        )
        return next(iter(self._prompts(rows)), None)

    def _prompts(self, rows: Sequence[Row]) -> list[Prompt]:
        ids = json_text([row["id"] for row in rows])
        actions: dict[int, list[int]] = {}
        for row in self._session.rows("updates.prompt_actions", ids=ids):
            actions.setdefault(row["prompt_id"], []).append(row["action_id"])
        return [_prompt(row, actions.get(row["id"], [])) for row in rows]


def _update(row: Row) -> Update:
    return Update(
        id=row["id"],
        action_id=row["action_id"],
        kind=UpdateKind(row["kind"]),
        text=row["body"],
        reading=decode(Reading, row["reading"]) if row["reading"] else Reading(),
        author_id=row["author_id"],
        author=row["author"] or ERASED,
        entered_by_id=row["entered_by_id"],
        at=moment(row["at"]),
        via=row["via"],
        meeting_id=row["meeting_id"],
        replaces_id=row["replaces_id"],
        step_no=row["step_no"],
        link=row["link"],
        visibility=Visibility(row["visibility"]),
        standing=bool(row["standing"]),
        source=row["source"],
    )


def _prompt(row: Row, action_ids: Sequence[int]) -> Prompt:
    return Prompt(
        id=row["id"],
        plan_id=row["plan_id"],
        person_id=row["person_id"],
        meeting_id=row["meeting_id"],
        sent_at=moment(row["sent_at"]),
        surface=row["surface"],
        conversation=row["conversation"],
        message_id=row["message_id"],
        action_ids=tuple(action_ids),
    )
