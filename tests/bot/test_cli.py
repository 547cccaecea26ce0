"""The command line: exit codes, one sentence on standard error, and the contracts that tools rely on."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

import bot.cli
from bot.cli import main
from bot.cli.passing import command_line
from tests.bot.conftest import PLAN

Run = Callable[..., "Ran"]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run one command line in an empty folder; standard input may be given."""
    monkeypatch.chdir(tmp_path)

    def ran(*words: str, given: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        code = main(words)
        captured = capfd.readouterr()
        return Ran(code, captured.out, captured.err)

    return ran


@pytest.fixture
def planned(run: Run, database: Path) -> Run:
    """The same, with the demo's plan in the database of the folder, in January 2026."""
    return lambda *words, given="": run("--now", "2026-01-28T09:00", *words, given=given)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(
            ["stauts", "theme", "6"], 2, "Did you mean “status theme 6”?", id="a near miss of the chat's"
        ),
        pytest.param(
            ["improt", "x.docx"], 2, "Did you mean “assurebot import”?", id="a near miss of the operator's"
        ),
        pytest.param(["import"], 2, "FILE", id="an argument is missing"),
        pytest.param(
            ["import", "none.docx", "--plan", "a"], 2, "There is no file none.docx.", id="no such file"
        ),
        pytest.param(["import", ".", "--plan", "a"], 2, "is a folder", id="a folder"),
        pytest.param(["import", "x", "--plan", "My Plan"], 2, "such as my-plan", id="a bad short name"),
        pytest.param(["status"], 1, "There is no database", id="no database yet"),
        pytest.param(["export", "a"], 1, "There is no database", id="nothing to export"),
        pytest.param(["extract"], 2, "either a text or --jsonl", id="nothing to read"),
        pytest.param(["extract", "x", "--as-of", "tomorrow"], 2, "2018-03-16", id="no day"),
        pytest.param(["--now", "soon", "tick"], 2, "2018-03-16T09:00", id="no time"),
        pytest.param(["run"], 2, "Nothing is configured", id="nothing to run"),
        pytest.param(["--db", "mysql://x", "status"], 2, "sqlite:///", id="no such database"),
        pytest.param(["slack", "nonsense"], 2, "nonsense", id="no such subcommand"),
        pytest.param(["audit"], 2, "Missing command", id="half a command"),
        pytest.param(["chat"], 2, "--as", id="who are you"),
    ],
)
def test_wrong_use_is_answered_in_a_sentence(run: Run, words: list[str], code: int, said: str) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_fault_of_ours_is_one_sentence_and_debug_shows_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(given: list[str]) -> int:
        raise ZeroDivisionError("what somebody wrote")

    monkeypatch.setattr(bot.cli, "_run", broken)
    ran = run("status")
    assert ran.code == 1
    assert "inside Assurebot" in ran.err
    assert "what somebody wrote" not in ran.err
    with pytest.raises(ZeroDivisionError):
        run("--debug", "status")


def test_help_and_version(run: Run) -> None:
    shown = run("--help")
    assert shown.code == 0
    assert "doctor" in shown.out
    assert run().out == shown.out
    assert run("--version").out.startswith("assurebot ")
    assert "filters combine" in run("status", "--help").out


def test_an_import_says_what_it_read_and_what_it_could_not_place(run: Run) -> None:
    ran = run("import", str(PLAN), "--plan", "thornmere")
    assert ran.code == 0, ran.err
    for said in (
        "24:",
        "6, with 3 workstreams",
        "Done and assured (blue)",
        "not yet rated",
        "could not be placed",
    ):
        assert said in ran.out
    assert "Home care workforce" in ran.out  # every row that found no place is printed
    assert run("--now", "2026-01-28", "status", "6.1.4").code == 0


def test_a_dry_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    ran = run("import", str(PLAN), "--plan", "thornmere", "--dry-run")
    assert (ran.code, "Nothing was changed" in ran.out) == (0, True)
    assert not list(tmp_path.glob("assurebot.db*"))


def test_a_plan_that_seems_to_identify_a_patient_is_kept_once_somebody_has_looked(
    run: Run, tmp_path: Path
) -> None:
    sheet = tmp_path / "plan.csv"
    sheet.write_text(
        "Ref,Action,Owner,Due\n1.1,Open the line,Jo Hill,March 2026\n1.2,Review 943 476 5919 again,Jo Hill,May 2026\n"
    )
    for more in ((), ("--dry-run",)):
        ran = run("import", str(sheet), "--plan", "a", *more)
        assert (ran.code, "(1.2): an NHS number" in ran.err) == (2, True)
        assert "5919" not in ran.err + ran.out
    assert not any(b"5919" in path.read_bytes() for path in tmp_path.glob("assurebot.db*"))
    assert run("import", str(sheet), "--plan", "a", "--nobody-identified").code == 0


