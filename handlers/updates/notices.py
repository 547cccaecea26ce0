"""What a receipt adds to an answer that is late, given again, given for somebody else, or says nothing new."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import wording
from handlers.cycle import calendar
from handlers.cycle.answers import repeats_no_change
from handlers.messages import Bold, Part, say
from handlers.request import Request
from handlers.updates.receipts import Filed
from storage.model.people import Person
from storage.model.record import Update
from storage.store import Store

__all__ = ["given_before", "notices", "represented", "said_again"]


def given_before(
    action_id: int, author: Person, text: str, meeting_id: int | None, store: Store
) -> Update | None:
    """The newest standing words on the action, where the same person said just this for the same meeting."""
    newest = next((one for one in store.updates.of_action(action_id, limit=10) if one.standing), None)
    if newest is None or newest.author_id != author.id or newest.meeting_id != meeting_id:
        return None
    return newest if said_again(newest, text) else None


def said_again(update: Update, text: str) -> bool:
    """Whether these are the words of that update."""
    return (update.text or "").split() == text.split()


def represented(speaker: Person, action_id: int, request: Request, store: Store) -> Person | None:
    """Whom the speaker answers for as deputy or assistant; None where the action is their own or nobody's they stand for."""
    responsible = {party.person_id for party in store.people.parties_of(action_id, request.today)}
    if speaker.id in responsible:
        return None
    return next((one for one in store.people.represented_by(speaker.id) if one.id in responsible), None)


def notices(filed: Sequence[Filed], request: Request, store: Store, *, entered: bool = False) -> list[Part]:
    """One sentence a kind, none where all is plain.

    ``entered``: by the programme office for somebody, as the receipt says at its top; the office knows the cut-off.
    """
    parts: list[Part] = []
    again = [one for one in filed if one.again]
    if again:
        when = {f"{one.update.at:%-d %B}" for one in again}
        names = ", ".join(one.view.name for one in again)
        parts.append(
            say(Bold(names), f": you said just that on {wording.names(sorted(when))}; it is kept once.")
        )
    fresh = [one for one in filed if not one.again]
    for_others = {
        one.update.author: None
        for one in fresh
        if one.update.entered_by_id == request.person.id and one.update.author_id != request.person.id
    }
    if for_others and not entered:
        parts.append(say(f"Kept for {wording.names(for_others)}, entered by you.", quiet=True))
    parts += [] if entered else _late(fresh, request, store)
    worn = [one.view.name for one in fresh if repeats_no_change(one.update, store)]
    if worn:
        words = ": “no change” for the third meeting in a row counts as no answer. What has happened?"
        parts.append(say(Bold(", ".join(worn)), words))
    waiting = dict.fromkeys(one.cleared_by for one in fresh if one.cleared_by)
    parts += [
        say(f"{name} clears it first; until then others do not see it.", quiet=True) for name in waiting
    ]
    return parts


def _late(filed: Sequence[Filed], request: Request, store: Store) -> list[Part]:
    """After the cut-off and before the meeting: late for this one, counted for the next."""
    parts: list[Part] = []
    for plan in {one.plan.id: one.plan for one in filed}.values():
        meetings = store.governance.meetings(plan.id)
        missed = calendar.missed(meetings, plan.settings, request.today)
        if missed is None or missed.day is None:
            continue
        last = calendar.cutoff(missed, plan.settings)
        after = calendar.counts_for(meetings, plan.settings, request.now, request.zone)
        counts = (
            f"it counts for the one of {wording.moment(after.day, request.today)}"
            if after and after.day
            else "it counts for the next one"
        )
        cut = f"The cut-off for the meeting of {wording.moment(missed.day, request.today)}"
        was = f" was {wording.moment(last, request.today)}" if last else " has passed"
        parts.append(say(f"{cut}{was}: there this is shown as late, and {counts}.", quiet=True))
    return parts
