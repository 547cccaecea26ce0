"""``status``: where actions stand, counted and listed, or one of them in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from textwrap import shorten

from handlers import wording
from handlers.assurance.claims import checked_words
from handlers.assurance.dates import slip_days
from handlers.assurance.figures import figure_parts
from handlers.assurance.rechecks import recheck_of, recheck_words
from handlers.assurance.steps import progress
from handlers.grammar import Call
from handlers.messages import (
    Asker,
    Bold,
    Details,
    Facts,
    Heading,
    Link,
    Message,
    Part,
    Quote,
    Span,
    Spans,
    Table,
    say,
    spans,
)
from handlers.privacy.visibility import held
from handlers.questions.filters import Filter, parse_filter, select
from handlers.request import Request
from storage.model.document import DateKind
from storage.model.plan import ActionView, Plan, State, Step
from storage.store import Store

__all__ = ["card", "counts_line", "mine", "standing_line", "status", "table"]

_PRINTED_CHARACTERS = 90  # of the plan document's own words, on one line of a list

_ROWS_SHOWN = 40


def status(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``status [filters]``."""
    assert plan is not None
    wanted = parse_filter(call.tail, request, plan, store)
    views = select(wanted, request, plan, store)
    to = Asker(everyone=call.here)
    if wanted.actions and len(views) == 1:
        return [Message(to, tuple(card(views[0], plan, request.today, store)))]
    return [Message(to, tuple(_list(views, wanted, plan, request.today, store)))]


