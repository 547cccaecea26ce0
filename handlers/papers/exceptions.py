"""The exceptions in full: what is red or amber, late, challenged or asks something, one block an action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers import wording
from handlers.assurance import challenges
from handlers.assurance.claims import promise_rows
from handlers.assurance.dates import slip_days
from handlers.assurance.exceptions import exception_of
from handlers.assurance.promises import verdict
from handlers.documents.colours import fill_of
from handlers.documents.pack import Exceptional
from handlers.documents.view import Entry
from handlers.meetings.lines import asked, open_lines
from handlers.messages import plain
from handlers.papers.frame import Frame, line
from storage.model.plan import ActionView, State
from storage.model.reading import Reading, Status

__all__ = ["asked_words", "exceptions", "rated"]

_SAID_ALREADY = frozenset({"overdue", "silent"})  # by the date, and among the silent organisations


def exceptions(frame: Frame) -> list[Exceptional]:
    """Musts first, then what asks for a decision, then in the plan's order."""
    challenged: dict[int, list[str]] = {}
    doubtful: set[int] = set()
    for view, one in challenges.of_plan(frame.plan, frame.views, frame.store, frame.today):
        if one.material:
            challenged.setdefault(view.action.id, []).append(one.words)
            doubtful |= {view.action.id} if one.rule not in _SAID_ALREADY else set()
    wanted = [
        view
        for view in frame.views
        if _is_exception(view, frame) or open_lines(view) or view.action.id in doubtful
    ]
    wanted.sort(key=lambda view: (view.action.strength != "must", not open_lines(view)))
    return [_block(view, challenged.get(view.action.id, []), frame) for view in wanted]


def _is_exception(view: ActionView, frame: Frame) -> bool:
    scale = frame.plan.scale()
    agreed = view.agreed.get(scale.name) if scale else None
    rating = scale.find(agreed.label) if scale and agreed else None
    worse = rating is not None and rating.status in {Status.AT_RISK, Status.OFF_TRACK}
    return view.state is State.OPEN and (worse or view.overdue(frame.today))


def _block(view: ActionView, challenged: Sequence[str], frame: Frame) -> Exceptional:
    rows = [
        *_what(view, frame),
        *_board_line(view, frame),
        *_four_lines(view, frame),
        *_evidence(view, frame),
        *(("Challenge", Entry(words)) for words in challenged),
    ]
    return Exceptional(
        view.name, view.action.title, [row for row in rows if row[1].text], asked_words(view, frame)
    )


def _what(view: ActionView, frame: Frame) -> Iterable[tuple[str, Entry]]:
    action = view.action
    yield "Issue", Entry(_issue(view, frame))
    yield "Action", Entry(action.text if action.text != action.title else "")
    owners = "; ".join(dict.fromkeys(one.strip() for one in (action.owner, action.lead) if one))
    yield "Owner", Entry(owners.replace("\n", "; ") or "none")
    state = wording.state(view, frame.today)
    yield "Due", Entry(_due(view) + (f", {state}" if state else ""))
    for scale in frame.plan.scales:
        if scale is frame.plan.scale() or view.agreed.get(scale.name) or view.proposed.get(scale.name):
            title = "Rating" if scale is frame.plan.scale() else scale.title
            yield (
                title,
                Entry(
                    plain(wording.rating(frame.plan, view, scale.name)), rated(view, frame, scale.name).fill
                ),
            )


def _issue(view: ActionView, frame: Frame) -> str:
    """What the plan prints in its column of issues."""
    headers = [header for header, name in frame.columns.items() if name == "issue"]
    return next((view.action.extra[header] for header in headers if view.action.extra.get(header)), "")


def _due(view: ActionView) -> str:
    words = f"{wording.due(view.due)} (baseline {wording.due(view.action.baseline)}"
    days = slip_days(view.action.baseline, view.due)
    return words + (f", {days:+d} days)" if days else ")")


def rated(view: ActionView, frame: Frame, scale_name: str | None = None) -> Entry:
    """The agreed rating in the scale's word and colour."""
    scale = frame.plan.scale(scale_name)
    agreed = view.agreed.get(scale.name) if scale else None
    rating = scale.find(agreed.label) if scale and agreed else None
    return Entry(wording.label(scale, agreed), fill_of(rating.colour) if rating else None)


def _board_line(view: ActionView, frame: Frame) -> Iterable[tuple[str, Entry]]:
    told = line(view, frame)
    yield "Board line", Entry(f"{told.text} ({told.source})" if told.source else told.text)


def _four_lines(view: ActionView, frame: Frame) -> Iterable[tuple[str, Entry]]:
    """Cause, recovery, need and effect, as the owner gave them."""
    known = exception_of(view.action.id, frame.store)
    if known is None or known.at >= frame.cutoff:
        return
    for text in (known.text or "").splitlines():
        label, _, words = text.partition(": ")
        yield label, Entry(words)


def _evidence(view: ActionView, frame: Frame) -> Iterable[tuple[str, Entry]]:
    """What was promised, what is reported and what proves it, for what is claimed or being assured."""
    if view.state not in {State.CLAIMED, State.ASSURING}:
        return
    for label, words in promise_rows(view, frame.store):
        yield label, Entry(words)
    promise = view.action.promise
    found = verdict(_reading(promise, frame), _said(view, frame), promise) if promise else None
    if found is not None:
        ending = "; claimed, not met" if found.met is False else ""
        yield "Against the promise", Entry(f"{found.words}{ending}")


def _reading(text: str | None, frame: Frame) -> Reading:
    from nlp.reading import read

    return read(text or "", frame.today)


def _said(view: ActionView, frame: Frame) -> Reading:
    update = frame.latest.get(view.action.id)
    return update.reading if update else Reading()


def asked_words(view: ActionView, frame: Frame) -> str:
    """ "Decision asked: move March 2026 to May 2026", or "For noting"."""
    lines = [asked(one, view, frame.plan) for one in open_lines(view)]
    return f"Decision asked: {'; '.join(lines)}" if lines else "For noting"
