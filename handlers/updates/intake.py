"""An owner's words become updates: each part with its action, verbatim, and one receipt for the message."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.answer import plan_for
from handlers.assurance.challenges import for_owner
from handlers.assurance.sustaining import watched
from handlers.cycle import calendar
from handlers.cycle.answers import answered
from handlers.grammar import Call
from handlers.messages import Message, Part, say
from handlers.people.clearance import first_reader, wait
from handlers.privacy.discretion import discreet
from handlers.privacy.guard import refuse
from handlers.request import Request
from handlers.roles import allowed, roles_of
from handlers.updates import linking, receipts
from handlers.updates.asks import asks
from handlers.updates.hearing import heard
from handlers.updates.keeping import keep_what_it_brings
from handlers.updates.leading import with_leading_ref
from handlers.updates.notices import given_before, notices, represented, said_again
from handlers.updates.placing import Placed, Placement, place
from handlers.updates.receipts import Filed
from handlers.updates.smallwords import command_meant, courtesy, question
from storage.model.errors import UsageError
from storage.model.people import Account, Organisation, Person, Role
from storage.model.plan import ActionView, Plan
from storage.model.post import Inbound
from storage.model.reading import Reading
from storage.model.record import Prompt, Update, UpdateKind, Visibility
from storage.store import Store

__all__ = [
    "Author",
    "Place",
    "file_saved",
    "file_words",
    "for_other",
    "own_views",
    "saved",
    "shortened",
    "source_of",
    "update",
    "words",
]

Place = tuple[int, str | None]  # an action, and a step of it
MOST_CHARS = 40_000  # of one message, as the platforms have it


@dataclass(frozen=True, slots=True)
class Author:
    """Whose words they are, and who typed them in for that person."""

    person: Person
    entered_by: Person | None = None
    by: str | None = None  # "by return of 6 March": how the words came
    source: str | None = None  # their message, where it is not the one that is answered


@dataclass(frozen=True, slots=True)
class _Scope:
    """The plans that the words may speak of, the asked, those of them without an answer, the sender's own actions."""

    plans: tuple[Plan, ...]
    asked: tuple[ActionView, ...]
    waiting: tuple[ActionView, ...]
    own: tuple[ActionView, ...]
    plan_of: dict[int, Plan]


def shortened(inbound: Inbound) -> Inbound:
    """The message with what fits into the record; ``details["cut"]`` says how long it was where something did not."""
    if len(inbound.text) <= MOST_CHARS:
        return inbound
    details = {**inbound.details, "cut": str(len(inbound.text))}
    return replace(inbound, text=inbound.text[:MOST_CHARS], details=details)


def words(request: Request, store: Store) -> list[Message]:
    """Free text from a person: filed against the actions that it speaks of, or kept and asked about."""
    text = request.text.strip()
    if not text:
        return []
    polite = courtesy(request)
    if polite is not None:
        return [polite]
    messages = file_words(request, store, text, Author(request.person))
    cut = request.inbound.details.get("cut")
    if cut and messages:
        told = say(
            f"Your message had {int(cut):,} characters; I kept the first {MOST_CHARS:,}. Send the rest as another one."
        )
        messages[0] = replace(messages[0], parts=(*messages[0].parts, told))
    return messages


