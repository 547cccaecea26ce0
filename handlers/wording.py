"""How the record is worded wherever it is shown: ratings, dates, actions on one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.messages import Bold, Span, Spans, day, spans
from storage.model.document import DateKind, PlanDate
from storage.model.plan import ActionView, Plan, Rated, RatingSource, Scale, State
from storage.model.reading import Reading, Status
from storage.model.record import Update, UpdateKind
from storage.store import Store

__all__ = [
    "asked_by",
    "clash",
    "count",
    "due",
    "label",
    "last_words",
    "line",
    "listing",
    "moment",
    "names",
    "plan_name",
    "rating",
    "said_by",
    "scales",
    "span_text",
    "state",
    "title_of",
    "with_caveats",
]

_LOOKED_AT = 20  # updates, for the newest that says more than "no change"
_BY = {
    RatingSource.OWNER: "owner",
    RatingSource.PMO: "the office",
    RatingSource.MEETING: "the meeting",
    RatingSource.DOCUMENT: "the document",
}
_STATES = {
    State.OPEN: "open",
    State.CLAIMED: "claimed complete, awaiting assurance",
    State.ASSURING: "being assured",
    State.CLOSED: "closed",
    State.UNDELIVERED: "closed without delivery",
    State.HELD: "on hold",
}


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 action", "3 actions"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def names(words: Iterable[str]) -> str:
    """ "a, b and c"."""
    items = list(words)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + (" and " + items[-1] if items else "")


def listing(words: Sequence[str], limit: int = 12) -> str:
    """The first few of a list, and how many more."""
    return ", ".join(words[:limit]) + (f" and {len(words) - limit} more" if len(words) > limit else "")


def plan_name(plan: Plan) -> str:
    """What people call the plan: its own setting, else the name that it was imported under."""
    return plan.settings.get("name") or " ".join(_capital(word) for word in plan.slug.split("-"))


def _capital(word: str) -> str:
    """ "Stoke"; letters that nobody can speak as a word are initials: "LPT"."""
    return word.title() if set(word) & set("aeiouy") else word.upper()


def said_by(update: Update, store: Store) -> str:
    """Whose words they are, how they came, and who entered them: both names are kept."""
    words = update.author
    if update.via == "return":
        words += f", by return of {update.at:%-d %B}"
    if update.entered_by_id is not None and update.entered_by_id != update.author_id:
        other = store.people.get(update.entered_by_id)
        words += f", entered by {other.name}" if other else ""
    return words


def line(view: ActionView, words: str) -> str:
    """Words about an action without its own name in front, which is printed beside them."""
    for name in (view.name, f"#{view.action.handle}"):
        if words.casefold().startswith(name.casefold()):
            rest = words[len(name) :].lstrip(" :;,.–-")
            return rest or words
    return words


def last_words(view: ActionView, store: Store) -> str | None:
    """The newest words that say something, without the action's own name; "no change" does not."""
    if not view.last_no_change:
        return line(view, view.last_line) if view.last_line else None
    said = (one for one in store.updates.of_action(view.action.id, limit=_LOOKED_AT) if one.standing)
    found = next((one for one in said if one.kind is not UpdateKind.NO_CHANGE), None)
    return line(view, found.reading.summary or found.text or "") if found else None


def scales(plan: Plan) -> str:
    """The plan's ratings as people call them, each list once."""
    lists = (", ".join(rating.short for rating in scale.ratings) for scale in plan.scales)
    return "; ".join(dict.fromkeys(lists))


def asked_by(when: PlanDate) -> str:
    """ "due March 2018"; what is printed where that is no due date ("Ongoing", "From Jan 18")."""
    return f"due {due(when)}" if when.kind is DateKind.DUE and when.end else due(when)


def with_caveats(words: str, reading: Reading) -> str:
    """Words that give a figure, with the caveat that came with it where they lack it."""
    caveats = [
        one.caveat
        for one in reading.measures
        if one.caveat and one.text in words and one.caveat.casefold() not in words.casefold()
    ]
    return f"{words} ({'; '.join(dict.fromkeys(caveats))})" if caveats else words


def title_of(view: ActionView) -> str:
    return f"{view.name} {view.action.title}"


def moment(when: date, today: date) -> str:
    """ "7 March", with the year where it is not this one."""
    return f"{when:%-d %B}" if when.year == today.year else day(when)


def due(when: PlanDate) -> str:
    """A due date: as printed where it says more than its day, else the month or day it means."""
    if when.kind is DateKind.DUE and when.end is not None:
        return span_text(when.start or when.end, when.end) + (
            " (printed so; not possible)" if when.impossible else ""
        )
    return when.text or "no date"


def span_text(start: date, end: date) -> str:
    if start == end:
        return f"{end:%-d %b %Y}"
    whole_month = start.day == 1 and (end.year, end.month) == (start.year, start.month) and end.day >= 28
    if whole_month:
        return f"{end:%B %Y}"
    return f"{start:%b %Y} to {end:%b %Y}" if start.day == 1 else f"{start:%-d %b} to {end:%-d %b %Y}"


def label(scale: Scale | None, rated: Rated | None) -> str:
    """How people call the rating; "not yet rated" is a state."""
    if rated is None:
        return "not yet rated"
    return scale.short(rated.label) if scale else rated.label


def rating(plan: Plan, view: ActionView, scale_name: str | None = None) -> Spans:
    """The agreed rating and, beside it, what is proposed: "Amber → proposed Red, 4 Apr"."""
    scale = plan.scale(scale_name)
    if scale is None:
        return spans("no scale")
    agreed, proposed = view.agreed.get(scale.name), view.proposed.get(scale.name)
    pieces: list[Span | str] = [Bold(scale.short(agreed.label)) if agreed else "not yet rated"]
    if proposed is not None and proposed.label != (agreed.label if agreed else None):
        pieces.append(
            f" → {_BY[proposed.source]} proposes {scale.short(proposed.label)}, {proposed.at:%-d %b}"
        )
    return spans(*pieces)


def clash(plan: Plan, view: ActionView) -> str | None:
    """ "owner says complete, Workforce Committee says Not assured": a claim against another scale's agreed rating."""
    if view.state not in {State.CLAIMED, State.ASSURING}:
        return None
    for scale in plan.scales:
        if scale is plan.scales[0] and not (scale.setter or view.action.committee):
            continue  # the plan's own rating, which a claim is about to change
        agreed = view.agreed.get(scale.name)
        rating = scale.find(agreed.label) if agreed else None
        if rating is not None and rating.status not in {Status.COMPLETE, Status.ASSURED, None}:
            return f"owner says complete, {scale.setter or view.action.committee or scale.title} says {rating.label}"
    return None


def state(view: ActionView, today: date) -> str | None:
    """What is to be said of the action's state: None for one that is open and not overdue."""
    if view.overdue(today):
        assert view.due.end is not None
        return f"overdue by {count((today - view.due.end).days, 'day')}"
    if view.state is State.OPEN:
        return None
    said, note = _STATES[view.state], view.state_note
    return f"{said} ({note})" if note and note != said else said
