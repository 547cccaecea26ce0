"""A report held against a plan: which paragraph may speak of which action, offered to its owner, never applied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.answer import plan_for
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Button, Buttons, Message, Part, Quote, ToPerson, say
from handlers.papers.paragraphs import figures_of, placed
from handlers.papers.reports import report_parts
from handlers.pick import one_action
from handlers.request import Request
from handlers.roles import allowed, roles_of
from handlers.updates import linking
from handlers.wording import names, title_of
from storage.model.document import PlanDocument
from storage.model.errors import UsageError
from storage.model.people import Person, Role
from storage.model.plan import ActionView, Plan
from storage.model.summary import LinkedPassage, ReportMeasure, ReportSummary
from storage.store import Store

__all__ = ["offer", "report_message"]

_MOST_LINKS = 12
_MOST_BUTTONS = 5
_NOTE = re.compile(r"#(?P<handle>\d+)\t(?P<para>[^\t]*)\t(?P<text>.*)", re.DOTALL)


def report_message(summary: ReportSummary, request: Request, store: Store) -> Message:
    """The page, and buttons that ask the owners of the actions that its paragraphs may be about."""
    plan = plan_for(request, None, store)
    if plan is None:
        return Message(ASKER, report_parts(summary))
    from nlp.summary.report import linked

    views = store.plans.views(plan.id)
    by_id = {str(view.action.id): view for view in views}
    found = linked(summary, linking.index_of(views)) if views else summary
    links = _best(found.links)
    known = list(_known(plan, [by_id[one.ref] for one in links], request, store))
    shown = linked(replace(found, links=links), None, known)
    parts = report_parts(shown, {name: view.name for name, view in by_id.items()})
    if links and allowed(roles_of(request.person, plan, store, request.administrators), Role.PMO):
        parts = (*parts, _buttons(shown, by_id, plan, request, store))
    return Message(ASKER, parts)


def _best(links: Sequence[LinkedPassage]) -> tuple[LinkedPassage, ...]:
    """The surest, in the report's order."""
    wanted = sorted(links, key=lambda one: -one.score)[:_MOST_LINKS]
    return tuple(one for one in links if one in wanted)


def _known(
    plan: Plan, views: Sequence[ActionView], request: Request, store: Store
) -> Iterator[ReportMeasure]:
    """The plan's own figures: of its actions' updates, and of the document's progress texts."""
    every = {view.action.id: view for view in store.plans.views(plan.id)}
    yield from figures_of(store.updates.of_plan(plan.id), every)
    for view in dict.fromkeys(view.action.id for view in views):
        progress = every[view].action.progress
        for measure in request.read(progress, plan.as_of or request.today).measures if progress else ():
            yield placed(measure, f"{every[view].name}, the plan document")


def _buttons(
    summary: ReportSummary, views: dict[str, ActionView], plan: Plan, request: Request, store: Store
) -> Part:
    """The passages wait with the file, as what was found in it."""
    notes = tuple(f"#{views[one.ref].action.handle}\t{one.para}\t{one.text}" for one in summary.links)
    kept = store.plans.keep_file(
        summary.title[:200], b"", PlanDocument(summary.title, notes=notes), request.person.id
    )
    single = [
        Button(f"Ask about {one.para} for {views[one.ref].name}"[:75], f"offer {kept} {place} in {plan.slug}")
        for place, one in enumerate(summary.links[:_MOST_BUTTONS])
    ]
    every = Button("Ask all their owners", f"offer {kept} all in {plan.slug}", "primary")
    return Buttons((every, *single, Button("Leave it", f"discard {kept}")))


def offer(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``offer 12 3``: the owner is asked whether passage 3 of a report is an update; ``offer 12 all``: every owner."""
    assert plan is not None
    number, which = call.tail.split()
    waiting = store.plans.kept_file(int(number))
    if waiting is None:
        raise UsageError("That report is settled already; drop it on me again if it is needed.")
    title, notes = waiting[2].title, waiting[2].notes
    chosen = range(len(notes)) if which == "all" else [int(which)]
    asked: list[Message] = []
    nobody: list[str] = []
    for place in chosen:
        match = _NOTE.fullmatch(notes[place]) if place < len(notes) else None
        if match is None:
            raise UsageError("That passage is no longer there; drop the report on me again.")
        view, _ = one_action(store, plan, f"#{match['handle']}")
        owner = _owner(view, request, store)
        if owner is None:
            nobody.append(view.name)
            continue
        asked.append(
            _question(
                view, owner, match["para"], match["text"], title, f"{number}:{place}", plan, request, store
            )
        )
    if which == "all":
        store.plans.drop_file(int(number))
    return [Message(ASKER, tuple(_told(asked, nobody))), *asked]


def _owner(view: ActionView, request: Request, store: Store) -> Person | None:
    """Whoever is asked about the action: its lead where there is one, else its owner."""
    parties = sorted(
        store.people.parties_of(view.action.id, request.today), key=lambda party: party.role != "lead"
    )
    return next((store.people.get(party.person_id) for party in parties if party.person_id), None)


def _question(
    view: ActionView, owner: Person, para: str, text: str, title: str, key: str,
    plan: Plan, request: Request, store: Store,
) -> Message:  # fmt: skip
    words = f"{text} ({title}, {para})"
    kept = store.updates.keep_unplaced(words, person_id=owner.id, plan_id=plan.id, source=None)
    parts: tuple[Part, ...] = (
        say(f"“{title}” may speak of your ", Bold(title_of(view)), f". {request.person.name} asks: is this an update?"),
        Quote(text, (say(para).spans)),
        Buttons(
            (
                Button("Yes, file it", f"place {kept} #{view.action.handle} in {plan.slug}", "primary"),
                Button("No", f"unplaced {kept}"),
            )
        ),
    )  # fmt: skip
    return Message(ToPerson(owner.id), parts, key=f"passage:{plan.slug}:{key}")


def _told(asked: Sequence[Message], nobody: Sequence[str]) -> Iterator[Part]:
    if asked:
        passages = "1 passage" if len(asked) == 1 else f"{len(asked)} passages"
        yield say(f"I have asked about {passages}; nothing is filed before an owner says yes.")
    if nobody:
        yield say(f"Nobody is mapped for {names(dict.fromkeys(nobody))}: “people” shows whom to map.")
