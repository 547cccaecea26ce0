"""Claims of completion and their evidence: an owner claims, a meeting assures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from handlers import wording
from handlers.assurance.promises import verdict
from handlers.assurance.steps import open_steps
from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Bold, Facts, Message, Part, say, spans
from handlers.people.mapping import person_named
from handlers.pick import is_party, one_action, own_or_pmo
from handlers.request import Request
from handlers.roles import allowed, roles_of
from storage.model.errors import NotAllowed, UsageError
from storage.model.people import Role
from storage.model.plan import ActionView, Plan, State
from storage.model.reading import Reading
from storage.model.record import Evidence
from storage.store import Store

__all__ = ["against_promise", "checked_words", "claim", "evidence", "promise_rows"]

_CHECKED = re.compile(r"\bchecked(?:\s+by\s+(?P<name>\S.{0,80}))?\s*$", re.IGNORECASE)

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
        verdict(
            read(view.action.promise, today),
            read(wording.last_words(view, store) or "", today),
            view.action.promise,
        )
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
    links = evidence_words(view.action.id, store)
    return [
        ("Promised", view.action.promise or "the plan names no proof"),
        ("Reported", wording.last_words(view, store) or _printed(view) or "nothing yet"),
        ("Evidence", ", ".join(links) or "none"),
    ]


def _printed(view: ActionView) -> str | None:
    """The document's own words, where it claims the action itself."""
    progress = " ".join((view.action.progress or "").split())
    return f"{progress[:200]} (the plan document)" if progress else None


def evidence(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``evidence 6.1.4 LINK [checked by NAME]``; ``evidence 6.1.4 checked``; without either, what there is."""
    assert plan is not None
    view, rest = one_action(store, plan, call.tail)
    check = _CHECKED.search(rest)
    rest = rest[: check.start()] if check else rest
    link = _LINK.search(rest)
    done: list[str] = []
    if link is not None:
        own_or_pmo(request, plan, view, store)
        note = (rest[: link.start()] + rest[link.end() :]).strip() or None
        store.governance.add_evidence(view.action.id, link[0], note)
        done.append("the link is kept as evidence. The document stays where it is.")
    elif rest.strip():
        raise UsageError(f"Evidence is a link (https://...). It is: {call.command.usage}")
    if check is not None:
        done.append(_checked(request, view, check["name"], plan, store))
    words = " ".join(done) or ", ".join(evidence_words(view.action.id, store)) or "no evidence yet."
    return [Message(ASKER, (say(Bold(view.name), f": {words}"),))]


def _checked(request: Request, view: ActionView, name: str | None, plan: Plan, store: Store) -> str:
    """Somebody other than its owner has looked at the evidence; the office or an assurer records it."""
    roles = roles_of(request.person, plan, store, request.administrators)
    if not (allowed(roles, Role.PMO) or allowed(roles, Role.ASSURER)):
        raise NotAllowed("That evidence was checked is recorded by the programme office or an assurer.")
    person = person_named(name, request, store) if name else request.person
    if is_party(store, plan, view, person.id):
        raise NotAllowed(f"{view.name} is {person.name}'s own: somebody else checks its evidence.")
    waiting = [one for one in store.governance.evidence(view.action.id) if one.checked_at is None]
    if not waiting:
        raise UsageError(f"There is no unchecked evidence for {view.name}.")
    for one in waiting:
        store.governance.check_evidence(one.id, person.id)
    return f"checked by {person.name}: {wording.count(len(waiting), 'link')}."


def evidence_words(action_id: int, store: Store) -> list[str]:
    """Each link with when it came and who checked it."""
    return [f"{one.link} ({checked_words(one, store)})" for one in store.governance.evidence(action_id)]


def checked_words(one: Evidence, store: Store) -> str:
    """ "3 Feb 2026, checked by Jane Smith", "3 Feb 2026, not checked"."""
    person = store.people.get(one.checked_by_id) if one.checked_by_id else None
    checked = f"checked by {person.name if person else 'somebody'}" if one.checked_at else "not checked"
    return f"{one.at:%-d %b %Y}, {checked}"
