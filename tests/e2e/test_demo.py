"""The demo tells a whole cycle, from the document to the meeting, and leaves a record that stands by itself."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from bot.demo.script import read_script
from storage.model.record import DecisionKind
from storage.open import open_store
from tests.bot.conftest import PLAN


@dataclass(frozen=True)
class Told:
    story: str
    folder: Path


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The demo, played once in this process."""
    folder = tmp_path_factory.mktemp("demo") / "demo-output"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.parent)
        capture = io.StringIO()
        patch.setattr("sys.stdout", capture)
        assert main(["demo", "--output", str(folder)]) == 0
    return Told(capture.getvalue(), folder)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("could not be placed", id="what the import could not place"),
        pytest.param("Answer in your own words", id="prompts"),
        pytest.param("Got it: 6.1.2", id="a receipt that asks nothing"),
        pytest.param("One needs you:", id="a receipt that asks"),
        pytest.param("I kept your words", id="words that name no action"),
        pytest.param("Thornmere: the week to 2 February", id="the weekly digest"),
        pytest.param("Still to hear from you", id="a reminder"),
        pytest.param("Theme 6: SERVICE IMPROVEMENT", id="status theme 6"),
        pytest.param("overdue by", id="status overdue"),
        pytest.param("→ owner proposes", id="a proposal beside what is agreed"),
        pytest.param("Thornmere: Assurance meeting, 17 February", id="the digest before the meeting"),
        pytest.param("agreed (was", id="decisions"),
        pytest.param("decided about your actions", id="owners are told"),
        pytest.param("assurebot --db demo-output/assurebot.db", id="what to try next"),
    ],
)
def test_the_story_has_all_of_the_cycle(told: Told, said: str) -> None:
    assert said in told.story


def test_no_sentence_of_the_script_is_left_out(told: Told) -> None:
    story = " ".join(told.story.split())
    missing = [
        line for step in read_script().steps for line in step.say if " ".join(line.split()) not in story
    ]
    assert missing == []


def test_the_record_holds_what_was_told(told: Told) -> None:
    with closing(open_store(str(told.folder / "assurebot.db"))) as store:
        plan = store.plans.get("thornmere")
        assert plan is not None
        updates = store.updates.of_plan(plan.id)
        decisions = store.governance.decisions(plan.id)
        assert {update.author for update in updates} >= {"Jasper Lyle", "Priya Nandakumar", "Lucy Tan"}
        assert {DecisionKind.AGREE, DecisionKind.REFUSE} <= {decision.kind for decision in decisions}
        assert (store.inbox.waiting(), store.outbox.waiting(), store.audit.verify()) == (0, 0, None)


def test_what_went_to_the_channel_is_left_as_files(told: Told) -> None:
    names = [path.name for path in told.folder.glob("*.txt")]
    assert any(name.startswith("weekly-") for name in names)
    assert any(name.startswith("digest-") for name in names)


def test_it_empties_only_a_folder_of_its_own(
    told: Told, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    assert main(["demo", "--output", str(tmp_path)]) == 2
    assert "name another folder" in capsys.readouterr().err
    assert (tmp_path / "thesis.docx").exists()


def test_the_people_of_the_script_stand_in_the_plan() -> None:
    plan = PLAN.read_text("utf-8")
    missing = [printed for printed in read_script().owners if printed.split(",")[0] not in plan]
    assert missing == []
