"""What is kept about one person: shown whole, and erased while the plan's facts stay."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from typing import Any

from storage.codec import json_text, stamp
from storage.model.people import Erased, Person
from storage.session import Session

__all__ = ["ERASED", "everything_about", "expire", "forget"]

ERASED = "(name erased)"

_LISTS = (
    "updates",
    "waiting_words",
    "prompts",
    "posts",
    "roles",
    "owned",
    "date_requests",
    "evidence",
    "answers",
    "messages",
    "changes",
)
_CELLS = (
    "erase_printed_owners", "erase_action_cells", "erase_theme_cells", "erase_chairs", "erase_arising_owners",
    "erase_document_cells",
)  # fmt: skip


def everything_about(session: Session, person: Person) -> dict[str, object]:
    """All that is kept about the person, as plain values for JSON."""
    found: dict[str, object] = {"person": json.loads(json_text(dataclasses.asdict(person)))}
    for name in _LISTS:
        found[name] = [dict(row) for row in session.rows(f"personal.{name}", person_id=person.id)]
    return found


def forget(session: Session, person: Person) -> Erased:
    """Null the person's words, and their name wherever a cell of the record holds it; ids and dates stay."""
    name = person.name if " " in person.name else None  # a first name alone stands in other names too
    who: dict[str, Any] = {"person_id": person.id, "name": name, "erased": ERASED}
    papers = session.rows("personal.naming_papers", **who)
    documents = session.rows("personal.naming_documents", **who)
    ids = json_text([row["id"] for row in session.rows("personal.texts_of", **who)])
    texts = session.execute("personal.erase_texts", ids=ids)
    session.execute("personal.close_inbox", ids=ids)
    session.execute("personal.close_outbox", ids=ids)
    session.execute("personal.settle_unplaced", person_id=person.id, at=session.now)
    for query in _CELLS:
        session.execute(f"personal.{query}", **who)
    for query in ("erase_accounts", "erase_roles", "erase_files", "erase_person"):
        session.execute(f"personal.{query}", person_id=person.id)
    session.execute("personal.merge_search_index")
    session.audit("erasure", person.id, now={"texts": texts})
    return Erased(
        texts,
        tuple(f"{row['name']} ({row['forum']}, {row['day'] or 'no date'})" for row in papers),
        tuple(row["filename"] for row in documents),
    )


def expire(session: Session, plan_id: int, before: datetime) -> int:
    """Null what was said in a plan before that moment, and the site's own copies of messages as old; how many texts."""
    rows = session.rows("personal.texts_before", plan_id=plan_id, before=stamp(before))
    texts = session.execute("personal.erase_texts", ids=json_text([row["id"] for row in rows]))
    if texts:
        session.execute("personal.merge_search_index")
        session.audit("expiry", plan_id, plan_id=plan_id, now={"texts": texts, "before": stamp(before)})
    return texts
