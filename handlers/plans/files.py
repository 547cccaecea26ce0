"""A file dropped on the bot: a plan, a filled-in return or rating sheet, or a report to summarise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING

from handlers import pick, wording
from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Bold, Button, Buttons, Heading, Message, Part, Text, say, spans
from handlers.papers.packtemplate import offered, reads_as_template
from handlers.plans.compare import what_changed
from handlers.plans.identifying import looked_at, not_kept
from handlers.plans.imports import apply_document, claims_in, what_was_read
from handlers.privacy.documents import beside, identified, rows_named
from handlers.privacy.guard import refuse
from handlers.request import FileContent, Request
from handlers.roles import may_import, require, roles_of
from handlers.updates.intake import Author, file_words
from storage.model.document import PlanDocument
from storage.model.errors import DocumentError, UsageError
from storage.model.people import Person, Role
from storage.model.plan import ActionView, Plan, RatingSource
from storage.store import Store

if TYPE_CHECKING:
    from handlers.request import Found
    from nlp.documents.returns import RatingSheet, ReturnRow, ReturnSheet
    from storage.model.summary import ReportSummary

__all__ = ["discard", "dropped", "examine", "read_report", "summarise_kept", "take_in"]

_SHEETS = (".xlsx", ".xlsm", ".csv", ".tsv", ".json")  # what holds no report
_OFFICE = b"PK"  # how every file of Word and Excel starts, and so every sheet of ours
_NOTHING = "There is nothing in it that I can read as a plan or as a report: send a file that holds text."


def examine(name: str, content: bytes, progress: Callable[[int, int], None] | None = None) -> FileContent:
    """What the file is and what it says, read before any transaction; its ``fault`` where it cannot be read.

    ``progress`` is called with (done, whole) while a long file is read.
    """
    try:
        found, paragraphs = _found(name, content, progress)
    except DocumentError as error:
        return FileContent(name, content, None, str(error))
    identifying = identified(found, paragraphs) if isinstance(found, PlanDocument) else ()
    return FileContent(name, content, found, identifying=identifying)


def _found(
    name: str, content: bytes, progress: Callable[[int, int], None] | None
) -> tuple[Found, list[tuple[str, str]]]:
    """What it is, and what stands beside its tables: (place, text)."""
    from nlp.documents import plan_in, read_blocks, read_plan
    from nlp.documents.returns import read_ratings, read_return
    from nlp.summary.report import summarise

    for reader in (read_return, read_ratings) if content.startswith(_OFFICE) else ():
        try:
            return reader(content, name), []
        except DocumentError as error:
            if "key of this sheet" in str(error):
                raise
    if name.casefold().endswith(".json"):
        return read_plan(content, name), []
    blocks = read_blocks(content, name, progress)
    paragraphs = beside(blocks)
    with suppress(DocumentError):  # no plan: perhaps a report
        plan = plan_in(blocks, name)
        if plan.actions:
            return plan, paragraphs
    try:
        return summarise(blocks), paragraphs
    except DocumentError:
        raise DocumentError(_NOTHING) from None


def read_report(request: Request, call: Call, plan: Plan | None, store: Store) -> ReportSummary:
    """The long part of ``summarise``, before the transaction."""
    from nlp.documents import read_blocks
    from nlp.summary.report import summarise

    name, content = _kept(call.tail, store)
    return summarise(read_blocks(content, name))


def summarise_kept(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``summarise 5``: the page of a plan document that is a report as well. The file waits on for its import."""
    from handlers.papers.reportlinks import report_message
    from storage.model.summary import ReportSummary

    ready = request.prepared
    summary = ready if isinstance(ready, ReportSummary) else read_report(request, call, plan, store)
    return [report_message(summary, request, store)]


def _kept(number: str, store: Store) -> tuple[str, bytes]:
    waiting = store.plans.kept_file(int(number)) if re.fullmatch(r"\d{1,15}", number.strip()) else None
    if waiting is None or not waiting[1]:
        raise UsageError("That file is settled already; drop it on me again if it is needed.")
    return waiting[0], waiting[1]


def dropped(request: Request, store: Store) -> list[Message]:
    """What each file is, and what can be done with it; nothing is applied without a yes."""
    return [message for file in request.files for message in _answer(file, request, store)]


