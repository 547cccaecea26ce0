"""The pack for a meeting: what it holds as at the cut-off, its stages, and the bytes that never change once issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers import calendar, wording
from handlers.boardlines import board_line
from handlers.challenges import of_plan
from handlers.changes import reconciliation
from handlers.claims import promise_rows
from handlers.documents.charts import Counts, Png, ratings_chart, slippage_chart
from handlers.documents.colours import fill_of
from handlers.documents.pack import Exceptional, Pack, Sourced, pack_docx, pack_xlsx
from handlers.documents.view import Entry
from handlers.exceptions import exception_of
from handlers.grammar import Call
from handlers.lines import asked, open_lines
from handlers.messages import ASKER, File, Message, Part, plain, say
from handlers.movements import movements, ratings_at
from handlers.pick import split_quoted
from handlers.request import Request
from handlers.status import counts_line, standing_line
from handlers.visibility import held, seen_at
from storage.model.errors import UsageError
from storage.model.people import PartyKind
from storage.model.plan import ActionView, Plan, State
from storage.model.reading import Status
from storage.model.record import Meeting, Update, Visibility
from storage.store import Store

__all__ = ["contents", "pack", "pack_issue"]

_QUARTER = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every part of a pack looks at."""

    plan: Plan
    meeting: Meeting
    views: Sequence[ActionView]
    latest: Mapping[int, Update]  # the newest update of each action before the cut-off
    today: date
    cutoff: datetime
    store: Store
    private: bool


