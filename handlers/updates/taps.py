"""The taps on a receipt: yes, no, change, not this action. Each is a command and obeys the same roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import shorten

from handlers import wording
from handlers.assurance.claims import against_promise
from handlers.assurance.dates import read_due
from handlers.assurance.exceptions import ask_for_lines
from handlers.assurance.steps import open_steps, progress
from handlers.cycle import calendar
from handlers.grammar import Call
from handlers.messages import (
    ASKER,
    TAPPED,
    Bold,
    Button,
    Buttons,
    Field,
    Form,
    Message,
    Part,
    Text,
    say,
    spans,
)
from handlers.people.clearance import first_reader, wait, waits
from handlers.request import Request
from handlers.roles import allowed, roles_of
from handlers.updates.asks import Ask, AskClaim, AskDate, AskRating, AskStep, asks
from handlers.updates.hearing import heard_later
from handlers.updates.intake import Author, file_words, own_views
from handlers.updates.keeping import keep_what_it_brings
from handlers.updates.leaving import keep_left
from handlers.updates.receipts import BUTTON_CHARACTERS, ask_line
from storage.model.errors import NotAllowed, UsageError
from storage.model.people import Role
from storage.model.plan import ActionView, Plan, RatingSource, State
from storage.model.reading import Status
from storage.model.record import Update, UpdateKind
from storage.store import Store

__all__ = ["confirm", "edit", "leave", "move", "notthis", "place", "unplaced", "which"]

_MOST_CHOICES = 24


def confirm(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``confirm 812 813``: yes to what these updates asked; what is no longer asked is said to be settled."""
    updates = _updates(request, call, store)
    parts: list[Part] = []
    exceptions: list[Part] = []
    for update in updates:
        its_plan, view = _where(update, store)
        todo = asks(
            its_plan, view, update.reading, request.today,
            no_change=update.kind is UpdateKind.NO_CHANGE, step=update.step_no,
        )  # fmt: skip
        done = [_apply(ask, view, update, its_plan, request, store) for ask in todo]
        words = "; ".join(words for words in done if words) or "already settled"
        parts.append(Text(spans(Bold(view.name), f": {words}.")))
        if any(isinstance(ask, AskClaim) for ask in todo):
            parts += against_promise(
                store.plans.views(its_plan.id, action_ids=[view.action.id])[0],
                store,
                request.read,
                request.today,
            )
        elif any(_is_exception(ask) for ask in todo):
            exceptions += ask_for_lines(view, its_plan, store, update.meeting_id)
    parts.append(say(_when_decided(updates, request, store), quiet=True))
    return [Message(ASKER, (*parts, *exceptions), replaces=TAPPED)]


def _is_exception(ask: Ask) -> bool:
    """A date asked for, or a rating that stands for trouble."""
    worse = {Status.AT_RISK, Status.OFF_TRACK}
    return isinstance(ask, AskDate) or (isinstance(ask, AskRating) and ask.rating.status in worse)


def _apply(ask: Ask, view: ActionView, update: Update, plan: Plan, request: Request, store: Store) -> str:
    match ask:
        case AskDate(wanted=wanted, was=was, step=step):
            reason = _reason(view, update)
            store.governance.request_date(view.action.id, wanted, reason, update.id, step)
            moved = f" from {wording.due(was)}" if was.end else ""
            whose = f"the due date of step {step}" if step else "the due date"
            return f"you ask to move {whose}{moved} to {wording.due(wanted)}"
        case AskRating(rating=rating):
            scale = plan.scale()
            assert scale is not None
            store.governance.propose(
                view.action.id, scale.name, rating.label, _source(request, plan, view, store), update.id
            )
            return f"you propose {rating.short}"
        case AskStep(step=step):
            store.plans.set_step_done(step.id, request.today)
            now = store.plans.views(plan.id, action_ids=[view.action.id])[0]
            return f"step {step.no} is done ({progress(now, request.today)})"
        case AskClaim():
            for open_step in open_steps(view):
                store.plans.set_step_done(open_step.id, request.today)
            store.governance.claim(view.action.id, update.id)
            store.plans.set_state(view.action.id, State.CLAIMED)
            return "you claim it complete"
        case _:
            return ""


def _reason(view: ActionView, update: Update) -> str | None:
    """Why, in the author's words: what follows their "because", else their line without the action's number."""
    words = wording.line(view, update.reading.summary or "")
    return words.partition(" because ")[2] or words or None


def _source(request: Request, plan: Plan, view: ActionView, store: Store) -> RatingSource:
    own = {one.action.id for one in own_views(store, plan, request.person)}
    return RatingSource.OWNER if view.action.id in own else RatingSource.PMO


def _when_decided(updates: Sequence[Update], request: Request, store: Store) -> str:
    plan = store.plans.plan_of(updates[0].action_id)
    counted = store.governance.meeting(updates[0].meeting_id) if updates[0].meeting_id else None
    meeting = counted or calendar.next_meeting(store.governance.meetings(plan.id), request.today)
    when = (
        f"The assurance meeting of {meeting.day:%-d %B} decides"
        if meeting and meeting.day
        else "The next meeting decides"
    )
    return f"{when}; until then the record says what it said."