def _answer(file: FileContent, request: Request, store: Store) -> list[Message]:
    from nlp.documents.returns import RatingSheet, ReturnSheet

    if reads_as_template(file.name, file.content):
        return [offered(file.name, file.content, request, store)]
    if file.fault or file.found is None:
        return [
            Message(
                ASKER, (say(Bold(file.name), f": {file.fault or 'there is nothing in it that I can read.'}"),)
            )
        ]
    if isinstance(file.found, PlanDocument):
        may_import(request, store)
        if file.identifying and not looked_at(file.content, store):
            return [not_kept(file, file.identifying)]
        return [_plan(file, file.found, request, store)]
    if isinstance(file.found, ReturnSheet):
        return _return(file.found, request, store)
    if isinstance(file.found, RatingSheet):
        return [_ratings(file.found, request, store)]
    from handlers.papers.reportlinks import report_message

    refuse("\n\n".join(_quoted(file.found)))
    return [report_message(file.found, request, store)]


def _quoted(summary: ReportSummary) -> list[str]:
    """The words of a report that its page may show."""
    promised = [one.text for one in summary.commitments]
    return [*(line.text for line in summary.lines), *promised, *(text for _, text in summary.passages)]


def _plan(file: FileContent, document: PlanDocument, request: Request, store: Store) -> Message:
    plans = store.plans.all()
    kept = store.plans.keep_file(file.name, file.content, document, request.person.id)
    parts: list[Part] = [*what_was_read(document)]
    likely = _same_plan(document, plans, store)
    if likely is not None:
        old = store.plans.document(likely.id)
        parts += what_changed(old, document) if old else ()
    new = _free(_slug(document.title or file.name), store)
    buttons = (
        [
            Button(
                f"Bring {wording.plan_name(likely)} to this version",
                f"takein {kept} {likely.slug}",
                "primary",
            )
        ]
        if likely
        else []
    )
    buttons.append(
        Button(
            f"Import as a new plan, “{new}”"[:75], f"takein {kept} {new} new", None if likely else "primary"
        )
    )
    if not file.name.casefold().endswith(_SHEETS):
        buttons.append(Button("Summarise it as a report", f"summarise {kept}"))
    parts += [Buttons((*buttons, Button("Leave it", f"discard {kept}")))]
    return Message(ASKER, tuple(parts))


def _same_plan(document: PlanDocument, plans: list[Plan], store: Store) -> Plan | None:
    """The plan of which this is a newer version: most refs are the same, and the title or half of their actions."""
    printed = {action.ref: _words(action.action) for action in document.actions if action.ref}
    for plan in plans:
        known = {v.action.ref: _words(v.action.text) for v in store.plans.views(plan.id) if v.action.ref}
        shared = printed.keys() & known.keys()
        same = sum(printed[ref] == known[ref] for ref in shared)
        alike = plan.title == document.title or same >= 0.5 * len(shared)
        if shared and len(shared) >= 0.6 * min(len(known), len(printed)) and alike:
            return plan
    return None


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _slug(title: str) -> str:
    words = re.findall(r"[a-z0-9]+", title.casefold())
    return "-".join(words[:3])[:30] or "plan"


def _free(slug: str, store: Store) -> str:
    """The slug, numbered where a plan has it: two plans of one trust begin with the same words."""
    taken = {plan.slug for plan in store.plans.all()}
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(one for one in chain([slug], numbered) if one not in taken)


