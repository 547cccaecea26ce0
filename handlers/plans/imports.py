"""What was read out of a plan document, told before anything is applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date

from handlers.messages import Details, Facts, Heading, Part, Quote, Spans, Text, day, say, spans
from handlers.plans.exports import in_document_order
from handlers.updates.asks import says_done
from storage.model.document import DateKind, DocAction, DocScale, PlanDocument, Unplaced
from storage.model.plan import Plan, State
from storage.model.reading import Reading
from storage.store import Store

__all__ = ["apply_document", "claims_in", "what_was_read"]


def what_was_read(document: PlanDocument) -> tuple[Part, ...]:
    """Counts of all that was read, the ratings and meetings in words, notes, and every row without a place."""
    return (
        Heading(document.title or "A plan without a title"),
        Facts(tuple(_facts(document))),
        *(say(note, quiet=True) for note in document.notes),
        *_unplaced(document.unplaced),
    )


def _facts(document: PlanDocument) -> list[tuple[str, Spans]]:
    themes = [theme for theme in document.themes if theme.parent is None]
    streams = len(document.themes) - len(themes)
    rows = [
        ("As of", _day_and_version(document)),
        ("Themes", f"{len(themes)}" + (f", with {_number(streams, 'workstream')}" if streams else "")),
        ("Actions", _actions(document)),
        ("Owners", _owners(document)),
        *(
            ("Ratings: " + scale.title if scale.title else "Ratings", _scale(scale))
            for scale in document.scales
        ),
        ("Rated", _rated(document)),
        ("Meetings", _meetings(document)),
        ("Initials", ", ".join(document.staff_key)),
        ("Columns", ", ".join(f"{header} = {field}" for header, field in document.columns.items())),
    ]
    return [(label, spans(value)) for label, value in rows if value]


def _day_and_version(document: PlanDocument) -> str:
    said = [day(document.as_of) if document.as_of else "", document.version or ""]
    return ", ".join(part for part in said if part)


def _actions(document: PlanDocument) -> str:
    actions = document.actions
    kinds = Counter(action.due.kind for action in actions)
    notes = [
        _number(kinds[DateKind.DUE], "with a due date", plural="with a due date"),
        *(
            f"{kinds[kind]} {words}"
            for kind, words in (
                (DateKind.START, "with a start date only"),
                (DateKind.RECURRING, "recurring"),
                (DateKind.ONGOING, "ongoing"),
                (DateKind.CONDITIONAL, "conditional"),
                (DateKind.NONE, "undated"),
            )
            if kinds[kind]
        ),
    ]
    steps = sum(len(action.steps) for action in actions)
    notes += [_number(steps, "step")] if steps else []
    notes += [f"{garbled} garbled in the document"] if (garbled := sum(a.garbled for a in actions)) else []
    return f"{len(actions)}: " + ", ".join(notes)


def _owners(document: PlanDocument) -> str:
    owners = {action.owner for action in document.actions if action.owner}
    without = sum(not action.owner and not action.operational_lead for action in document.actions)
    return f"{len(owners)} as printed" + (f"; {_number(without, 'action')} without one" if without else "")


def _scale(scale: DocScale) -> str:
    said = ", ".join(
        rating.label
        if rating.colour is None or rating.colour.casefold() == rating.label.casefold()
        else f"{rating.label} ({rating.colour})"
        for rating in scale.ratings
    )
    return said + (f"; set by {scale.setter}" if scale.setter else "")


def _rated(document: PlanDocument) -> str:
    if not document.scales:
        return "no key was found: “scale” makes one"
    name = document.scales[0].name
    rated = Counter(action.ratings[name] for action in document.actions if action.ratings.get(name))
    missing = len(document.actions) - rated.total()
    said = [f"{count} {label}" for label, count in rated.most_common()]
    return ", ".join([*said, f"{missing} not yet rated"] if missing else said)


def _meetings(document: PlanDocument) -> str:
    dated = [meeting.date for meeting in document.meetings if meeting.date]
    if not document.meetings:
        return "; ".join(document.rules)
    span = f", {day(min(dated))} to {day(max(dated))}" if dated else ""
    open_ = len(document.meetings) - len(dated)
    return f"{len(document.meetings)}{span}" + (f"; {open_} to be confirmed" if open_ else "")


def _unplaced(rows: Sequence[Unplaced]) -> list[Part]:
    if not rows:
        return [say("Every row found a place.")]
    parts: list[Text | Quote] = []
    for row in rows:
        parts.append(Quote(row.text, spans(f"{row.place}: {row.reason}")))
    return [
        Details(f"{_number(len(rows), 'row')} could not be placed and {_are(len(rows))} kept", tuple(parts))
    ]


def _number(count: int, noun: str, *, plural: str | None = None) -> str:
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def claims_in(document: PlanDocument, read: Callable[[str, date], Reading], today: date) -> list[int]:
    """Rows (by position) whose own progress text says that they are complete, of those that are past their due date.

    The document itself claims these, in print: they wait for assurance and are not overdue. A row that
    a meeting has rated done is no claim any more. Reads texts: call it outside any transaction.
    """
    as_of = document.as_of or today
    return [
        i
        for i, action in enumerate(document.actions)
        if action.progress and _past(action, as_of) and says_done(read(action.progress, as_of))
    ]


def _past(action: DocAction, as_of: date) -> bool:
    due = action.revised if action.revised.end else action.due
    return due.kind is DateKind.DUE and due.end is not None and due.end < as_of


def apply_document(
    store: Store,
    slug: str,
    document: PlanDocument,
    content: bytes,
    filename: str,
    claims: Collection[int] = (),
) -> Plan:
    """Import inside ``writing``; the rows of ``claims`` become claims, of what is open and has no word since."""
    plan = store.plans.import_document(slug, document, content, filename)
    views = in_document_order(document, store.plans.views(plan.id))
    for i in claims:
        view = views[i]
        if (
            view is None
            or view.state is not State.OPEN
            or view.last_update_id is not None
            or view.due.text is None
        ):
            continue
        store.governance.claim(view.action.id, None)
        store.plans.set_state(view.action.id, State.CLAIMED, "as the plan document says")
    return plan
