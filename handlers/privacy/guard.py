"""Words that would identify a patient are taken out before anything is kept, and their author is told the truth."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.messages import ASKER, Message, say
from handlers.request import Request
from nlp.identifiers import find_identifiers
from storage.model.errors import UsageError
from storage.model.post import Inbound, InboundKind

__all__ = ["HELD", "held_answer", "hold_back", "kinds_in", "refuse", "visible"]

HELD = "held"  # the key in ``details`` under which a held message says which kinds it held
# Characters that nobody sees: they hide in a ref or a name, or turn the rest of a line round. Joiners, which
# letters and emoji need, and the marks of right-to-left words stay.
_UNSEEN = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_NAMES = {
    "nhs_number": "an NHS number",
    "date_of_birth": "a date of birth",
    "hospital_number": "a hospital number",
    "name_with_condition": "a person's name with their condition",
}


def hold_back(inbound: Inbound) -> Inbound:
    """The same, without its words and files where they seem to identify a patient; ``details`` then say so.

    A tap's command line is the bot's own words and is not looked at: its numbers are ids. Characters that
    nobody sees are taken out of any words.
    """
    if HELD in inbound.details:
        return inbound
    inbound = _seen(inbound)
    words = [*inbound.fields.values(), *(file.name for file in inbound.files)]
    if inbound.kind not in {InboundKind.TAP, InboundKind.FORM}:
        words.append(inbound.text)
    kinds = dict.fromkeys(one.kind.value for text in words for one in find_identifiers(text))
    if not kinds:
        return inbound
    kept = inbound.text if inbound.kind in {InboundKind.TAP, InboundKind.FORM} else ""
    details = {**inbound.details, HELD: ",".join(kinds)}
    return replace(inbound, text=kept, fields={}, files=(), details=details)


def visible(text: str) -> str:
    """The text without the characters that nobody sees."""
    return _UNSEEN.sub("", text)


def _seen(inbound: Inbound) -> Inbound:
    text, fields = visible(inbound.text), {name: visible(words) for name, words in inbound.fields.items()}
    if text == inbound.text and fields == dict(inbound.fields):
        return inbound
    return replace(inbound, text=text, fields=fields)


def held_answer(request: Request) -> list[Message] | None:
    """What the author of a held message is told; None where nothing was held."""
    held = request.inbound.details.get(HELD)
    if held is None:
        return None
    return [Message(ASKER, (say(_sentence(held, request.inbound.kind)),))]


def kinds_in(text: str) -> list[str]:
    """What in the text seems to identify a patient: "an NHS number", ..."""
    return [_NAMES[kind] for kind in dict.fromkeys(one.kind.value for one in find_identifiers(text))]


def refuse(text: str) -> None:
    """Raise where words that came another way than a message (a return, a command line) identify a patient."""
    kinds = dict.fromkeys(one.kind.value for one in find_identifiers(text))
    if kinds:
        raise UsageError(
            f"There seems to be {_listed(','.join(kinds))} in these words, so none of them were kept."
            " Take it out of the file or the line and tell your information-governance lead; then send it again."
        )


def _sentence(held: str, kind: InboundKind) -> str:
    what = _listed(held)
    if kind in {InboundKind.COMMAND, InboundKind.FORM}:
        return (
            f"That seems to hold {what}, so I have not kept it. Tell your information-governance lead if it was"
            " seen by others. Then say it again without it."
        )
    whose = "ask its author to delete it" if kind is InboundKind.SAVE else "delete your message"
    return (
        f"That seems to hold {what}. I have not kept this, but it is still in this chat:"
        f" {whose} and tell your information-governance lead. Then say it again without it."
        " If I am wrong, put it in other words."
    )


def _listed(held: str) -> str:
    names = [_NAMES[kind] for kind in held.split(",") if kind in _NAMES]
    return " and ".join(names) or "something that identifies a patient"
