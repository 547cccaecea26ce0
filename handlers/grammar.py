"""Every command, in one table (commands.tsv): it serves chat and command line; help, manifests and docs are made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from storage.model.errors import UsageError
from storage.model.people import Role

__all__ = ["COMMANDS", "Call", "Command", "find", "near_miss", "parse"]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its first words, what may follow, who may use it, and the handler that answers.

    ``accepts`` is matched against what follows the words, so that "help needed on 6.1.4" in a
    direct message stays an update. ``usage`` and ``help`` are shown to people; ``shown`` is False
    for what only buttons send. ``prepared``: its long work is done before the transaction.
    """

    words: str
    usage: str
    help: str
    role: Role
    handler: str
    accepts: str = r".*"
    needs_plan: bool = True
    shown: bool = True
    reads_only: bool = False
    prepared: bool = False


_REF = r"(?:#\d+|[A-Za-z]{0,3}\d[\w.()/-]*|[A-Z]\b[\w.() -]*)"
_FILTER = (
    r"(?!(?:of|is|report|update|for|on)\b).{0,80}"  # else a sentence that happens to start with the word
)
_NAME = r"(?-i:[A-Z@<][\w'’.@<>-]*(?:\s[A-Z][\w'’.-]*){0,4})"
_ONE = r"(?:#\d+|[A-Za-z]{0,3}\d[\w.()/-]*|(?-i:[A-Z])(?:\s\(.{1,30}\))?)"
_DAY = r"(?:on\s+)?\d{1,2}(?:st|nd|rd|th)?[\s/.-]*\w{1,9}(?:[\s/.-]*\d{2,4})?"
_NUMBERS = r"[\d\s,]+"
_NAMED = re.compile(r"#?\d[\d.]*")  # a command with an action alone lacks something: no sentence is so short

_PATTERNS = {
    "filter": _FILTER,
    "ref": _REF,
    "name": _NAME,
    "one": _ONE,
    "day": _DAY,
    "numbers": _NUMBERS,
}


def _commands() -> tuple[Command, ...]:
    lines = files("handlers").joinpath("commands.tsv").read_text(encoding="utf8").splitlines()
    return tuple(_command(line) for line in lines if line and not line.startswith("#"))


def _command(line: str) -> Command:
    words, role, handler, marks, follows, usage, help_line = line.split("\t")
    for name, pattern in _PATTERNS.items():
        follows = follows.replace(f"<{name}>", pattern)
    module, _, function = handler.rpartition(".")
    return Command(
        words, usage, help_line, Role(role), f"handlers.{module}:{function}", follows if follows != "-" else "",
        needs_plan="site" not in marks, shown="button" not in marks,
        reads_only="read" in marks, prepared="prepared" in marks,
    )  # fmt: skip


COMMANDS: tuple[Command, ...] = _commands()

_SUGGEST_FROM = 75  # of 100: below this a guess helps nobody


@dataclass(frozen=True, slots=True)
class Call:
    """A command as typed: what follows its words, the plan it names, and whether all may see the answer."""

    command: Command
    tail: str = ""
    plan: str | None = None
    here: bool = False


def find(text: str) -> tuple[Command, str] | None:
    """The command with the longest words that the text starts with, and what follows them."""
    for command in sorted(COMMANDS, key=lambda command: -len(command.words)):
        match = re.match(rf"{re.escape(command.words)}(?:\s+|$)", text, re.IGNORECASE)
        if match:
            return command, text[match.end() :].strip()
    return None


def parse(text: str, slugs: Iterable[str] = (), *, addressed: bool = False) -> Call | None:
    """The call that a text makes, or None where it is no command.

    ``addressed``: the words can only be a command; then a tail that the command does not take is a
    UsageError, and so are unknown words (with a suggestion). A command alone, or with an action's
    number alone, that needs more is one however it came. ``slugs`` are the plans that ``in SLUG``
    at the end may name.
    """
    line = " ".join(text.strip().removeprefix("/").split(" ")).strip()
    found = find(line)
    if found is None:
        if addressed:
            raise UsageError(near_miss(line))
        return None
    command, tail = found
    kept_words = not command.reads_only and _takes(command, tail)
    tail, here = (tail, None) if kept_words else _ending(tail, ("here",))
    tail, plan = _ending(tail, tuple(f"in {slug}" for slug in slugs))
    if not _takes(command, tail):
        if addressed or not tail or _NAMED.fullmatch(tail):
            unclear = f"I could not make sense of “{tail[:60]}” there. " if tail else ""
            raise UsageError(f"{unclear}It is: {command.usage}")
        return None
    return Call(command, tail, plan.removeprefix("in ") if plan else None, here is not None)


def _takes(command: Command, tail: str) -> bool:
    return re.fullmatch(command.accepts, tail, re.IGNORECASE | re.DOTALL) is not None


def _ending(tail: str, endings: Iterable[str]) -> tuple[str, str | None]:
    for ending in endings:
        if tail.casefold() == ending.casefold() or tail.casefold().endswith(f" {ending.casefold()}"):
            return tail[: len(tail) - len(ending)].strip(), ending
    return tail, None


def near_miss(line: str) -> str:
    """A sentence for words that are no command: the nearest one that is, or where to look."""
    from rapidfuzz import process

    word = line.split(" ", 1)[0].casefold()
    names = [command.words for command in COMMANDS if command.shown]
    best = process.extractOne(word, names, score_cutoff=_SUGGEST_FROM)
    if best is None:
        return f"“{word[:40]}” is no command of mine. Type “help” to see what is."
    rest = line[len(word) :].strip()
    return f"“{word[:40]}” is no command of mine. Did you mean “{best[0]}{' ' + rest[:60] if rest else ''}”?"
