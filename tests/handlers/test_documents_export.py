"""A plan exported and imported again is the same plan, in every format."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from handlers.documents.export import Format, export_plan
from handlers.documents.view import Current, CurrentRating, plan_view
from nlp.documents import read_plan
from nlp.documents.blocks import Table
from nlp.documents.celldates import parse_date
from nlp.documents.docx import read_docx
from nlp.documents.own import MARK_HEADER
from storage.model.document import DocAction, DocMeeting, DocRating, DocScale, DocStep, DocTheme, PlanDocument
from storage.model.errors import DocumentError
from storage.model.reading import Status

FORMATS: list[Format] = ["xlsx", "docx", "csv"]
AS_OF = date(2024, 3, 12)
SCALE = DocScale(
    "rag",
    "Month RAG",
    (
        DocRating("Complete", "blue", Status.COMPLETE, ("done",), "assurance"),
        DocRating("On target", "green", Status.ON_TRACK),
        DocRating("Off target", "red", Status.OFF_TRACK),
    ),
    setter="SRO",
)
PLAN = PlanDocument(
    title="Mereford recovery plan",
    as_of=AS_OF,
    version="V7",
    scales=(SCALE, DocScale("assurance", "Committee", (DocRating("Not assured"), DocRating("Assured")))),
    themes=(
        DocTheme("1", "ACCESS", "Mereford Council", "J Porter"),
        DocTheme("1.1", "Front door", parent="1"),
        DocTheme(None, "Workforce"),
    ),
    actions=(
        DocAction("1.10", "1.1", "Open the step-down ward", "COO\nEstates", due=parse_date("End May 24", AS_OF),
                  ratings={"rag": "on target"}, extra={"Issue": "No beds"}),
        DocAction("1.2", "1.1", "1. Hire 2. Train", steps=(DocStep("1", "Hire", parse_date("1 June 2024", AS_OF)),
                  DocStep("2", "Train")), ratings={"rag": "b", "assurance": "not assured"}),
        DocAction(None, "Workforce", "=SUM(A1) is no formula", "- typed dash", progress="+5 staff, @risk"),
        DocAction(None, None, "Review", garbled=True, strength="must"),
        DocAction("1.3", "1.1", "Back in the front door"),
    ),
    meetings=(DocMeeting("Board", date(2024, 4, 2), "Tuesday 2 April"), DocMeeting("Board", None, None)),
    rules=("every second Tuesday",),
    staff_key={"COO": "Chief Operating Officer"},
    columns={"Ref": "ref", "Issue": "issue", "Action": "action", "Lead": "owner", "Month due": "due", "Month RAG": "rag"},
)  # fmt: skip


def states(document: PlanDocument) -> list[Current]:
    rating = CurrentRating(SCALE.ratings[1], SCALE.ratings[2])
    return [
        Current(handle, {"rag": rating}, "30 June 2024", "July", "open", "Ward opened", "4 March, A Person")
        for handle, _ in enumerate(document.actions, start=1)
    ]


def same(plan: PlanDocument) -> PlanDocument:
    """The plan without what tells of the file that it was read from."""
    actions = tuple(replace(action, place="") for action in plan.actions)
    return replace(plan, actions=actions, columns={}, unplaced=(), notes=())


def there_and_back(plan: PlanDocument, format: Format, current: Sequence[Current] = ()) -> PlanDocument:
    return read_plan(export_plan(plan_view(plan, current), format), f"plan.{format}")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("updated", [False, True], ids=["as imported", "with updates"])
def test_the_same_plan_comes_back(format: Format, updated: bool) -> None:
    back = there_and_back(PLAN, format, states(PLAN) if updated else ())
    assert same(back) == same(PLAN)
    assert set(PLAN.columns.items()) <= set(back.columns.items())
    assert back.unplaced == ()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("number", range(5))
def test_real_plans_come_back(format: Format, number: int, seeds: Path) -> None:
    seed = sorted(seeds.glob("*.txt"))[number]
    plan = read_plan(seed.read_bytes(), seed.name)
    assert same(there_and_back(plan, format, states(plan))) == same(plan)


def test_an_export_of_an_export_has_no_second_state() -> None:
    again = there_and_back(there_and_back(PLAN, "xlsx", states(PLAN)), "xlsx", states(PLAN))
    assert same(again) == same(PLAN)


def test_what_was_changed_in_the_words_counts() -> None:
    book = load_workbook(io.BytesIO(export_plan(plan_view(PLAN), "xlsx")))
    sheet = book["Plan"]
    header = next(row for row in sheet.iter_rows() if MARK_HEADER in [cell.value for cell in row])
    places = {cell.value: cell.column for cell in header}
    ward = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "1.10")
    sheet.cell(ward, places["Month due"]).value = "30 June 2024"
    sheet.append([{"Action": "Buy beds", "Ref": "1.4"}.get(str(cell.value), "") for cell in header])
    buffer = io.BytesIO()
    book.save(buffer)
    back = read_plan(buffer.getvalue(), "plan.xlsx")
    assert back.actions[0].due.end == date(2024, 6, 30)
    assert [(action.ref, action.action) for action in back.actions[len(PLAN.actions) :]] == [
        ("1.4", "Buy beds")
    ]


def test_an_export_without_its_last_sheet_is_read_as_any_plan() -> None:
    ward, train = PLAN.actions[0], DocAction("2.1", "Workforce", "Train all staff", "Head of Nursing")
    plan = replace(PLAN, actions=(ward, train))
    book = load_workbook(io.BytesIO(export_plan(plan_view(plan, states(plan)), "xlsx")))
    del book["Assurebot"]
    buffer = io.BytesIO()
    book.save(buffer)
    back = read_plan(buffer.getvalue(), "plan.xlsx")
    assert [(action.ref, action.theme, action.action, action.owner) for action in back.actions] == [
        (action.ref, action.theme, action.action, action.owner) for action in plan.actions
    ]
    assert not any(header.startswith("Assurebot") for action in back.actions for header in action.extra)


def test_cells_carry_the_colours_of_the_scale() -> None:
    data = export_plan(plan_view(PLAN, states(PLAN)), "docx")
    tables = [block for block in read_docx(data) if isinstance(block, Table)]
    (ward,) = [row for table in tables for row in table.rows if row[0].text == "1.10"]
    assert [cell.fill for cell in ward if cell.fill] == ["00B050", "00B050", "E5002B"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_no_spreadsheet_runs_a_cell(start: str) -> None:
    plan = PlanDocument(
        "P", actions=(DocAction("1", None, start + "1+1"),), columns={"Ref": "ref", "Action": "action"}
    )
    view = plan_view(plan)
    sheet = load_workbook(io.BytesIO(export_plan(view, "xlsx")))["Plan"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value and "1+1" in str(cell.value)]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]
    records = csv.reader(io.StringIO(export_plan(view, "csv").decode("utf-8-sig")))
    assert [field[0] for record in records for field in record if "1+1" in field] == ["'"]


@pytest.mark.parametrize(
    ("progress", "expected"),
    [("keep", "Builders on site"), ("replace", "Ward opened"), ("append", "Builders on site\nWard opened")],
)
def test_the_progress_column_follows_the_plans_wish(progress: str, expected: str) -> None:
    plan = PlanDocument("P", actions=(DocAction("1", None, "Open", progress="Builders on site"),))
    view = plan_view(plan, states(plan), progress=progress)  # type: ignore[arg-type]
    assert view.sections[0].rows[0][view.headers.index("Progress")].text == expected


def test_an_export_whose_last_table_was_damaged_is_refused() -> None:
    data = export_plan(plan_view(PLAN), "csv").replace(b"plan,as of,2024-03-12", b"plan,as of,spring")
    with pytest.raises(DocumentError, match="export the plan again"):
        read_plan(data, "plan.csv")


words = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"]), min_size=1, max_size=8
)
texts = (
    st.lists(words, min_size=1, max_size=4).map(" ".join).filter(lambda text: not text.startswith("Theme"))
)
maybe = st.none() | texts


@st.composite
def plans(draw: st.DrawFn) -> PlanDocument:
    titles = draw(st.lists(texts, max_size=3, unique_by=str.casefold))
    themes = tuple(DocTheme(str(i) if i % 2 else None, title) for i, title in enumerate(titles))
    keys = [None, *(theme.ref or theme.title for theme in themes)]
    actions = st.builds(
        DocAction,
        ref=maybe,
        theme=st.sampled_from(keys),
        action=texts,
        owner=maybe,
        progress=maybe,
        assurance=maybe,
        due=texts.map(lambda text: parse_date(text, AS_OF)),
        extra=st.dictionaries(st.sampled_from(["Issue", "Notes", "Risk"]), texts, max_size=2),
    )
    return PlanDocument(
        draw(texts), AS_OF, None, themes=themes, actions=tuple(draw(st.lists(actions, max_size=4)))
    )


@pytest.mark.parametrize("format", FORMATS)
@given(plan=plans())
@settings(max_examples=12, deadline=None)
def test_any_plan_comes_back(format: Format, plan: PlanDocument) -> None:
    assert same(there_and_back(plan, format)) == same(plan)
