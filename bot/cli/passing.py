"""The words of the chat on the command line, answered as in chat."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.cli.operator import Operator
from handlers.answer import prepared, respond
from handlers.grammar import COMMANDS, Command, find, near_miss, parse
from handlers.messages import Message
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.people import Person
from storage.model.post import Inbound, InboundKind
from storage.model.reading import Reading
from storage.store import Store

__all__ = ["FOLDER", "command_line", "say", "show"]

FOLDER = Path("assurebot-files")  # where the terminal keeps files and charts of answers


def say(operator: Operator, words: Sequence[str], own: Sequence[str] = ()) -> None:
    """Answer one command line; a UsageError for what is none. ``own``: the program's commands beside the grammar's."""
    command = _command(words, own)
    if {"--help", "-h"} & set(words[1:]):
        sys.stdout.write(f"assurebot {command.usage}\n  {command.help}\n")
        return
    with operator.store(make=False) as store:
        if command.reads_only:
            replies = respond(_request(operator, operator.passing(store), words, store), store)
        else:
            replies = _write(operator, words, store)
    show(operator, replies)


def command_line(words: Sequence[str]) -> str:
    """The words as they would be typed in chat: where a command takes quoted names, they keep their quotes."""
    found = find(" ".join(words))
    quoted = found is not None and '"' in found[0].usage
    return " ".join(f'"{word}"' if quoted and " " in word and '"' not in word else word for word in words)


def show(operator: Operator, messages: Sequence[Message]) -> None:
    """Print messages; their files go to a folder beside."""
    from bot.console.files import Keeper
    from bot.console.render import Choices, Printer, Renderer

    out = Printer()
    renderer = Renderer(operator.settings.zone, Keeper(FOLDER), links=out.is_terminal)
    choices = Choices()
    for number, message in enumerate(messages):
        if number:
            out.show()
        out.show(renderer.message(message, choices))
    for number, choice in enumerate(choices.offered, 1):
        out.show(f"[{number}] is: assurebot {choice.command}", style="dim")


def _command(words: Sequence[str], own: Sequence[str]) -> Command:
    line = " ".join(words)
    found = find(line)
    if found is None:
        raise UsageError(_suggestion(line, own))
    return found[0]


def _suggestion(line: str, own: Sequence[str]) -> str:
    from difflib import get_close_matches

    word = line.split(" ", 1)[0]
    near = get_close_matches(word, own, n=1, cutoff=0.75)
    grammar = {command.words for command in COMMANDS}
    if near and not get_close_matches(word, grammar, n=1, cutoff=0.75):
        return f"“{word[:40]}” is no command of mine. Did you mean “assurebot {near[0]}”?"
    return near_miss(line)


def _write(operator: Operator, words: Sequence[str], store: Store) -> list[Message]:
    from bot.posting import keep_replies

    request = _request(operator, operator.person(store), words, store)
    call = parse(request.text, [plan.slug for plan in store.plans.all()], addressed=True)
    if call is not None and call.command.prepared:
        request = prepared(request, call, store)
    with store.writing(operator.change(store)):
        return keep_replies(store, respond(request, store), request.inbound, (), live=True)


def _request(operator: Operator, person: Person, words: Sequence[str], store: Store) -> Request:
    moment = operator.now()
    account = operator.account
    inbound = Inbound(
        surface="console",
        key=f"cli:{moment.isoformat()}",
        kind=InboundKind.COMMAND,
        user_id=account.user_id,
        conversation=account.conversation or account.user_id,
        at=moment,
        text=command_line(words),
        user_name=person.name,
    )

    def read(text: str, as_of: date) -> Reading:
        from nlp.reading import read as read_text  # takes a second to load, and few commands read texts

        refs = {ref for plan in store.plans.all() for ref in store.plans.refs(plan.id)}
        return read_text(text, as_of, known_refs=refs)

    admins = frozenset({*operator.settings.admins, account.user_id})
    return Request(inbound, person, moment, operator.settings.zone, read, administrators=admins)
