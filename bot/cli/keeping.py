"""What an operator keeps: backups, the audit trail, and what is known about a person."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import typer

from bot.cli.operator import Operator
from bot.cli.output import write
from bot.cli.plans import plan_named
from handlers.privacy import forgetting
from storage import backup as copies
from storage.model.errors import StoreError, UsageError
from storage.model.people import Person, Role
from storage.store import Store

__all__ = ["backup", "export_audit", "export_person", "forget", "give_role", "restore", "verify"]


def backup(operator: Operator, file: Path) -> None:
    """Copy the database while it is in use."""
    if file.exists():
        raise UsageError(f"{file} is there already: name a new file.")
    copies.backup(operator.settings.database_url, file)
    sys.stdout.write(f"{file} holds everything up to now ({file.stat().st_size // 1024} KB).\n")


def restore(operator: Operator, file: Path, *, force: bool) -> None:
    """Put a backup in the place of the database."""
    before = copies.restore(file, operator.settings.database_url, force=force)
    kept = f" What was there before is kept in {before}." if before else ""
    sys.stdout.write(f"{file} is back in place.{kept}\n")


def verify(operator: Operator) -> None:
    """Walk the chain of changes; a failure names the first row that does not fit."""
    with operator.store(make=False) as store:
        broken = store.audit.verify()
        head = store.audit.head()
    if broken is not None:
        raise StoreError(
            f"Change {broken} does not follow from the one before it: the record was altered outside Assurebot."
            " Restore a backup, and tell whoever answers for the record."
        )
    sys.stdout.write(f"Every change follows from the one before it. The last one is {head[:16]}.\n")


def export_audit(operator: Operator, plan: str | None, output: Path | None) -> None:
    """Every change as CSV: who, when, by which way and message, from, to, why."""
    with operator.store(make=False) as store:
        plan_id = plan_named(store, plan).id if plan else None
        rows = store.audit.rows(plan_id=plan_id)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(
        ["id", "at", "actor", "via", "message", "what", "row", "action", "was", "now", "why", "hash"]
    )
    for row in rows:
        was, now = _json(row.was), _json(row.now)
        at, action = row.at.isoformat(), row.action_id or ""
        writer.writerow(
            [
                row.id,
                at,
                row.actor_id,
                row.via,
                _safe(row.message),
                row.what,
                row.row_id,
                action,
                was,
                now,
                _safe(row.why),
                row.hash,
            ]
        )
    write(buffer.getvalue(), output)


def export_person(operator: Operator, name: str, output: Path | None) -> None:
    """Everything kept about a person, as JSON."""
    with operator.store(make=False) as store:
        content = store.people.everything_about(_person(store, name).id)
    write(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", output)


def forget(operator: Operator, name: str, *, yes: bool) -> None:
    """Erase a person's texts and name."""
    with operator.store(make=False) as store:
        person = _person(store, name)
        forgetting.refuse_under_hold(person, store)
        if not yes and not typer.confirm(f"Erase the name and all texts of {person.name} for good?"):
            raise UsageError("Nothing was erased.")
        with store.writing(operator.change(store, why="forget")):
            erased = forgetting.forget(person, store)
    sys.stdout.write(f"{forgetting.told(erased)}\n")


def give_role(operator: Operator, name: str, role: str, plan: str | None) -> None:
    """Give a person a role, in one plan or in all."""
    if role not in set(Role):
        raise UsageError(f"“{role}” is no role: it is one of {', '.join(Role)}.")
    with operator.store(make=False) as store:
        person, plan_id = _person(store, name), plan_named(store, plan).id if plan else None
        with store.writing(operator.change(store)):
            store.people.give_role(person.id, Role(role), plan_id)
    sys.stdout.write(f"{person.name} is {role} {f'in {plan}' if plan else 'in every plan'} now.\n")


def _person(store: Store, name: str) -> Person:
    found = store.people.by_name(name)
    exact = [one for one in found if one.name.casefold() == name.strip().casefold()]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise UsageError(
            f"Nobody here is called “{name[:60]}”: known is who has talked to the bot, or was mapped to an owner."
        )
    raise UsageError(
        f"“{name[:60]}” could be {', '.join(one.name for one in found[:6])}: give the whole name."
    )


def _json(value: object) -> str:
    return _safe(json.dumps(value, ensure_ascii=False, default=str)) if value is not None else ""


def _safe(text: str | None) -> str:
    """Nothing that a spreadsheet would run."""
    return f"'{text}" if text and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text or ""
