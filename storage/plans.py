"""Plans, themes, actions, scales and channels, and where every action stands."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from storage.codec import day as to_day
from storage.codec import decode, encode, json_text, moment, plan_date, stamp
from storage.database import Row
from storage.governance import rated
from storage.importing import Importer, unplaced_ratings
from storage.model.document import PlanDate, PlanDocument, Unplaced
from storage.model.errors import StoreError
from storage.model.people import Channel
from storage.model.plan import Action, ActionView, Plan, Rated, RatingStage, Scale, State, Step, Theme
from storage.model.record import UpdateKind
from storage.personal import ERASED
from storage.scales import save_scale, to_scale
from storage.session import Session
from storage.states import set_state

__all__ = ["Plans"]


class Plans:
    """See ``storage.store.PlanStore``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Plan]:
        return self._plans(self._session.rows("plans.all"))

    def get(self, slug: str) -> Plan | None:
        return next(iter(self._plans(self._session.rows("plans.by_slug", slug=slug))), None)

    def by_id(self, plan_id: int) -> Plan:
        return self._only(
            self._session.rows("plans.by_id", plan_id=plan_id), f"plan with the number {plan_id}"
        )

    def plan_of(self, action_id: int) -> Plan:
        rows = self._session.rows("plans.of_action", action_id=action_id)
        return self._only(rows, f"action with the number {action_id}")

    def _only(self, rows: Sequence[Row], noun: str) -> Plan:
        if not rows:
            raise StoreError(f"There is no {noun} in the record.")
        return self._plans(rows)[0]

    def _plans(self, rows: Sequence[Row]) -> list[Plan]:
        ids = json_text([row["id"] for row in rows])
        scales: dict[int, list[Scale]] = {}
        for scale in self._session.rows("plans.scales", ids=ids):
            scales.setdefault(scale["plan_id"], []).append(to_scale(scale))
        settings: dict[int, dict[str, str]] = {}
        for setting in self._session.rows("plans.settings", ids=ids):
            settings.setdefault(setting["plan_id"], {})[setting["name"]] = setting["value"]
        return [
            Plan(
                id=row["id"],
                slug=row["slug"],
                title=row["title"],
                as_of=to_day(row["as_of"]),
                version=row["version"],
                scales=tuple(scales.get(row["id"], ())),
                settings=settings.get(row["id"], {}),
            )
            for row in rows
        ]

    def import_document(self, slug: str, document: PlanDocument, original: bytes, filename: str) -> Plan:
        plan_id = Importer(self._session).apply(slug, document, original, filename)
        return self.by_id(plan_id)

    def versions(self, plan_id: int) -> list[tuple[int, str | None, str, datetime]]:
        rows = self._session.rows("plans.versions", plan_id=plan_id)
        return [(row["id"], row["version"], row["filename"], moment(row["imported_at"])) for row in rows]

    def document(self, plan_id: int) -> PlanDocument | None:
        row = self._session.one("plans.newest_document", plan_id=plan_id)
        return decode(PlanDocument, row["content"]) if row and row["content"] else None

    def unplaced(self, plan_id: int) -> list[Unplaced]:
        """What the reader could not place, and rating cells that name no rating of the plan's scales."""
        document = self.document(plan_id)
        if document is None:
            return []
        return [*document.unplaced, *unplaced_ratings(document, self.by_id(plan_id).scales)]

    def set_setting(self, plan_id: int, name: str, value: str | None) -> None:
        was = self.by_id(plan_id).settings.get(name)
        if value is None:
            self._session.execute("plans.clear_setting", plan_id=plan_id, name=name)
        else:
            self._session.execute("plans.set_setting", plan_id=plan_id, name=name, value=value)
        self._session.audit("setting", plan_id, plan_id=plan_id, was={name: was}, now={name: value})

    def set_scale(self, plan_id: int, scale: Scale) -> None:
        save_scale(self._session, plan_id, scale.name, scale.title, scale.ratings, scale.setter)

    def themes(self, plan_id: int) -> list[Theme]:
        return [_theme(row) for row in self._session.rows("plans.themes", plan_id=plan_id)]

    def theme(self, plan_id: int, ref_or_title: str) -> Theme | None:
        """By ref ("6", "Theme 6"), else by title, else the only theme whose title contains the words."""
        wanted = ref_or_title.strip().casefold()
        ref = wanted.removeprefix("theme").strip()
        themes = self.themes(plan_id)
        exact = [t for t in themes if ref and (t.ref or "").casefold() == ref]
        exact = exact or [t for t in themes if t.title.casefold() == wanted]
        inside = [t for t in themes if wanted and wanted in t.title.casefold()]
        return exact[0] if exact else inside[0] if len(inside) == 1 else None

    def action(self, plan_id: int, ref_or_handle: str) -> list[Action]:
        wanted = ref_or_handle.strip()
        handle = wanted.removeprefix("#")
        if wanted.startswith("#") and handle.isascii() and handle.isdigit() and len(handle) < 10:
            rows = self._session.rows("actions.by_handle", plan_id=plan_id, handle=int(handle))
        else:
            rows = self._session.rows("actions.by_ref", plan_id=plan_id, ref=wanted)
        return self._actions(rows)

    def actions_by_id(self, ids: Collection[int]) -> list[Action]:
        return self._actions(self._session.rows("actions.by_ids", ids=json_text(list(ids))))

    def _actions(self, rows: Sequence[Row]) -> list[Action]:
        steps = self._steps([row["id"] for row in rows])
        return [_action(row, steps.get(row["id"], ())) for row in rows]

    def _steps(self, ids: Sequence[int]) -> Mapping[int, Sequence[Step]]:
        steps: dict[int, list[Step]] = {}
        for row in self._session.rows("actions.steps_of", ids=json_text(ids)):
            steps.setdefault(row["action_id"], []).append(_step(row))
        return steps

    def refs(self, plan_id: int) -> list[str]:
        return [row["ref"] for row in self._session.rows("actions.refs", plan_id=plan_id)]

    def views(
        self,
        plan_id: int,
        *,
        theme_ids: Collection[int] | None = None,
        action_ids: Collection[int] | None = None,
        person_id: int | None = None,
        states: Collection[State] | None = None,
        due_before: date | None = None,
        changed_since: datetime | None = None,
        day: date | None = None,
    ) -> list[ActionView]:
        values = {
            "themes": _ids(theme_ids),
            "actions": _ids(action_ids),
            "person": person_id,
            "states": None if states is None else json_text(sorted(states)),
            "due_before": due_before and due_before.isoformat(),
            "changed_since": changed_since and stamp(changed_since),
        }
        filters = [name for name, value in values.items() if value is not None]
        rows = self._session.rows(
            "actions.views",
            filters if action_ids is not None else ["present", *filters],
            plan_id=plan_id,
            theme_ids=values["themes"],
            action_ids=values["actions"],
            person_id=person_id,
            states=values["states"],
            due_before=values["due_before"],
            changed_since=values["changed_since"],
            day=day.isoformat() if day else person_id and self._session.today(),
        )
        return self._views(plan_id, rows)

    def _views(self, plan_id: int, rows: Sequence[Row]) -> list[ActionView]:
        ids = [row["id"] for row in rows]
        themes = {theme.id: theme for theme in self.themes(plan_id)}
        ratings: dict[tuple[int, str], dict[str, Rated]] = {}
        for row in self._session.rows("actions.current_ratings", ids=json_text(ids)):
            ratings.setdefault((row["action_id"], row["stage"]), {})[row["scale"]] = rated(row)
        requests: dict[int, tuple[PlanDate, datetime]] = {}
        of_steps: dict[int, dict[str, PlanDate]] = {}
        for row in self._session.rows("actions.open_requests", ids=json_text(ids)):
            wanted = plan_date(row, "wanted")
            if row["step_no"]:
                of_steps.setdefault(row["action_id"], {})[row["step_no"]] = wanted
            else:
                requests[row["action_id"]] = (wanted, moment(row["asked_at"]))
        return [
            _view(
                row,
                action,
                themes,
                ratings,
                requests.get(action.id, (None, None)),
                of_steps.get(action.id, {}),
            )
            for row, action in zip(rows, self._actions(rows), strict=True)
        ]

    def channels(self, plan_id: int) -> list[Channel]:
        return [_channel(row) for row in self._session.rows("plans.channels", plan_id=plan_id)]

    def channel(self, surface: str, channel_id: str) -> list[Channel]:
        rows = self._session.rows("plans.channel", surface=surface, channel_id=channel_id)
        return [_channel(row) for row in rows]

    def set_channel(self, channel: Channel) -> None:
        facts = {"surface": channel.surface, "channel_id": channel.channel_id, "theme_id": channel.theme_id}
        self._session.execute(
            "plans.set_channel",
            plan_id=channel.plan_id,
            name=channel.name,
            details=json_text(dict(channel.details)),
            **facts,
        )
        self._session.audit("channel", channel.plan_id, plan_id=channel.plan_id, now=facts)

    def effects_done(self, plan_id: int) -> set[str]:
        return {row["key"] for row in self._session.rows("plans.effects", plan_id=plan_id)}

    def mark_effect(self, plan_id: int, key: str) -> None:
        """Marking twice changes nothing."""
        if self._session.execute("plans.add_effect", plan_id=plan_id, key=key, at=self._session.now):
            self._session.audit("effect", plan_id, plan_id=plan_id, now={"key": key})

    def keep_file(self, name: str, content: bytes, document: PlanDocument, person_id: int) -> int:
        number = self._session.insert(
            "plans.keep_file",
            person_id=person_id,
            name=name,
            content=content,
            document=encode(document),
            at=self._session.now,
        )
        self._session.audit("file", number, now={"name": name, "bytes": len(content)})
        return number

    def kept_file(self, file_id: int) -> tuple[str, bytes, PlanDocument, int] | None:
        row = self._session.one("plans.kept_file", file_id=file_id)
        if row is None:
            return None
        document: PlanDocument = decode(PlanDocument, row["document"])
        return row["name"], bytes(row["content"]), document, row["person_id"]

    def kept_named(self, name: str) -> int | None:
        row = self._session.one("plans.kept_named", name=name)
        return row["id"] if row else None

    def drop_file(self, file_id: int) -> None:
        self._session.execute("plans.drop_file", file_id=file_id)
        self._session.audit("file", file_id, now={"dropped": True})

    def set_state(
        self, action_id: int, state: State, note: str | None = None, meeting_id: int | None = None
    ) -> None:
        set_state(self._session, action_id, state, note, meeting_id)

    def set_step_done(self, step_id: int, day: date | None) -> None:
        step = self._session.one("actions.step", step_id=step_id)
        if step is None:
            raise StoreError(f"There is no step with the number {step_id} in the record.")
        done = day and day.isoformat()
        self._session.execute("actions.set_step_done", step_id=step_id, done=done)
        self._session.touch(step["action_id"])
        self._session.audit(
            "step",
            step_id,
            plan_id=step["plan_id"],
            action_id=step["action_id"],
            was={"done": step["done"]},
            now={"done": done},
        )


