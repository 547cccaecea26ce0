"""``help``, fitted to who asks, and the first words to somebody new."""

from __future__ import annotations

from handlers.answer import plan_for
from handlers.grammar import COMMANDS, Call, Command, near_miss
from handlers.messages import ASKER, Bold, Facts, Heading, Message, Part, say, spans
from handlers.request import Request
from handlers.roles import allowed, roles_of
from storage.model.errors import UsageError
from storage.model.people import Role
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["help_", "welcome"]


def help_(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """What this person can type here; ``help COMMAND`` tells of one."""
    if call.tail:
        return [_one(call.tail)]
    roles = roles_of(request.person, plan_for(request, call.plan, store), store, request.administrators)
    mine = [command for command in COMMANDS if command.shown and allowed(roles, command.role)]
    parts: list[Part] = [Heading("What you can do here")]
    if Role.OWNER in roles:
        parts.append(
            say(
                "Just tell me how your actions are doing: ",
                Bold("6.3.2 slipped to Nov, rest no change"),
                " is enough.",
            )
        )
    for title, role in (
        ("Anybody", Role.VIEWER),
        ("Owners", Role.OWNER),
        ("The programme office", Role.PMO),
        ("Administrators", Role.ADMINISTRATOR),
    ):
        group = [command for command in mine if command.role is role]
        if group:
            parts += [
                say(Bold(title)),
                Facts(tuple((command.usage, spans(command.help)) for command in group)),
            ]
    parts.append(
        say(
            "A slash in front does no harm; “in PLAN” at the end names a plan, “here” shows the answer to all.",
            quiet=True,
        )
    )
    return [Message(ASKER, tuple(parts))]


def _one(name: str) -> Message:
    found: list[Command] = [
        command for command in COMMANDS if command.shown and command.words.split()[0] == name.casefold()
    ]
    if not found:
        raise UsageError(near_miss(name))
    return Message(ASKER, (Facts(tuple((command.usage, spans(command.help)) for command in found)),))


def welcome(request: Request, store: Store) -> list[Message]:
    """The first words to somebody who met the bot: what it is, and for the first administrator, how to begin."""
    parts: list[Part] = [
        say(
            "I am Assurebot. I ask owners how their actions are doing, keep every answer as it was written, and report to meetings."
        ),
    ]
    if not store.plans.all():
        parts.append(say("There is no plan yet: the programme office drops the plan document on me, here."))
    if not request.administrators:
        parts.append(
            say(
                "Nobody is an administrator yet: whoever runs me sets ASSUREBOT_ADMINS to an e-mail address or user id"
                f" (yours here is {request.inbound.user_id}).",
                quiet=True,
            )
        )
    parts.append(say("Type “help” to see what you can do."))
    where = f"{request.inbound.surface}:{request.inbound.conversation}"
    return [
        Message(ASKER, tuple(parts), key=f"welcome:{where}:{request.today}")
    ]  # one coming can be told twice
