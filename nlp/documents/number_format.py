"""Numbers and dates as a spreadsheet shows them (ECMA-376 18.8.31), in the United Kingdom's order of day and month."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

__all__ = ["shown"]

_TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|AM/PM|A/P|y+|m+|d+|h+|s+|[0#?]|.', re.IGNORECASE | re.DOTALL
)
_SYSTEM = {  # formats that follow the computer's region
    "mm-dd-yy": "dd/mm/yyyy",
    "m/d/yy h:mm": "dd/mm/yyyy hh:mm",
    "[$-f800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy": "dd mmmm yyyy",
    "[$-f400]h:mm:ss\\ am/pm": "hh:mm:ss",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLACES = frozenset("0#?")
_GENERAL_DIGITS = 10

Shown = str | bool | int | float | Decimal | datetime | date | time | timedelta | None


def shown(value: Shown, code: str) -> str:
    """The text that a cell with this value and number format shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    code = _SYSTEM.get(code.lower(), code)
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, (date, time)):
        return _moment(value, code)
    try:
        return _number(Decimal(str(value)), code)
    except InvalidOperation:  # more digits than any format shows
        return str(value)


def _sections(code: str) -> list[list[str]]:
    """The pieces of each of the sections that semicolons part."""
    sections: list[list[str]] = [[]]
    for piece in _TOKEN.findall(code):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


# numbers


def _number(number: Decimal, code: str) -> str:
    sections = _sections(code)
    if number < 0 and len(sections) > 1:
        return _in_section(-number, sections[1])
    if number == 0 and len(sections) > 2:
        return _in_section(number, sections[2])
    sign = "-" if number < 0 else ""
    text = _in_section(abs(number), sections[0])
    return sign + text if re.search(r"[1-9]", text) else text


def _in_section(number: Decimal, pieces: list[str]) -> str:
    places = [i for i, piece in enumerate(pieces) if piece in _PLACES]
    if not pieces or _is_general(pieces) or (places and not {"E", "/"}.isdisjoint(pieces)):
        return _literals(pieces, _general(number)) if _is_general(pieces) else _general(number)
    if not places:
        return _literals(pieces, "")
    first, last = places[0], places[-1]
    tail = pieces[last + 1 :]
    while tail and tail[0] == ",":  # a comma behind the number is thousands
        number, tail = number / 1000, tail[1:]
    number *= 100 ** pieces.count("%")
    digits = _digits(number, pieces[first : last + 1])
    return (_literals(pieces[:first], "") + digits + _literals(tail, "")).strip()


def _is_general(pieces: list[str]) -> bool:
    return any(piece.lower() in {"general", "@"} for piece in pieces)


def _literals(pieces: list[str], general: str) -> str:
    return "".join(general if piece.lower() in {"general", "@"} else _literal(piece) for piece in pieces)


def _literal(piece: str) -> str:
    if piece[0] == '"':
        return piece[1:-1]
    if piece[0] == "\\":
        return piece[1:]
    if piece[0] == "[":
        return piece[2:-1].partition("-")[0] if piece.startswith("[$") else ""
    return "" if piece[0] in "_*#?" else piece


def _general(number: Decimal) -> str:
    return f"{Decimal(f'{number:.{_GENERAL_DIGITS}g}').normalize():f}"


def _digits(number: Decimal, pattern: list[str]) -> str:
    whole, fraction = _split(pattern)
    places = sum(piece in _PLACES for piece in fraction)
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    return _whole(left, whole) + _fraction(right, fraction)


def _split(pattern: list[str]) -> tuple[list[str], list[str]]:
    if "." not in pattern:
        return pattern, []
    point = pattern.index(".")
    return pattern[:point], pattern[point + 1 :]


def _whole(digits: str, pattern: list[str]) -> str:
    least = pattern.count("0")
    digits = digits.lstrip("0").rjust(least, "0")
    if "," in pattern:
        return f"{int(digits or 0):0{least},d}" if digits else ""
    if all(piece in _PLACES for piece in pattern):
        return digits
    return _threaded(digits, pattern)


def _threaded(digits: str, pattern: list[str]) -> str:
    """Digits with literals between them ("000-000"), filled from the right."""
    out: list[str] = []
    for position, piece in enumerate(reversed(pattern)):
        if piece not in _PLACES:
            out.append(_literal(piece))
            continue
        last = not any(t in _PLACES for t in pattern[: len(pattern) - position - 1])
        out.append(digits if last else digits[-1:])
        digits = "" if last else digits[:-1]
    return "".join(reversed(out))


def _fraction(digits: str, pattern: list[str]) -> str:
    if not pattern:
        return ""
    places = [piece for piece in pattern if piece in _PLACES]
    least = len(places) - ([*reversed(places), "0"].index("0"))
    digits = digits[:least] + digits[least:].rstrip("0")
    return "." + digits


# dates


def _moment(value: date | time, code: str) -> str:
    moment = value if isinstance(value, datetime) else _as_datetime(value)
    pieces = _sections(code)[0]
    if not any(piece[0] in "ymdhsYMDHS" for piece in pieces):
        return f"{moment:%d/%m/%Y}" if isinstance(value, date) else f"{moment:%H:%M}"
    twelve = any(piece.upper() in {"AM/PM", "A/P"} for piece in pieces)
    return "".join(_part(pieces, i, moment, twelve) for i in range(len(pieces))).strip()


def _as_datetime(value: date | time) -> datetime:
    if isinstance(value, time):
        return datetime.combine(date(1900, 1, 1), value)
    return datetime.combine(value, time())


def _part(pieces: list[str], i: int, moment: datetime, twelve: bool) -> str:
    piece = pieces[i].lower()
    if piece in {"am/pm", "a/p"}:
        half = "AM" if moment.hour < 12 else "PM"
        return half if piece == "am/pm" else half[0]
    if piece[0] == "m" and _means_minutes(pieces, i):
        return _padded(moment.minute, piece)
    if piece[0] == "h":
        return _padded((moment.hour - 1) % 12 + 1 if twelve else moment.hour, piece)
    if piece[0] == "s":
        return _padded(moment.second, piece)
    return _day_part(piece, moment) if piece[0] in "ymd" else _literal(pieces[i])


def _means_minutes(pieces: list[str], i: int) -> bool:
    """Excel's rule: "m" after hours or before seconds is minutes."""
    before = next((t[0].lower() for t in reversed(pieces[:i]) if t[0].lower() in "ymdhs"), "")
    after = next((t[0].lower() for t in pieces[i + 1 :] if t[0].lower() in "ymdhs"), "")
    return len(pieces[i]) < 3 and (before == "h" or after == "s")


def _day_part(piece: str, moment: datetime) -> str:
    if piece[0] == "y":
        return f"{moment.year:04d}" if len(piece) > 2 else f"{moment.year % 100:02d}"
    if len(piece) < 3:
        return _padded(moment.month if piece[0] == "m" else moment.day, piece)
    name = _MONTHS[moment.month - 1] if piece[0] == "m" else _DAYS[moment.weekday()]
    return name[:3] if len(piece) == 3 else name[0] if piece == "mmmmm" else name


def _padded(number: int, piece: str) -> str:
    return f"{number:0{min(len(piece), 2)}d}"


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