def _ids(ids: Collection[int] | None) -> str | None:
    return None if ids is None else json_text(sorted(ids))


def _theme(row: Row) -> Theme:
    return Theme(row["id"], row["ref"], row["title"], row["lead"], row["reporting_officer"], row["parent_id"])


def _step(row: Row) -> Step:
    return Step(row["id"], row["no"], row["text"], plan_date(row, "due"), to_day(row["done"]))


def _channel(row: Row) -> Channel:
    return Channel(
        surface=row["surface"],
        channel_id=row["channel_id"],
        name=row["name"],
        plan_id=row["plan_id"],
        theme_id=row["theme_id"],
        details=json.loads(row["details"]),
    )


def _action(row: Row, steps: Sequence[Step]) -> Action:
    return Action(
        id=row["id"],
        handle=row["handle"],
        ref=row["ref"],
        theme_id=row["theme_id"],
        text=row["text"],
        owner=row["owner"],
        lead=row["lead"],
        baseline=plan_date(row, "baseline"),
        strength=row["strength"],
        committee=row["committee"],
        promise=row["promise"],
        progress=row["progress"],
        regulation=row["regulation"],
        core_service=row["core_service"],
        extra=json.loads(row["extra"]),
        steps=tuple(steps),
        dropped=bool(row["dropped"]),
    )


def _view(
    row: Row,
    action: Action,
    themes: Mapping[int, Theme],
    ratings: Mapping[tuple[int, str], Mapping[str, Rated]],
    request: tuple[PlanDate | None, datetime | None],
    of_steps: Mapping[str, PlanDate],
) -> ActionView:
    said = row["last_update_id"] is not None
    return ActionView(
        action=action,
        theme=themes.get(action.theme_id) if action.theme_id else None,
        state=State(row["state"]),
        state_note=row["state_note"],
        due=plan_date(row, "due"),
        agreed=ratings.get((action.id, RatingStage.AGREED.value), {}),
        proposed=ratings.get((action.id, RatingStage.PROPOSED.value), {}),
        requested=request[0],
        requested_at=request[1],
        slips=row["slips"],
        last_update_id=row["last_update_id"],
        last_at=moment(row["last_at"]) if said else None,
        last_author=(row["last_author"] or ERASED) if said else None,
        last_line=row["last_summary"] or row["last_body"],
        last_link=row["last_link"],
        last_no_change=row["last_kind"] == UpdateKind.NO_CHANGE.value,
        visibility=row["last_visibility"] or "public",
        step_requests=of_steps,
    )