def pack(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``pack``: the issued one where there is one, else a draft; ``pack for "FORUM"``: that forum's cut.

    ``pack private``: with held texts and every update word for word, for the programme office alone.
    """
    assert plan is not None
    private = call.tail.casefold() == "private"
    forum = split_quoted(call.tail.removeprefix("for").strip())[0] if call.tail and not private else ""
    meeting = _meeting(calendar.next_meeting(store.governance.meetings(plan.id), request.today))
    name = _file_name(plan, meeting)
    if (
        not forum
        and not private
        and (kept := store.governance.issued_bytes(plan.id, meeting.id, f"{name}.docx"))
    ):
        sheet = store.governance.issued_bytes(plan.id, meeting.id, f"{name}.xlsx") or b""
        return [_message(f"The pack as it was issued for the {_named(meeting)}.", name, kept, sheet)]
    filled = contents(plan, meeting, "not issued", store, request.now, forum=forum, private=private)
    name = f"{name}-private" if private else name
    words = f"A draft for the {_named(meeting)}: not issued. “pack issue” issues it."
    return [_message(words, f"draft-{name}", pack_docx(filled), pack_xlsx(filled))]


def pack_issue(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``pack issue``, after the cut-off; ``pack agreed``, after the meeting: built once, the same bytes ever after."""
    assert plan is not None
    agreed = call.command.words == "pack agreed"
    meetings = store.governance.meetings(plan.id)
    if agreed:
        meeting = _meeting(calendar.last_held(meetings, request.today + timedelta(days=1)))
    else:
        meeting = _meeting(calendar.next_meeting(meetings, request.today))
    stage, name = (
        ("as agreed", f"{_file_name(plan, meeting)}-agreed")
        if agreed
        else ("issued", _file_name(plan, meeting))
    )
    kept = store.governance.issued_bytes(plan.id, meeting.id, f"{name}.docx")
    if kept is not None:
        sheet = store.governance.issued_bytes(plan.id, meeting.id, f"{name}.xlsx") or b""
        return [_message(f"The pack for the {_named(meeting)} is {stage} already.", name, kept, sheet)]
    if not agreed:
        _may_be_issued(plan, meeting, request)
    filled = contents(plan, meeting, stage, store, request.now)
    document, sheet = pack_docx(filled), pack_xlsx(filled)
    sha = store.governance.issue(plan.id, meeting.id, f"{name}.docx", stage, document)
    store.governance.issue(plan.id, meeting.id, f"{name}.xlsx", stage, sheet)
    return [
        _message(f"The pack for the {_named(meeting)}, {stage}. sha256 {sha[:16]}…", name, document, sheet)
    ]


def _meeting(found: Meeting | None) -> Meeting:
    if found is None:
        raise UsageError("There is no meeting to make a pack for. Add one with “meeting add 10 April 2026”.")
    return found


def _file_name(plan: Plan, meeting: Meeting) -> str:
    return f"pack-{plan.slug}-{meeting.day or meeting.id}"


def _may_be_issued(plan: Plan, meeting: Meeting, request: Request) -> None:
    last = calendar.cutoff(meeting, plan.settings)
    if last is not None and request.today <= last:
        raise UsageError(
            f"The cut-off is {wording.moment(last, request.today)}: the pack can be issued the day after. “pack” shows a draft."
        )


def _message(words: str, name: str, document: bytes, sheet: bytes) -> Message:
    parts: list[Part] = [say(words), File(f"{name}.docx", document)]
    return Message(ASKER, (*parts, File(f"{name}.xlsx", sheet)) if sheet else tuple(parts))


def _named(meeting: Meeting) -> str:
    return f"{meeting.forum} of {meeting.day:%-d %B %Y}" if meeting.day else meeting.forum


def contents(
    plan: Plan,
    meeting: Meeting,
    stage: str,
    store: Store,
    now: datetime,
    *,
    forum: str = "",
    private: bool = False,
) -> Pack:
    """Everything that the pack prints. ``forum`` cuts it to that forum's actions; ``private`` adds held texts and the appendix."""
    store = seen_at(Visibility.RESTRICTED if private else Visibility.COMMITTEE, store)
    zone = calendar.zone_of(plan)
    last = calendar.cutoff(meeting, plan.settings) or now.date()
    views = [
        view
        for view in store.plans.views(plan.id)
        if not forum or forum.casefold() in (view.action.committee or "").casefold()
    ]
    if forum and not views:
        raise UsageError(f"No action of {plan.slug} names the forum “{forum[:60]}”.")
    ids = {view.action.id for view in views}
    said = [one for one in store.updates.of_plan(plan.id) if one.action_id in ids]
    cutoff = calendar.end_of(last, zone)
    latest = {one.action_id: one for one in said if one.at < cutoff}
    frame = _Frame(plan, meeting, views, latest, now.astimezone(zone).date(), cutoff, store, private)
    previous = calendar.last_held(store.governance.meetings(plan.id), meeting.day or frame.today)
    then = ratings_at(plan, previous, store)
    counts, before = _counts(frame), _counts_then(frame, then)
    scale = plan.scale()
    colours = {rating.short: rating.colour for rating in scale.ratings} if scale else {}
    shown = [one for one in said if not held(one)]
    return Pack(
        title=plan.title or wording.plan_name(plan),
        forum=forum or meeting.forum,
        meeting=f"{meeting.day:%-d %B %Y}" if meeting.day else "to be confirmed",
        cutoff=f"{last:%-d %B %Y}",
        stage=stage,
        chain=store.audit.head(),
        summary=_summary(frame, then),
        musts=[
            _line(view, frame)
            for view in views
            if view.action.strength == "must" and view.state is State.OPEN
        ],
        counts=counts,
        labels=colours,
        charts=_charts(frame, counts, before, colours),
        milestones=_milestones(frame),
        exceptions=_exceptions(frame, then),
        headers=("Ref", "Action", "Owner", "Due", "Agreed rating", "Proposed", "State", "Last update"),
        themes=_themes(frame),
        reconciliation=reconciliation(plan, store.plans.views(plan.id), store, meeting),
        silent=_silent(frame),
        since=[_sourced(one, frame) for one in shown if one.at >= cutoff],
        sources=[_sourced(one, frame, short=True) for one in latest.values() if one in shown],
        verbatim=[_sourced(one, frame) for one in said if one.at < cutoff] if private else [],
    )


def _summary(frame: _Frame, then: Mapping[int, Mapping[str, str]]) -> list[str]:
    moved = movements(frame.views, frame.plan, then)
    lines = [counts_line(frame.views, frame.plan), standing_line(frame.views, frame.today)]
    if moved:
        lines.append(
            "Since the last meeting: "
            + "; ".join(f"{view.name} {was} to {now}" for view, was, now in moved)
            + "."
        )
    answered = sum(view.action.id in frame.latest for view in frame.views)
    lines.append(f"{answered} of {wording.count(len(frame.views), 'action')} have an update.")
    return [line for line in lines if line]


def _counts(frame: _Frame) -> list[tuple[str, Mapping[str, int]]]:
    scale = frame.plan.scale()
    return _by_theme(
        frame,
        {view.action.id: wording.label(scale, view.agreed.get(scale.name)) for view in frame.views}
        if scale
        else {},
    )


def _counts_then(
    frame: _Frame, then: Mapping[int, Mapping[str, str]]
) -> list[tuple[str, Mapping[str, int]]] | None:
    scale = frame.plan.scale()
    if scale is None or not then:
        return None
    return _by_theme(
        frame,
        {
            action_id: scale.short(labels[scale.name])
            for action_id, labels in then.items()
            if scale.name in labels
        },
    )


def _by_theme(frame: _Frame, labels: Mapping[int, str]) -> list[tuple[str, Mapping[str, int]]]:
    """Theme -> rating -> count, in the plan's order; actions without a theme last."""
    themes: dict[str, Counter[str]] = {}
    for view in frame.views:
        name = view.theme.name.removeprefix("Theme ") if view.theme else "No theme"
        label = labels.get(view.action.id, "not yet rated")
        themes.setdefault(name, Counter())["Not yet rated" if label == "not yet rated" else label] += 1
    return list(themes.items())


def _charts(
    frame: _Frame, counts: Counts, before: Counts | None, colours: Mapping[str, str | None]
) -> list[Png]:
    charts = [ratings_chart(counts, colours, before)] if colours else []
    moved = [
        (view.name, view.action.baseline.end, view.due.end)
        for view in frame.views
        if view.action.baseline.end
        and view.due.end
        and view.action.baseline.end != view.due.end
        and view.state is not State.UNDELIVERED
    ]
    return [*charts, slippage_chart(moved)] if moved else charts


def _milestones(frame: _Frame) -> list[tuple[str, str, str]]:
    ahead = [
        (view.due.end, view) for view in frame.views
        if view.state is State.OPEN and view.due.kind == "due" and view.due.end and frame.today <= view.due.end <= frame.today + _QUARTER
    ]  # fmt: skip
    return [
        (wording.due(view.due), view.name, view.action.title)
        for _, view in sorted(ahead, key=lambda pair: pair[0])
    ]


def _exceptions(frame: _Frame, then: Mapping[int, Mapping[str, str]]) -> list[Exceptional]:
    """Red and amber ones, what slipped, is overdue or asks something: each in full."""
    challenged: dict[int, list[str]] = {}
    for view, one in of_plan(frame.plan, frame.views, frame.store, frame.today):
        if one.material:
            challenged.setdefault(view.action.id, []).append(one.words)
    wanted = [
        view
        for view in frame.views
        if _is_exception(view, frame) or open_lines(view) or view.action.id in challenged
    ]
    wanted.sort(key=lambda view: view.action.strength != "must")
    return [_exceptional(view, challenged.get(view.action.id, []), frame) for view in wanted]


def _is_exception(view: ActionView, frame: _Frame) -> bool:
    scale = frame.plan.scale()
    agreed = view.agreed.get(scale.name) if scale else None
    rating = scale.find(agreed.label) if scale and agreed else None
    worse = rating is not None and rating.status in {Status.AT_RISK, Status.OFF_TRACK}
    return view.state is State.OPEN and (worse or view.overdue(frame.today))


def _exceptional(view: ActionView, challenged: Sequence[str], frame: _Frame) -> Exceptional:
    line = _line(view, frame)
    rows = [("Issue", view.action.extra.get("issue", ""))] if view.action.extra.get("issue") else []
    rows += [
        ("Action", view.action.text), ("Owner", view.action.owner or view.action.lead or "none"),
        ("Due", f"{wording.due(view.due)} (baseline {wording.due(view.action.baseline)})"),
        ("Rating", plain(wording.rating(frame.plan, view))), ("Board line", f"{line.text} ({line.source})" if line.source else line.text),
    ]  # fmt: skip
    known = exception_of(view.action.id, frame.store)
    for text in (known.text or "").splitlines() if known else ():
        label, _, words = text.partition(": ")
        rows.append((label, words))
    if view.state in {State.CLAIMED, State.ASSURING}:
        rows += promise_rows(view, frame.store)
    rows += [("Challenge", words) for words in challenged]
    return Exceptional(
        view.name, view.action.title, [row for row in rows if row[1]], _asked(view, frame.plan)
    )


def _asked(view: ActionView, plan: Plan) -> str:
    lines = [asked(line, view, plan) for line in open_lines(view)]
    return f"Decision asked: {'; '.join(lines)}" if lines else "For noting"


def _line(view: ActionView, frame: _Frame) -> Sourced:
    """The board line with its source; held texts are not shown outside the private part."""
    update = frame.latest.get(view.action.id)
    if update is not None and held(update):
        return Sourced(view.name, update.text or "")
    words = board_line(frame.plan, view.action.id)
    if words:
        return Sourced(view.name, words, "the programme office's words")
    if update is None:
        return Sourced(view.name, "no update")
    return Sourced(
        view.name,
        wording.line(view, update.reading.summary or update.text or ""),
        f"{update.author}, {update.at:%-d %B %Y}",
        update.link,
    )


def _themes(frame: _Frame) -> list[tuple[str, list[list[Entry]]]]:
    scale = frame.plan.scale()
    themes: dict[str, list[list[Entry]]] = {}
    for view in frame.views:
        agreed = view.agreed.get(scale.name) if scale else None
        rating = scale.find(agreed.label) if scale and agreed else None
        proposed = view.proposed.get(scale.name) if scale else None
        line = _line(view, frame)
        row = [
            Entry(view.name), Entry(view.action.text), Entry(view.action.owner or ""), Entry(wording.due(view.due)),
            Entry(wording.label(scale, agreed), fill_of(rating.colour) if rating else None),
            Entry(scale.short(proposed.label) if scale and proposed else ""), Entry(wording.state(view, frame.today) or "open"),
            Entry(f"{line.text} ({line.source})" if line.source else line.text),
        ]  # fmt: skip
        themes.setdefault(view.theme.name if view.theme else "No theme", []).append(row)
    return list(themes.items())


def _silent(frame: _Frame) -> list[tuple[str, int]]:
    """Organisations (never people) whose actions were asked about and have no update for this meeting."""
    store = frame.store
    asked = {
        action_id
        for prompt in store.updates.prompts_of(frame.plan.id, frame.meeting.id)
        for action_id in prompt.action_ids
    }
    said = {one.action_id for one in store.updates.of_plan(frame.plan.id, meeting_id=frame.meeting.id)}
    parties = store.people.parties(frame.plan.id, frame.today)
    names: Counter[str] = Counter()
    for view in frame.views:
        if view.action.id in asked - said:
            organisations = [
                party.printed
                for party in parties.get(view.action.id, ())
                if party.kind is PartyKind.ORGANISATION
            ]
            names[organisations[0] if organisations else "Other owners"] += 1
    return sorted(names.items())


def _sourced(update: Update, frame: _Frame, *, short: bool = False) -> Sourced:
    name = next((view.name for view in frame.views if view.action.id == update.action_id), "?")
    text = (update.reading.summary if short else update.text) or update.text or "(erased)"
    return Sourced(name, text, f"{update.author}, {update.at:%-d %B %Y %H:%M}", update.link)
