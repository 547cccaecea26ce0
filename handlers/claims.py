"""Claims of completion and their evidence: an owner claims, a meeting assures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from handlers import wording
from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Bold, Facts, Message, Part, say, spans
from handlers.pick import one_action, own_or_pmo
from handlers.promises import verdict
from handlers.request import Request
from handlers.steps import open_steps
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan, State
from storage.model.reading import Reading
from storage.store import Store

__all__ = ["against_promise", "claim", "evidence", "promise_rows"]

_LINK = re.compile(r"https?://[^\s<>|\"']{4,500}|\\\\[^\s]{3,200}")


def claim(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``claim 6.1.4``: complete, says the owner."""
    assert plan is not None
    view, _ = one_action(store, plan, call.tail)
    own_or_pmo(request, plan, view, store)
    if view.state in {State.CLAIMED, State.ASSURING}:
        raise UsageError(f"{view.name} is {wording.state(view, request.today)} already.")
    left = open_steps(view)
    if left:
        steps = wording.names([step.no for step in left])
        raise UsageError(
            f"{view.name} has open steps ({steps}), so it is not complete. Say first that they are done, like “update {view.name}({left[0].no}) done”."
        )
    store.governance.claim(view.action.id, view.last_update_id)
    store.plans.set_state(view.action.id, State.CLAIMED)
    return [
        Message(
            ASKER,
            (
                say(Bold(view.name), " is claimed complete."),
                *against_promise(view, store, request.read, request.today),
            ),
            replaces=TAPPED,
        )
    ]


def against_promise(
    view: ActionView, store: Store, read: Callable[[str, date], Reading], today: date
) -> list[Part]:
    """The claim beside what the plan itself promised as proof."""
    rows = promise_rows(view, store)
    parts: list[Part] = [Facts(tuple((label, spans(words)) for label, words in rows))]
    found = (
        verdict(read(view.action.promise, today), read(view.last_line or "", today))
        if view.action.promise
        else None
    )
    if found is not None:
        ending = {True: "", False: " This goes as claimed, not met.", None: ""}[found.met]
        parts.append(say(f"{found.words[0].upper()}{found.words[1:]}.{ending}"))
    if rows[-1][1] == "none":
        parts.append(
            say(
                f"Send the link with “evidence {view.name} LINK”; a meeting assures nothing without it.",
                quiet=True,
            )
        )
    return parts


def promise_rows(view: ActionView, store: Store) -> list[tuple[str, str]]:
    """Promised, reported, evidence."""
    links = [one.link for one in store.governance.evidence(view.action.id)]
    return [
        ("Promised", view.action.promise or "the plan names no proof"),
        ("Reported", view.last_line or "nothing yet"),
        ("Evidence", ", ".join(links) or "none"),
    ]


def evidence(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``evidence 6.1.4 LINK``; without a link, what there is."""
    assert plan is not None
    view, rest = one_action(store, plan, call.tail)
    link = _LINK.search(rest)
    if link is None:
        known = [one.link for one in store.governance.evidence(view.action.id)]
        return [
            Message(ASKER, (say(Bold(view.name), ": ", ", ".join(known) if known else "no evidence yet."),))
        ]
    own_or_pmo(request, plan, view, store)
    note = (rest[: link.start()] + rest[link.end() :]).strip() or None
    store.governance.add_evidence(view.action.id, link[0], note)
    return [
        Message(
            ASKER, (say(Bold(view.name), ": the link is kept as evidence. The document stays where it is."),)
        )
    ]
