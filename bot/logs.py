"""Logs: one line an event, with ids and timings, never with texts, names or tokens."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

__all__ = ["event", "problem", "start", "timed"]

_LOG = logging.getLogger("assurebot")
_LOG.addHandler(logging.NullHandler())  # a command logs nothing: its sentence is enough
Value = str | int | float | bool | None


def start(level: int = logging.INFO) -> None:
    """Send events to standard error, and the libraries' own warnings to nowhere: they may quote what people wrote."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    # Else a log that cannot be written prints the error at hand, with its words.
    logging.raiseExceptions = False
    _LOG.handlers[:] = [handler]
    _LOG.setLevel(level)
    _LOG.propagate = False
    logging.getLogger().handlers[:] = [logging.NullHandler()]


def event(name: str, level: int = logging.INFO, /, **values: Value) -> None:
    """One line: ``name key=value ...``. Values are ids, counts, states and seconds, never anybody's words."""
    shown = " ".join(f"{key}={_value(value)}" for key, value in values.items() if value is not None)
    _LOG.log(level, "%s %s", name, shown)


def problem(error: BaseException, /, **values: Value) -> str:
    """Log an error that nobody foresaw by its kind and place, without its message; the id to tell a person."""
    number = token_hex(3)
    places = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    event(
        "problem",
        logging.ERROR,
        id=number,
        kind=type(error).__name__,
        at=">".join(places[-6:]),
        **values,
    )
    return number


@contextmanager
def timed(name: str, /, **values: Value) -> Iterator[None]:
    """Log how long the block took, in milliseconds."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        event(name, ms=round((time.perf_counter() - begun) * 1000, 1), **values)


def _value(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "".join(str(value).split())[:120]
