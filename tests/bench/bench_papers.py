"""How fast summaries and papers are made: ``python -m tests.bench.bench_papers``."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from handlers.documents.packsheet import pack_xlsx
from handlers.documents.packword import pack_docx
from handlers.papers.contents import contents
from nlp.documents import read_plan
from nlp.reading import read
from storage.model.record import Change
from storage.open import open_store
from tests.bench.generate_plan import generate_plan

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT.parent / "shared" / "seeds" / "000_1070e9cf3b6bd7f7.txt"
ACTIONS, ROUNDS = 200, 3
NOW = datetime(2024, 3, 20, 9, tzinfo=UTC)
UPDATE = (
    "The discharge lounge opened on 4 March and takes 12 patients a day, against a plan of 20, because two of the"
    " four porters' posts are still vacant; interviews are on 26 March and we now expect to reach 20 a day by the"
    " end of May, with 84% of wards using the new form."
)


def main() -> None:
    """Print what was measured beside what is wanted."""
    figures = [("a line for an update", f"{_line():.2f} ms", "under 2 ms")]
    if REPORT.exists():
        figures.append(("a 15-page report, as a process", f"{_report():.2f} s", "under 3 s"))
    figures.append((f"a pack for {ACTIONS} actions, Word and Excel", f"{_pack():.2f} s", "under 10 s"))
    for what, measured, wanted in figures:
        print(f"{what:<42} {measured:>10}   {wanted}")


def _line() -> float:
    """Milliseconds for the line alone, the text being read."""
    from nlp.summary.line import one_line

    reading = read(UPDATE, date(2024, 3, 20))
    return statistics.median(_seconds(lambda: one_line(UPDATE, reading)) for _ in range(200)) * 1000


def _report() -> float:
    def once() -> None:
        command = [sys.executable, "-m", "bot", "summarise", str(REPORT)]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)

    return statistics.median(_seconds(once) for _ in range(3))


def _pack() -> float:
    """A plan where every action was spoken of three times, with figures that make charts."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "bench.db"))
        content = generate_plan(ACTIONS)
        document = read_plan(content, "plan.xlsx")
        with store.writing(Change(None, NOW, "cli")):
            plan = store.plans.import_document("bench", document, content, "plan.xlsx")
            author = store.people.add("Noor Aziz")
            meeting = store.governance.add_meeting(
                plan.id, "Assurance meeting", date(2024, 4, 10), assurance=True
            )
        for month in range(ROUNDS):
            when = datetime(2024, month + 1, 20, 9, tzinfo=UTC)
            with store.writing(Change(author.id, when, "console")):
                for view in store.plans.views(plan.id):
                    text = f"{40 + 10 * month}% of wards use the form, target 90%. {UPDATE}"
                    store.updates.add(view.action.id, text, read(text, when.date()), author_id=author.id)

        def build() -> None:
            filled = contents(plan, meeting, "issued", store, NOW)
            pack_docx(filled)
            pack_xlsx(filled)

        taken = _seconds(build)
        store.close()
    return taken


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
