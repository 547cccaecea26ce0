"""What a date is there for: planned, revised, happened, the time of a figure, or something else."""

from __future__ import annotations

import re
from datetime import date

from nlp.reading.dates.beside import Beside
from nlp.reading.dates.lists import word_list
from nlp.reading.dates.spans import Span
from nlp.reading.dates.tense import Tense, Told, missed_after, moved_to
from storage.model.reading import DateRole, Grain

__all__ = ["role_of"]

_FIGURE = re.compile(r"[0-9][0-9.,]*|%")
_COUNTED = re.compile(r"[0-9]{2,12}")
_NO_COMPARISON = {("later", "than"), ("rather", "than"), ("earlier", "than"), ("sooner", "than")}
_LINKS = frozenset({"in", "for", "at", "on", "during", "of", "(", "as"})
_CLOSE = 3
_HELD_AT = frozenset({"at", "in", "during", "for", "on"})
_OLD = frozenset({(",", "was"), ("(", "was"), (",", "not"), ("(", "not")})


def role_of(around: Beside, span: Span, grain: Grain, told: Told, as_of: date) -> tuple[DateRole, str]:
    """The role, and the name of what settled it."""
    if _compared(around) or (grain in (Grain.YEAR, Grain.QUARTER) and _in_name(around)):
        return DateRole.OTHER, "compared"
    if told.overtaken or _missed(around):
        return DateRole.PLANNED, "missed"
    if _revised(around, span, as_of):
        return DateRole.REVISED, "revised"
    if _of_figure(around, span, grain, as_of, told):
        return DateRole.AS_OF, "figure"
    return _by_time(span, told, as_of)


def _by_time(span: Span, told: Told, as_of: date) -> tuple[DateRole, str]:
    start, end = span
    if start > as_of:
        return DateRole.PLANNED, "to-come"
    if end < as_of:
        plan = told.tense is Tense.FUTURE and not told.done
        return (DateRole.PLANNED, "plan-told") if plan else (DateRole.HAPPENED, "gone")
    return (DateRole.HAPPENED, "past-told") if told.tense is Tense.PAST else (DateRole.PLANNED, "running")


def _compared(around: Beside) -> bool:
    if around.before[-2:] in _NO_COMPARISON:
        return False
    return any(off <= 1 for off, _ in around.cues_before("other")) or any(
        off == 0 or size > 1 for off, size in around.cues_after("other", 4)
    )


def _in_name(around: Beside) -> bool:
    """As "the strategy 2022-26", "the pre-2014 scheme"."""
    named = around.before[-1:] != () and around.before[-1] in word_list("year_name_before")
    about = bool(word_list("year_name_after") & set(around.after[:1])) or (
        around.after[:1] == ("annual",) and bool(word_list("year_name_after") & set(around.after[1:3]))
    )
    return named or about or around.before[-2:] in {("pre", "-"), ("post", "-")}


def _missed(around: Beside) -> bool:
    own = around.before[len(around.before) - around.own :]
    if own in _OLD:
        return True
    if around.after[:1] == ("now",) and not _new_date_after_now(around):
        return False
    return any(off <= 1 and (size > 1 or off == 0) for off, size in around.cues_before("missed")) or any(
        off == 0 or size > 1 for off, size in missed_after(around)
    )


def _new_date_after_now(around: Beside) -> bool:
    """As "30 April, now 14 May"; "Jan now not Nov" is itself the new date."""
    return around.after[1:2] != () and (
        around.after[1][0].isdigit() or around.after[1] in word_list("after_now")
    )


def _revised(around: Beside, span: Span, as_of: date) -> bool:
    if span[1] < as_of:
        return False
    return (
        moved_to(around)
        or any(off <= _CLOSE for off, _ in around.cues_before("revised"))
        or any(off <= 1 for off, _ in around.cues_after("revised"))
        or (span[0] > as_of and bool(around.cues_before("slip")))
    )


