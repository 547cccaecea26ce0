"""What each row becomes: an action, more of one, a heading, or unplaced with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.documents import read_blocks
from nlp.documents.blocks import Cell, Paragraph, Table
from nlp.documents.plan.assemble import assemble, assemble_with_fates
from storage.model.errors import DocumentError
from tests.nlp.plan_files import HEADER, ROW, only, plan_of, refs, table


def cut(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    names = ("ref", "action", "owner", "due", "rag", "progress")
    return tuple(cells.get(name, text) for name, text in zip(names, row, strict=True))


def test_every_field_of_a_row_is_read() -> None:
    action = only(plan_of([HEADER, ROW]))
    assert (action.ref, action.action, action.owner) == ("1.1", "Open the hub", "Head of Flow")
    assert (action.due.text, dict(action.ratings), action.progress) == (
        "31 March 2026",
        {"rag": "green"},
        "Builders on site",
    )
    assert action.place == "line 2"


def test_mark_up_entities_and_invisible_characters_go() -> None:
    dirty = "<p>Open the <b>hub</b> &amp; caf\u00ad\u200bé</p><ul><li>weekdays</ul> <5 days"
    assert only(plan_of([HEADER, cut(ROW, action=dirty)])).action == "Open the hub & café weekdays <5 days"


def test_owners_keep_their_lines() -> None:
    row = cut(ROW, owner="<ul><li>CEO, ABC</li><li>Director, DEF</li></ul>")
    assert only(plan_of([HEADER, row])).owner == "CEO, ABC\nDirector, DEF"


def test_repeated_headers_on_new_pages_are_no_actions() -> None:
    plan = plan_of([HEADER, ROW], "\n", [HEADER, cut(ROW, ref="1.2")])
    assert refs(plan) == ["1.1", "1.2"]


def test_a_table_goes_on_without_a_header() -> None:
    plan = plan_of([HEADER, ROW], "\n", [cut(ROW, ref="1.2", action="Close the annexe")])
    assert refs(plan) == ["1.1", "1.2"]


def test_a_row_broken_by_a_page_is_put_together() -> None:
    rest = ("", "and staff it at weekends", "", "", "", "who leave in May")
    action = only(plan_of([HEADER, ROW], "\n", [rest]))
    assert action.action == "Open the hub and staff it at weekends"
    assert action.progress == "Builders on site who leave in May"


def test_a_name_cut_by_a_page_is_one_owner() -> None:
    first = cut(ROW, owner="Director of Nursing and", progress="Work has begun and will")
    action = only(plan_of([HEADER, first], "\n", [("", "", "Quality", "", "", "go on in May")]))
    assert action.owner == "Director of Nursing and Quality"


def test_a_row_cut_by_a_page_in_every_cell_is_one_action() -> None:
    first = cut(
        ROW, owner="Director of Nursing and", action="Open the hub and", progress="Work has begun and will"
    )
    rest = ("", "staff it by summer", "Quality", "", "", "go on in May")
    plan = plan_of(
        [HEADER, cut(ROW, ref="1.0"), first], "\n", [rest, cut(ROW, ref="1.2"), cut(ROW, ref="1.3")]
    )
    assert refs(plan) == ["1.0", "1.1", "1.2", "1.3"]
    assert plan.actions[1].action == "Open the hub and staff it by summer"


def test_a_row_printed_again_after_a_page_break_is_one_action() -> None:
    head = ("Issue", "Action", "Owner", "Due", "Progress")
    one = ("1.2 Patients must be seen on time", "to all teams that have a waiting", "COO", "May 26", "2.")
    two = (
        "1.2 Patients must be seen on time",
        "Give lists to all teams that have a waiting list",
        "COO",
        "May 26",
        "Half done",
    )
    action = only(plan_of([head, one], "\n", [head, two]))
    assert (action.ref, action.action) == ("1.2", "Give lists to all teams that have a waiting list")
    assert action.progress == "Half done"


def test_a_line_broken_inside_a_cell_is_joined() -> None:
    broken = (
        "\t".join(ROW[:5])
        + "\tTwo posts filled,\nthird interviewed last week\n"
        + "\t".join(cut(ROW, ref="1.2"))
    )
    plan = plan_of([HEADER], broken)
    assert [a.progress for a in plan.actions] == [
        "Two posts filled, third interviewed last week",
        "Builders on site",
    ]


def test_a_row_broken_in_several_cells_is_joined() -> None:
    broken = "1.1\tOpen the hub\nwith weekend\nstaff\tHead of Flow\nHead of HR\tMay 26\tGreen\tBegun"
    plan = plan_of([HEADER], broken, [cut(ROW, ref="1.2")])
    first = plan.actions[0]
    assert refs(plan) == ["1.1", "1.2"]
    assert (first.action, first.owner) == ("Open the hub with weekend staff", "Head of Flow\nHead of HR")
    assert (first.due.text, first.progress) == ("May 26", "Begun")


def test_rows_are_told_by_their_lines() -> None:
    broken = "1.1\tOpen the hub\nwith staff\tCOO\tMay 26\tGreen\tBegun\n---\t---\n" + "\t".join(
        cut(ROW, ref="1.2")
    )
    plan = plan_of("Vale plan", "", [HEADER], broken)
    assert [a.place for a in plan.actions] == ["line 6", "line 8"]  # a joined row by its last line


def test_a_heading_behind_a_short_row_is_a_heading() -> None:
    plan = plan_of([HEADER, ROW[:4]], "Theme 2: Homes\n", [HEADER, cut(ROW, ref="2.1")])
    assert [(a.ref, a.theme) for a in plan.actions] == [("1.1", None), ("2.1", "2")]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("1.2", "Train forty staff in lifting", "Head of HR", "June 26", "", "Amber", "Ten trained so far"), id="a column more"),
        pytest.param(("1.2", "Train forty staff in lifting", "", "Head of HR", "June 26", "Amber", "Ten trained so far"), id="shifted behind the action"),
        pytest.param(("", "1.2", "Train forty staff in lifting", "Head of HR", "June 26", "Amber", "Ten trained so far"), id="shifted from the start"),
    ],
)  # fmt: skip
def test_a_shifted_row_finds_its_columns(row: tuple[str, ...]) -> None:
    second = plan_of([HEADER, ROW, row]).actions[1]
    assert (second.ref, second.action, second.owner) == ("1.2", "Train forty staff in lifting", "Head of HR")
    assert (second.due.text, dict(second.ratings), second.progress) == (
        "June 26",
        {"rag": "amber"},
        "Ten trained so far",
    )


def test_a_row_cut_behind_its_last_cell_stands_from_the_left() -> None:
    second = plan_of([HEADER, ROW, ("1.2", "Look again at what we already do", "TBC", "TBC")]).actions[1]
    assert (second.action, second.owner, second.due.text) == (
        "Look again at what we already do",
        "TBC",
        "TBC",
    )


def test_a_heading_that_opens_like_a_note_is_one() -> None:
    plan = plan_of([HEADER, ("END OF LIFE", *[""] * 5), ROW])
    assert [t.title for t in plan.themes] == ["END OF LIFE"]


def test_a_lone_date_in_a_narrow_row_is_the_due_date() -> None:
    head = ("Ref", "Action", "Owner", "Month due", "Revised date", "Assurance", "Progress")
    long = "Weekly figures go to the board, which looks at them with the lead nurse every time"
    rows = [
        head,
        ("1", "Open", "COO", "May 26", "", long, long),
        ("2", "Close", "COO", "June 26", long, long),
    ]
    second = plan_of(rows).actions[1]
    assert (second.due.text, second.revised.text, second.assurance) == ("June 26", None, long)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("", "Night cover – see Workstream 6.3", "", "", "", ""), "points to an action elsewhere"),
        (("Total", "14 actions", "", "", "", ""), "a row of totals"),
        (("Note: ratings are those of May", "", "", "", "", ""), "a note"),
    ],
)
def test_rows_that_are_no_actions_are_told_with_a_reason(row: tuple[str, ...], reason: str) -> None:
    plan = plan_of([HEADER, ROW, row])
    assert len(plan.actions) == 1
    (left,) = plan.unplaced
    assert reason in left.reason
    assert left.place == "line 3"


def test_an_action_may_begin_like_a_total() -> None:
    rows = [
        ("Action", "Owner", "Due"),
        ("Total review of bed numbers", "COO", "May 26"),
        ("Close the annexe", "COO", "May 26"),
    ]
    assert len(plan_of(rows).actions) == 2


def test_an_action_without_a_ref_is_one_where_it_has_an_owner() -> None:
    plan = plan_of([HEADER, ROW, cut(ROW, ref="", action="Tell staff", progress="")])
    assert refs(plan) == ["1.1", None]


def test_refs_that_open_the_text_are_taken_apart() -> None:
    rows = [
        ("Action", "Lead", "By when"),
        ("1.1 Open the hub", "COO", "May 26"),
        ("1.2 Staff it", "HR", "June 26"),
    ]
    plan = plan_of(rows)
    assert [(a.ref, a.action) for a in plan.actions] == [("1.1", "Open the hub"), ("1.2", "Staff it")]


def test_several_refs_in_one_row_are_several_actions() -> None:
    rows = [("Action", "Lead", "By when"), ("2.1 Open", "COO", "May 26"),
            ("2.2 Staff the hub<br>2.3 Research it<br>2.4 Print cards", "HR<br><br>R&amp;D<br><br>Comms", "June 26")]  # fmt: skip
    plan = plan_of(rows)
    assert [(a.ref, a.action, a.owner) for a in plan.actions[1:]] == [
        ("2.2", "Staff the hub", "HR"),
        ("2.3", "Research it", "R&D"),
        ("2.4", "Print cards", "Comms"),
    ]


def test_steps_have_their_own_dates() -> None:
    row = cut(
        ROW, action="1. Survey the fleet 2. Buy forty beds 3. Train crews", due="1. End July 26 2-3. 30/09/26"
    )
    steps = only(plan_of([HEADER, row])).steps
    assert [(s.no, s.text, s.due.text) for s in steps] == [
        ("1", "Survey the fleet", "End July 26"),
        ("2", "Buy forty beds", "30/09/26"),
        ("3", "Train crews", "30/09/26"),
    ]


@pytest.mark.parametrize(
    ("issue", "strength"),
    [
        ("The trust must store records safely", "must"),
        ("Staff should be told", "should"),
        ("Reviewers asked how it should be run", None),
        ("Records were lost", None),
    ],
)
def test_must_and_should_are_read_from_the_wording(issue: str, strength: str | None) -> None:
    rows = [("Ref", "Issue", "Action", "Owner", "Due"), ("1", issue, "Buy safes", "COO", "May 26")]
    assert only(plan_of(rows)).strength == strength


def test_regulation_comes_from_its_theme() -> None:
    plan = plan_of([HEADER, ("1. SAFE CARE Regulation 12 (HSCA 2008)", *[""] * 5), ROW])
    assert only(plan).regulation == "Regulation 12 (HSCA 2008)"


# --- themes ----------------------------------------------------------------------------------------


def test_headings_open_themes_and_name_their_leads() -> None:
    plan = plan_of(
        "Improvement Theme 6:", "", "SERVICES", "", "Service Workstream 6.1: **HOMES**", "",
        "Lead Organisation: Vale ICB (Jo Petrie)", "Reporting Officer Lead: Ann Sorrel, ICB", "",
        [HEADER, cut(ROW, ref="6.1.1")], "", "Service Workstream 6.1: HOMES (continued)", [HEADER, cut(ROW, ref="6.1.2")],
    )  # fmt: skip
    parent, theme = plan.themes
    assert (parent.ref, parent.title) == ("6", "SERVICES")
    assert (theme.ref, theme.title, theme.parent) == ("6.1", "HOMES", "6")
    assert (theme.lead, theme.reporting_officer) == ("Vale ICB (Jo Petrie)", "Ann Sorrel, ICB")
    assert [a.theme for a in plan.actions] == ["6.1", "6.1"]


@pytest.mark.parametrize(
    "line", ["Area A is closed until the roof is mended.", "Part of the work is done", "Aim: to help people"]
)
def test_prose_opens_no_theme(line: str) -> None:
    assert plan_of(line, [HEADER, ROW]).themes == ()


@pytest.mark.parametrize(
    ("line", "ref", "title"),
    [
        ("Theme A – Leadership", "A", "Leadership"),
        ("Workstream 2.1: Homes", "2.1", "Homes"),
        ("Key Issue 1 - Reading", "1", "Reading"),
        ("Priority 3 Access for all", "3", "Access for all"),
        ("Objective 4: Grow", "4", "Grow"),
    ],
)
def test_headings_name_themes_in_many_words(line: str, ref: str, title: str) -> None:
    (theme,) = plan_of(line, [HEADER, ROW]).themes
    assert (theme.ref, theme.title) == (ref, title)


def test_headings_that_ran_together_are_parted() -> None:
    plan = plan_of("Theme 6: SERVICES Theme 6.1: CARE HOMES", [HEADER, cut(ROW, ref="6.1.1")])
    assert [(t.ref, t.title) for t in plan.themes] == [("6", "SERVICES"), ("6.1", "CARE HOMES")]
    assert only(plan).theme == "6.1"


def test_a_heading_row_cut_by_its_columns_is_put_together() -> None:
    plan = plan_of("The operations team", [HEADER, ("3. Opera", "ations", *[""] * 4), cut(ROW, ref="3.1"),
                                          ("4. Work", "force", *[""] * 4), cut(ROW, ref="4.1")])  # fmt: skip
    assert [(t.ref, t.title) for t in plan.themes] == [("3", "Operations"), ("4", "Workforce")]


def test_a_lost_heading_leaves_its_number() -> None:
    rows = [HEADER, ("1. Safe", *[""] * 5), ROW, cut(ROW, ref="1.2"), cut(ROW, ref="2.1")]
    plan = plan_of(rows)
    assert [(t.ref, t.title) for t in plan.themes] == [("1", "Safe"), ("2", "")]
    assert [a.theme for a in plan.actions] == ["1", "1", "2"]


def test_a_theme_without_a_ref_is_named_by_its_title() -> None:
    heading = tuple(Cell("Patient flow", merged=n > 0) for n in range(6))
    plan = assemble([table(HEADER, heading, ROW)])
    assert (plan.themes[0].ref, only(plan).theme) == (None, "Patient flow")


def test_a_theme_column_names_themes_where_no_heading_does() -> None:
    head = ("Ref", "Theme", "Action", "Owner", "Due")
    plan = plan_of([head, ("1", "People", "Hire", "HR", "May 26"), ("2", "Money", "Save", "CFO", "May 26"),
                    ("3", "People", "Train", "HR", "May 26")])  # fmt: skip
    assert [t.title for t in plan.themes] == ["People", "Money"]
    assert [a.theme for a in plan.actions] == ["People", "Money", "People"]


def test_sheets_are_themes_where_several_hold_actions() -> None:
    rows = (
        table(HEADER, ROW, place="sheet Children"),
        table(HEADER, cut(ROW, ref="2.1"), place="sheet Adults"),
    )
    assert [t.title for t in assemble(rows).themes] == ["Children", "Adults"]
    assert assemble(rows[:1]).themes == ()


# --- cells of office files -------------------------------------------------------------------------


def test_a_merged_cell_holds_for_all_its_rows() -> None:
    owner, again = Cell("Head of Flow"), Cell("Head of Flow", merged=True)
    plan = assemble(
        [table(HEADER, ("1.1", "Open", owner, "May 26", "", ""), ("1.2", "Close", again, "May 26", "", ""))]
    )
    assert [a.owner for a in plan.actions] == ["Head of Flow", "Head of Flow"]


def test_rows_under_a_merged_ref_and_action_are_one_action() -> None:
    first = ("1.1", "Open", "COO", "May 26", "", "Started")
    second = (Cell("1.1", merged=True), Cell("Open", merged=True), "HR", "", "", "Going on")
    action = only(assemble([table(HEADER, first, second)]))
    assert (action.owner, action.progress) == ("COO\nHR", "Started Going on")


@pytest.mark.parametrize(
    ("cell", "rating"),
    [
        pytest.param(Cell("", fill="92D050"), "green", id="shading alone"),
        pytest.param(Cell("", fill="FFC000"), "amber", id="amber shading"),
        pytest.param(Cell("R", fill="FF0000"), "r", id="a letter is itself"),
        pytest.param(Cell("🟢"), "🟢", id="so is a sign"),
        pytest.param(Cell("3"), "3", id="so is a score"),
        pytest.param(Cell("In progress"), "in progress", id="so are words"),
        pytest.param(Cell("", fill="FFFFFF"), None, id="white shades nothing"),
    ],
)
def test_a_rating_is_what_its_cell_shows(cell: Cell, rating: str | None) -> None:
    action = only(assemble([table(HEADER, (*ROW[:4], cell, ROW[5]))]))
    assert action.ratings.get("rag") == rating


def test_headers_of_two_rows_are_one() -> None:
    who = [Cell("Responsibility"), Cell("Responsibility", merged=True)]
    top = ("Ref", "Action", *who, "Due")
    below = (
        Cell("Ref", merged=True),
        Cell("Action", merged=True),
        "Accountable director",
        "Operational lead",
        Cell("Due", merged=True),
    )
    action = only(assemble([table(top, below, ("1", "Open", "COO", "Jan Hale", "May 26"))]))
    assert (action.owner, action.operational_lead, action.due.text) == ("COO", "Jan Hale", "May 26")


def test_forms_with_headers_at_the_side_are_actions() -> None:
    def form(ref: str) -> Table:
        return table(
            ("Action ref", ref),
            ("Action", "Mend"),
            ("Owner", "Manager"),
            ("Due date", "May 2026"),
            ("Update", "Begun"),
        )

    plan = assemble([form("A1"), Paragraph("", "line 2"), form("A2")])
    assert [(a.ref, a.owner, a.due.text, a.progress) for a in plan.actions] == [
        ("A1", "Manager", "May 2026", "Begun"),
        ("A2", "Manager", "May 2026", "Begun"),
    ]


# --- tables beside the plan ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("Version", "Date", "Author", "Changes"), ("2", "May 26", "JB", "New")], "versions"),
        ([("Name", "Role", "Signature", "Date"), ("A Khan", "Chair", "", "May 26")], "sign-off"),
        ([("Risk ID", "Risk description", "Likelihood", "Impact", "Mitigation", "Owner"), ("R1", "Fire", "2", "5", "Drills", "COO")], "risk"),
        ([("Theme", "Blue", "Green", "Amber", "Red", "Total"), ("Flow", "1", "2", "3", "4", "10")], "totals"),
        ([("Proposed KPI", "Current baseline", "Target"), ("Fewer falls", "12", "6")], "measures"),
    ],
)  # fmt: skip
def test_a_table_of_another_kind_holds_no_actions(rows: list[tuple[str, ...]], reason: str) -> None:
    plan = plan_of([HEADER, ROW], "", "Annex", rows)
    assert len(plan.actions) == 1
    (left,) = plan.unplaced
    assert reason in left.reason


def test_a_risk_log_beside_the_actions_in_one_sheet() -> None:
    risk = ("", "Risk ID", "Risk description", "Likelihood", "Impact")
    plan = assemble(
        [
            table(
                (*HEADER, *risk),
                (*ROW, "", "R1", "Fire in the annexe", "2", "5"),
                (*cut(ROW, ref="1.2"), *[""] * 5),
            )
        ]
    )
    assert refs(plan) == ["1.1", "1.2"]
    assert plan.actions[0].extra == {}
    assert [u.reason for u in plan.unplaced] == ["a risk log, not a table of actions"]


def test_a_key_beside_the_actions_in_one_sheet() -> None:
    head = (*HEADER, "", "RAG", "Meaning")
    plan = assemble([table(head, (*ROW, "", "Green", "On track"), (*cut(ROW, ref="1.2"), "", "Red", "Late"))])
    assert [(r.label, r.colour) for r in plan.scales[0].ratings] == [("On track", "green"), ("Late", "red")]


def test_an_empty_column_parts_no_plan() -> None:
    plan = assemble([table((*HEADER[:4], "", *HEADER[4:]), (*ROW[:4], "", *ROW[4:]))])
    assert only(plan).progress == "Builders on site"


def test_a_page_that_came_out_as_text_keeps_its_refs_and_its_words() -> None:
    head = ("Overarching reference", "Directorate", "Action reference",
            "Please describe clearly the action you are going to take to meet the gap",
            "How will you demonstrate that you have met your action at the inspection",
            "What date will your actions be complete before the next inspection", "Senior Responsible Owner")  # fmt: skip
    clean = ("7", "MHC", "7.1", "Repair the roof of the annexe", "Photographs", "May 26", "COO")
    ruin = (
        "Please describe clearly the action you are going to take to meet the gap How will you demonstrate that you have "
        "met your action at the inspection What date will your actions be complete before the next inspection "
        "8 MHC 8.1 Paint the corridors by June Head of Estates 9 MHC 921 Replace lifts Finance lead"
    )
    last = ("10", "MHC", "10.1", "Mend the gate", "Photographs", "June 26", "COO")
    plan = plan_of([head, clean], "", ruin, "", [head, last])
    assert refs(plan) == ["7.1", "8.1", "9.2.1", "10.1"]
    assert [a.garbled for a in plan.actions] == [False, True, True, False]
    assert [u.text for u in plan.unplaced] == [ruin]


# --- every row is accounted for --------------------------------------------------------------------

FATES = {"header", "action", "continuation", "heading", "key", "timeline", "spacer", "unplaced"}


def assert_all_rows_told(data: bytes, name: str) -> None:
    blocks = read_blocks(data, name)
    plan, fates = assemble_with_fates(blocks)
    rows = sum(len(block.rows) for block in blocks if isinstance(block, Table))
    assert len(fates) == rows
    assert {fate.fate for fate in fates} <= FATES
    told = {fate.place for fate in fates if fate.fate == "unplaced"}
    assert told <= {left.place for left in plan.unplaced}


def test_every_row_of_the_seeds_is_told(seeds) -> None:  # type: ignore[no-untyped-def]
    for path in sorted(seeds.glob("*.txt")):
        assert_all_rows_told(path.read_bytes(), path.name)


words = st.sampled_from(
    ["", "1.1", "2", "Owner", "Open the hub", "May 26", "Green", "Total", "see 6.1", "tbc", "Theme 2: X"]
)
rows = st.lists(st.lists(words, min_size=1, max_size=8), max_size=12)


@settings(max_examples=120, deadline=None)
@given(rows, st.booleans())
def test_every_row_of_any_table_is_told(body: list[list[str]], headed: bool) -> None:
    blocks = [Paragraph("Plan", "line 1"), table(HEADER, ROW, *body) if headed else table(*body, ["x"])]
    try:
        _, fates = assemble_with_fates(blocks)
    except DocumentError:
        return
    assert len(fates) == sum(len(b.rows) for b in blocks if isinstance(b, Table))


def test_a_header_printed_again_is_one_whatever_its_words() -> None:
    header = ("R No", "Tasks required", "Lead/Owner", "Deadline for completion", "Verification", "SRO RAG")
    rows = [
        header,
        ("1", "Mend the lift", "Estates", "3 May 2026", "Engineer's note", "Red"),
        header,
        ("2", "Paint the hall", "Estates", "4 May 2026", "Photo", "Green"),
    ]
    assert refs(plan_of(rows)) == ["1", "2"]


def test_a_header_none_of_whose_words_is_usual_is_told_by_all_of_them() -> None:
    header = ("R No", "Tasks required", "Lead/Owner", "Deadline for completion", "SRO RAG")
    assert refs(plan_of([header, ("7", "Mend the lift", "Estates", "3 May 2026", "Red")])) == ["7"]


def test_a_lone_text_in_the_column_of_issues_opens_a_theme() -> None:
    header = ("Issue", "Site", "Action", "Who?", "Date required", "RAG")
    rows = [
        header,
        ("Safe buildings", "", "", "", "", ""),
        ("The lift stops", "North", "Mend the lift", "Estates", "3 May 2026", "Red"),
        ("Good food", "", "", "", "", ""),
        ("Meals are cold", "South", "Buy warm trolleys", "Catering", "4 May 2026", "Green"),
    ]
    plan = plan_of(rows)
    assert [(action.theme, action.action) for action in plan.actions] == [
        ("Safe buildings", "Mend the lift"),
        ("Good food", "Buy warm trolleys"),
    ]
