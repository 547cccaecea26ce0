"""Proposals of a rating: said by an owner or the programme office, agreed by a meeting alone."""

from __future__ import annotations

from handlers import wording
from handlers.assurance.exceptions import ask_for_lines
from handlers.cycle import calendar
from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Bold, Message, say
from handlers.pick import one_action, own_or_pmo
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import Plan, Rating, RatingSource, Scale
from storage.model.reading import Status
from storage.store import Store

__all__ = ["demands_assurance", "named_rating", "propose"]


def named_rating(plan: Plan, words: str) -> tuple[Scale, Rating]:
    """The rating that the words name, on the scale named beside it ("on target red", "red on target") or the first that has it."""
    wanted = words.strip().rstrip(".!")
    for scale in plan.scales:
        named = (_after_scale(wanted, scale), _before_scale(wanted, scale), wanted)
        rating = next((found for words in named if (found := scale.find(words)) is not None), None)
        if rating is not None:
            return scale, rating
    alike = _alike(plan, wanted)
    if len(alike) == 1:
        return alike[0]
    known = wording.scales(plan)
    raise UsageError(
        f"“{wanted[:40]}” is no rating of {plan.slug}. "
        + (f"It has: {known}." if known else "It has no scale yet.")
    )


def _alike(plan: Plan, words: str) -> list[tuple[Scale, Rating]]:
    """The ratings of the first scale that has any whose label holds all the words ("in process", "fully")."""
    said = set(words.casefold().split())
    for scale in plan.scales:
        found = [(scale, one) for one in scale.ratings if said and said <= set(one.label.casefold().split())]
        if found:
            return found
    return []


def _after_scale(words: str, scale: Scale) -> str:
    """The words after the scale's own name or title; empty where they do not start with it."""
    low = words.casefold()
    for name in (scale.title.casefold(), scale.name.replace("_", " "), scale.name):
        if name and low.startswith(f"{name} "):
            return words[len(name) :].strip()
    return ""


def _before_scale(words: str, scale: Scale) -> str:
    """The words before the scale's own name or title; empty where they do not end with it."""
    low = words.casefold()
    for name in (scale.title.casefold(), scale.name.replace("_", " "), scale.name):
        if name and low.endswith(f" {name}"):
            return words[: -len(name)].strip(" ,")
    return ""


def demands_assurance(rating: Rating) -> bool:
    return rating.demands == "assurance"


def propose(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``propose 6.1.4 amber``."""
    assert plan is not None
    view, words = one_action(store, plan, call.tail)
    own = own_or_pmo(request, plan, view, store)
    scale, rating = named_rating(plan, words)
    if demands_assurance(rating):
        raise UsageError(
            f"{rating.short} is set by a meeting, with evidence. Say “claim {view.name}” and “evidence {view.name} LINK”."
        )
    agreed = view.agreed.get(scale.name)
    if agreed and agreed.label == rating.label:
        store.governance.clear_proposal(view.action.id, scale.name)
        told = say(Bold(view.name), f" is {rating.short} already; nothing is proposed.")
        return [Message(ASKER, (told,), replaces=TAPPED)]
    source = RatingSource.OWNER if own else RatingSource.PMO
    store.governance.propose(view.action.id, scale.name, rating.label, source)
    counts = calendar.counts_for(store.governance.meetings(plan.id), plan.settings, request.now, request.zone)
    when = f"the meeting of {counts.day:%-d %B}" if counts and counts.day else "a meeting"
    was = wording.label(scale, agreed)
    told = say(
        Bold(view.name), f": {rating.short} is proposed (agreed: {was}). It counts when {when} agrees."
    )
    bad = own and rating.status in {Status.AT_RISK, Status.OFF_TRACK}
    lines = ask_for_lines(view, plan, store, counts.id if counts else None) if bad else []
    return [Message(ASKER, (told, *lines), replaces=TAPPED)]
