"""What a person sees at once after their words: what was understood, and what needs a tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from handlers import wording
from handlers.messages import ASKER, Bold, Button, Buttons, Message, Part, Quote, Text, ToPerson, say, spans
from handlers.request import Request
from handlers.updates.asks import Ask, AskClaim, AskDate, AskDone, AskRating, AskStep
from handlers.updates.placing import Placed, Placement
from storage.model.people import Person
from storage.model.plan import ActionView, Plan, Scale
from storage.model.reading import PercentRole, Reading, Status
from storage.model.record import Update

__all__ = [
    "BUTTON_CHARACTERS",
    "Filed",
    "ask_author",
    "ask_line",
    "let_go",
    "no_plan",
    "receipt",
    "tappable",
    "understood",
    "which_action",
    "withdrawn",
]

BUTTON_CHARACTERS = 75  # as the platforms have it
_STATUS = {
    Status.NOT_STARTED: "not started",
    Status.ON_TRACK: "on track",
    Status.AT_RISK: "at risk",
    Status.OFF_TRACK: "off track",
    Status.COMPLETE: "complete",
    Status.ASSURED: "complete and sustained",
}
_NUMBERS = (
    "",
    "One needs",
    "Two need",
    "Three need",
    "Four need",
    "Five need",
    "Six need",
    "Seven need",
    "Eight need",
)


@dataclass(frozen=True, slots=True)
class Filed:
    """One update as filed, with what its author is asked."""

    plan: Plan
    view: ActionView
    update: Update
    asks: tuple[Ask, ...]
    no_change: bool = False
    by_words: bool = False
    again: bool = False  # the same words as before: kept once
    cleared_by: str | None = None  # the organisation whose officer sees it first


def receipt(
    request: Request,
    person: Person,
    filed: Sequence[Filed],
    unknown: Sequence[str] = (),
    others: Sequence[Placed] = (),
) -> Message:
    """One receipt for the whole message; it asks only where the record would change."""
    quiet = [one for one in filed if not one.asks and not one.again]
    asking = [one for one in filed if one.asks]
    parts: list[Part] = [*_got_it(quiet), *_needs_you(asking), *_guessed(filed)]
    if unknown:
        parts.append(
            say(f"No action here is called {wording.names(unknown)}: I kept your words, but not against it.")
        )
    if others:
        names = wording.names(part.view.name for part in others)
        parts.append(
            say(f"{names} is not yours on the record. I kept your words for the programme office to file.")
        )
    entered = person.id != request.person.id
    if entered:
        parts.insert(0, say(Bold(f"For {person.name}, entered by you"), quiet=True))
    key = f"receipt:{request.inbound.surface}:{request.inbound.key}"
    return Message(ToPerson(request.person.id), tuple(parts), key=key, thread=_thread(request))


def _thread(request: Request) -> str | None:
    return f"@{request.inbound.thread}" if request.inbound.thread else None


def _got_it(quiet: Sequence[Filed]) -> list[Part]:
    if not quiet:
        return []
    if len(quiet) == 1:
        one = quiet[0]
        first = say(
            "Got it: ", Bold(one.view.name), f" {one.view.action.title}. No change to rating or date."
        )
    else:
        first = say(
            "Got it: ", Bold(", ".join(one.view.name for one in quiet)), ", no change to rating or date."
        )
    notes = [(one.view.name, understood(one.update.reading)) for one in quiet if not one.no_change]
    lines = [
        f"{name} read as {what}" if len(quiet) > 1 else f"Read as {what}" for name, what in notes if what
    ]
    return [first, *([say("\n".join(lines), quiet=True)] if lines else [])]


def understood(reading: Reading) -> str:
    """What was read, in few words: "on track · 15% down · February 2018"."""
    words = [_STATUS[reading.status]] if reading.status else []
    for found in reading.percentages:
        about = {
            PercentRole.TARGET: " target",
            PercentRole.BASELINE: " before",
            PercentRole.CHANGE: " change",
        }
        words.append(f"{found.text}{about.get(found.role, '')}")
    for when in reading.dates:
        shown = wording.span_text(when.start, when.end)
        doubt = f"{when.text} (did you mean another date?)" if when.uncertain else shown
        words.append(doubt)
    return " · ".join(dict.fromkeys(words))


def _needs_you(asking: Sequence[Filed]) -> list[Part]:
    if not asking:
        return []
    parts: list[Part] = []
    sure = [one for one in asking if tappable(one.asks)]
    head = _NUMBERS[len(asking)] if len(asking) < len(_NUMBERS) else f"{len(asking)} need"
    parts.append(say(Bold(f"{head} you:")))
    for one in asking:
        parts.append(Text(spans(Bold(one.view.name), f" {one.view.action.title}: {_question(one.asks)}")))
        if not tappable(one.asks):
            parts.append(Buttons(tuple(_choices(one))))
    if sure:
        ids = " ".join(str(one.update.id) for one in sure)
        yes = "Yes" if len(sure) == 1 else "Yes to both" if len(sure) == 2 else "Yes to all"
        parts.append(
            Buttons(
                (
                    Button(yes, f"confirm {ids}", "primary"),
                    Button("Change", f"edit {sure[0].update.id}" if len(sure) == 1 else f"which {ids}"),
                    Button("No, leave it", f"leave {ids}"),
                )
            )
        )
    return parts


def tappable(asks: Sequence[Ask]) -> bool:
    """Whether a plain yes answers all of it; "done, or what date?" wants more."""
    return all(
        not isinstance(ask, AskDone) and not (isinstance(ask, AskRating) and not ask.sure) for ask in asks
    )


def _question(asks: Sequence[Ask]) -> str:
    """One question for all that an update asks: "move ... to May, and propose Amber (now Green)?"."""
    return ", and ".join(ask_line(ask).removesuffix("?") for ask in asks) + "?"


def ask_line(ask: Ask) -> str:
    """The question that an ask puts."""
    match ask:
        case AskDate(wanted=wanted, was=was, step=step):
            before = f" from {wording.due(was)}" if was.end else ""
            whose = f"the due date of step {step}" if step else "the due date"
            return f"request to move {whose}{before} to {wording.due(wanted)}?"
        case AskStep(step=step):
            return f"mark step {step.no} done?"
        case AskRating(rating=rating, was=was, sure=True):
            return f"propose {rating.short}" + (f" (now {was})?" if was else " (not yet rated)?")
        case AskRating():
            return "I am not sure how this stands. Which is nearest?"
        case AskClaim(below=below, steps=steps):
            with_steps = f", and its open steps ({wording.names(steps)}) done" if steps else ""
            return f"claim it complete{with_steps}?" + (f" You also say {below}." if below else "")
        case AskDone(due=due):
            return f"{wording.due(due)} has gone: is it done, or what is the new date?"


def _choices(one: Filed) -> list[Button]:
    where = f"{one.view.name if one.view.action.ref is None else '#' + str(one.view.action.handle)}"
    tail = f" in {one.plan.slug}"
    if any(isinstance(ask, AskDone) for ask in one.asks):
        return [
            Button("Done", f"claim {where}{tail}"),
            Button("New date", f"date {where}{tail}"),
            Button("Edit", f"edit {one.update.id}"),
        ]
    return [
        *(Button(rating, f"propose {where} {rating}{tail}") for rating in _live_ratings(one.plan.scale())),
        Button("Leave it", f"leave {one.update.id}"),
    ]


def _live_ratings(scale: Scale | None) -> list[str]:
    """The ratings that an owner may name for an open action: those that stand for no completion."""
    done = {Status.COMPLETE, Status.ASSURED}
    return [rating.short for rating in scale.ratings if rating.status not in done] if scale else []


def _guessed(filed: Sequence[Filed]) -> list[Part]:
    guessed = [one for one in filed if one.by_words]
    if not guessed:
        return []
    one = guessed[0]
    return [
        say(f"You named no action; from your words I took it for {wording.title_of(one.view)}.", quiet=True),
        Buttons((Button("Not this action", f"notthis {one.update.id}"),)),
    ]


def which_action(
    request: Request,
    kept: int,
    plan_of: Mapping[int, Plan],
    placement: Placement,
    known_refs: Sequence[str],
    command: str | None = None,
) -> Message:
    """The words are kept; the author says which action they are about, or that the ``command`` was meant."""
    guesses = [view for views in placement.ambiguous.values() for view in views] or list(placement.guesses)
    which = " Which is it?" if guesses else ""
    if placement.unknown:
        first = say(
            f"No action is called {wording.names(placement.unknown)}. {_nearest(placement.unknown[0], known_refs)}"
        )
    elif placement.ambiguous:
        first = say(f"More than one action is called {wording.names(placement.ambiguous)}.{which}")
    else:
        first = say(f"I kept your words, but I cannot tell which action they are about.{which}")
    buttons = [
        Button(
            shorten(wording.title_of(view), BUTTON_CHARACTERS, placeholder="…"),
            f"place {kept} #{view.action.handle} in {plan_of[view.action.id].slug}",
        )
        for view in guesses[:8]
    ]
    asked: tuple[Part, ...] = (say("Say it again with its number in front."),)
    if buttons:
        asked = (
            Buttons((*buttons, Button("None of these", f"unplaced {kept}"))),
            say("Or say it again with its number in front.", quiet=True),
        )
    meant = (
        (say("Or did you mean this?", quiet=True), Buttons((Button(command, command),))) if command else ()
    )
    key = f"receipt:{request.inbound.surface}:{request.inbound.key}"
    return Message(ToPerson(request.person.id), (first, *asked, *meant), key=key, thread=_thread(request))


def ask_author(request: Request, author: Person, kept: int) -> list[Message]:
    """The author is asked before another's words become an update."""
    question = Message(
        ToPerson(author.id),
        (
            say(f"{request.person.name} would like to file your message as an update:"),
            Quote(request.text),
            Buttons((Button("Yes, file it", f"file {kept}", "primary"), Button("No", f"unplaced {kept}"))),
        ),
        key=f"saved:{request.inbound.surface}:{request.inbound.key}",
    )
    return [Message(ASKER, (say(f"I have asked {author.name} first: the words are theirs."),)), question]


def _nearest(ref: str, known: Sequence[str]) -> str:
    from rapidfuzz import process

    near = [name for name, _, _ in process.extract(ref, known, limit=3, score_cutoff=60)]
    return f"I kept your words. Did you mean {' or '.join(near)}?" if near else "I kept your words."


def no_plan() -> Message:
    return Message(
        ASKER,
        (
            say(
                "There is no plan here yet, so I cannot keep an update. The programme office imports one first."
            ),
        ),
    )


def let_go(request: Request) -> Message:
    return Message(
        ToPerson(request.person.id),
        (say("You deleted your message, so its words do not wait for an action any more."),),
        key=f"receipt:{request.inbound.surface}:{request.inbound.key}",
    )


def withdrawn(request: Request, names: Sequence[str], *, issued: bool = False) -> Message:
    """``issued``: papers that hold the words went out before."""
    stands = " The papers that were issued before keep it." if issued else ""
    words = f"You deleted your message, so your update on {wording.names(names)} is withdrawn.{stands}"
    return Message(
        ToPerson(request.person.id),
        (say(words),),
        key=f"receipt:{request.inbound.surface}:{request.inbound.key}",
    )
