"""Challenges: where text and record disagree.

A challenge changes nothing by itself. Once answered it stays quiet until a fact that it rests on changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers import wording
from handlers.assurance.disagreements import Challenge, Known, of_action
from handlers.assurance.figures import figures_in
from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Bold, Button, Buttons, Heading, Message, Part, Text, say, spans
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan
from storage.model.reading import Measure
from storage.store import Store

__all__ = ["answer_challenge", "challenges", "counted", "for_owner", "gather", "in_groups", "of_plan"]

_NEWEST = 8  # updates of an action that the rules look at


def gather(plan: Plan, views: Sequence[ActionView], store: Store, today: date) -> list[Known]:
    """What the rules need of these actions, each kind of it asked for once."""
    parties = store.people.parties(plan.id, today)
    meetings = store.governance.meetings(plan.id, assurance=True)
    begun = min((at.date() for _, _, _, at in store.plans.versions(plan.id)), default=today)
    held = [one.day for one in meetings if one.day and begun <= one.day < today]  # before, nobody was asked
    said = [view.action.id for view in views if view.last_update_id]
    updates = store.updates.newest(said, _NEWEST)
    measures = store.updates.measures_of(said)
    ledgers = store.governance.ledgers([view.action.id for view in views if view.slips or view.requested])
    evidence = store.governance.evidence_of([view.action.id for view in views if view.proposed])
    return [
        Known(
            plan,
            view,
            today,
            updates.get(view.action.id, ()),
            measures.get(view.action.id, ()),
            ledgers.get(view.action.id, ()),
            evidence.get(view.action.id, ()),
            any(party.person_id for party in parties.get(view.action.id, ())),
            held,
            _printed(view, plan, today) if view.action.id in measures else (),
        )
        for view in views
    ]


def _printed(view: ActionView, plan: Plan, today: date) -> Sequence[Measure]:
    """The figures of the plan document's own progress text; reading is slow, so one without a digit is not read."""
    words = view.action.progress or ""
    return figures_in(words, plan.as_of or today) if any(map(str.isdigit, words)) else ()


def of_plan(
    plan: Plan, views: Sequence[ActionView], store: Store, today: date
) -> list[tuple[ActionView, Challenge]]:
    """The challenges of these actions that nobody has answered."""
    answered = {(row[1], row[2], row[4]) for row in store.governance.challenges(plan.id) if row[5]}
    return [
        (known.view, found)
        for known in gather(plan, views, store, today)
        for found in of_action(known)
        if (known.view.action.id, found.rule, found.fingerprint) not in answered
    ]


def challenges(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``challenges``: all that are open, each with a tap to answer it."""
    assert plan is not None
    found = of_plan(plan, store.plans.views(plan.id), store, request.today)
    if not found:
        return [Message(ASKER, (say("Text and record agree: there is nothing to challenge."),))]
    parts: list[Part] = [Heading(f"{wording.count(len(found), 'challenge')} in {plan.slug}")]
    parts += in_groups(found)
    for view, one in found:
        if one.rule in _GROUPED:
            continue
        number = store.governance.raise_challenge(view.action.id, one.rule, one.words, one.fingerprint)
        parts.append(Text(spans(Bold(view.name), f" {view.action.title}: {one.words}", f"  (no. {number})")))
    parts.append(
        say("Answer one with “answer NUMBER WORDS”; it stays quiet until a fact changes.", quiet=True)
    )
    return [Message(ASKER, tuple(parts))]


_GROUPED = {
    "owner": ("has nobody to ask", "have nobody to ask", "“people” maps them."),
    "silent": (
        "has had no update for two meetings",
        "have had no update for two meetings",
        "“chase” asks again.",
    ),
}


def in_groups(found: Sequence[tuple[ActionView, Challenge]]) -> list[Part]:
    """What is the same of many actions, in one line each: "44 have had no update for two meetings: ..."."""
    parts: list[Part] = []
    for rule, (one, many, advice) in _GROUPED.items():
        names = [view.name for view, challenge in found if challenge.rule == rule]
        if names:
            parts.append(
                say(f"{wording.count(len(names), one, many)}: {wording.listing(names, 30)}. {advice}")
            )
    return parts


def counted(found: Sequence[tuple[ActionView, Challenge]]) -> int:
    """How many there are beside those of whole groups of actions, which say nothing of any one."""
    return sum(one.rule not in _GROUPED for _, one in found)


def for_owner(plan: Plan, views: Sequence[ActionView], store: Store, today: date) -> list[Part]:
    """At most one an action and three a message, and only where an answer would change the paper."""
    shown: dict[int, tuple[ActionView, Challenge]] = {}
    for view, one in of_plan(plan, views, store, today):
        if one.material and one.rule not in {"overdue", "silent"}:
            shown.setdefault(view.action.id, (view, one))
    parts: list[Part] = []
    for view, one in list(shown.values())[:3]:
        number = store.governance.raise_challenge(view.action.id, one.rule, one.words, one.fingerprint)
        parts.append(Text(spans(Bold(view.name), f" {one.words}. The meeting will ask; what is the answer?")))
        parts.append(Buttons((Button(f"Answer for {view.name}", f"answer {number} in {plan.slug}"),)))
    return parts


def answer_challenge(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``answer 12 WORDS``; without words a form asks for them."""
    from handlers.messages import Field, Form
    from handlers.pick import own_or_pmo

    assert plan is not None
    number, _, words = call.tail.partition(" ")
    words = words.strip() or request.inbound.fields.get("answer", "").strip()
    row = next((row for row in store.governance.challenges(plan.id) if str(row[0]) == number), None)
    if row is None:
        raise UsageError(f"There is no challenge {number[:12]}; “challenges” lists them.")
    view = store.plans.views(plan.id, action_ids=[row[1]])[0]
    own_or_pmo(request, plan, view, store)
    if not words:
        now = of_plan(
            plan, [view], store, request.today
        )  # as this person may read it; the kept words may quote more
        asked = next((one.words for _, one in now if one.rule == row[2]), "what is the answer?")
        fields = (Field("answer", f"{view.name} {asked}"[:140], "long", required=True),)
        return [
            Message(
                ASKER,
                (Form(f"Answer for {view.name}"[:60], f"answer {number} in {plan.slug}", fields, "Answer"),),
            )
        ]
    store.governance.answer_challenge(row[0], words)
    return [
        Message(
            ASKER, (say(Bold(view.name), " answered. It stays quiet until a fact changes."),), replaces=TAPPED
        )
    ]
