"""Which column is which: headers by their synonyms, columns without one by what they hold, by hand where both fail."""

from __future__ import annotations

import pytest

from nlp.documents import read_plan
from nlp.documents.plan.headers import assign, is_header
from nlp.documents.refs import looks_like_ref
from tests.nlp.plan_files import HEADER, ROW, only, plan_of, refs
from tests.nlp.tables import rows


def fields(*headers: str) -> list[str]:
    return [column.field for column in assign(headers)]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param(
            ["No", "Recommendation", "Lead/Responsible Person", "Action completed", "Date"],
            ["ref", "action", "owner", "progress", "due"],
            id="a recommendation is the action where nothing else is",
        ),
        pytest.param(
            ["Ref", "Recommendation", "Agreed action", "By whom", "By when"],
            ["ref", "issue", "action", "owner", "due"],
            id="and the issue where an action stands beside it",
        ),
        pytest.param(
            ["Action", "Executive lead", "Action owner", "Timescale", "New date"],
            ["action", "owner", "operational_lead", "due", "revised"],
            id="the executive answers, the other leads",
        ),
        pytest.param(
            ["Action", "Lead", "Month RAG", "On target RAG", "Comments"],
            ["action", "owner", "rag", "on_target", "progress"],
            id="two ratings",
        ),
        pytest.param(
            ["Action", "SRO", "SRO progress RAG rating", "Committee", "Committee assurance rating"],
            ["action", "owner", "rag", "committee", "assurance_rating"],
            id="a rating and an assurance rating",
        ),
        pytest.param(
            ["Action", "Owner", "Evidence required"],
            ["action", "owner", "assurance"],
            id="evidence alone is the assurance",
        ),
        pytest.param(
            ["Action", "Owner", "Description of assurance", "Evidence"],
            ["action", "owner", "assurance", "evidence"],
            id="evidence beside assurance",
        ),
        pytest.param(
            ["What will we do?", "Who will lead?", "When will it be done by?", "How will we know it has worked?"],
            ["action", "owner", "due", "assurance"],
            id="questions",
        ),
        pytest.param(
            ["What inspectors said", "Our action/s", "Lead officer(s)", "Deadline (original)", "Deadline (revised)", "RAG (previous)", "RAG (current)"],
            ["issue", "action", "owner", "due", "revised", "extra", "rag"],
            id="qualifiers in brackets",
        ),
        pytest.param(
            ["Audit recommendation", "Management response", "Officer responsible", "Implementation date", "Revised implementation date", "Status", "RAG"],
            ["issue", "action", "owner", "due", "revised", "progress", "rag"],
            id="an audit's plan",
        ),
        pytest.param(
            ["Finding", "What are we going to do?", "Who is going to do it?", "When will we do it by?", "How will we know?"],
            ["issue", "action", "owner", "due", "assurance"],
            id="questions with more words",
        ),
        pytest.param(
            ["Recommendation number", "Recommendation text", "Action(s) to address recommendation", "Evidence to demonstrate completion"],
            ["ref", "issue", "action", "assurance"],
            id="a phrase that opens a header weighs more",
        ),
        pytest.param(
            ["Action", "Dates Due", "Dates Revised", "RAG Previous", "RAG Current"],
            ["action", "due", "revised", "extra", "rag"],
            id="headers of two rows put together",
        ),
        pytest.param(
            ["Item", "Agreed actions", "Exec lead", "Delivery manager", "Position at 19 March 2026", "RAG Mar-26"],
            ["ref", "action", "owner", "operational_lead", "progress", "rag"],
            id="dates in headers",
        ),
        pytest.param(
            ["No", "Ref", "Date", "Action", "Action owner", "Executive lead", "Completion date", "Due date", "Notes", "Progress"],
            ["extra", "ref", "extra", "action", "operational_lead", "owner", "extra", "due", "extra", "progress"],
            id="the likelier of two headers",
        ),
        pytest.param(["R3f", "Act1on", "0wner", "Due dat e", "Cornments"],
                     ["ref", "action", "owner", "due", "progress"], id="garbled"),
    ],
)  # fmt: skip
def test_headers_are_known_by_their_synonyms(headers: list[str], expected: list[str]) -> None:
    assert is_header(headers)
    assert fields(*headers) == expected


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(ROW, id="an action"),
        pytest.param(["Head of Service", "N/A", "Not Assured", "Mar-26"], id="short cells with a date"),
        pytest.param(
            ["", "Audit of notes and action on findings", "Group", "30/06/26"], id="words of headers in it"
        ),
        pytest.param(["Owner"], id="one word"),
    ],
)
def test_a_row_of_the_plan_is_no_header(row: list[str]) -> None:
    assert not is_header(row)


def test_a_blank_header_over_refs_is_the_ref_column() -> None:
    plan = plan_of([("Finding", "", "Action", "Owner", "Due"), ("Gaps", "1.1", "Fill them", "COO", "May 26"),
                    ("", "1.2", "Check them", "COO", "June 26")])  # fmt: skip
    assert refs(plan) == ["1.1", "1.2"]


