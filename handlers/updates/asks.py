"""What on the record an update would change: each is asked of its author, and nothing moves without a tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.assurance.figures import amount
from handlers.assurance.steps import open_steps, step_named
from nlp.reading.status.cues import WEIGHED
from storage.model.document import DateKind, PlanDate
from storage.model.plan import ActionView, Plan, Rating, Scale, State, Step
from storage.model.reading import DateFound, DateRole, Reading, Status

__all__ = [
    "CONFIDENT",
    "Ask",
    "AskClaim",
    "AskDate",
    "AskDone",
    "AskRating",
    "AskStep",
    "asks",
    "current_rating",
    "says_done",
]

CONFIDENT = 0.55  # below this a status is asked, not proposed


@dataclass(frozen=True, slots=True)
class AskRating:
    """The words speak of another rating than the record's."""

    rating: Rating
    was: str | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class AskDate:
    """The words ask for another due date."""

    wanted: PlanDate
    was: PlanDate
    step: str | None = None  # of which step, where it is not the action's own date


@dataclass(frozen=True, slots=True)
class AskClaim:
    """The words say that it is complete."""

    below: str | None = None  # "75% against a target of 85%": what speaks against it
    steps: tuple[str, ...] = ()  # open ones, which must be done too


@dataclass(frozen=True, slots=True)
class AskStep:
    """The words say that one step is done."""

    step: Step


@dataclass(frozen=True, slots=True)
class AskDone:
    """ "No change", but the due date has gone: done, or what date?"""

    due: PlanDate


Ask = AskRating | AskDate | AskClaim | AskStep | AskDone


def current_rating(view: ActionView, scale: str) -> str | None:
    """The proposed rating where there is one, else the agreed one: what another proposal would differ from."""
    rated = view.proposed.get(scale) or view.agreed.get(scale)
    return rated.label if rated else None


def asks(
    plan: Plan,
    view: ActionView,
    reading: Reading,
    today: date,
    *,
    no_change: bool = False,
    step: str | None = None,
) -> list[Ask]:
    """What the author is asked about this update of this action, or of that ``step``; empty where nothing would change."""
    if view.state in {State.CLOSED, State.UNDELIVERED}:
        return []
    if no_change and view.overdue(today):
        return [AskDone(view.due)]
    if no_change:
        return []
    named = step_named(view, step)
    done = says_done(reading) and not any(found.role is DateRole.REVISED for found in reading.dates)
    if done and named is not None:
        return [AskStep(named)] if named.done is None else []
    if done and view.state is State.OPEN:
        return [AskClaim(_below_target(reading), tuple(one.no for one in open_steps(view)))]
    found: list[Ask] = []
    wanted = _date(view, named, reading, today)
    rating = _rating(plan, view, reading)
    if wanted is not None:
        found.append(wanted)
    if rating is not None:
        found.append(rating)
    return found


def says_done(reading: Reading) -> bool:
    """Whether words say in so many words that it is complete: a claim needs more than the weights' leaning."""
    said = any(cue.status is reading.status and cue.rule != WEIGHED for cue in reading.cues)
    return said and reading.status in {Status.COMPLETE, Status.ASSURED} and reading.confidence >= CONFIDENT


def _below_target(reading: Reading) -> str | None:
    for measure in reading.measures:
        if measure.target is not None and measure.value < measure.target:
            return f"{measure.text}, target {amount(measure.target, measure.unit)}"
    return None


def _date(view: ActionView, step: Step | None, reading: Reading, today: date) -> AskDate | None:
    was = step.due if step else view.due
    late = reading.status in {Status.AT_RISK, Status.OFF_TRACK}
    revised = [found for found in reading.dates if found.role is DateRole.REVISED and not found.uncertain]
    planned = [found for found in reading.dates if found.role is DateRole.PLANNED and not found.uncertain]
    due = was.end if was.kind is DateKind.DUE else None
    if not revised and late and due is not None:
        revised = [found for found in planned if found.end > due][-1:]
    if not revised or revised[-1].end < today:
        return None
    wanted = _span(revised[-1])
    pending = view.step_requests.get(step.no) if step else view.requested
    if (wanted.start, wanted.end) in {
        (was.start, was.end),
        *([(pending.start, pending.end)] if pending else []),
    }:
        return None
    if (
        due is not None
        and wanted.start is not None
        and wanted.end is not None
        and wanted.start <= due <= wanted.end
    ):
        return None  # "in the autumn" for a date in October asks for nothing
    return AskDate(wanted, was, step.no if step else None)


def _span(found: DateFound) -> PlanDate:
    return PlanDate(found.text, found.start, found.end, DateKind.DUE)


def _rating(plan: Plan, view: ActionView, reading: Reading) -> AskRating | None:
    scale = plan.scale()
    if scale is None or reading.status not in {Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK}:
        return None
    rating = scale.for_status(reading.status)
    was = current_rating(view, scale.name)
    if rating is None or rating.label == was or _better_news(scale, was, reading.status):
        return None
    if not any(cue.status is reading.status for cue in reading.cues):
        return None  # nothing in the words shows it: a question or thanks proposes no rating
    if reading.status is Status.ON_TRACK and (was is None or _below_target(reading)):
        return None  # not yet rated and nothing wrong: a meeting rates it; below its target: no better rating
    return AskRating(rating, scale.short(was) if was else None, reading.confidence >= CONFIDENT)


def _better_news(scale: Scale, was: str | None, status: Status) -> bool:
    """Trouble told of what is off track already: it proposes no better rating than the one that stands."""
    stands = scale.find(was) if was else None
    return status is Status.AT_RISK and stands is not None and stands.status is Status.OFF_TRACK
