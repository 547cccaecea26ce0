"""``assurebot import`` and ``export``: plan documents in and out."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.cli.operator import Operator
from bot.cli.output import read_input, write
from bot.cli.passing import show
from handlers.messages import ASKER, Message, Text, say
from storage.model.document import PlanDocument
from storage.model.errors import UsageError
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["export_plan", "import_plan", "plan_named", "show_progress"]

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_COLUMNS = "columns"  # the plan's setting that remembers what was said with --column


def import_plan(
    operator: Operator, file: Path, slug: str, columns: Sequence[str], *, dry_run: bool, looked: bool = False
) -> None:
    """Read first, say what was read, then apply in one short transaction."""
    from handlers.plans.compare import what_changed
    from handlers.plans.imports import what_was_read

    _check_slug(slug)
    data = read_input(file)
    named = _columns(columns)
    if dry_run:
        document = _read(data, file.name, named, looked)
        show(operator, [Message(ASKER, (*what_was_read(document), _dry()))])
        return
    with operator.store() as store:
        known = store.plans.get(slug)
        named = {**_remembered(known), **named}
        document = _read(data, file.name, named, looked)
        old = store.plans.document(known.id) if known else None
        plan = _apply(operator, store, slug, document, data, file.name, named)
        done = say(
            f"“{slug}” is {'up to date with' if known else 'made from'} {file.name}. Next: assurebot people in {slug}"
        )
        unchanged = known is not None and len(store.plans.versions(plan.id)) and known == plan
        done = say(f"{file.name} was imported before: nothing changed.") if unchanged else done
        changed = what_changed(old, document) if old and not unchanged else ()
        show(operator, [Message(ASKER, (*what_was_read(document), *changed, done))])


def export_plan(operator: Operator, slug: str, format: str | None, output: Path | None) -> None:
    """The plan in the format asked for, else the one that the file is called by, to standard output or the file."""
    from handlers.plans.exports import FORMATS, export

    called = output.suffix.removeprefix(".").lower() if output else ""
    format = format or (called if called in FORMATS else "json")
    with operator.store(make=False) as store:
        content = export(plan_named(store, slug), store, format, operator.settings.zone)
    write(content.decode() if format in {"json", "csv"} and output is None else content, output)


def plan_named(store: Store, slug: str) -> Plan:
    """The plan, or a UsageError that names those there are."""
    plan = store.plans.get(slug)
    if plan is not None:
        return plan
    known = [one.slug for one in store.plans.all()]
    if not known:
        raise UsageError("There is no plan yet: bring one in with “assurebot import FILE --plan NAME”.")
    raise UsageError(f"There is no plan “{slug}”: there is {', '.join(known)}.")


def _read(data: bytes, name: str, columns: Mapping[str, str], looked: bool) -> PlanDocument:
    """What the file says; refused where it seems to identify a patient, unless the operator has ``looked``."""
    from handlers.plans.identifying import refuse_on_paper
    from handlers.privacy.documents import identified

    try:
        document, paragraphs = _found(data, name, columns or None)
    except ValueError as error:
        raise UsageError(f"--column: {error}") from error
    if not looked:
        refuse_on_paper(name, identified(document, paragraphs))
    return document


def _found(
    data: bytes, name: str, columns: Mapping[str, str] | None
) -> tuple[PlanDocument, list[tuple[str, str]]]:
    """The plan, and what stands beside its tables: (place, text)."""
    from handlers.privacy.documents import beside
    from nlp.documents import plan_in, read_blocks, read_plan

    if name.casefold().endswith(".json") or data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_plan(data, name, columns=columns, progress=show_progress), []
    blocks = read_blocks(data, name, show_progress)
    return plan_in(blocks, name, columns, show_progress), beside(blocks)


def show_progress(done: int, whole: int) -> None:
    if sys.stderr.isatty():
        end = "\r" if done < whole else "\r\033[K"
        sys.stderr.write(f"Reading: {done} of {whole}{end}")
        sys.stderr.flush()


def _apply(
    operator: Operator,
    store: Store,
    slug: str,
    document: PlanDocument,
    data: bytes,
    name: str,
    columns: Mapping[str, str],
) -> Plan:
    from handlers.plans.imports import apply_document, claims_in
    from nlp.reading import read

    today = operator.now().astimezone(operator.settings.zone).date()
    claims = claims_in(document, read, today)  # reads texts, so before the transaction
    with store.writing(operator.change(store, why=f"import of {name}")):
        plan = apply_document(store, slug, document, data, name, claims)
        if columns:
            store.plans.set_setting(plan.id, _COLUMNS, json.dumps(dict(columns)))
    return plan


def _remembered(plan: Plan | None) -> dict[str, str]:
    return json.loads(plan.settings.get(_COLUMNS, "{}")) if plan else {}


def _check_slug(slug: str) -> None:
    if _SLUG.fullmatch(slug):
        return
    near = re.sub(r"[^a-z0-9]+", "-", slug.casefold()).strip("-")[:40]
    hint = f", such as {near}" if near else ""
    raise UsageError(
        f"A plan's short name is small letters, digits and hyphens{hint}: “{slug[:40]}” is none."
    )


def _columns(given: Sequence[str]) -> dict[str, str]:
    pairs = [one.rpartition("=") for one in given]
    for header, separator, field in pairs:
        if not separator or not header.strip() or not field.strip():
            raise UsageError('A column is given as --column "Printed header=field", such as "Month due=due".')
    return {header.strip(): field.strip() for header, _, field in pairs}


def _dry() -> Text:
    return say("Nothing was changed. Without --dry-run this is applied.")
