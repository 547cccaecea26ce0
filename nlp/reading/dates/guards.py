"""What settles, from the words beside it, whether a doubtful word is a date at all."""

from __future__ import annotations

import re

from nlp.reading.dates.lists import word_list
from nlp.reading.dates.part import Context

__all__ = ["is_month", "is_ordinal_day", "is_season", "is_weekday", "is_year"]

_NAMES = frozenset({"jan", "april", "may", "june", "summer", "august"})
_RARE_RANK = 10  # from here on an ordinal is rather a day than the rank of something
_VERB_LIKE = frozenset({"may", "march", "mar"})


def _beside(context: Context, first: int, last: int) -> tuple[str, str]:
    before, after = context.shape.before(first), context.shape.after(last)
    return before[0] if before else "", after[0] if after else ""


def is_month(context: Context, index: int, day: bool = False) -> bool:
    """Whether a month's name stands for the month: not the verb may, not June who leads, no MAR chart.

    ``day``: a day or year stands beside it.
    """
    shape = context.shape
    word = shape.words[index]
    name, said = shape.lower[index].removesuffix("'s"), shape.said(index)
    before, after = _beside(context, index, index + 1)
    if before in word_list("title_before") or before in {"each", "every"}:
        return False
    if word is not None and word.slip and not (day or context.told):
        return before in word_list("firm_before")
    if context.told and not (name == "may" and after in word_list("modal_after")):
        return True
    if name in _VERB_LIKE:
        return _month_not_verb(name, said, before, after, day)
    return name not in _NAMES or not said[0].isupper() or not _is_person(context, index, before, after)


def _month_not_verb(name: str, said: str, before: str, after: str, day: bool) -> bool:
    if name == "mar":
        return day or (not said.isupper() and before in word_list("date_before"))
    if name == "march":
        return before not in word_list("verb_march_before") or after in {"", ".", ",", ")"}
    if after in word_list("modal_after") and before not in word_list("firm_before"):
        return False
    if said == "May":
        return (
            (bool(before) and (before.isalpha() or before in "(,-/&"))
            or after in word_list("meeting_after")
            or day
        )
    if said == "MAY":
        return before in word_list("firm_before") or day
    return before in word_list("firm_before") | {"last", "next", "this", "to", "and", "-", "/"} or day


def _is_person(context: Context, index: int, before: str, after: str) -> bool:
    """As "June is leading", "ask April", "Summer Jones": a name that is also a month's."""
    shape = context.shape
    if before in word_list("firm_before") or before in {"last", "next", "this"}:
        return False
    if before in word_list("person_before"):
        return True
    if after in {"to", "and", "&", "or"} and re.match(r" ?[tA] M", shape.letters[index + 1 : index + 5]):
        return False
    if after in word_list("person_after"):
        return not before or before in ".!?;:" or after not in {"and", "&", "to", "is", "was"}
    following = index + 2
    surname = following < len(shape.letters) and shape.letters[index + 1 : following + 1] == " x"
    said = shape.said(following) if surname else ""
    return (
        said.istitle() and said.lower() not in word_list("meeting_after") and shape.lower[index] != "august"
    )


def is_weekday(context: Context, first: int, last: int) -> bool:
    """Not "sat with legal", "the sun"; "mon-fri" is no date already."""
    shape = context.shape
    said = shape.said(first)
    before, after = _beside(context, first, last)
    if before in {"a", "every", "each", "per", "most", "other", "alternate"} or after in {
        "mornings",
        "afternoons",
        "evenings",
        "nights",
        "clinics",
    }:
        return False
    if shape.letters[max(first - 2, 0) : first].rstrip()[-1:] in {"o", "K"} or after in {"of", "every"}:
        return False
    if shape.letters[last : last + 1] == "-" or (before == "-" and shape.letters[first - 1] == "-"):
        return False
    if shape.lower[first] in {"sat", "sun"}:
        return (said[0].isupper() and before in word_list("day_before")) or before in {
            "on",
            "by",
            "this",
            "next",
            "last",
            "until",
            "til",
            "before",
            "b4",
        }
    if shape.lower[first] == "wed" and not said[0].isupper():
        return before in word_list("day_before")
    return True


def is_ordinal_day(context: Context, first: int, last: int) -> bool:
    """As "til the 16th" but not "the 2nd draft", "on 1st Friday of the month"."""
    before, after = _beside(context, first, last)
    if before in word_list("meeting_after"):
        return not after or after in ".,;)"
    if before not in word_list("ordinal_before"):
        return False
    if after == "of" and {"each", "every"} & set(context.shape.after(last, 2)):
        return False
    if not after or not after[0].isalpha() or after in word_list("ordinal_after"):
        return True
    prepositions = word_list("numbered_day_before") & set(context.shape.before(first, 2)[1:])
    return (
        before == "the"
        and bool(prepositions)
        and context.shape.number(first) >= _RARE_RANK
        and after not in word_list("ranked")
    )


def is_year(context: Context, first: int, last: int) -> bool:
    """A bare number of four digits that is a year: near ours, or after a word that goes with years."""
    shape = context.shape
    before, after = _beside(context, first, last)
    if before in word_list("not_year_before") or after in word_list("not_year_after"):
        return False
    if shape.letters[first - 1 : first] in {"£", "$", "€", "#", "+"} and first:
        return False
    if shape.letters[max(first - 2, 0) : first] in {"N ", "n "}:
        return False
    distance = shape.number(first) - context.as_of.year
    if context.told or before in {"in", "since", "by", "until", "during", "throughout"}:
        return -120 <= distance <= 60
    if (
        after
        and after[0].isalpha()
        and after.endswith("s")
        and after not in word_list("year_before")
        and before not in {"the", "("}
    ):
        return False
    return -30 <= distance <= 32


def is_season(context: Context, first: int, last: int) -> bool:
    """As "not before autumn" but not "winter pressures", "Summer said"."""
    before, after = _beside(context, first, last)
    if after in word_list("season_not_after"):
        return False
    if not context.told and after and after[0].isalpha() and after not in word_list("ordinal_after"):
        return (
            before in {"the", "in the", "their", "our", "its", "his", "her"}
            and not context.shape.said(last + 1).istitle()
        )
    if context.told or before in word_list("season_before") - {"the", "of"}:
        return True
    if before == "in the":
        return True
    if before == "the":
        return context.shape.before(first, 2)[-1] in word_list("season_before")
    return bool(before) and (not after or after in ".,;)/-") and not context.shape.said(first).istitle()