def test_columns_without_headers_are_typed_by_their_cells() -> None:
    plan = plan_of(
        [
            (
                "1",
                "Call patients back within two days",
                "Reception lead",
                "31/03/2026",
                "Green",
                "Started well in January",
            ),
            (
                "2",
                "Review all repeat prescriptions",
                "Pharmacist",
                "Ongoing",
                "Amber",
                "Half of them are done so far",
            ),
            (
                "3",
                "Train two nurses in wound care",
                "Nurse manager",
                "30/06/2026",
                "Red",
                "No places until autumn",
            ),
        ]
    )
    first = plan.actions[0]
    assert refs(plan) == ["1", "2", "3"]
    assert (first.action, first.owner) == ("Call patients back within two days", "Reception lead")
    assert (first.due.text, first.ratings, first.progress) == (
        "31/03/2026",
        {"rag": "green"},
        "Started well in January",
    )


def test_a_header_in_words_nobody_knows_is_no_action() -> None:
    plan = plan_of([("Nr", "Maßnahme", "Wer", "Bis wann", "Ampel"), ("1", "Open the hub at weekends", "Head of Flow", "May 26", "Green"),
                    ("2", "Staff the hub with nurses", "Head of HR", "June 26", "Red"), ("3", "Close the annexe", "Head of Flow", "TBC", "Amber")])  # fmt: skip
    assert refs(plan) == ["1", "2", "3"]
    assert plan.columns == {
        "Nr": "ref",
        "Maßnahme": "action",
        "Wer": "owner",
        "Bis wann": "due",
        "Ampel": "rag",
    }


def test_a_status_column_of_prose_is_progress() -> None:
    long = "Two of the three wards have moved, the third waits for the lift to be mended before it can"
    action = only(plan_of([("Ref", "Action", "Owner", "Status"), ("1", "Move wards", "COO", long)]))
    assert (action.progress, dict(action.ratings)) == (long, {})


def test_a_target_column_of_dates_is_the_due_date() -> None:
    rows = [
        ("Ref", "Action", "Owner", "Target"),
        ("1", "Move wards", "COO", "May 26"),
        ("2", "Paint", "COO", "TBC"),
    ]
    assert [a.due.text for a in plan_of(rows).actions] == ["May 26", "TBC"]


def test_a_column_is_named_by_hand() -> None:
    rows = [("Ref", "Action", "Owner", "Zielmonat"), ("1", "Move wards", "COO", "at the next board meeting")]
    assert only(plan_of(rows)).due.text is None
    assert only(plan_of(rows, columns={"Zielmonat": "due"})).due.text == "at the next board meeting"


def test_an_unknown_field_by_hand_names_the_fields() -> None:
    with pytest.raises(ValueError, match="no such field: dew; choose from action"):
        plan_of([HEADER, ROW], columns={"Due date": "dew"})


def test_further_columns_are_kept_under_their_headers() -> None:
    rows = [(*HEADER, "Cost", "Intended outcome"), (*ROW, "£4k", "Shorter stays")]
    assert only(plan_of(rows)).extra == {"Cost": "£4k", "Intended outcome": "Shorter stays"}


def test_the_columns_found_are_told() -> None:
    assert plan_of([HEADER, ROW]).columns == {
        "Ref": "ref", "Action": "action", "Owner": "owner", "Due date": "due", "RAG": "rag", "Progress": "progress",
    }  # fmt: skip


def test_no_ref_is_made_of_a_month() -> None:
    assert not looks_like_ref("Mar-26")


def test_a_row_of_headers_that_only_the_mapping_knows_is_the_header() -> None:
    table = "Piece of work,Boss,Month finished\nPaint the doors,Jo,May 2026\nMend the gate,Al,June 2026\n"
    mapping = {"Piece of work": "action", "Boss": "owner", "Month finished": "due"}
    plan = read_plan(table.encode(), "plan.csv", columns=mapping)
    assert [(a.action, a.owner, a.due.text) for a in plan.actions] == [
        ("Paint the doors", "Jo", "May 2026"),
        ("Mend the gate", "Al", "June 2026"),
    ]
    assert plan.columns == mapping


BESIDE = {
    "ref": "Ref",
    "action": "Action",
    "owner": "Owner",
    "due": "Due date",
    "rag": "RAG",
    "progress": "Progress",
}
OTHER = {"extra", "issue", "outcome", "start", "completed", "regulation", "core_service", "theme"}


@pytest.mark.parametrize(("field", "header"), rows("plan_headers.tsv"))
def test_headers_that_plans_print_are_known(field: str, header: str) -> None:
    others = [name for known, name in BESIDE.items() if known != field]
    got = fields(*others, header)[-1]
    assert got in {"other": OTHER, "assurance": {"assurance", "evidence"}}.get(field, {field})