def mine(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``mine``: the asker's own actions."""
    assert plan is not None
    views = store.plans.views(plan.id, person_id=request.person.id)
    if not views:
        words = f"Nothing in {plan.slug} is yours on the record. If that is wrong, the programme office maps you with “people map”."
        return [Message(Asker(), (say(words),))]
    heading = Heading(f"Your {wording.count(len(views), 'action')}")
    return [Message(Asker(), (heading, table(views, plan, request.today)))]


def _list(views: Sequence[ActionView], wanted: Filter, plan: Plan, today: date, store: Store) -> list[Part]:
    what = wanted.theme.name if wanted.theme else wording.plan_name(plan)
    filters = [word for word in wanted.words if not word.startswith("theme ")]
    heading = f"{what}{' — ' + ', '.join(filters) if filters else ''}"
    if not views:
        return [Heading(heading), say("No action fits this.")]
    parts: list[Part] = [Heading(heading), say(counts_line(views, plan))]
    standing = standing_line(views, today)
    if standing:
        parts.append(say(standing, quiet=True))
    shown = (
        _with_dates(views, plan, today, store)
        if "slipped" in wanted.flags
        else table(views[:_ROWS_SHOWN], plan, today)
    )
    parts.append(shown)
    if len(views) > _ROWS_SHOWN and "slipped" not in wanted.flags:
        more = table(views[_ROWS_SHOWN:], plan, today)
        parts.append(Details(f"{len(views) - _ROWS_SHOWN} more", (more,)))
    return parts


def counts_line(views: Sequence[ActionView], plan: Plan) -> str:
    """ "12 actions: 3 Green, 2 Amber, 7 not yet rated": agreed ratings of the main scale, in its order."""
    scale = plan.scale()
    total = wording.count(len(views), "action")
    if scale is None:
        return f"{total}."
    labels = Counter(rated.label if (rated := view.agreed.get(scale.name)) else None for view in views)
    counts = [f"{labels[rating.label]} {rating.short}" for rating in scale.ratings if labels[rating.label]]
    counts += [f"{number} {label}" for label, number in labels.items() if label and scale.position(label) < 0]
    if labels[None]:
        counts.append(f"{labels[None]} not yet rated")
    return f"{total}: {', '.join(counts)}."


def standing_line(views: Sequence[ActionView], today: date) -> str:
    """ "7 overdue · 5 claimed complete, awaiting assurance · 2 need a real due date · 2 undated"; empty where all is well."""
    open_ones = [view for view in views if view.state is State.OPEN]
    no_real = [view for view in open_ones if view.due.kind in {DateKind.START, DateKind.CONDITIONAL}]
    undated = [view for view in open_ones if view.due.kind in {DateKind.NONE, DateKind.ONGOING}]
    pieces = (
        (sum(view.overdue(today) for view in views), "overdue"),
        (sum(view.state is State.CLAIMED for view in views), "claimed complete, awaiting assurance"),
        (sum(view.state is State.ASSURING for view in views), "being assured"),
        (len(no_real), "need a real due date" if len(no_real) != 1 else "needs a real due date"),
        (len(undated), "undated"),
        (sum(view.requested is not None for view in views), "asking for another date"),
        (sum(bool(view.proposed) for view in views), "with a proposed rating"),
    )
    return " · ".join(f"{number} {words}" for number, words in pieces if number)


def table(views: Sequence[ActionView], plan: Plan, today: date) -> Table:
    """Ref, action, agreed rating with what is proposed, due date, state or last words."""
    rated = bool(plan.scales)
    rows = tuple(_row(view, plan, today, rated) for view in views)
    return Table(("Ref", "Action", *(("Rating",) if rated else ()), "Due", "Now"), rows)


def _row(view: ActionView, plan: Plan, today: date, rated: bool) -> tuple[Spans, ...]:
    when = wording.due(view.due)
    if view.requested is not None:
        when += f" → asks {wording.due(view.requested)}"
    now = wording.state(view, today) or (
        f"{view.last_at:%-d %b}: {'no change' if view.last_no_change else wording.line(view, view.last_line or '')}"
        if view.last_at
        else _printed(view)
    )
    steps = progress(view, today) if view.state is State.OPEN else None
    now = f"{steps} · {now}" if steps else now
    rating = (wording.rating(plan, view),) if rated else ()
    return (spans(view.name), spans(view.action.title), *rating, spans(when), spans(now))


def _printed(view: ActionView) -> str:
    """What the plan document itself says of progress, until somebody answers."""
    words = view.action.progress
    return f"plan: {shorten(words, _PRINTED_CHARACTERS, placeholder='…')}" if words else "no update yet"


def _with_dates(views: Sequence[ActionView], plan: Plan, today: date, store: Store) -> Table:
    agreed = Counter(
        one.action_id
        for one in store.governance.date_requests(plan.id)
        if one.outcome == "agreed" and one.step_no is None
    )
    rows = []
    for view in views:
        current = view.requested or view.due
        days = slip_days(view.action.baseline, current)
        times = agreed[view.action.id] + (view.requested is not None)
        third = " (third extension or more)" if times >= 3 else ""
        rows.append(
            (
                spans(view.name),
                spans(view.action.title),
                spans(wording.due(view.action.baseline)),
                spans(wording.due(current) + (" (asked, not agreed)" if view.requested else "")),
                spans(
                    f"{days:+d} days" if days is not None else "", f" {wording.count(times, 'time')}{third}"
                ),
            )
        )
    return Table(("Ref", "Action", "Baseline", "Now", "Slipped"), tuple(rows))


def card(view: ActionView, plan: Plan, today: date, store: Store) -> list[Part]:
    """One action in full: ratings of every scale, dates, promise, evidence, the last words."""
    action = view.action
    rows = [*_ratings(view, plan), ("Due", spans(_due_words(view))), *_facts(view, plan, today, store)]
    parts: list[Part] = [Heading(f"{view.name} {action.title}"), Facts(tuple(row for row in rows if row[1]))]
    if action.text != action.title:
        parts.append(Details("The action in full", (say(action.text),)))
    return [*parts, *_last_words(view, store), *figure_parts(store.updates.measures(action.id))]


def _ratings(view: ActionView, plan: Plan) -> list[tuple[str, Spans]]:
    return [(scale.title, wording.rating(plan, view, scale.name)) for scale in plan.scales]


def _facts(view: ActionView, plan: Plan, today: date, store: Store) -> list[tuple[str, Spans]]:
    """What is known beside ratings and dates; an empty value stands for what there is nothing to say of."""
    action = view.action
    again = recheck_of(plan, action.id)
    state, clash = wording.state(view, today), wording.clash(plan, view)
    evidence: list[Span | str] = []
    for one in store.governance.evidence(action.id):
        evidence += [Link(one.link, one.link), f" ({checked_words(one, store)}) "]
    return [
        ("State", spans(Bold(state)) if state else ()),
        ("Clash", spans(Bold(clash)) if clash else ()),
        ("Owner", spans(action.owner or "")),
        ("Lead", spans(action.lead or "")),
        ("Re-check", spans(recheck_words(again, store) if again else "")),
        ("Theme", spans(view.theme.name.removeprefix("Theme ") if view.theme else "")),
        ("Progress", spans(progress(view, today) or "")),
        ("Promised as proof", spans(action.promise or "")),
        *(("Step " + step.no, spans(f"{step.text} ({_step(step, view)})")) for step in action.steps),
        ("Evidence", spans(*evidence)),
    ]


def _due_words(view: ActionView) -> str:
    words = wording.due(view.due)
    days = slip_days(view.action.baseline, view.due)
    if days:
        words += f" (baseline {wording.due(view.action.baseline)}, {days:+d} days)"
    if view.requested is not None and view.requested_at is not None:
        words += f"; {wording.due(view.requested)} asked for on {view.requested_at:%-d %b}, not yet agreed"
    return words


def _step(step: Step, view: ActionView) -> str:
    if step.done:
        return f"done {step.done:%-d %b %Y}"
    wanted = view.step_requests.get(step.no)
    asks = f", asks {wording.due(wanted)}, not yet agreed" if wanted else ""
    return f"due {wording.due(step.due)}{asks}" if step.due.text or step.due.end else f"open{asks}"


def _last_words(view: ActionView, store: Store) -> list[Part]:
    if view.last_update_id is None:
        if view.action.progress:
            return [Quote(view.action.progress, spans("the plan document's own progress text"))]
        return [say("No update yet.", quiet=True)]
    update = store.updates.get(view.last_update_id)
    if update is None or update.text is None:
        return [say("Its last words have been erased.", quiet=True)]
    if held(update):
        return [say(update.text, quiet=True)]
    source: Spans = spans(f"{update.author}, {update.at:%-d %B %Y}")
    if update.link:
        source = (*source, *spans(" · ", Link("message", update.link)))
    return [Quote(update.text, source)]
