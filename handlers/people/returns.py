"""Organisations whose people share no workspace: a sheet goes out by e-mail and comes back as a file."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import pick, wording
from handlers.cycle import calendar, rhythms
from handlers.grammar import Call
from handlers.messages import ASKER, File, Message, say
from handlers.privacy.visibility import seen_at
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Visibility
from storage.store import Store

__all__ = ["ask"]


def ask(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``ask SSOTP [word]``: a prefilled return of that organisation's open actions, for the office to send.

    ``ask 3.1 quarterly`` is about an action's own rhythm (``handlers.cycle.rhythms``).
    """
    from handlers.documents.returns import Asked, ReturnPage, write_return

    assert plan is not None
    if rhythms.names_action(store, plan, call.tail):
        return rhythms.set_rhythm(request, call, plan, store)
    store = seen_at(Visibility.PUBLIC, store)  # it leaves the house
    words = call.tail.split()
    form = "docx" if words and words[-1].casefold() in {"word", "docx"} else "xlsx"
    name = " ".join(
        words[:-1] if words and words[-1].casefold() in {"word", "docx", "excel", "xlsx"} else words
    )
    views = _of(name, plan, store)
    meeting = calendar.counts_for(
        store.governance.meetings(plan.id), plan.settings, request.now, request.zone
    )
    cycle = (
        f"{meeting.forum} of {meeting.day:%-d %B %Y}"
        if meeting and meeting.day
        else f"{request.today:%-d %B %Y}"
    )
    rows = [
        Asked(
            view.action.ref,
            view.action.handle,
            view.action.text,
            wording.due(view.due),
            wording.last_words(view, store) or view.action.progress or "",
        )
        for view in views
    ]
    scale = plan.scale()
    ratings = [rating.label for rating in scale.ratings] if scale else []
    page = ReturnPage(
        plan.slug,
        plan.title or plan.slug,
        f"meeting-{meeting.id}" if meeting else "any",
        name,
        cycle,
        rows,
        ratings,
    )
    content = write_return(page, form)  # type: ignore[arg-type]
    said = f"{wording.count(len(views), 'action')} of {name}. E-mail it to them, and drop the completed file on me."
    return [
        Message(ASKER, (say(said), File(f"{plan.slug}-{name.casefold().replace(' ', '-')}.{form}", content)))
    ]


def _of(name: str, plan: Plan, store: Store) -> Sequence[ActionView]:
    """Open actions whose printed owner or lead names the organisation or person."""
    wanted = name.casefold()
    views = [
        view
        for view in store.plans.views(plan.id, states=[State.OPEN])
        if wanted and wanted in f"{view.action.owner or ''} {view.action.lead or ''}".casefold()
    ]
    if not views:
        printed = [one for one, _ in store.people.printed_owners(plan.id)]
        raise UsageError(f"No open action is printed as “{name[:40]}”'s. {pick.suggestion(name, printed)}")
    return views
