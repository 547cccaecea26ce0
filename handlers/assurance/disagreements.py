"""Rules of disagreement between text and record: each a pure function whose sentence quotes what it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from handlers import wording
from handlers.assurance.figures import amount, plain_name
from storage.model.document import DateKind
from storage.model.plan import ActionView, Plan, Rated, Rating, State
from storage.model.reading import DateRole, Measure, PercentRole, Reading, Status
from storage.model.record import DateRequest, Evidence, Update, UpdateKind
from storage.model.summary import Disagreement

__all__ = ["RULES", "Challenge", "Known", "of_action"]

_WORSE = {Status.AT_RISK, Status.OFF_TRACK}
_WELL = {Status.ON_TRACK, Status.COMPLETE, Status.ASSURED}
_SOON = timedelta(days=14)
_DEMANDED = {"plan": "a recovery plan", "lines": "the four lines of an exception"}
_GIVES = {"plan": "one", "lines": "them"}
_SAME_TIME = timedelta(days=7)  # between two figures without a date that speak of one time
_ENOUGH = 60.0  # percent done that a fortnight before the due date raises no question


@dataclass(frozen=True, slots=True)
class Known:
    """All that the rules may look at. ``updates`` are standing ones, newest first."""

    plan: Plan
    view: ActionView
    today: date
    updates: Sequence[Update] = ()
    measures: Sequence[tuple[Measure, datetime, int]] = ()
    ledger: Sequence[DateRequest] = ()
    evidence: Sequence[Evidence] = ()
    owned: bool = True
    meetings_held: Sequence[date] = field(default_factory=tuple)
    printed: Sequence[Measure] = ()  # figures of the plan document's own progress text

    @property
    def newest(self) -> Update | None:
        return self.updates[0] if self.updates else None

    @property
    def reading(self) -> Reading:
        return self.newest.reading if self.newest else Reading()

    @property
    def agreed(self) -> Rating | None:
        return self._rating(self.view.agreed)

    @property
    def proposed(self) -> Rating | None:
        return self._rating(self.view.proposed)

    def _rating(self, rated: Mapping[str, Rated]) -> Rating | None:
        scale = self.plan.scale()
        found = rated.get(scale.name) if scale else None
        return scale.find(found.label) if scale and found else None


@dataclass(frozen=True, slots=True)
class Challenge:
    """``words``: the sentence, with what it rests on. ``material``: its answer would change the paper."""

    rule: str
    words: str
    fingerprint: str
    material: bool = True


def says_slip_rated_well(known: Known) -> Challenge | None:
    """The words tell of trouble and the rating of none."""
    cue = next((cue.text for cue in known.reading.cues if cue.status in _WORSE), None)
    rating = known.agreed
    if known.reading.status not in _WORSE or cue is None or rating is None or known.proposed is not None:
        return None
    if rating.status not in _WELL:
        return None
    return _challenge("slip", f"says “{cue}” and is rated {rating.short}", known.newest, rating.label)


def overdue_and_open(known: Known) -> Challenge | None:
    """Due, open, and no other date asked for."""
    if not known.view.overdue(known.today) or known.view.requested is not None:
        return None
    return _challenge(
        "overdue",
        f"was due {wording.due(known.view.due)} and is open: done, or what date?",
        known.view.due.end,
    )


def claimed_below_target(known: Known) -> Challenge | None:
    """Claimed complete while a figure, compared with its own target, is short of it."""
    if known.view.state not in {State.CLAIMED, State.ASSURING}:
        return None
    for measure, _, _ in reversed(known.measures):
        if measure.target is not None and _short(measure):
            words = f"is claimed complete while {measure.name or 'its figure'} is {_figure(measure.value, measure)} against {_figure(measure.target, measure)}"
            return _challenge("below-target", words, measure.value, measure.target)
    return None


def _short(measure: Measure) -> bool:
    """Short of a target: below it, or above it where less is better (the baseline was higher still)."""
    assert measure.target is not None
    if measure.baseline is not None and measure.baseline > measure.target:
        return measure.value > measure.target
    return measure.value < measure.target


def _figure(value: float, measure: Measure) -> str:
    return amount(value, measure.unit)


def too_little_for_the_time(known: Known) -> Challenge | None:
    """A fortnight or less to go, and far from done by its own words."""
    due = known.view.due
    if known.view.state is not State.OPEN or due.kind is not DateKind.DUE or due.end is None:
        return None
    done = next((one for one in known.reading.percentages if one.role is PercentRole.COMPLETION), None)
    if done is None or done.value >= _ENOUGH or not timedelta(0) <= due.end - known.today <= _SOON:
        return None
    return _challenge("too-little", f"is {done.text} done and due {wording.due(due)}", done.value, due.end)


def silent_for_two_meetings(known: Known) -> Challenge | None:
    """No update since the meeting before the last one."""
    if known.view.state is not State.OPEN or len(known.meetings_held) < 2:
        return None
    before = known.meetings_held[-2]
    if known.view.last_at is not None and known.view.last_at.date() > before:
        return None
    since = (
        f"since {wording.moment(known.view.last_at.date(), known.today)}" if known.view.last_at else "at all"
    )
    return _challenge("silent", f"has had no update {since}, for two meetings", known.meetings_held[-1])


def third_no_change(known: Known) -> Challenge | None:
    """ "No change" three times running counts as silence."""
    last = list(known.updates[:3])
    if len(last) < 3 or any(update.kind is not UpdateKind.NO_CHANGE for update in last):
        return None
    return _challenge(
        "no-change", f"answered “no change” three times running, last on {last[0].at:%-d %B}", last[0].id
    )


def third_extension(known: Known) -> Challenge | None:
    """The due date has moved, or is asked to move, for the third time."""
    moves = [one for one in known.ledger if one.outcome in {None, "agreed"} and one.step_no is None]
    if len(moves) < 3:
        return None
    first, now = known.view.action.baseline, moves[-1].wanted
    return _challenge(
        "extensions",
        f"moves for the {_ordinal(len(moves))} time: {wording.due(first)} first, {wording.due(now)} now",
        len(moves),
    )


def _ordinal(number: int) -> str:
    return {3: "third", 4: "fourth", 5: "fifth"}.get(number, f"{number}th")


def date_before_the_update(known: Known) -> Challenge | None:
    """The new date was over before it was asked for."""
    wanted = known.view.requested
    at = known.view.requested_at
    if wanted is None or wanted.end is None or at is None or wanted.end >= at.date():
        return None
    return _challenge(
        "past-date", f"asks on {at:%-d %B} for {wording.due(wanted)}, which is past", wanted.end
    )


def better_without_a_fact(known: Known) -> Challenge | None:
    """A better rating is proposed, and no figure, date of something done or evidence came with it."""
    agreed, proposed = known.agreed, known.proposed
    scale = known.plan.scale()
    if (
        agreed is None
        or proposed is None
        or scale is None
        or agreed.status not in _WORSE
        or proposed.status not in _WELL
    ):
        return None
    since = known.view.agreed[scale.name].at
    new = [update for update in known.updates if update.at > since]
    facts = any(
        update.reading.percentages
        or update.reading.measures
        or any(found.role is DateRole.HAPPENED for found in update.reading.dates)
        for update in new
    )
    if facts or any(one.at > since for one in known.evidence):
        return None
    return _challenge(
        "no-fact",
        f"is proposed {proposed.short} from {agreed.short} without a new figure, date or evidence",
        proposed.label,
        len(new),
    )


def figures_disagree(known: Known) -> Challenge | None:
    """Two texts give different values for the same figure at the same time: two updates, or one and the plan document."""
    if not known.measures:
        return None
    _, said, newest = known.measures[-1]
    later = [measure for measure, _, update_id in known.measures if update_id == newest]
    for where, at, earlier in _texts_before(known, newest):
        for found in _like_with_like(earlier, later, abs(said.date() - at) <= _SAME_TIME):
            gives = f"gives {_disagreed(found.other, found)} for {plain_name(found.name)}"
            words = f"{gives} where {where} gave {_disagreed(found.one, found)}"
            return _challenge("figures", words, found.one, found.other)
    return None


def _texts_before(known: Known, newest: int) -> Iterator[tuple[str, date, list[Measure]]]:
    """(what it is, when it was said, its figures) of earlier updates, the newest first, and of the plan document."""
    texts: dict[int, tuple[date, list[Measure]]] = {}
    for measure, at, update_id in reversed(known.measures):
        if update_id != newest:
            texts.setdefault(update_id, (at.date(), []))[1].append(measure)
    yield from (("an earlier update", at, figures) for at, figures in texts.values())
    if known.printed:
        yield "the plan document", known.plan.as_of or date.min, list(known.printed)


def _like_with_like(
    earlier: Sequence[Measure], later: Sequence[Measure], same_time: bool
) -> list[Disagreement]:
    """Figures of one date; of texts of the ``same_time`` those without one too. Else such a figure has merely moved on.

    A target holds until it is changed; "up from 61%" says no more than the figure before.
    """
    from nlp.summary.quotes import contradictions

    one, other = _dated_baselines(earlier), _dated_baselines(later)
    if same_time:
        return list(contradictions(one, other))
    dated = contradictions([measure for measure in one if measure.when is not None], other)
    return [*dated, *(found for found in contradictions(one, other) if found.what == "target")]


def _dated_baselines(measures: Sequence[Measure]) -> list[Measure]:
    named = [replace(one, name=plain_name(one.name)) for one in measures]
    return [one if one.baseline_when else replace(one, baseline=None) for one in named]


def _disagreed(value: float, found: Disagreement) -> str:
    shown = amount(value, found.unit)
    return f"{shown} as the target" if found.what == "target" else shown


def demand_not_met(known: Known) -> Challenge | None:
    """The rating demands a recovery plan or the four lines, and no update gives them (a plan may be a date ahead)."""
    rating = known.agreed
    if rating is None or rating.demands not in _DEMANDED or known.view.state is not State.OPEN:
        return None
    if not known.updates or any((update.text or "").startswith("Cause: ") for update in known.updates):
        return None
    ahead = rating.demands == "plan" and any(
        found.role in {DateRole.PLANNED, DateRole.REVISED} and found.end >= update.at.date()
        for update in known.updates
        for found in update.reading.dates
    )
    if ahead:
        return None
    words = f"is {rating.short}, which demands {_DEMANDED[rating.demands]}, and no update gives {_GIVES[rating.demands]}"
    return _challenge("no-plan", words, rating.label)


def owner_missing(known: Known) -> Challenge | None:
    """Nobody can be asked."""
    if known.owned or known.view.state is not State.OPEN:
        return None
    printed = known.view.action.owner or known.view.action.lead
    return _challenge(
        "owner",
        f"has nobody to ask (printed: {printed})" if printed else "has no owner",
        printed,
        material=False,
    )


RULES: tuple[Callable[[Known], Challenge | None], ...] = (
    says_slip_rated_well,
    claimed_below_target,
    overdue_and_open,
    third_extension,
    date_before_the_update,
    too_little_for_the_time,
    better_without_a_fact,
    figures_disagree,
    demand_not_met,
    third_no_change,
    silent_for_two_meetings,
    owner_missing,
)


def _challenge(rule: str, words: str, *facts: object, material: bool = True) -> Challenge:
    text = "|".join(str(fact.id if isinstance(fact, Update) else fact) for fact in facts)
    return Challenge(rule, words, hashlib.sha256(f"{rule}|{text}".encode()).hexdigest()[:16], material)


def of_action(known: Known) -> list[Challenge]:
    """Every challenge of one action, the weightiest first."""
    return [found for rule in RULES if (found := rule(known)) is not None]
