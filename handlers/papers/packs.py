"""The pack for a meeting: its stages, and the bytes that never change once issued.

Building takes seconds, so it is done before the transaction (``prepare``); what writes is short.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from handlers import wording
from handlers.cycle import calendar
from handlers.documents.pack import Pack
from handlers.documents.packsheet import pack_xlsx
from handlers.documents.packword import pack_docx
from handlers.grammar import Call
from handlers.meetings.which_meeting import meeting_on
from handlers.messages import ASKER, File, Message, Part, say
from handlers.papers.contents import DEPTHS, contents
from handlers.papers.packtemplate import template_of
from handlers.pick import split_quoted
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import Plan
from storage.model.record import Meeting, MeetingState
from storage.store import Store

__all__ = [
    "Built",
    "Drawn",
    "contents",
    "pack",
    "pack_docx",
    "pack_issue",
    "pack_xlsx",
    "prepare",
    "prepare_pack",
]

_FOR = re.compile(r"for\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Built:
    """Papers that are made and not yet issued."""

    meeting_id: int
    name: str  # of the files, without their ending
    stage: str
    document: bytes
    sheet: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """A pack and what is said with it."""

    words: str
    built: Built


@dataclass(frozen=True, slots=True)
class _Cut:
    """The forum for which a pack is cut, and the depth as said; "" where none was."""

    forum: str = ""
    depth: str = ""


def pack(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``pack``: the issued one where there is one, else a draft.

    ``pack for "FORUM" [summary | exceptions | full]``: that forum's cut and depth; the depth is kept until another is
    said. ``pack private``: with held texts and every update word for word, for the programme office alone.
    ``pack 10 April``: for that meeting.
    """
    assert plan is not None
    cut = _cut(call.tail)
    if cut.depth:
        store.plans.set_setting(plan.id, _depth_name(cut.forum), cut.depth)
    ready = request.prepared
    drawn = ready if isinstance(ready, Drawn) else prepare_pack(request, call, plan, store)
    return [_message(drawn.words, drawn.built)]


def prepare_pack(request: Request, call: Call, plan: Plan | None, store: Store) -> Drawn:
    """The papers that ``pack`` shows; reads only, so that it can be done before the transaction."""
    assert plan is not None
    private = call.tail.casefold() == "private"
    cut = _cut(call.tail)
    meeting = _of_forum(cut.forum, request, plan, store) or _meeting_for(
        request, plan, store, "" if private or cut.forum else call.tail
    )
    name = _file_name(plan, meeting, cut.forum)
    kept = None if cut.forum or private else _issued(store, plan, meeting, name)
    if kept is not None:
        return Drawn(f"The pack as it was issued for the {_named(meeting)}.", kept)
    depth = cut.depth or plan.settings.get(_depth_name(cut.forum), "full")
    filled = contents(
        plan, meeting, "not issued", store, request.now, forum=cut.forum, private=private, depth=depth
    )
    name = f"draft-{name}" + ("-private" if private else "")
    built = _built(filled, meeting, name, plan, store)
    if cut.forum:
        return Drawn(_of_the_forum(cut, depth, meeting), built)
    return Drawn(f"A draft for the {_named(meeting)}: not issued. “pack issue” issues it.", built)


def _of_the_forum(cut: _Cut, depth: str, meeting: Meeting) -> str:
    """What is said with a forum's cut: how much it gets, and that this is kept."""
    others = " or ".join(f"“{one}”" for one in DEPTHS if one != depth)
    when = f" of {meeting.day:%-d %B %Y}" if meeting.day and meeting.forum == cut.forum else ""
    depths = f"{cut.forum} gets this depth, {depth}, until you say {others} behind it."
    return f"A draft for {cut.forum}{when}: not issued. {depths}"


def _of_forum(forum: str, request: Request, plan: Plan, store: Store) -> Meeting | None:
    """The forum's own next meeting, where the calendar has one; it may wait for its day."""
    waits = {MeetingState.PLANNED, MeetingState.TO_CONFIRM}
    ahead = {
        one.day or one.papers_due or date.max: one
        for one in store.governance.meetings(plan.id)
        if forum and one.forum.casefold() == forum.casefold() and one.state in waits
    }
    return next((ahead[day] for day in sorted(ahead) if day >= request.today), None)


def _cut(tail: str) -> _Cut:
    match = _FOR.fullmatch(tail.strip())
    if match is None:
        return _Cut()
    quoted = match["rest"].lstrip()[:1] in {'"', "“", "'"}
    forum, rest = split_quoted(match["rest"]) if quoted else _depth_apart(match["rest"].strip())
    if rest and rest.casefold() not in DEPTHS:
        raise UsageError(f"A pack comes as {wording.names(DEPTHS)}; “{rest[:30]}” is none of these.")
    return _Cut(forum, rest.casefold())