def leave(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``leave 812``: the words stand, nothing else moves."""
    names = []
    for update in _updates(request, call, store):
        its_plan, view = _where(update, store)
        keep_left(update, request.person, its_plan, store)
        names.append(view.name)
    return [
        Message(
            ASKER,
            (say(Bold(wording.names(names)), " stays as it is on the record. Your words are kept."),),
            replaces=TAPPED,
        )
    ]


def which(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``which 812 813``: which of them."""
    buttons = [
        Button(f"{_where(update, store)[1].name}: change", f"edit {update.id}")
        for update in _updates(request, call, store)
    ]
    rest = Button("Yes to the rest", f"confirm {call.tail}")
    return [
        Message(ASKER, (say("Which one is not as you meant it?"), Buttons((*buttons[:_MOST_CHOICES], rest))))
    ]


def edit(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``edit 812``: a prefilled form, or, with its fields, what they say."""
    update = _updates(request, call, store)[0]
    its_plan, view = _where(update, store)
    if not request.inbound.fields:
        return [Message(ASKER, (_form(update, view, its_plan, request),))]
    return _edited(request, update, view, its_plan, store)


def _form(update: Update, view: ActionView, plan: Plan, request: Request) -> Form:
    todo = asks(plan, view, update.reading, request.today, step=update.step_no)
    rating = next((ask.rating.label for ask in todo if isinstance(ask, AskRating)), "")
    date = next((wording.due(ask.wanted) for ask in todo if isinstance(ask, AskDate)), "")
    scale = plan.scale()
    options = {one.label: one.short for one in scale.ratings if one.demands != "assurance"} if scale else {}
    return Form(
        f"Your update on {view.name}"[:60],
        f"edit {update.id}",
        (
            Field("text", "Your words", "long", update.text or "", required=True),
            Field("rating", "Rating to propose", "choice", rating, options, hint="Leave empty for no change"),
            Field("date", "New due date to ask for", "text", date, hint="For example: end of November 2026"),
            Field("reason", "Reason for the date", "text", ""),
            Field("evidence", "Link to evidence", "text", ""),
        ),
    )


def _edited(request: Request, update: Update, view: ActionView, plan: Plan, store: Store) -> list[Message]:
    fields = {name: value.strip() for name, value in request.inbound.fields.items()}
    done: list[str] = []
    text = fields.get("text", "")
    if text and text != (update.text or "").strip():
        update, words = _corrected(request, update, text, plan, store)
        done.append(words)
    if fields.get("date"):
        wanted = read_due(request, fields["date"])
        store.governance.request_date(
            view.action.id, wanted, fields.get("reason") or None, update.id, update.step_no
        )
        done.append(f"you ask to move the due date to {wording.due(wanted)}")
    scale = plan.scale()
    rating = scale.find(fields["rating"]) if scale and fields.get("rating") else None
    if scale and rating:
        store.governance.propose(
            view.action.id, scale.name, rating.label, _source(request, plan, view, store), update.id
        )
        done.append(f"you propose {rating.short}")
    if fields.get("evidence"):
        store.governance.add_evidence(view.action.id, fields["evidence"])
        done.append("the link is kept as evidence")
    words = wording.names(done) if done else "nothing changed"
    return [Message(ASKER, (say(Bold(view.name), f" {words}."),), replaces=TAPPED)]


def _corrected(request: Request, update: Update, text: str, plan: Plan, store: Store) -> tuple[Update, str]:
    """The update in other words, which an officer clears anew, and what is said of that."""
    author = store.people.get(update.author_id) or request.person
    entered_by = request.person if request.person.id != author.id else None
    body, visibility = first_reader(author, entered_by, plan, store, instead_of=update)
    kept = store.updates.add(
        update.action_id, text, request.read(text, request.today), author_id=author.id, kind=UpdateKind.CORRECTION,
        entered_by_id=entered_by.id if entered_by else None, meeting_id=update.meeting_id, replaces_id=update.id,
        step_no=update.step_no, link=update.link, source=update.source, visibility=visibility,
    )  # fmt: skip
    keep_what_it_brings(kept, store)
    if body is None:
        return kept, "your words are corrected"
    wait(kept, body, plan, store, instead_of=update)
    return kept, f"your words are corrected; {body.name} clears them first"


def notthis(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``notthis 812``: the person's own actions to choose from."""
    update = _updates(request, call, store)[0]
    its_plan, view = _where(update, store)
    others = [one for one in own_views(store, its_plan, request.person) if one.action.id != view.action.id]
    buttons = [
        Button(
            shorten(wording.title_of(one), BUTTON_CHARACTERS, placeholder="…"),
            f"move {update.id} #{one.action.handle}",
        )
        for one in others[:_MOST_CHOICES]
    ]
    if not buttons:
        return [
            Message(ASKER, (say("You have no other action here. Say it again with the number in front."),))
        ]
    return [
        Message(
            ASKER,
            (say(f"Not {view.name}. Which action is it about?"), Buttons(tuple(buttons))),
            replaces=TAPPED,
        )
    ]


def move(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``move 812 #17``: the update belongs to another action."""
    words = call.tail.split()
    update = _standing(request, words[:1], store)[0]
    its_plan, view = _where(update, store)
    action = _one_action(store, its_plan, words[-1])
    if action.action.id == view.action.id:
        raise UsageError(f"It is on {view.name} already.")
    store.updates.withdraw(update.id)
    kept = store.updates.add(
        action.action.id, update.text or "", update.reading, author_id=update.author_id,
        entered_by_id=update.entered_by_id, kind=update.kind, meeting_id=update.meeting_id, link=update.link,
        source=update.source, visibility=update.visibility,
    )  # fmt: skip
    keep_what_it_brings(kept, store)
    body = waits(update, its_plan, store)
    if body is not None:
        wait(kept, body, its_plan, store, instead_of=update)
    todo = asks(its_plan, action, kept.reading, request.today)
    parts: list[Text | Buttons] = [say("Moved to ", Bold(action.name), f" {action.action.title}.")]
    if todo:
        parts.append(say("; ".join(ask_line(ask) for ask in todo)))
        parts.append(
            Buttons(
                (Button("Yes", f"confirm {kept.id}", "primary"), Button("No, leave it", f"leave {kept.id}"))
            )
        )
    return [Message(ASKER, tuple(parts), replaces=TAPPED), *heard_later(request, [kept], its_plan, store)]


def place(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``place 5 #17``: kept words belong to this action; ``place 5`` asks for it."""
    number, name = ([*call.tail.split(maxsplit=1), request.inbound.fields.get("action", "")])[:2]
    waiting = store.updates.unplaced_text(int(number)) if re.fullmatch(r"\d{1,15}", number) else None
    if waiting is None or plan is None:
        return [Message(ASKER, (say("That is settled already."),), replaces=TAPPED)]
    text, person_id, source = waiting
    person = store.people.get(person_id)
    if person is None or (person.id != request.person.id and not _is_pmo(request, plan, store)):
        raise NotAllowed(
            "Only the author or the programme office can say which action these words are about."
        )
    if not name.strip():
        field = Field(
            "action", f"Which action is it about? “{text[:90]}”", required=True, hint="Its number, like 6.1.4"
        )
        return [
            Message(ASKER, (Form("File these words", f"place {number} in {plan.slug}", (field,), "File"),))
        ]
    view = _one_action(store, plan, name)
    store.updates.settle_unplaced(int(number))
    entered = request.person if person.id != request.person.id else None
    how = Author(person, entered, source=source)
    return file_words(request, store, text, how, plan=plan, onto=view)


def unplaced(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``unplaced 5``: about none of the actions offered; the programme office sees the words, until it says so too."""
    number = int(next(iter(re.findall(r"\d{1,15}", call.tail)), 0))
    mine = (one for one in store.plans.all() if _is_pmo(request, one, store))
    if any(number == waiting for one in mine for waiting, *_ in store.updates.unplaced_of(one.id)):
        store.updates.settle_unplaced(number)
        return [Message(ASKER, (say("Taken off the list: no update."),), replaces=TAPPED)]
    return [
        Message(
            ASKER,
            (
                say(
                    "Kept for the programme office. To file it yourself, say it again with the action's number in front."
                ),
            ),
            replaces=TAPPED,
        )
    ]


def _is_pmo(request: Request, plan: Plan, store: Store) -> bool:
    return allowed(roles_of(request.person, plan, store, request.administrators), Role.PMO)


def _one_action(store: Store, plan: Plan, name: str) -> ActionView:
    actions = store.plans.action(plan.id, name.strip())
    if len(actions) != 1:
        known = "More than one action is" if actions else "No action is"
        raise UsageError(
            f"{known} called “{name.strip()[:40]}”. Use its handle, such as #17; “mine” lists yours."
        )
    return store.plans.views(plan.id, action_ids=[actions[0].id])[0]


def _where(update: Update, store: Store) -> tuple[Plan, ActionView]:
    plan = store.plans.plan_of(update.action_id)
    return plan, store.plans.views(plan.id, action_ids=[update.action_id])[0]


def _updates(request: Request, call: Call, store: Store) -> list[Update]:
    return _standing(request, re.findall(r"\d{1,15}", call.tail), store)


def _standing(request: Request, ids: Sequence[str], store: Store) -> list[Update]:
    """The standing updates of these ids that the person may speak for."""
    found = [update for number in ids if (update := store.updates.get(int(number))) is not None]
    for update in found:
        plan = store.plans.plan_of(update.action_id)
        own = request.person.id in {update.author_id, update.entered_by_id}
        if not own and not _is_pmo(request, plan, store):
            raise NotAllowed(
                "This receipt is somebody else's: only its author or the programme office can answer it."
            )
    standing = [update for update in found if update.standing]
    if not standing:
        raise UsageError(
            "That update has been replaced or withdrawn since; the newest receipt is the one to answer."
        )
    return standing
