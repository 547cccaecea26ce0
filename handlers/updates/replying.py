"""The form behind a prompt: a field for each action that was asked about, for who likes forms better than sentences."""

from __future__ import annotations

from handlers.asking.chasing import asked_about
from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Field, Form, Message, say
from handlers.request import Request
from handlers.updates.intake import Author, file_words
from storage.model.errors import UsageError
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["reply"]

_MOST_FIELDS = 20


def reply(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``reply MEETING``: the form; with its fields, each one is filed against its action."""
    assert plan is not None
    ids = asked_about(request, call, plan, store)
    views = store.plans.views(plan.id, action_ids=ids) if ids else []
    if not views:
        raise UsageError(
            "You have answered for all of them already. To add something, say it with the action's number."
        )
    given = {
        view.action.id: request.inbound.fields.get(f"a{view.action.handle}", "").strip() for view in views
    }
    if not any(given.values()):
        fields = tuple(
            Field(
                f"a{view.action.handle}",
                f"{view.name} {view.action.title}"[:140],
                "long",
                hint="Leave empty to say nothing yet",
            )
            for view in views[:_MOST_FIELDS]
        )
        return [
            Message(
                ASKER,
                (
                    Form(
                        "Your update", f"reply {call.tail} in {plan.slug}".replace("  ", " "), fields, "Send"
                    ),
                ),
            )
        ]
    answers: list[Message] = []
    for view in views:
        if given[view.action.id]:
            answers += file_words(
                request, store, given[view.action.id], Author(request.person), plan=plan, onto=view
            )
    receipts = [message for message in answers if (message.key or "").startswith("receipt:")]
    others = [message for message in answers if message not in receipts]
    parts = tuple(part for message in receipts for part in message.parts)
    return [Message(ASKER, (say("Thank you."), *parts), replaces=TAPPED), *others]