def take_in(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``takein 5 SLUG``: apply a plan document that waits for a yes; ``takein 5 SLUG new`` never onto a plan."""
    number, slug, new = (*call.tail.split(), "", "")[:3]
    waiting = store.plans.kept_file(int(number)) if re.fullmatch(r"\d{1,15}", number) else None
    if waiting is None or not waiting[1]:
        raise UsageError("That file is settled already; drop it on me again if it is needed.")
    name, content, document, _ = waiting
    slug = _free(slug, store) if new else slug
    known = store.plans.get(slug)
    require(
        roles_of(request.person, known, store, request.administrators),
        Role.PMO if known else Role.ADMINISTRATOR,
        "import",
    )
    claims = claims_in(document, request.read, request.today)
    imported = apply_document(store, slug, document, content, name, claims)
    store.plans.drop_file(int(number))
    if known is None:
        store.people.give_role(request.person.id, Role.PMO, imported.id)
    views = store.plans.views(imported.id)
    unrated = sum(not view.agreed for view in views)
    parts: list[Part] = [
        say(Bold(wording.plan_name(imported)), f" is in: {wording.count(len(views), 'action')}.")
    ]
    if unrated and imported.scales:
        parts.append(
            say(f"{unrated} have no agreed rating: “unrated” gives you a sheet to fill in.", quiet=True)
        )
    parts.append(say("“people” shows whom to map next, “cycle” what happens when.", quiet=True))
    return [Message(ASKER, tuple(parts), replaces=TAPPED)]


def discard(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``discard 5``: the file is not wanted."""
    number = call.tail.strip()
    waiting = store.plans.kept_file(int(number)) if re.fullmatch(r"\d{1,15}", number) else None
    if waiting is not None and waiting[3] == request.person.id:
        store.plans.drop_file(int(number))
    return [Message(ASKER, (say("Left alone; nothing was changed."),), replaces=TAPPED)]


def _return(sheet: ReturnSheet, request: Request, store: Store) -> list[Message]:
    """Every row of an organisation's return becomes an update of its action, entered by the programme office."""
    plan = _plan_of(sheet.plan, store)
    require(roles_of(request.person, plan, store, request.administrators), Role.PMO, "return")
    _refuse_rows(sheet)
    author = _author(sheet.organisation, store)
    lines: list[Text] = []
    asked: list[Message] = []
    for row in sheet.rows:
        view = _row_view(row, store, plan)
        if view is None:
            lines.append(
                Text(spans(Bold(row.ref or row.place), f" fits no action of the plan: “{row.text[:200]}”"))
            )
            store.updates.keep_unplaced(row.text, person_id=author.id, plan_id=plan.id, source=None)
            continue
        lines.append(Text(spans(Bold(view.name), f" {row.text[:200]}")))
        how = Author(author, request.person, f"by return of {request.today:%-d %B}")
        asked += file_words(request, store, _row_text(row), how, plan=plan, onto=view)
    parts: list[Part] = [
        Heading(
            f"Return of {sheet.organisation}: {wording.count(len(sheet.rows), 'row')}, {sheet.blank} left empty"
        ),
        *lines,
        *(say(f"Written below the table: {note}", quiet=True) for note in sheet.notes),
        *[part for message in asked for part in _questions(message)],
    ]
    return [Message(ASKER, tuple(parts))]


def _questions(message: Message) -> Iterator[Part]:
    """The buttons of a row's receipt, each with the sentence that it answers."""
    for before, part in pairwise(message.parts):
        if isinstance(part, Buttons):
            yield from (part,) if isinstance(before, Buttons) else (before, part)


def _refuse_rows(sheet: ReturnSheet) -> None:
    """A return that seems to identify a patient is refused whole, with its rows named."""
    rows = rows_named([(row.ref or row.place, row.text) for row in sheet.rows])
    if rows:
        raise UsageError(
            f"This return seems to identify a patient, so nothing of it is kept. Look at {'; '.join(rows)}. Take it"
            " out of the file, tell your information-governance lead, and send it again."
        )


def _row_view(row: ReturnRow, store: Store, plan: Plan) -> ActionView | None:
    name = f"#{row.handle}" if row.handle is not None else row.ref
    actions = store.plans.action(plan.id, name) if name else []
    return store.plans.views(plan.id, action_ids=[actions[0].id])[0] if len(actions) == 1 else None


def _row_text(row: ReturnRow) -> str:
    """The row's words; a rating or date in columns of their own is said as words."""
    pieces = [
        row.text,
        f"rating {row.rating}" if row.rating else "",
        f"new date {row.revised}" if row.revised else "",
    ]
    return ", ".join(piece for piece in pieces if piece)


def _author(organisation: str, store: Store) -> Person:
    found = [
        one for one in store.people.by_name(organisation) if one.name.casefold() == organisation.casefold()
    ]
    return (
        found[0]
        if found
        else store.people.add(organisation, organisation_id=store.people.organisation(organisation).id)
    )


def _ratings(sheet: RatingSheet, request: Request, store: Store) -> Message:
    """Ratings that the last meeting agreed and the document lost: agreed, source document."""
    plan = _plan_of(sheet.plan, store)
    require(roles_of(request.person, plan, store, request.administrators), Role.PMO, "ratings")
    scale = plan.scale()
    if scale is None:
        raise UsageError(f"{plan.slug} has no scale of ratings yet: “scale” sets one.")
    done, wrong = 0, []
    for row in sheet.rows:
        rating = scale.find(row.rating)
        actions = store.plans.action(plan.id, f"#{row.handle}" if row.handle is not None else row.ref or "")
        if rating is None or len(actions) != 1:
            wrong.append(f"{row.ref or row.place}: “{row.rating[:40]}”")
            continue
        store.governance.agree(actions[0].id, scale.name, rating.label, RatingSource.DOCUMENT)
        done += 1
    parts: list[Part] = [say(f"{wording.count(done, 'rating')} kept as agreed; {sheet.blank} left empty.")]
    if wrong:
        parts.append(say(f"Not understood: {wording.listing(wrong, 20)}."))
    return Message(ASKER, tuple(parts))


def _plan_of(slug: str, store: Store) -> Plan:
    plan = store.plans.get(slug)
    if plan is None:
        raise UsageError(
            f"This sheet is for the plan “{slug[:40]}”. {pick.suggestion(slug, [one.slug for one in store.plans.all()])}"
        )
    return plan