def _of_figure(around: Beside, span: Span, grain: Grain, as_of: date, told: Told) -> bool:
    """Beside a figure: "89% in May", "Jan: 54 days", "audit in October showed"."""
    if span[0] > as_of or (told.tense is Tense.FUTURE and span[1] >= as_of):
        return False
    if any(off <= 1 for off, _ in around.cues_before("as_of")) or any(
        off == 0 for off, _ in around.cues_after("as_of")
    ):
        return True
    if _figure_before(around, grain) or _opens(around):
        return True
    near = [word for word in around.before[-3:] if word not in _LINKS]
    if near and (near[-1] == "%" or (near[-1] == ")" and "%" in around.before[-4:])):
        return True
    if (
        grain is not Grain.DAY
        and near
        and _COUNTED.fullmatch(near[-1])
        and around.before[-1] in {"in", "for"}
    ):
        return True
    return _figure_after(around, span, grain, told)


def _figure_before(around: Beside, grain: Grain) -> bool:
    """As "2,871 (30 September)", "81% answered in five minutes for March", "reserves of 2.1 months at 31 March"."""
    own = around.before[len(around.before) - around.own :]
    if own[-1:] == ("(",) and around.after[:1] == (")",):
        return any(_FIGURE.fullmatch(word) for word in own[-3:-1])
    link = "at" if own[-2:] == ("as", "of") else next((word for word in reversed(own) if word != "the"), "")
    if _right_before(own, link):
        return True
    if link not in _HELD_AT and grain is not Grain.QUARTER:
        return False
    if link == "on" and grain is not Grain.DAY:
        return False
    clause = own[max((at + 1 for at, word in enumerate(own) if _parts(own, at)), default=0) :]
    figure = any((_COUNTED if own[-1] == "of" else _FIGURE).fullmatch(word) for word in clause)
    stood = bool(word_list("stood") & set(clause)) and any(_COUNTED.fullmatch(word) for word in clause[-5:])
    return ("%" in clause and link != "on") or (figure and link == "at") or stood


def _right_before(own: tuple[str, ...], link: str) -> bool:
    """As "to 17.1 in 2018/19", "95.9 in Q3", "8,340 to the end of July": a level or decimal, not a count of things."""
    words = [word for word in own if word != "the"][:-1]
    if words[-1:] == ["points"]:
        words = words[:-2] if words[-2:-1] == ["percentage"] else words[:-1]
    if not words or not words[-1].isdigit():
        return False
    if words[-2:-1] == [","] and words[-3:-2] and words[-3].isdigit():
        return link == "to" or link in _HELD_AT
    return (
        link in _HELD_AT and words[-2:-1] != [] and (words[-2].isdigit() or words[-2] in {"to", "from", "at"})
    )


def _opens(around: Beside) -> bool:
    """As "At the end of August the longest wait was 41 weeks", "By 31/1/26 81% were in"."""
    opening = [word for word in around.before if word not in {"the", "-"}]
    if opening == ["by"]:
        return "%" in around.after[:3]
    return opening in (["at"], ["as", "at"], ["as", "of"]) and any(map(_FIGURE.fullmatch, around.after))


def _parts(words: tuple[str, ...], at: int) -> bool:
    """Whether a word parts a figure from what follows; not the comma of "6,204"."""
    if words[at] != ",":
        return words[at] in word_list("parts_figure")
    return not (words[at - 1].isdigit() and words[at + 1 : at + 2] and words[at + 1].isdigit())


def _figure_after(around: Beside, span: Span, grain: Grain, told: Told) -> bool:
    """As "Jan: 54 days", "(to Feb) 91%", "In March 75 cases were closed"."""
    if grain is Grain.DAY and span[0] == span[1]:
        return around.after[:1] == (":",) and "%" in around.after[1:4]
    if not around.after:
        return False
    if around.after[0] == ")":
        level = around.after[1:2] == (":",) and any(map(_FIGURE.fullmatch, around.after[2:3]))
        return level or "%" in around.after[1:5]
    marked = around.after[0] in {"-", ":", "="}
    if marked and told.done and not told.used:
        return False  # "50 files read last week: 47 were signed"
    marked = marked or around.after[0] in word_list("stood")
    words = around.after[1:] if marked else around.after
    return bool(words) and bool((_FIGURE if marked else _COUNTED).fullmatch(words[0]))
