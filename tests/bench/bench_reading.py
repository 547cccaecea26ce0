"""The figures of the reading: ``python -m tests.bench.bench_reading`` (``make bench-reading``).

Scores every labelled file beside the checkout with the scorer that lies there, the texts that were
held aside and the others; then the speed on one core, and the time from 1 KB to 1 MB of text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

from nlp.reading import read
from tests.bench.predict import items_of, predict
from tests.bench.split import held_aside

__all__ = ["main"]

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
_AWKWARD: dict[str, Callable[[int], str]] = {
    "prose": lambda size: (
        "The audit of 5 March found 80% of 12 wards ready, the rest by end of June. " * size
    )[:size],
    "brackets": lambda size: "(" * size,
    "one token": lambda size: "x" * size,
    "numbers": lambda size: ("1, " * size)[:size],
    "slashes": lambda size: ("1/" * size)[:size],
    "dashes": lambda size: ("Feb 18 - " * size)[:size],
    "per cent": lambda size: ("5% to " * size)[:size],
    "lines": lambda size: ("6.1.4 done\n" * size)[:size],
}
_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_AS_OF = date(2018, 3, 20)


def main() -> None:
    if not GOLD.exists():
        sys.exit("The labelled texts are not beside this checkout: put them at ../shared/gold.")
    print_figures()
    print_speed()
    print_growth()


def print_figures() -> None:
    """One line a file, then the texts that rules were made on, those held aside, and all."""
    score = _scorer().score
    files = {path.stem: items_of(path) for path in sorted(GOLD.glob("dev_*.jsonl"))}
    every = [item for items in files.values() for item in items]
    files["own part"] = [item for item in every if not held_aside(item["id"])]
    files["held aside"] = [item for item in every if held_aside(item["id"])]
    files["all"] = every
    predicted = {item["id"]: predict(item) for item in every}
    print(
        f"{'':14}{'texts':>6}{'dates':>8}{'roles':>8}{'percent':>9}{'roles':>8}{'status':>8}{'macro':>8}{'cues':>8}"
    )
    for name, items in files.items():
        print(f"{name:14}{len(items):6}" + _line(score(items, predicted)))


def _line(scored: dict[str, Any]) -> str:
    dates, percentages = scored["dates"], scored["percentages"]
    figures = (
        dates["resolved"]["f1"],
        dates["role_accuracy"],
        percentages["value"]["f1"],
        percentages["role_accuracy"],
        scored["status"]["accuracy"],
        scored["status"]["macro_f1"],
        scored["cues"]["recall"],
    )
    return "".join(
        f"{'-' if one is None else format(100 * one, '.1f'):>{width}}"
        for one, width in zip(figures, (8, 8, 9, 8, 8, 8, 8), strict=True)
    )


def print_speed(rounds: int = 3) -> None:
    """Full readings a second on one core, the best of a few rounds."""
    items = [item for path in sorted(GOLD.glob("dev_*.jsonl")) for item in items_of(path)]
    texts = [(item["text"], date.fromisoformat(item["as_of"])) for item in items]
    seconds = min(_seconds(texts) for _ in range(rounds))
    print(f"\n{len(texts) / seconds:.0f} full readings a second on one core ({len(texts)} texts)\n")


def print_growth() -> None:
    """Milliseconds by size; ten times the text should take about ten times as long."""
    print(f"{'ms':12}" + "".join(f"{size // 1000:>9} KB" for size in _SIZES))
    for name, make in _AWKWARD.items():
        times = [1000 * _seconds([(make(size), _AS_OF)]) for size in _SIZES]
        print(f"{name:12}" + "".join(f"{one:12.1f}" for one in times), flush=True)


def _seconds(texts: Iterable[tuple[str, date]]) -> float:
    start = perf_counter()
    for text, as_of in texts:
        read(text, as_of)
    return perf_counter() - start


def _scorer() -> ModuleType:
    spec = spec_from_file_location("score", GOLD / "score.py")
    if spec is None or spec.loader is None:
        sys.exit("The scorer ../shared/gold/score.py cannot be loaded: check that the file is there.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
