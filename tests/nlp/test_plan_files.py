"""Files as people send them: encodings, wrong names, what is no plan; the demo's plan and the real ones."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.documents import read_plan
from nlp.documents.asjson import document_as_dict
from storage.model.errors import DocumentError
from tests.nlp.plan_files import HEADER, ROW, only, tabbed

TEXT = "Café plan – 2 May 2026\n\n" + tabbed(HEADER, ROW)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    plan = read_plan(TEXT.encode(encoding), "plan.txt")
    assert (plan.title, only(plan).ref) == ("Café plan – 2 May 2026", "1.1")


def test_text_read_in_the_wrong_encoding_once_is_repaired() -> None:
    assert read_plan(TEXT.encode().decode("cp1252").encode(), "plan.txt").title == "Café plan – 2 May 2026"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(end: str) -> None:
    assert only(read_plan(TEXT.replace("\n", end).encode(), "plan.txt")).owner == "Head of Flow"


def test_a_word_table_saved_a_cell_a_line() -> None:
    def row(*cells: str) -> str:
        return "".join(f"\n\t{cell}" for cell in cells) + "\n"

    text = (
        "Vale action plan\n"
        + row("Actions", "Summary of progress", "Lead", "To be completed by", "RAG status")
        + row("Access to care")
        + row("1.1 Open the hub\n\n", "Builders on site\n\n· lift ordered", "Vale Trust", "31.3.26", "")
        + row("1.2 Staff the hub", "Ten of twelve posts", "Vale Trust\n\nICB", "Ongoing", "")
        + row("2 Leaving hospital\n")
        + row("2.1 Plan discharge", "", "ICB", "", "")
    )
    plan = read_plan(text.encode(), "plan.txt")
    assert [(a.ref, a.action, a.owner, a.due.text) for a in plan.actions] == [
        ("1.1", "Open the hub", "Vale Trust", "31.3.26"),
        ("1.2", "Staff the hub", "Vale Trust\nICB", "Ongoing"),
        ("2.1", "Plan discharge", "ICB", None),
    ]
    assert [(t.ref, t.title) for t in plan.themes] == [(None, "Access to care"), ("2", "Leaving hospital")]
    assert plan.actions[0].progress == "Builders on site · lift ordered"


def test_tables_drawn_with_bars() -> None:
    bars = "Vale plan\n\n" + "\n".join("| " + " | ".join(row) + " |" for row in (HEADER, ["---"] * 6, ROW))
    assert only(read_plan(bars.encode(), "plan.txt")).owner == "Head of Flow"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        pytest.param(b"", "plan.txt", "empty", id="empty"),
        pytest.param(b"   \n\n", "plan.txt", "No table of actions", id="blank"),
        pytest.param(b"Dear all,\n\nplease see below.\n", "plan.txt", "No table of actions", id="a letter"),
        pytest.param(bytes(range(256)) * 20, "plan.txt", "not text", id="binary junk"),
        pytest.param(b"Name\tPhone\nJo\t01234\n", "plan.txt", "No table of actions", id="another table"),
        pytest.param(TEXT.encode(), "plan.docx", "no .docx file", id="wrong name"),
        pytest.param(b'{"plan": 1, "actions": ', "plan.json", "damaged", id="broken JSON"),
        pytest.param(b"[" * 100_000, "plan.json", "JSON", id="deep JSON"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused_in_one_sentence(data: bytes, name: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read_plan(data, name)
    assert "\n" not in str(caught.value)


def test_progress_is_told() -> None:
    seen: list[tuple[int, int]] = []
    read_plan(TEXT.encode(), "plan.txt", progress=lambda done, whole: seen.append((done, whole)))
    assert seen
    assert all(done <= whole for done, whole in seen)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.text("\t\n1.aA RAG", max_size=300)),
    st.sampled_from(["a.txt", "a.json", "a"]),
)
def test_any_text_is_a_plan_or_refused(text: str, name: str) -> None:
    try:
        plan = read_plan(text.encode("utf-8", "surrogatepass"), name)
    except DocumentError:
        return
    json.dumps(document_as_dict(plan))


@settings(max_examples=100, deadline=None)
@given(st.text("\t\n12.abAB,:-()/ ü", max_size=300))
def test_any_text_behind_a_plan_leaves_the_plan(text: str) -> None:
    plan = read_plan((TEXT + "\n\n" + text).encode(), "plan.txt")
    assert plan.actions[0].ref == "1.1"


def test_the_demos_plan_reads() -> None:
    data = resources.files("bot").joinpath("demo/plan.txt").read_bytes()
    plan = read_plan(data, "plan.txt")
    assert (len(plan.actions), len(plan.themes), len(plan.meetings), len(plan.unplaced)) == (24, 9, 30, 2)
    assert sum(bool(a.ratings) for a in plan.actions) == 19
    assert [t.ref for t in plan.themes if t.parent == "6"] == ["6.1", "6.2", "6.3"]


# --- the real plans --------------------------------------------------------------------------------

SEEDS = {"stoke": "004_c3dc48f5e9bbc546", "dorset": "001_0fb2c72c99181697"}


@pytest.mark.parametrize("name", SEEDS)
def test_real_plans_score_as_high_as_before(name: str, seeds: Path, gold: Path, tmp_path: Path) -> None:
    path = seeds / f"{SEEDS[name]}.txt"
    found = tmp_path / "found.json"
    found.write_text(json.dumps(document_as_dict(read_plan(path.read_bytes(), path.name))), encoding="utf-8")
    command = [
        sys.executable,
        gold / "score_plan.py",
        "--gold",
        gold / f"plan_{name}.json",
        "--pred",
        found,
        "--json",
    ]
    score = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert (score["actions_found"], score["actions_extra"], score["fields_mean"]) == (1.0, 0, 1.0)
    assert {score["themes_found"], score["rag_scheme_found"], score["meetings_found"]} <= {1.0, None}


def read_seed(seeds: Path, start: str) -> dict[str | None, str]:
    (path,) = seeds.glob(f"{start}_*.txt")
    return {action.ref: action.action for action in read_plan(path.read_bytes(), path.name).actions}


def test_an_inspection_plan_behind_a_report(seeds: Path) -> None:
    (path,) = seeds.glob("000_*.txt")
    plan = read_plan(path.read_bytes(), path.name)
    assert [a.ref for a in plan.actions] == [
        "1.1", "1.2", "1.3", None, "2.1", None, "3.1", "3.2", "3.3", None, "4.1", "4.2", "4.3", None, "5.1", "5.2",
    ]  # fmt: skip
    assert [t.ref for t in plan.themes] == ["1", "2", "3", "4", "5"]
    assert [r.colour for r in plan.scales[0].ratings] == ["purple", "green", "amber", "red"]
    assert plan.staff_key["COO"] == "Chief Operating Officer"


def test_a_plan_with_a_garbled_page(seeds: Path) -> None:
    refs = list(read_seed(seeds, "002"))
    assert refs == [
        "A", "B", "C (and 18.5)", "D", "E", "F", "G (and 19.3.3)", "H", "I", "J", "K", "L", "5.5", "11", "18.5",
        "2017 ACTION FOR 18.6", "19.1", "19.2.1", "19.3.3", "20.1", "2017 action for 20.1", "20.2",
    ]  # fmt: skip


def test_a_word_table_with_many_agencies(seeds: Path) -> None:
    refs = list(read_seed(seeds, "003"))
    expected = [None, *(f"1.{n}" for n in range(1, 7)), *(f"2.{n}" for n in range(1, 35) if n != 25)]
    expected += [f"3.{n}" for n in (1, 2, 3, 4, 5, 6, 9, 10, 11)] + ["4.1", "4.2", "4.4", "4.4.1"]
    expected += [f"4.{n}" for n in range(5, 12)]
    assert refs == expected
