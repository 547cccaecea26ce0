"""Reads labelled texts and writes what was read: ``python -m tests.bench.predict GOLD.jsonl ... > pred.jsonl``."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from nlp.reading import read
from nlp.reading.jsonl import reading_as_dict

__all__ = ["items_of", "predict"]


def items_of(path: Path) -> list[dict[str, Any]]:
    """The labelled texts of a file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def predict(item: dict[str, Any]) -> dict[str, Any]:
    """What is read out of one labelled text, as ``assurebot extract --jsonl`` writes it."""
    reading = read(item["text"], date.fromisoformat(item["as_of"]))
    return {"id": item["id"], **reading_as_dict(reading)}


def main() -> None:
    for name in sys.argv[1:]:
        for item in items_of(Path(name)):
            print(json.dumps(predict(item), ensure_ascii=False))


if __name__ == "__main__":
    main()
