"""Splits a message about several actions into the part about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.reading.draft import StatusReading
from nlp.reading.refs import THEME
from nlp.reading.status import read_part, says_no_change
from storage.model.reading import DateFound, PercentFound, RefFound, Segment

__all__ = ["of_message", "split"]

_LIST = re.compile(
    r"(?:[\s,/&+;-]|\b(?:and|also|plus|actions?|steps?|refs?|to|both)\b|\(\d{1,2}\)){0,12}", re.IGNORECASE
)
# Behind these a ref is only mentioned: what is said is said of another action.
_MENTION = re.compile(
    r"(?:\bas per|\bsee|\bsee also|\blink(?:s|ed)? (?:to|with|into)|\bper|\bunder|\bvia|\bpart of|\bdepends? on"
    r"|\bdependent on|\bin line with|\bfrom|\bnot|\bwithin|\bcovered (?:by|in)|\bmerged (?:with|into)"
    r"|\breplaced by|\bsuperseded by|\bwaiting (?:on|for)|\bsame as|\boutput of)\s{1,3}$",
    re.IGNORECASE,
)
# Behind these it is only mentioned when the clause already has its action ("6.1.3 waits until 6.1.2 reports").
_WITHIN = re.compile(
    r"\b(?:before|after|until|til|till|once|on|behind|following|with|for|pending|when|than|of|into|by|if|as|like|where"
    r"|in|to|and then)\s{1,3}$",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[\n;•·!?]|\.(?=\s)|,\s|\s-\s|[\U0001F300-\U0001FAFF✅❌☑✔]|\b(?:but|except(?: for)?|apart from|bar|while|whereas)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:the\s)?(?:rest(?!\s(?:of\sthe\s(?!action|plan|list)|of\s(?!my|mine|them|these|it|the)))|remaining\s(?:ones|actions)|(?:all\s)?(?:the\s)?others"
    r"|everything\selse|all\selse|all\sother\sactions|all\sthe\sother\sactions)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"^\W{0,3}(?:both|everything|all|all of (?:them|these|it|mine|my actions)|all (?:two|three|four|five|six|\d)"
    r"|the lot|they(?:'re| are) (?:all|both)|all my actions|all mine)(?:'s)?"
    r"(?=\W{0,3}(?:$|now|are|is|still|done|complete|completed|finished|fine|good|ok|okay|on|as|no|unchanged|going"
    r"|green|amber|red|blue|in|slipped|delayed|not|progressing|closed|live|started)\b|\W{0,3}$)",
    re.IGNORECASE,
)
_LIKEWISE = re.compile(
    r"\b(?:same (?:for|with|goes|again)|ditto|likewise|so (?:is|has|does|are))\b|\bsame\W{0,3}$",
    re.IGNORECASE,
)
_LOOK_BACK = 24  # characters before a ref that tell a mention
_CLAUSE = 200  # no clause is longer
_SHORT = 60  # characters; "all done" is a whole answer, "all the wards ..." in a long text is not


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    refs: tuple[str, ...] = ()
    rest: bool = False


def split(
    text: str,
    refs: Sequence[RefFound],
    dates: Sequence[DateFound],
    percentages: Sequence[PercentFound],
) -> tuple[Segment, ...]:
    """One segment per action spoken of, in order; each with its own status (``read_status``).

    "The rest" gives a segment without refs, marked ``rest``; so does a short message about all that
    was asked ("both done"). A message that names no action and says "no change" is one segment.
    Segments follow each other without overlap; text before the first ref belongs to the first.
    """
    groups = _groups(text, [one for one in refs if one.rule != THEME and one.ref])
    parts = _parts(text, groups)
    segments: list[Segment] = []
    for part in parts:
        segment = _read(text, part, dates, percentages)
        if segment.status is None and segments and _LIKEWISE.search(text, part.start, part.end):
            before = segments[-1]
            segment = replace(
                segment, status=before.status, confidence=before.confidence, no_change=before.no_change
            )
        if segment.refs or segment.rest or segment.no_change:
            segments.append(segment)
    return tuple(segments)


def of_message(whole: StatusReading, segments: Sequence[Segment]) -> StatusReading:
    """The status of a message: where it is about several actions that of the first named, else of the whole text."""
    named = [segment for segment in segments if segment.refs]
    if len(segments) < 2 or not named or (named[0].status is None and not named[0].no_change):
        return whole
    return replace(whole, status=named[0].status, confidence=named[0].confidence)


def _read(text: str, part: _Part, dates: Sequence[DateFound], percentages: Sequence[PercentFound]) -> Segment:
    reading = read_part(text, dates, percentages, part.start, part.end)
    no_change = says_no_change(text, part.start, part.end)
    return Segment(part.start, part.end, part.refs, reading.status, reading.confidence, part.rest, no_change)


def _groups(text: str, refs: Sequence[RefFound]) -> list[list[RefFound]]:
    """Refs that one thing is said of ("6.1.4, .5 and 6.2.1"); a ref that is only mentioned is left out."""
    groups: list[list[RefFound]] = []
    opening = len(text) - len(text.lstrip())
    for one in refs:
        end = groups[-1][-1].end_char if groups else 0
        joint = text[end : one.start_char] if groups else ""
        if (
            groups
            and _LIST.fullmatch(joint)
            and not (joint.strip() == "," and _told_before(text, groups[-1]))
        ):
            groups[-1].append(one)
        elif one.start_char <= opening or not _only_mentioned(text, one, end):
            groups.append([one])
    return groups


def _told_before(text: str, group: Sequence[RefFound]) -> bool:
    """Whether a first ref ends what is said of it ("done with 6.1.3, 6.1.4 not begun")."""
    first = group[0].start_char
    start = max(0, first - _CLAUSE)
    start = max((found.end() for found in _BREAK.finditer(text, start, first)), default=start)
    heads_a_list = text[start:first].rstrip().endswith(":")
    return (
        len(group) == 1
        and not heads_a_list
        and bool(read_part(text, (), (), start, first).cues or says_no_change(text, start, first))
    )


def _only_mentioned(text: str, ref: RefFound, after: int) -> bool:
    start = max(after, ref.start_char - _LOOK_BACK)
    if _MENTION.search(text, start, ref.start_char):
        return True
    return (
        bool(after)
        and not _BREAK.search(text, max(after, ref.start_char - _CLAUSE), ref.start_char)
        and bool(_WITHIN.search(text, start, ref.start_char))
    )


def _parts(text: str, groups: Sequence[Sequence[RefFound]]) -> list[_Part]:
    if not groups:
        return _without_refs(text)
    starts = [0]
    for before, after in pairwise(groups):
        starts.append(_boundary(text, before[-1].end_char, after[0].start_char))
    ends = [*starts[1:], len(text)]
    parts: list[_Part] = []
    for group, start, end in zip(groups, starts, ends, strict=True):
        named = tuple(dict.fromkeys(one.ref for one in group))
        parts.extend(_with_rest(text, _Part(start, end, named), group))
    return [_trimmed(text, part) for part in parts]


def _boundary(text: str, after: int, before: int) -> int:
    """Where the part about the next ref begins: behind the last break, else at the ref itself."""
    breaks = [found for found in _BREAK.finditer(text, after, before)]
    if not breaks:
        return before
    last = breaks[-1]
    word = last.group()[0].isalpha()
    return last.start() if word else last.end()


def _with_rest(text: str, part: _Part, group: Sequence[RefFound]) -> list[_Part]:
    """The part about some refs, and what is said of the rest before or behind them."""
    first, last = group[0].start_char, group[-1].end_char
    behind = _REST.search(text, last, part.end)
    if behind:
        cut = _boundary(text, last, behind.start())
        return [replace(part, end=cut), _Part(cut, part.end, rest=True)]
    ahead = _REST.search(text, part.start, first) or _ALL.search(text[part.start : first])
    if ahead and _BREAK.search(text, part.start, first):
        cut = _boundary(text, part.start, first)
        return [_Part(part.start, cut, rest=True), replace(part, start=cut)]
    return [part]


def _without_refs(text: str) -> list[_Part]:
    said = text.strip()
    opening = _REST.match(said) or _ALL.match(said)
    if not said or (len(said) > _SHORT and not opening):
        return []
    whole = _trimmed(text, _Part(0, len(text), rest=bool(opening) and len(said) <= _SHORT))
    return [whole]


def _trimmed(text: str, part: _Part) -> _Part:
    said = text[part.start : part.end]
    start = part.start + len(said) - len(said.lstrip(" \t\r\n,;.-•*"))
    end = part.end - (len(said) - len(said.rstrip(" \t\r\n,;-•*")))
    return replace(part, start=start, end=max(end, start)) if start < part.end else part
