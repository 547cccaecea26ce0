"""The office's own Word template for the pack: taken in as a file, kept with the plan, given back to be changed."""

from __future__ import annotations

import re
from io import BytesIO

from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Button, Buttons, File, Message, say
from handlers.request import Request
from handlers.roles import allowed, roles_of
from storage.model.document import PlanDocument
from storage.model.errors import UsageError
from storage.model.people import Role
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["offered", "pack_template", "reads_as_template", "template_of"]

_SETTING = "pack_template"  # the number of the kept file
_MOST_BYTES = 5 * 2**20


def reads_as_template(name: str, content: bytes) -> bool:
    """Whether a dropped file is a Word document with the fields of a pack."""
    if not name.casefold().endswith((".docx", ".dotx")) or len(content) > _MOST_BYTES or content[:2] != b"PK":
        return False
    import docx

    from handlers.documents.template import is_template

    try:
        return is_template(docx.Document(BytesIO(content)))
    except Exception:  # whatever it is, it is not ours: the readers of plans say what is wrong with it
        return False


def offered(name: str, content: bytes, request: Request, store: Store) -> Message:
    """A template that was dropped: nothing changes before the office says for which plan."""
    plans = [
        plan
        for plan in store.plans.all()
        if allowed(roles_of(request.person, plan, store, request.administrators), Role.PMO)
    ]
    if not plans:
        raise UsageError("This is a template for a pack; only the programme office of a plan can set one.")
    kept = store.plans.keep_file(name, content, PlanDocument(title=name), request.person.id)
    buttons = [
        Button(f"Use it for {plan.slug}"[:75], f"pack template {kept} in {plan.slug}") for plan in plans[:8]
    ]
    words = (
        "This is a template for the pack: its cover, styles and fields would be used from the next pack on."
    )
    return Message(ASKER, (say(words), Buttons((*buttons, Button("Leave it", f"discard {kept}")))))


def template_of(plan: Plan, store: Store) -> bytes | None:
    """The plan's own template; None where it uses the bot's."""
    number = plan.settings.get(_SETTING, "")
    kept = store.plans.kept_file(int(number)) if number.isdecimal() else None
    return kept[1] if kept else None


def pack_template(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``pack template``: the one in use, to be changed and dropped back; with a number it is set, with "none" taken off."""
    assert plan is not None
    if not call.tail:
        return [_given(plan, store)]
    if call.tail.casefold() == "none":
        store.plans.set_setting(plan.id, _SETTING, None)
        return [Message(ASKER, (say("The next pack has my own cover and styles again."),))]
    number = int(call.tail) if re.fullmatch(r"\d{1,15}", call.tail) else 0
    kept = store.plans.kept_file(number)
    if kept is None or not reads_as_template(kept[0], kept[1]):
        raise UsageError("That file is settled already; drop the template on me again.")
    store.plans.set_setting(plan.id, _SETTING, str(number))
    words = f"From the next pack of {plan.slug} on, “{kept[0]}” is its template. Packs that are issued stay as they are."
    return [Message(ASKER, (say(words),), replaces=TAPPED)]


def _given(plan: Plan, store: Store) -> Message:
    from handlers.documents.template import FIELDS, own_template

    words = (
        "The template of the pack. Change its cover, styles, header and footer in Word and drop it back on me; "
        f"these are filled in: {', '.join(FIELDS)}."
    )
    return Message(
        ASKER, (say(words), File("pack-template.docx", template_of(plan, store) or own_template()))
    )