def update(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``update 6.1.4 WORDS``."""
    if plan is not None and store.plans.action(plan.id, call.tail.strip().rstrip("?!.:")):
        raise UsageError(f"What about {call.tail.strip()}? Say it behind the number: {call.command.usage}")
    return file_words(request, store, call.tail, Author(request.person), plan=plan)


def file_words(
    request: Request,
    store: Store,
    text: str,
    author: Author,
    *,
    plan: Plan | None = None,
    replaces: Mapping[Place, Update] | None = None,
    onto: ActionView | None = None,
) -> list[Message]:
    """File a message and answer with its receipt.

    ``replaces``: what it corrects; the same words on the same action are left as they are. ``onto``: the action
    that it is about, where that is known without reading.
    """
    refuse(text)
    reading = request.read(text, request.today)
    replaces = replaces or {}
    spoken = {action for action, _ in replaces}
    scope = _scope(request, store, author.person, plan, spoken)
    if onto is not None and plan is not None:
        scope.plan_of[onto.action.id] = plan
        no_change = any(segment.no_change for segment in reading.segments)
        placement = Placement((Placed(onto, 0, len(text), no_change),))
    else:
        placement = _place(text, with_leading_ref(text, reading, scope.plans, request, store), scope, store)
    if not placement.placed:
        return _unplaced(request, store, text, author, scope, placement)
    mine, others = _mine(request, store, author, scope, placement, spoken)
    filed = [_file(request, store, text, parts, author, scope, replaces) for parts in _by_action(mine)]
    if others:
        _keep(request, store, text, author, scope)
    receipt = receipts.receipt(request, author.person, filed, placement.unknown, others)
    new = [one for one in filed if not one.again]
    counted = [say(told) for one in new if (told := watched(one.view, one.update, request, store))]
    entered = author.entered_by is not None
    more = (
        *notices(filed, request, store, entered=entered),
        *counted,
        *_challenged(new, request, store),
        *discreet(new),
    )
    receipt = replace(receipt, parts=(*receipt.parts, *more))
    return [receipt, *heard(request, author.person, new, store)]


def _challenged(filed: Sequence[Filed], request: Request, store: Store) -> list[Part]:
    """Where the words and the record disagree and nothing was asked yet, the owner is asked about it."""
    parts: list[Part] = []
    for one in filed:
        if one.asks or one.no_change:
            continue
        views = store.plans.views(one.plan.id, action_ids=[one.view.action.id])
        parts += for_owner(one.plan, views, store, request.today)
    return parts[:6]  # three challenges, each a sentence and its button


def _scope(
    request: Request, store: Store, person: Person, plan: Plan | None, spoken: Collection[int]
) -> _Scope:
    """What the words may be about; ``spoken`` are the actions of a message that is said anew."""
    plan = plan or plan_for(request, None, store)
    plans = (plan,) if plan else tuple(store.plans.all())
    asked: list[ActionView] = []
    waiting: list[ActionView] = []
    own: list[ActionView] = []
    plan_of: dict[int, Plan] = {}
    prompts = [
        prompt for prompt in store.updates.open_prompts(person.id) if prompt.plan_id in {p.id for p in plans}
    ]
    inbound = request.inbound
    if inbound.thread:
        answers = store.updates.prompt_at(inbound.surface, inbound.conversation, inbound.thread)
        prompts = [answers] if answers else prompts
    for one in plans:
        mine = own_views(store, one, person)
        own += mine
        for prompt in prompts[:1]:
            if prompt.plan_id == one.id:
                here = store.plans.views(one.id, action_ids=prompt.action_ids)
                asked += here
                waiting += _unanswered(here, prompt, one, person, spoken, store)
        plan_of |= {view.action.id: one for view in (*mine, *asked)}
    return _Scope(plans, tuple(asked), tuple(waiting or asked), tuple(own), plan_of)


def _unanswered(
    asked: Sequence[ActionView],
    prompt: Prompt,
    plan: Plan,
    person: Person,
    spoken: Collection[int],
    store: Store,
) -> list[ActionView]:
    """Of the asked those that "the rest" means: what was said of the others before stands."""
    meeting = store.governance.meeting(prompt.meeting_id) if prompt.meeting_id else None
    if meeting is None:
        return list(asked)
    said = answered(store, plan, meeting)
    return [
        view for view in asked if view.action.id in spoken or not said.by(view.action.id, person.id, plan)
    ]


def own_views(store: Store, plan: Plan, person: Person) -> list[ActionView]:
    """The actions that the person answers for: their own, and those of people whom they stand in for."""
    own = store.plans.views(plan.id, person_id=person.id)
    seen = {view.action.id for view in own}
    for other in store.people.represented_by(person.id):
        theirs = store.plans.views(plan.id, person_id=other.id)
        own += [view for view in theirs if view.action.id not in seen]
        seen = {view.action.id for view in own}
    return own


def _place(text: str, reading: Reading, scope: _Scope, store: Store) -> Placement:
    named: list[ActionView] = []
    for ref in {ref for segment in reading.segments for ref in segment.refs}:
        for plan in scope.plans:
            ids = [action.id for action in store.plans.action(plan.id, ref)]
            found = store.plans.views(plan.id, action_ids=ids) if ids else []
            named += found
            scope.plan_of.update({view.action.id: plan for view in found})
    scores = [] if named else linking.scores(text, scope.asked or scope.own)
    return place(text, reading, named, scope.asked, scope.own, scores, scope.waiting)


def _mine(
    request: Request, store: Store, author: Author, scope: _Scope, placement: Placement, spoken: set[int]
) -> tuple[list[Placed], list[Placed]]:
    """Parts that the author may speak for, as on the actions of which they have ``spoken``, and parts of others' actions."""
    own = {view.action.id for view in (*scope.own, *scope.asked)} | spoken
    mine: list[Placed] = []
    others: list[Placed] = []
    speaker = author.entered_by or author.person
    for part in placement.placed:
        plan = scope.plan_of[part.view.action.id]
        may = part.view.action.id in own or allowed(
            roles_of(speaker, plan, store, request.administrators), Role.PMO
        )
        (mine if may else others).append(part)
    return mine, others


def _by_action(parts: Sequence[Placed]) -> list[list[Placed]]:
    """The parts of each action, and of each of its steps that is named."""
    grouped: dict[tuple[int, str | None], list[Placed]] = {}
    for part in parts:
        grouped.setdefault((part.view.action.id, part.step), []).append(part)
    return list(grouped.values())


def _file(
    request: Request,
    store: Store,
    text: str,
    parts: Sequence[Placed],
    author: Author,
    scope: _Scope,
    replaces: Mapping[Place, Update],
) -> Filed:
    view = parts[0].view
    plan = scope.plan_of[view.action.id]
    piece = "\n".join(dict.fromkeys(text[part.start : part.end].strip() for part in parts))
    reading = request.read(piece, request.today)
    no_change = all(part.no_change for part in parts)
    earlier = replaces.get((view.action.id, parts[0].step))
    kind = UpdateKind.CORRECTION if earlier else UpdateKind.NO_CHANGE if no_change else UpdateKind.UPDATE
    meeting_id = earlier.meeting_id if earlier else _counts_for(view, plan, no_change, request, store)
    whose = _whose(author, view, request, store)
    known = earlier or given_before(view.action.id, whose.person, piece, meeting_id, store)
    if known is not None and said_again(known, piece):
        return Filed(plan, view, known, (), no_change, again=True)
    body, visibility = _first_reader(whose, plan, [earlier] if earlier else [*replaces.values()], store)
    if author.by:
        body, visibility = None, Visibility.PUBLIC  # the organisation itself has sent them
    kept = store.updates.add(
        view.action.id,
        piece,
        reading,
        author_id=whose.person.id,
        entered_by_id=whose.entered_by.id if whose.entered_by else None,
        kind=kind,
        meeting_id=meeting_id,
        replaces_id=earlier.id if earlier else None,
        step_no=parts[0].step,
        link=request.inbound.link,
        source=author.source or source_of(request),
        visibility=visibility,
        via="return" if author.by else None,
    )
    if body is not None:
        wait(kept, body, plan, store, instead_of=earlier)
    keep_what_it_brings(kept, store)
    found = asks(plan, view, reading, request.today, no_change=no_change, step=kept.step_no)
    cleared_by = body.name if body else None
    return Filed(plan, view, kept, tuple(found), no_change, parts[0].by_words, cleared_by=cleared_by)


def _first_reader(
    whose: Author, plan: Plan, earlier: Sequence[Update], store: Store
) -> tuple[Organisation | None, Visibility]:
    """Who sees the words first and who reads them: what a message said that was held stays so, on whatever action."""
    for one in earlier:
        body, visibility = first_reader(whose.person, whose.entered_by, plan, store, instead_of=one)
        if visibility is not Visibility.PUBLIC:
            return body, visibility
    return first_reader(whose.person, whose.entered_by, plan, store)


def _counts_for(view: ActionView, plan: Plan, no_change: bool, request: Request, store: Store) -> int | None:
    """The meeting that the words count for; none for "no change" past the due date, which is no answer."""
    if no_change and view.overdue(request.today):
        return None
    meetings = store.governance.meetings(plan.id)
    meeting = calendar.counts_for(meetings, plan.settings, request.now, request.zone)
    return meeting.id if meeting else None


def _whose(author: Author, view: ActionView, request: Request, store: Store) -> Author:
    """A deputy's or assistant's words are kept as those of whom they stand for; both names are kept."""
    if author.entered_by is not None:
        return author
    principal = represented(author.person, view.action.id, request, store)
    return Author(principal, author.person, author.by) if principal else author


def source_of(request: Request, message_id: str | None = None) -> str | None:
    """How a message of a platform is found again when it is edited or deleted."""
    inbound = request.inbound
    wanted = message_id or inbound.message_id
    return f"{inbound.surface}:{inbound.conversation}:{wanted}" if wanted else None


def _unplaced(
    request: Request, store: Store, text: str, author: Author, scope: _Scope, placement: Placement
) -> list[Message]:
    if not scope.plans:
        return [receipts.no_plan()]
    asked = None if placement.unknown or placement.ambiguous else question(text)
    if asked is not None:
        return [asked]
    kept = _keep(request, store, text, author, scope)
    known = [ref for plan in scope.plans for ref in store.plans.refs(plan.id)] if placement.unknown else []
    return [receipts.which_action(request, kept, scope.plan_of, placement, known, command_meant(text))]


def _keep(request: Request, store: Store, text: str, author: Author, scope: _Scope) -> int:
    plan_id = scope.plans[0].id if len(scope.plans) == 1 else None
    return store.updates.keep_unplaced(
        text, person_id=author.person.id, plan_id=plan_id, source=source_of(request)
    )


def saved(request: Request, store: Store) -> list[Message]:
    """The shortcut "Save as update": the person's own message is filed; another's author is asked first."""
    details = request.inbound.details
    author_id = details.get("author", request.inbound.user_id)
    author = store.people.by_account(request.inbound.surface, author_id) or _introduced(
        request, author_id, store
    )
    if author.id == request.person.id:
        return words(request, store)
    # No source: what its author does with the message later is no yes to this.
    kept = store.updates.keep_unplaced(request.text, person_id=author.id, plan_id=None, source=None)
    return receipts.ask_author(request, author, kept)


def _introduced(request: Request, user_id: str, store: Store) -> Person:
    """Somebody who never wrote to the bot, as the surface describes them."""
    inbound = request.inbound
    name = inbound.details.get(f"name:{user_id}")
    if name is None:
        raise UsageError("I do not know the author of that message yet; ask them to write to me once.")
    return store.people.meet(Account(inbound.surface, user_id), name, inbound.details.get(f"email:{user_id}"))


def file_saved(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``file 5``: the author agrees that their words, saved by somebody else, are an update."""
    number = call.tail.strip()
    waiting = store.updates.unplaced_text(int(number)) if re.fullmatch(r"\d{1,15}", number) else None
    if waiting is None or waiting[1] != request.person.id:
        raise UsageError("That is settled already, or the words are somebody else's.")
    store.updates.settle_unplaced(int(number))
    return file_words(request, store, waiting[0], Author(request.person))


def for_other(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``for NAME 6.5.1: WORDS``: another person's words, entered by the programme office."""
    match = re.match(r"[\"“]?(?P<name>[^\"”\d#:]{2,60}?)[\"”]?\s+(?P<words>#?\d.*)", call.tail, re.DOTALL)
    if match is None:
        raise UsageError(f"Say whose words they are and which action: {call.command.usage}")
    people = store.people.by_name(match["name"])
    person = people[0] if people else store.people.add(match["name"].strip())
    return file_words(request, store, match["words"], Author(person, entered_by=request.person), plan=plan)
