"""``scale``: a plan's ratings in its own words, what each stands for and demands; and the sheet of what is not rated."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers import wording
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, File, Heading, Message, Table, say, spans
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import Plan, Rating, Scale
from storage.model.reading import Status
from storage.store import Store

__all__ = ["scale", "unrated"]

_DEMANDED = {
    "plan": "a recovery plan",
    "lines": "the four lines of an exception",
    "assurance": "a meeting and evidence",
}
_DEMANDS = {"assurance": "assurance", "plan": "plan", "a plan": "plan", "lines": "lines", "nothing": None}


def scale(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``scale``: shown; ``scale set "Red, Amber, Green"``; ``scale Amber means at risk``; ``scale Blue demands assurance``."""
    assert plan is not None
    words = call.tail.strip()
    if not words:
        return [_shown(plan)]
    made = re.fullmatch(r"set\s+[\"“]?(?P<labels>[^\"”]+)[\"”]?", words, re.IGNORECASE)
    changed = _new(plan, made["labels"]) if made else _changed(plan, words, call)
    store.plans.set_scale(plan.id, changed)
    return [_shown(store.plans.by_id(plan.id))]


def _shown(plan: Plan) -> Message:
    if not plan.scales:
        return Message(
            ASKER,
            (
                say(
                    f'{plan.slug} has no scale yet. Set one, worst last: scale set "Blue, Green, Amber, Red".'
                ),
            ),
        )
    parts = [Heading(f"How {wording.plan_name(plan)} rates")]
    tables = [
        Table(
            ("Rating", "Also called", "Stands for", "Demands"),
            tuple(
                (
                    spans(Bold(rating.label)),
                    spans(", ".join(_other_names(rating))),
                    spans(rating.status.replace("_", " ") if rating.status else "–"),
                    spans(_DEMANDED.get(rating.demands or "", "–")),
                )
                for rating in one.ratings
            ),
            title=one.title + (f", set by {one.setter}" if one.setter else ""),
        )
        for one in plan.scales
    ]
    hint = say(
        "Change one with “scale Amber means at risk”, “scale Blue demands assurance” or “scale Amber also Yellow”.",
        quiet=True,
    )
    return Message(ASKER, (*parts, *tables, hint))


def _other_names(rating: Rating) -> list[str]:
    """Its colour and aliases, each once and without its own name."""
    words = {word.casefold(): word for word in (rating.colour, *rating.aliases) if word}
    return [word for folded, word in words.items() if folded != rating.label.casefold()]


def _new(plan: Plan, labels: str) -> Scale:
    known = {rating.label.casefold(): rating for one in plan.scales for rating in one.ratings}
    names = [label.strip() for label in labels.split(",") if label.strip()]
    if len(names) < 2:
        raise UsageError('Name at least two ratings: scale set "Blue, Green, Amber, Red".')
    ratings = tuple(known.get(name.casefold(), _guess(name)) for name in names)
    first = plan.scales[0] if plan.scales else Scale(0, "rag", "Rating", ())
    return replace(first, ratings=ratings)


_USUAL = {
    "red": (Status.OFF_TRACK, None),
    "amber": (Status.AT_RISK, "plan"),
    "yellow": (Status.AT_RISK, "plan"),
    "green": (Status.ON_TRACK, None),
    "blue": (Status.ASSURED, "assurance"),
    "purple": (Status.ASSURED, "assurance"),
}


def _guess(name: str) -> Rating:
    """What a new rating usually stands for: a first guess, for the office to correct."""
    status, demands = _USUAL.get(name.casefold(), (None, None))
    return Rating(name, name.casefold() if name.casefold() in _USUAL else None, status, (), demands)


def _changed(plan: Plan, words: str, call: Call) -> Scale:
    match = re.fullmatch(
        r"(?P<label>.+?)\s+(?P<verb>means|demands|also)\s+(?P<what>.+)", words, re.IGNORECASE
    )
    if match is None:
        raise UsageError(f"It is: {call.command.usage}")
    for one in plan.scales:
        rating = one.find(match["label"].strip('"“”'))
        if rating is not None:
            new = _edited(rating, match["verb"].casefold(), match["what"].strip('"“” ').casefold())
            return replace(one, ratings=tuple(new if known == rating else known for known in one.ratings))
    raise UsageError(f"No rating of {plan.slug} is called “{match['label'][:40]}”; “scale” shows them.")


def _edited(rating: Rating, verb: str, what: str) -> Rating:
    if verb == "also":
        return replace(rating, aliases=(*rating.aliases, what))
    if verb == "demands":
        if what not in _DEMANDS:
            raise UsageError("A rating demands “assurance”, “plan”, “lines” or “nothing”.")
        return replace(rating, demands=_DEMANDS[what])
    status = next((one for one in Status if one.replace("_", " ") == what.replace("_", " ")), None)
    if status is None:
        raise UsageError(f"A rating stands for one of: {', '.join(one.replace('_', ' ') for one in Status)}.")
    return replace(rating, status=status)


def unrated(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``unrated``: a sheet of the actions without an agreed rating, to fill in and drop back."""
    from handlers.documents.unrated import Unrated, write_unrated

    assert plan is not None
    scale = plan.scale()
    if scale is None:
        raise UsageError(f"{plan.slug} has no scale yet: “scale” sets one first.")
    views = [view for view in store.plans.views(plan.id) if scale.name not in view.agreed]
    if not views:
        return [Message(ASKER, (say("Every action has an agreed rating."),))]
    rows = [
        Unrated(
            view.action.ref,
            view.action.handle,
            view.action.text,
            view.action.owner or "",
            wording.due(view.due),
        )
        for view in views
    ]
    content = write_unrated(plan.slug, plan.title, rows, [rating.label for rating in scale.ratings], "xlsx")
    words = f"{wording.count(len(views), 'action has', 'actions have')} no agreed rating. Fill the sheet in and drop it on me."
    return [Message(ASKER, (say(words), File(f"{plan.slug}-unrated.xlsx", content)))]