def test_what_stands_beside_the_table_of_a_plan_is_looked_at_too(run: Run, tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=4)
    for row in (("Ref", "Action", "Owner", "Due"), ("1.1", "Open the line", "Jo Hill", "March 2026")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("It follows a complaint about NHS number 943 476 5919.")
    document.save(str(tmp_path / "plan.docx"))
    ran = run("import", str(tmp_path / "plan.docx"), "--plan", "a")
    assert (ran.code, "an NHS number" in ran.err, "5919" in ran.err) == (2, True, False)


def test_the_same_file_twice_changes_nothing(planned: Run) -> None:
    before = planned("export", "thornmere").out
    assert "nothing changed" in planned("import", str(PLAN), "--plan", "thornmere").out
    assert planned("export", "thornmere").out == before


def test_a_column_that_is_told_is_remembered(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "plan.csv"
    sheet.write_text(
        "Ref,Action,Owner,When,Wanted\n1.1,Open the line,Jo Hill,March 2026,A\n1.2,Close it,Jo Hill,May 2026,B\n"
    )
    assert "--column" in run("import", str(sheet), "--plan", "a", "--column", "When").err
    assert run("import", str(sheet), "--plan", "a", "--column", "Wanted=nonsense").code == 2
    assert (
        "Wanted = assurance" in run("import", str(sheet), "--plan", "a", "--column", "Wanted=assurance").out
    )
    sheet.write_text(sheet.read_text() + "1.3,Look again,Jo Hill,June 2026,C\n")
    assert "Wanted = assurance" in run("import", str(sheet), "--plan", "a").out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\x00\x01\x02" * 400, "not text", id="no text"),
        pytest.param(b"Dear all,\n\nthe canteen is closed on Friday.\n", "plan", id="no plan"),
    ],
)
def test_what_is_no_plan_is_refused_and_nothing_is_imported(
    run: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "file.txt").write_bytes(content)
    ran = run("import", "file.txt", "--plan", "a")
    assert (ran.code, said in ran.err) == (1, True), ran
    assert "There is no plan" in run("export", "a").err


def test_an_export_imports_again_as_the_same_plan(planned: Run, tmp_path: Path) -> None:
    first = json.loads(planned("export", "thornmere").out)
    assert first["actions"][0]["current"]["state"] == "open"
    (tmp_path / "again.json").write_text(json.dumps(first))
    assert planned("import", "again.json", "--plan", "again").code == 0
    again = json.loads(planned("export", "again").out)
    assert again == first


@pytest.mark.parametrize("format", ["xlsx", "docx", "csv"])
def test_other_formats_are_written_to_a_file(planned: Run, tmp_path: Path, format: str) -> None:
    assert planned("export", "thornmere", "--format", format, "--output", f"plan.{format}").code == 0
    content = (tmp_path / f"plan.{format}").read_bytes()
    assert content.startswith(b"PK" if format != "csv" else b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        pytest.param("plan.docx", b"PK", id="docx"),
        pytest.param("plan.JSON", b"{", id="json"),
        pytest.param("plan.txt", b"{", id="no format is called so"),
    ],
)
def test_a_file_is_written_as_what_it_is_called(
    planned: Run, tmp_path: Path, name: str, start: bytes
) -> None:
    assert planned("export", "thornmere", "--output", name).code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_an_unknown_plan_or_format_is_answered_with_those_there_are(planned: Run) -> None:
    assert "there is thornmere" in planned("export", "stoke").err
    assert "json, xlsx, docx, csv" in planned("export", "thornmere", "--format", "pdf").err


def test_the_words_of_the_chat_pass_through(planned: Run) -> None:
    assert "CARE HOMES" in planned("status", "theme", "6.1").out
    assert planned("status", "overdue", "in", "thornmere").code == 0
    refused = planned("status", "theme", "99")
    assert refused.code == 2
    assert "Theme" in refused.err or "theme" in refused.err
    assert "What you can do here" in planned("help").out


def test_what_the_operator_writes_is_on_the_record_under_the_login(
    planned: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "casey")
    assert planned("people", "map", "Dr Nia Bevan", "casey").code == 0
    listed = planned("people").out
    assert "Dr Nia Bevan" not in listed.split("not.")[-1]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["status", "theme", "6"], "status theme 6"),
        (["update", "6.1.4", "live since Dec, 15% down"], "update 6.1.4 live since Dec, 15% down"),
        (["people", "map", "Chair, TVA", "Femi"], 'people map "Chair, TVA" Femi'),
        (["people", "map", '"Chair, TVA"', "Femi"], 'people map "Chair, TVA" Femi'),
    ],
)
def test_quotes_that_the_shell_took_are_put_back_where_a_command_wants_them(
    words: list[str], line: str
) -> None:
    assert command_line(words) == line


