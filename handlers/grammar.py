"""Every command, in one table: it serves chat and command line, and help, manifests and docs are made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

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

COMMANDS: tuple[Command, ...] = (
    Command(
        "status",
        "status [theme 6] [6.1.4] [red] [overdue] [must] [owner NAME] [slipped] [silent] [since last meeting]",
        "where actions stand; filters combine",
        Role.VIEWER,
        "status",
        _FILTER,
        reads_only=True,
    ),
    Command(
        "history",
        "history 6.1.4",
        "everything said and decided about an action",
        Role.VIEWER,
        "history",
        rf"{_REF}.*",
        reads_only=True,
    ),
    Command("update", "update 6.1.4 WORDS", "tell how an action is doing", Role.OWNER, "update", r".+"),
    Command(
        "home",
        "home",
        "where the cycle stands, and what is yours",
        Role.VIEWER,
        "home",
        r"",
        needs_plan=False,
        reads_only=True,
    ),
    Command("mine", "mine", "your own actions", Role.VIEWER, "mine", r"", reads_only=True),
    Command(
        "help",
        "help [COMMAND]",
        "what you can type here",
        Role.VIEWER,
        "help",
        r"(?:\w+)?",
        needs_plan=False,
        reads_only=True,
    ),
    Command(
        "propose",
        "propose 6.1.4 amber",
        "propose a rating to the next meeting",
        Role.OWNER,
        "propose",
        rf"{_REF}\s+\S.*",
    ),
    Command(
        "date",
        "date 6.1.4 November 2026 because REASON",
        "ask for another due date",
        Role.OWNER,
        "date",
        rf"{_REF}.*",
    ),
    Command("claim", "claim 6.1.4", "say that an action is complete", Role.OWNER, "claim", rf"{_REF}.*"),
    Command(
        "evidence",
        "evidence 6.1.4 LINK [checked by NAME]",
        "say where the proof is; the office says who checked it",
        Role.VIEWER,
        "evidence",
        rf"{_REF}.*",
    ),
    Command(
        "digest",
        "digest [week | meeting]",
        "the digest as it would be posted now",
        Role.VIEWER,
        "digest",
        r"(?:week|weekly|meeting)?",
        reads_only=True,
    ),
    Command(
        "meeting",
        "meeting [10 April]",
        "open a meeting's sheet",
        Role.PMO,
        "meeting",
        rf"(?:{_DAY}|next|last)?",
    ),
    Command(
        "meeting quorate",
        "meeting quorate yes|no",
        "whether the open meeting is quorate",
        Role.PMO,
        "meeting_set",
        r"(?:yes|no)",
    ),
    Command(
        "meeting chair",
        "meeting chair NAME",
        "who chairs the open meeting",
        Role.PMO,
        "meeting_set",
        r".{1,80}",
    ),
    Command(
        "meeting add",
        "meeting add 10 April 2026",
        "a meeting that the plan's timeline lacks",
        Role.PMO,
        "meeting_set",
        r".*\d.*",
    ),
    Command(
        "meeting move",
        "meeting move 10 April to 17 April",
        "a meeting on another day",
        Role.PMO,
        "meeting_set",
        r".+\bto\b.+",
    ),
    Command(
        "meeting cancel",
        "meeting cancel 10 April",
        "a meeting that will not be held",
        Role.PMO,
        "meeting_set",
        r".*\d.*",
    ),
    Command(
        "meeting close",
        "meeting close",
        "the decisions are recorded: tell the owners",
        Role.PMO,
        "close",
        r"",
    ),
    Command(
        "verbal",
        'verbal 6.2.1 "WORDS" by NAME',
        "a verbal update given at the meeting",
        Role.PMO,
        "verbal",
        r"[^\"“]{1,80}[\"“].+",
    ),
    Command(
        "arising",
        'arising 4.2 "WHAT" owner NAME by 26 April',
        "an action arising at the meeting; alone, those that are open",
        Role.PMO,
        "arising",
        r"(?:\S+\s+[\"“].+)?",
    ),
    Command("arising done", "arising done 4.2", "an action arising is done", Role.VIEWER, "arisen", r"\S+"),
    Command(
        "ratify",
        "ratify [6.1.2]",
        "agree what an earlier meeting could only recommend",
        Role.PMO,
        "ratify",
        rf"(?:m\d{{1,9}}\b\s*)?(?:{_REF}.{{0,100}})?",
    ),
    Command(
        "minutes",
        "minutes [10 April]",
        "the decision log of the open meeting, or of that day's",
        Role.PMO,
        "minutes",
        rf"(?:{_DAY}|last)?",
        reads_only=True,
    ),
    Command(
        "change",
        'change 2.4 superseded by "..."',
        "superseded, merged, transferred, withdrawn, business as usual, on hold, reopened",
        Role.PMO,
        "state",
        rf"{_REF}.*",
    ),
    Command("challenges", "challenges", "where text and record disagree", Role.PMO, "challenges", r""),
    Command("answer", "answer NUMBER WORDS", "answer a challenge", Role.OWNER, "answer", r"\d{1,9}(?:\s.*)?"),
    Command(
        "exception", "exception 6.4.3", "four lines for the meeting", Role.OWNER, "exception", rf"{_REF}.*"
    ),
    Command(
        "decide",
        "decide 6.4.3 red, WORDS",
        "record what the meeting decided about a line",
        Role.PMO,
        "decide",
        rf"(?:m\d{{1,9}}\s+)?(?:{_REF}.*|(?:the\s+)?(?:unchanged|rest)\b.{{0,20}}|en\s+bloc)",
    ),
    Command(
        "recheck",
        "recheck 6.1.4 on 1 June by NAME",
        "after closure, on a day, by somebody other than the owner; “recheck 6.1.4 sustained” answers it",
        Role.VIEWER,
        "recheck",
        rf"{_REF}.*",
    ),
    Command(
        "role",
        "role [NAME pmo | assurer | administrator | not pmo]",
        "who has which role, and giving one",
        Role.ADMINISTRATOR,
        "role",
        rf"(?:(?:{_NAME}|\S{{1,80}}@\S{{1,80}})\s+(?:not\s+)?(?:pmo|office|assurer|administrator|admin))?",
    ),
    Command(
        "people",
        "people",
        "who is mapped, who is not, which actions have nobody to ask",
        Role.PMO,
        "people",
        r"",
    ),
    Command(
        "people map",
        'people map "PRINTED OWNER" NAME or @person',
        "say who a printed owner is",
        Role.PMO,
        "people_map",
        r".+",
    ),
    Command(
        "chase",
        "chase",
        "ask again, now, everybody who has not answered",
        Role.PMO,
        "chase",
        r"(?:theme .+)?",
    ),
    Command("cycle", "cycle", "what happens when, and why", Role.VIEWER, "cycle", r"", reads_only=True),
    Command(
        "channel",
        "channel [theme 6] [#name]",
        "make this channel the plan's, or a theme's",
        Role.PMO,
        "channel",
        r"(?:theme\b.*|[#<].*)?",
    ),
    Command(
        "for",
        "for NAME 6.5.1: WORDS",
        "enter somebody else's words",
        Role.PMO,
        "for_other",
        rf"{_NAME}\s+#?\d\S*\s.*",
    ),
    Command(
        "restricted",
        "restricted 6.5.3",
        "hold an action's newest words for the private session",
        Role.VIEWER,
        "show_to",
        _ONE,
    ),
    Command(
        "committee",
        "committee 6.5.3",
        "keep an action's newest words for the committee and its papers",
        Role.VIEWER,
        "show_to",
        _ONE,
    ),
    Command(
        "public",
        "public 6.5.3",
        "let everybody read an action's newest words again",
        Role.VIEWER,
        "show_to",
        _ONE,
    ),
    # what the buttons send
    Command(
        "pack",
        'pack [10 April] [for "FORUM" [summary | exceptions]] [private]',
        "a draft of the papers for the meeting, in Word and Excel",
        Role.PMO,
        "pack",
        rf"(?:private|for\s.{{1,80}}|{_DAY})?",
        reads_only=True,
    ),
    Command(
        "pack issue",
        "pack issue",
        "issue the papers: from then on they never change",
        Role.PMO,
        "pack_issue",
        r"",
        prepared=True,
    ),
    Command(
        "pack agreed",
        "pack agreed",
        "the papers as the meeting agreed them",
        Role.PMO,
        "pack_issue",
        r"",
        prepared=True,
    ),
    Command(
        "pack template",
        "pack template [none]",
        "the Word template of the papers, to be changed and dropped back",
        Role.PMO,
        "pack_template",
        r"(?:none|\d{1,15})?",
    ),
    Command(
        "word",
        "word 6.2.1 WORDS",
        "an action's line for the committee, in the office's words",
        Role.PMO,
        "word",
        rf"{_REF}.*",
    ),
    Command(
        "sustain",
        "sustain 6.1.4 3 months | one-off",
        "how long a claim's effect is watched",
        Role.PMO,
        "sustain",
        rf"{_REF}\s+\S.*",
    ),
    Command(
        "away",
        "away until 12 June",
        "nobody asks you before that day",
        Role.VIEWER,
        "away",
        r"(?:until|till|to)\s.{1,40}",
        False,
    ),
    Command("back", "back", "you are asked again", Role.VIEWER, "back", r"", False),
    Command(
        "deputy",
        "deputy NAME",
        "who answers for you while you are away",
        Role.VIEWER,
        "deputy",
        rf"(?:{_NAME}|none|nobody)",
        False,
    ),
    Command(
        "snooze",
        "snooze until Thursday",
        "no reminder before that day",
        Role.OWNER,
        "snooze",
        r"(?:until|till)\s.{1,40}",
    ),
    Command(
        "handover",
        "handover NAME to NAME from 1 April",
        "a post changes hands",
        Role.PMO,
        "handover",
        r".+\bto\b.+",
    ),
    Command(
        "ask",
        "ask ORGANISATION [word], ask 3.1 quarterly",
        "a return for people who are in no chat; an action's own rhythm",
        Role.PMO,
        "ask",
        rf"(?:(?-i:[A-Z])[\w&'’./ -]{{1,60}}|{_ONE}\s+(?:monthly|quarterly|half-yearly|yearly|every\s.{{1,30}}))",
    ),
    Command(
        "shared",
        "shared 1.5 each | any",
        "whether all who share an action must answer, or any of them",
        Role.PMO,
        "shared",
        rf"{_ONE}\s+(?:each|any)",
    ),
    Command(
        "organisation",
        "organisation NSCHT [has NAME, NAME] [cleared by NAME] [by return]",
        "who belongs to it, and who sees its updates first",
        Role.PMO,
        "organisation",
        r"(?-i:[A-Z\"“]).{0,120}",
    ),
    Command(
        "clear",
        "clear NSCHT, clear look NSCHT",
        "let others see an organisation's updates",
        Role.VIEWER,
        "clear",
        r"(?:\d{1,15}|(?:look\s+)?(?-i:[A-Z\"“]).{0,80})",
    ),
    Command(
        "setting",
        "setting [NAME VALUE]",
        "the plan's rhythm, days and hours",
        Role.PMO,
        "setting",
        r"(?:[a-z_-]{2,30}(?:\s.{1,60})?)?",
    ),
    Command(
        "people gone",
        "people gone NAME",
        "nobody asks them any more",
        Role.PMO,
        "people_gone",
        r".{1,80}",
    ),
    Command(
        "scale",
        'scale [Amber means at risk] [Blue demands assurance] [set "Blue, Green, Amber, Red"]',
        "the plan's ratings",
        Role.PMO,
        "scale",
        r"(?:set\s.+|.+\s(?:means|demands|also)\s.+)?",
    ),
    Command(
        "unrated",
        "unrated",
        "a sheet of what has no agreed rating",
        Role.PMO,
        "unrated",
        r"",
        reads_only=True,
    ),
    Command(
        "file",
        "file NUMBER",
        "yes, these words are an update",
        Role.VIEWER,
        "file_saved",
        _NUMBERS,
        False,
        False,
    ),
    Command(
        "takein",
        "takein NUMBER PLAN",
        "import a file that waits",
        Role.VIEWER,
        "take_in",
        r"\d+\s+\S+",
        False,
        False,
    ),
    Command(
        "summarise",
        "summarise NUMBER",
        "a waiting file as a report",
        Role.VIEWER,
        "summarise",
        r"\d{1,15}",
        False,
        False,
        prepared=True,
    ),
    Command(
        "offer",
        "offer NUMBER PASSAGE",
        "ask an owner whether a passage of a report is an update",
        Role.PMO,
        "offer",
        r"\d{1,15}\s+(?:\d{1,4}|all)",
        True,
        False,
    ),
    Command(
        "discard", "discard NUMBER", "leave a file that waits", Role.VIEWER, "discard", _NUMBERS, False, False
    ),
    Command(
        "confirm",
        "confirm NUMBERS",
        "yes to what a receipt asks",
        Role.VIEWER,
        "confirm",
        _NUMBERS,
        False,
        False,
    ),
    Command(
        "leave", "leave NUMBERS", "no to what a receipt asks", Role.VIEWER, "leave", _NUMBERS, False, False
    ),
    Command("which", "which NUMBERS", "which of them is wrong", Role.VIEWER, "which", _NUMBERS, False, False),
    Command("edit", "edit NUMBER", "change an update", Role.VIEWER, "edit", _NUMBERS, False, False),
    Command("notthis", "notthis NUMBER", "not this action", Role.VIEWER, "notthis", _NUMBERS, False, False),
    Command(
        "move",
        "move NUMBER ACTION",
        "the update belongs to another action",
        Role.VIEWER,
        "move",
        r"\d+\s+\S.*",
        False,
        False,
    ),
    Command(
        "place",
        "place NUMBER ACTION",
        "which action kept words are about",
        Role.VIEWER,
        "place",
        r"\d+\s+\S.*",
        True,
        False,
    ),
    Command(
        "unplaced", "unplaced NUMBER", "about none of these", Role.VIEWER, "unplaced", _NUMBERS, False, False
    ),
    Command("reply", "reply", "answer in a form what you were asked", Role.OWNER, "reply", r"[\d\s]*"),
    Command(
        "nochange",
        "nochange MEETING",
        "no change to any action asked about",
        Role.OWNER,
        "nochange",
        r"[\d\s]*",
        True,
        False,
    ),
)

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
    UsageError, and so are unknown words (with a suggestion). ``slugs`` are the plans that
    ``in SLUG`` at the end may name.
    """
    line = " ".join(text.strip().removeprefix("/").split(" ")).strip()
    found = find(line)
    if found is None:
        if addressed:
            raise UsageError(near_miss(line))
        return None
    command, tail = found
    tail, here = _ending(tail, ("here",)) if command.words != "update" else (tail, None)
    tail, plan = _ending(tail, tuple(f"in {slug}" for slug in slugs))
    if not re.fullmatch(command.accepts, tail, re.IGNORECASE | re.DOTALL):
        if addressed or not tail or _NAMED.fullmatch(tail):
            unclear = f"I could not make sense of “{tail[:60]}” there. " if tail else ""
            raise UsageError(f"{unclear}It is: {command.usage}")
        return None
    return Call(command, tail, plan.removeprefix("in ") if plan else None, here is not None)


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
