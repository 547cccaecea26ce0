"""Reads made-up texts until the time is up: ``python -m tests.bench.fuzz_reading SECONDS`` (``make fuzz``).

Texts are strung together from the vocabularies and from awkward pieces; a text that raises, or whose
spans are not where they say, is printed with the seed that makes it again, and the exit code is 1.
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import count
from random import Random
from time import monotonic

from nlp.reading import read
from nlp.reading.dates.words import vocabulary
from storage.model.reading import Cue, DateFound, Measure, PercentFound, RefFound

__all__ = ["made_up", "main"]

_AWKWARD = [
    "1",
    "12",
    "31",
    "2018",
    "19",
    "1920",
    "'18",
    "/",
    "-",
    ".",
    ",",
    "(",
    ")",
    "\n",
    ":",
    "%",
    "of",
    "st",
    "th",
    "99",
    "0",
    "00",
    "2/3",
    "29",
    "6.1.4",
    "15%",
    "20-25%",
    "#17",
    "5th",
    "20180230",
    "£5k",
    "24/7",
    "\u200b",
    "\u202e",
    "🙌",
    "½",
    "١٢",
    "é",
    "﷽",
    "<b>",
    "'",
    '"',
    ";",
    "--",
    "\\",
    "[a+]+",
    "done",
    "not",
    "slipped",
    "complete",
    "rest",
    "no",
    "change",
    "wte",
    "beds",
    "rec",
]


def made_up(seed: int) -> tuple[str, date]:
    """The text and the day of reading that belong to a seed."""
    random = Random(seed)
    words = ["".join(word.pieces) for words in vocabulary().values() for word in words] + list(_AWKWARD) * 5
    chosen = (
        random.choice(words) + random.choice(("", " ", " ", " ", ", ", "\n"))
        for _ in range(random.randint(1, 25))
    )
    return "".join(chosen), date.fromordinal(random.randint(1, date.max.toordinal()))


def fault(text: str, as_of: date) -> str | None:
    """What is wrong with the reading of a text, or None."""
    try:
        reading = read(text, as_of)
    except Exception as error:
        return repr(error)
    spans: tuple[DateFound | PercentFound | Measure | Cue | RefFound, ...] = (
        *reading.dates,
        *reading.percentages,
        *reading.measures,
        *reading.cues,
        *reading.refs,
    )
    wrong = [one for one in spans if text[one.start_char : one.end_char] != one.text or not one.text]
    wrong += [one for one in reading.dates if one.start > one.end]
    return repr(wrong[0]) if wrong else None


def main() -> None:
    end = monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else 600)
    faults = 0
    for seed in count():
        if monotonic() > end or faults >= 20:
            break
        said = fault(*made_up(seed))
        if said:
            faults += 1
            print(f"seed {seed}: {said}\n    {made_up(seed)!r}")
    print(f"{seed} texts read, {faults} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