def test_extract_writes_one_line_for_each_line(planned: Run) -> None:
    texts = [
        {"id": "a", "text": "6.1.4 live since 3 March 2026, visits down 15%", "as_of": "2026-04-01"},
        {"id": 2, "text": "", "as_of": "2026-04-01"},
        {"id": "c", "text": "A daily advice line for care homes"},
    ]
    given = "".join(json.dumps(text) + "\n" for text in texts)
    rows = [json.loads(line) for line in planned("extract", "--jsonl", "-", given=given).out.splitlines()]
    assert [row["id"] for row in rows] == ["a", 2, "c"]
    assert set(rows[0]) == {
        "id", "dates", "percentages", "status", "confidence", "cues", "refs", "segments", "summary",
    }  # fmt: skip
    assert (rows[0]["dates"][0]["start"], rows[0]["refs"][0]["ref"]) == ("2026-03-03", "6.1.4")
    linked = planned("extract", "--jsonl", "-", "--plan", "thornmere", given=given).out.splitlines()
    assert json.loads(linked[2])["actions"][0]["ref"] == "6.1.4"
    assert json.loads(linked[1])["actions"] == []


@pytest.mark.parametrize(
    "line", ["nonsense", "[1]", '{"id": 1}', '{"text": 5}', '{"text": "a", "as_of": "soon"}']
)
def test_a_line_that_is_none_is_refused(run: Run, line: str) -> None:
    assert run("extract", "--jsonl", "-", given=line + "\n").code == 2


def test_extract_names_the_rule_of_every_value(run: Run) -> None:
    ran = run("extract", "Done by 3 March 2026, 80% of staff trained", "--as-of", "2026-02-01")
    assert "3 Mar 2026" in ran.out
    assert "Rule" in ran.out
    assert "In one line: Done by 3 March 2026" in ran.out


def test_a_tick_says_what_fell_due(planned: Run) -> None:
    ran = planned("tick")
    assert "Wednesday 28 January 2026, 09:00" in ran.out
    assert "posts fell due" in ran.out
    assert "Friday 16 March 2018" in planned("tick", "--now", "2018-03-16T10:00").out


def test_doctor_says_what_to_do(planned: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = planned("doctor")
    assert ran.code == 1
    assert "1 plan," in ran.out
    assert "ASSUREBOT_ADMINS" in ran.out
    monkeypatch.setenv("ASSUREBOT_TIMEZONE", "Mars")
    assert "Europe/London" in run_lines(planned("doctor"))[0]


def run_lines(ran: Ran) -> list[str]:
    return ran.out.splitlines()


def test_the_trail_is_whole_and_can_be_taken_away(planned: Run, tmp_path: Path) -> None:
    assert planned("audit", "verify").code == 0
    rows = planned("audit", "export", "thornmere").out.splitlines()
    assert rows[0].startswith("id,at,actor,via")
    assert len(rows) > 20


def test_what_is_kept_about_a_person_can_be_taken_away(planned: Run) -> None:
    planned("people", "map", "Dr Nia Bevan", "Nia Bevan")
    kept = json.loads(planned("person", "export", "Nia Bevan").out)
    assert "Nia Bevan" in json.dumps(kept)
    assert planned("person", "export", "Nobody Here").code == 2


def test_a_role_is_given_from_the_machine(planned: Run) -> None:
    planned("people", "map", "Dr Nia Bevan", "Nia Bevan")
    assert planned("person", "role", "Nia Bevan", "pmo", "--plan", "thornmere").out == (
        "Nia Bevan is pmo in thornmere now.\n"
    )
    assert "one of viewer" in planned("person", "role", "Nia Bevan", "boss").err


def test_a_person_is_forgotten_only_with_a_yes(planned: Run) -> None:
    planned("people", "map", "Dr Nia Bevan", "Nia Bevan")
    assert planned("forget", "Nia Bevan", given="n\n").code == 2
    assert "erased" in planned("forget", "Nia Bevan", "--yes").out
    assert planned("person", "export", "Nia Bevan").code == 2


def test_a_backup_goes_back_only_over_a_database_with_a_yes(planned: Run, tmp_path: Path) -> None:
    assert planned("backup", "copy.db").code == 0
    assert planned("backup", "copy.db").code == 2
    assert planned("restore", "copy.db").code == 1
    assert "kept in" in planned("restore", "copy.db", "--force").out
    assert planned("status", "6.1.4").code == 0


def test_slack_is_told_what_the_bot_is(run: Run) -> None:
    assert "display_information" in json.loads(run("slack", "manifest").out)
