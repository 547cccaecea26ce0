"""A plan document that seems to identify a patient: not kept, its rows named, and read as it is once the office has looked."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from handlers import wording
from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Bold, Button, Buttons, Message, Part, say
from handlers.request import FileContent, Request
from handlers.roles import may_import
from storage.model.document import PlanDocument
from storage.model.errors import UsageError
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["looked", "looked_at", "not_kept", "refuse_on_paper"]

_ADVICE = "Take it out and send the file again, and tell your information-governance lead if it should not have been there."
_SHOWN = 15


def not_kept(file: FileContent, rows: Sequence[str]) -> Message:
    """Nothing of the file is kept; where to look, and the way on where nobody is identified."""
    parts: list[Part] = [
        say(Bold(file.name), f" seems to identify a patient, so nothing of it is kept. Look at {wording.count(len(rows), 'place')}:"),
        say("\n".join([*rows[:_SHOWN], *([f"and {len(rows) - _SHOWN} more"] if len(rows) > _SHOWN else [])])),
        say(f"{_ADVICE} It is still in this chat: delete it here."),
        Buttons((Button("I have looked: nobody is identified", f"looked {_sha(file.content)}"),)),
    ]  # fmt: skip
    return Message(ASKER, tuple(parts))


def looked(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``looked SHA256``: a person of the office says of that very file that it identifies nobody; it is to be sent again."""
    may_import(request, store)
    mark = _mark(call.tail.strip())
    if store.plans.kept_named(mark) is None:
        store.plans.keep_file(mark, b"", PlanDocument(""), request.person.id)
    words = "Kept in mind, with your name. Drop the same file on me again: now it is read as it is."
    return [Message(ASKER, (say(words),), replaces=TAPPED)]


def looked_at(content: bytes, store: Store) -> bool:
    """Whether somebody of the office has looked at this very file."""
    return store.plans.kept_named(_mark(_sha(content))) is not None


def refuse_on_paper(name: str, rows: Sequence[str]) -> None:
    """The same for the command line, which has a flag for the way on."""
    if rows:
        raise UsageError(
            f"{name} seems to identify a patient, so nothing of it is kept. Look at: {'; '.join(rows[:_SHOWN])}. {_ADVICE}"
            " Where you have looked and nobody is identified, add --nobody-identified."
        )


def _sha(content: bytes) -> str:
    return sha256(content).hexdigest()


def _mark(sha: str) -> str:
    return f"looked:{sha}"