def _depth_apart(words: str) -> tuple[str, str]:
    """ "Digital Group summary" without quotation marks: the forum and the depth."""
    forum, _, last = words.rpartition(" ")
    return (forum, last) if forum and last.casefold() in DEPTHS else (words, "")


def _depth_name(forum: str) -> str:
    """The plan's setting that keeps a forum's depth."""
    return f"depth:{' '.join(forum.casefold().split())}"


def prepare(request: Request, call: Call, plan: Plan | None, store: Store) -> Built | None:
    """The papers that ``pack issue`` or ``pack agreed`` is about to issue; None where they are issued already.

    Reads only, so that it can be done before the transaction.
    """
    assert plan is not None
    meeting, stage, name = _wanted(request, call, plan, store)
    if _issued(store, plan, meeting, name) is not None:
        return None
    if stage == "issued":
        _may_be_issued(plan, meeting, request)
    return _built(contents(plan, meeting, stage, store, request.now), meeting, name, plan, store)


def pack_issue(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``pack issue``, after the cut-off; ``pack agreed``, after the meeting: built once, the same bytes ever after."""
    assert plan is not None
    meeting, stage, name = _wanted(request, call, plan, store)
    kept = _issued(store, plan, meeting, name)
    if kept is not None:
        return [_message(f"The pack for the {_named(meeting)} is {stage} already.", kept)]
    built = request.prepared if isinstance(request.prepared, Built) else prepare(request, call, plan, store)
    if built is None or (built.meeting_id, built.name) != (meeting.id, name):
        raise UsageError("The calendar changed while the pack was made: say it once more.")
    sha = store.governance.issue(plan.id, meeting.id, f"{name}.docx", stage, built.document)
    store.governance.issue(plan.id, meeting.id, f"{name}.xlsx", stage, built.sheet)
    return [_message(f"The pack for the {_named(meeting)}, {stage}. sha256 {sha[:16]}…", built)]


def _wanted(request: Request, call: Call, plan: Plan, store: Store) -> tuple[Meeting, str, str]:
    """The meeting, the stage, and what the files are called."""
    meetings = store.governance.meetings(plan.id)
    if call.command.words == "pack agreed":
        meeting = _meeting(calendar.last_held(meetings, request.today + timedelta(days=1)))
        return meeting, "as agreed", f"{_file_name(plan, meeting)}-agreed"
    meeting = _meeting(calendar.next_meeting(meetings, request.today))
    return meeting, "issued", _file_name(plan, meeting)


def _issued(store: Store, plan: Plan, meeting: Meeting, name: str) -> Built | None:
    document = store.governance.issued_bytes(plan.id, meeting.id, f"{name}.docx")
    if document is None:
        return None
    sheet = store.governance.issued_bytes(plan.id, meeting.id, f"{name}.xlsx") or b""
    return Built(meeting.id, name, "issued", document, sheet)


def _built(filled: Pack, meeting: Meeting, name: str, plan: Plan, store: Store) -> Built:
    document = pack_docx(filled, template_of(plan, store))
    return Built(meeting.id, name, filled.stage, document, pack_xlsx(filled))


def _meeting_for(request: Request, plan: Plan, store: Store, day: str) -> Meeting:
    if day:
        return meeting_on(request, plan, store, day)
    return _meeting(calendar.next_meeting(store.governance.meetings(plan.id), request.today))


def _meeting(found: Meeting | None) -> Meeting:
    if found is None:
        raise UsageError("There is no meeting to make a pack for. Add one with “meeting add 10 April 2026”.")
    return found


def _file_name(plan: Plan, meeting: Meeting, forum: str = "") -> str:
    """ "pack-stoke-2018-04-10", with the forum where it is cut for one."""
    whose = "-".join(re.findall(r"[a-z0-9]+", forum.casefold()))[:40]
    when = str(meeting.day or ("" if whose else meeting.id))
    return "-".join(part for part in ("pack", plan.slug, whose, when) if part)


def _may_be_issued(plan: Plan, meeting: Meeting, request: Request) -> None:
    last = calendar.cutoff(meeting, plan.settings)
    if last is not None and request.today <= last:
        raise UsageError(
            f"The cut-off is {wording.moment(last, request.today)}: the pack can be issued the day after. “pack” shows a draft."
        )


def _message(words: str, built: Built) -> Message:
    parts: list[Part] = [say(words), File(f"{built.name}.docx", built.document)]
    return Message(ASKER, (*parts, File(f"{built.name}.xlsx", built.sheet)) if built.sheet else tuple(parts))


def _named(meeting: Meeting) -> str:
    return f"{meeting.forum} of {meeting.day:%-d %B %Y}" if meeting.day else meeting.forum
