"""What stands around the actions: rating keys, timelines, staff keys, titles and dates of the document."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.documents.blocks import Cell, Paragraph
from nlp.documents.plan.assemble import assemble
from storage.model.document import DocRating, DocScale
from storage.model.reading import Status
from tests.nlp.plan_files import HEADER, ROW, plan_of, table

PLAN = [HEADER, ROW]


def rated(*colours: str) -> list[tuple[str, ...]]:
    return [HEADER, *((f"1.{n}", *ROW[1:4], colour, "") for n, colour in enumerate(colours, start=1))]


def scale(plan_scales: tuple[DocScale, ...], name: str = "rag") -> dict[str, DocRating]:
    return {rating.label: rating for s in plan_scales if s.name == name for rating in s.ratings}


def test_a_key_gives_labels_colours_statuses_and_demands() -> None:
    key = [("RAG rating criteria", "Rating"), ("Complete with assurance", "BLUE"), ("On target", "GREEN"),
           ("Risk to delivery, plan in place", "AMBER"), ("Will miss its date", "RED")]  # fmt: skip
    found = scale(plan_of(key, "", PLAN).scales)
    assert [(label, r.colour, r.status, r.demands) for label, r in found.items()] == [
        ("Complete with assurance", "blue", Status.ASSURED, "assurance"),
        ("On target", "green", Status.ON_TRACK, None),
        ("Risk to delivery, plan in place", "amber", Status.AT_RISK, "plan"),
        ("Will miss its date", "red", Status.OFF_TRACK, None),
    ]


def test_the_words_of_the_cells_are_aliases_of_the_keys() -> None:
    key = [("Rating", "Meaning"), ("Green", "On track"), ("Amber", "At risk"), ("Red", "Late")]
    found = scale(plan_of("RAG key", key, "", rated("Yellow", "Green")).scales)
    assert found["At risk"].aliases == ("amber", "yellow")


def test_each_status_belongs_to_one_rating_at_most() -> None:
    key = [("RAG key", ""), ("Red", "Overdue"), ("Black", "Off track"), ("Green", "On track")]
    statuses = [r.status for r in scale(plan_of(key, "", PLAN).scales).values() if r.status]
    assert len(statuses) == len(set(statuses)) == 2


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        pytest.param(["RAG KEY:", "Purple - embedded", "Green - complete", "Amber - in progress"],
                     [("embedded", "purple"), ("complete", "green"), ("in progress", "amber")], id="lines with colours"),
        pytest.param(["RAG ratings to be applied:", "Not yet begun", "Being done", "Done"],
                     [("Not yet begun", None), ("Being done", None), ("Done", None)], id="lines without colours"),
    ],
)  # fmt: skip
def test_a_key_in_lines(lines: list[str], labels: list[tuple[str, str | None]]) -> None:
    found = scale(plan_of(*lines, "", PLAN).scales)
    assert [(label, rating.colour) for label, rating in found.items()] == labels


def test_a_key_in_one_line() -> None:
    found = scale(plan_of("RAG: red = late; amber = at risk; green = on track", "", PLAN).scales)
    assert [(label, rating.colour) for label, rating in found.items()] == [
        ("late", "red"),
        ("at risk", "amber"),
        ("on track", "green"),
    ]


def test_a_key_of_initials_in_one_line() -> None:
    found = scale(plan_of(PLAN, "", "Key: B = complete, G = on track, R = off track").scales)
    assert [(label, r.colour, r.aliases[0]) for label, r in found.items()] == [
        ("complete", "blue", "b"),
        ("on track", "green", "g"),
        ("off track", "red", "r"),
    ]


def test_a_key_that_lies_on_its_side() -> None:
    named = table(("Blue", "Green", "Amber", "Red"), ("Complete", "On track", "At risk", "Late"))
    shaded = table(
        tuple(Cell(t, fill=f) for t, f in (("Done", "0070C0"), ("On track", "00B050"), ("Late", "FF0000")))
    )
    assert list(scale(assemble([named, table(*PLAN)]).scales)) == ["Complete", "On track", "At risk", "Late"]
    assert [r.colour for r in scale(assemble([shaded, table(*PLAN)]).scales).values()] == [
        "blue",
        "green",
        "red",
    ]


def test_a_heading_under_a_key_is_no_rating() -> None:
    plan = plan_of("RAG ratings to be applied:", "Not begun", "Done", "Theme 1: Homes", "", PLAN)
    assert list(scale(plan.scales)) == ["Not begun", "Done"]
    assert [t.title for t in plan.themes] == ["Homes"]


def test_a_shaded_key_and_initials() -> None:
    shaded = table(
        ("RAG", "Meaning"), (Cell("", fill="00B050"), "On track"), (Cell("", fill="FF0000"), "Late")
    )
    assert [r.colour for r in scale(assemble([shaded, table(*PLAN)]).scales).values()] == ["green", "red"]
    initials = table(("RAG", "Meaning"), ("G", "On track"), ("A", "At risk"), ("R", "Late"))
    found = scale(assemble([initials, table(*PLAN)]).scales)
    assert [(r.colour, r.aliases[0]) for r in found.values()] == [
        ("green", "g"),
        ("amber", "a"),
        ("red", "r"),
    ]


def test_a_key_whose_colours_are_shades_beside_their_words() -> None:
    shaded = table(
        ("Complete", Cell("", fill="0070C0")),
        ("On track", Cell("", fill="00B050")),
        ("Late", Cell("", fill="FF0000")),
    )
    found = scale(assemble([table(*PLAN), shaded]).scales)
    assert [(label, r.colour) for label, r in found.items()] == [
        ("Complete", "blue"),
        ("On track", "green"),
        ("Late", "red"),
    ]


def test_a_list_of_choices_is_no_key() -> None:
    choices = table(("Status", "Lead"), ("Green", "Estates"), ("Amber", "HR"), ("Red", "Finance"))
    assert list(scale(assemble([table(*PLAN), choices]).scales)) == ["Green"]


def test_a_second_scale_has_its_own_words_and_setter() -> None:
    head = ("Ref", "Action", "Owner", "SRO progress RAG", "Committee", "Committee assurance rating")
    plan = plan_of(
        [
            head,
            ("1", "Open", "COO", "Green", "Quality", "Partially Assured"),
            ("2", "Shut", "COO", "Red", "Quality", ""),
        ]
    )
    assert [(s.name, s.setter) for s in plan.scales] == [("rag", "SRO"), ("assurance", "Committee")]
    assert list(scale(plan.scales, "assurance")) == ["Not Assured", "Partially Assured", "Fully Assured"]
    assert plan.actions[0].ratings == {"rag": "green", "assurance": "partially assured"}


def test_stray_characters_of_an_extraction_are_no_ratings() -> None:
    head = ("Ref", "Action", "Owner", "Committee assurance rating")
    cells = ("S Fully Assured", "Fully Assured", "3", "Not Assured")
    plan = plan_of([head, *((str(n), "Open", "COO", cell) for n, cell in enumerate(cells))])
    assert [a.ratings.get("assurance") for a in plan.actions] == [
        "fully assured",
        "fully assured",
        None,
        "not assured",
    ]


def test_without_a_key_the_scale_is_made_of_the_cells() -> None:
    assert list(scale(plan_of(rated("Green", "Red", "In progress")).scales)) == [
        "Green",
        "Red",
        "In progress",
    ]


def test_missing_ratings_are_told() -> None:
    assert "2 of 3 actions have no rating in the document." in plan_of(rated("Green", "", "")).notes


# --- timeline --------------------------------------------------------------------------------------


def test_a_timeline_is_read_with_its_unknown_dates() -> None:
    plan = plan_of("REPORTING TIMELINE", [("Process", "Date"), ("Update deadline", "7 th May 2026"), ("Assurance meeting", "13 May 2026"),
                                          ("Board papers", "To be confirmed"), ("CEO meeting", ""), ("Alliance Board", "20 May 2026")],
                   "", PLAN)  # fmt: skip
    assert [(m.name, m.date, m.text) for m in plan.meetings] == [
        ("Update deadline", date(2026, 5, 7), "7 th May 2026"),
        ("Assurance meeting", date(2026, 5, 13), "13 May 2026"),
        ("Board papers", None, "To be confirmed"),
        ("CEO meeting", None, None),
        ("Alliance Board", date(2026, 5, 20), "20 May 2026"),
    ]


def test_papers_have_a_date_of_their_own() -> None:
    rows = [
        ("Forum", "Papers due", "Meeting"),
        ("Quality Committee", "1 June 2026", "9 June 2026"),
        ("Trust Board", "TBC", "25 June 2026"),
    ]
    assert [(m.name, m.date) for m in plan_of(rows, "", PLAN).meetings] == [
        ("Papers due for Quality Committee", date(2026, 6, 1)),
        ("Quality Committee", date(2026, 6, 9)),
        ("Papers due for Trust Board", None),
        ("Trust Board", date(2026, 6, 25)),
    ]


def test_dates_may_stand_first() -> None:
    rows = [
        ("Date", "Meeting", "Venue"),
        ("5 May 2026", "Quality Committee", "Room 1"),
        ("9 June 2026", "Trust Board", "Hall"),
    ]
    assert [(m.name, m.date) for m in plan_of(rows, "", PLAN).meetings] == [
        ("Quality Committee", date(2026, 5, 5)),
        ("Trust Board", date(2026, 6, 9)),
    ]


def test_a_row_may_be_a_month() -> None:
    rows = [
        ("Month", "Update deadline", "Assurance meeting"),
        ("May 2026", "1 May 2026", "8 May 2026"),
        ("June 2026", "TBC", "9 June 2026"),
    ]
    assert [(m.name, m.date) for m in plan_of(rows, "", PLAN).meetings] == [
        ("Update deadline", date(2026, 5, 1)),
        ("Assurance meeting", date(2026, 5, 8)),
        ("Update deadline", None),
        ("Assurance meeting", date(2026, 6, 9)),
    ]


def test_a_printed_rule_is_kept() -> None:
    rule = "The assurance meeting is held every second Tuesday."
    assert plan_of(f"The plan has four themes. {rule}", "", PLAN).rules == (rule,)


def test_a_plan_of_two_columns_and_dates_is_no_timeline() -> None:
    plan = plan_of([("Action", "Due date"), ("Open the hub", "May 2026"), ("Staff the hub", "June 2026")])
    assert (len(plan.actions), plan.meetings) == (2, ())


def test_a_staff_key_is_read_in_pairs() -> None:
    rows = [
        ("COO", "Chief Operating Officer", "HoN", "Head of Nursing"),
        ("MD", "Medical Director", "QM", "Quality Manager"),
    ]
    assert plan_of("STAFF KEY:", "", rows, "", PLAN).staff_key == {
        "COO": "Chief Operating Officer", "HoN": "Head of Nursing", "MD": "Medical Director", "QM": "Quality Manager",
    }  # fmt: skip


# --- the document of itself ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "title", "as_of", "version"),
    [
        (["VALE TRUST", "IMPROVEMENT PLAN", "19th March 2026 – V19"], "VALE TRUST IMPROVEMENT PLAN", date(2026, 3, 19), "V19"),
        (["ACTION PLAN PROGRESS AS AT 28th JANUARY 2026"], "ACTION PLAN", date(2026, 1, 28), None),
        (["Vale Trust action plan", "Version: 5.0", "Date: 08 July 2026"], "Vale Trust action plan", date(2026, 7, 8), "V5.0"),
        (["Vale Trust action plan - June 2026 v4"], "Vale Trust action plan - June 2026 v4", date(2026, 6, 30), "V4"),
        (["Vale Trust action plan – May 2026", "This plan answers the inspection of March 2025."], "Vale Trust action plan – May 2026", date(2026, 5, 31), None),
        (["Vale Trust action plan"], "Vale Trust action plan", None, None),
        (["Vale Trust action plan after the inspection of 3 to 5 June 2026", "Last updated 12 October 2026 by the matron"], "Vale Trust action plan after the inspection of 3 to 5 June 2026", date(2026, 10, 12), None),
        (["Vale Trust action plan", "Position as at 30 September 2026. Inspection 3 to 5 June 2026; report published 2 July 2026."], "Vale Trust action plan", date(2026, 9, 30), None),
        (["Vale Trust action plan", "Quality Committee, 4 November 2026"], "Vale Trust action plan", date(2026, 11, 4), None),
    ],
)  # fmt: skip
def test_title_date_and_version(
    lines: list[str], title: str, as_of: date | None, version: str | None
) -> None:
    plan = plan_of(*lines, "", PLAN)
    assert (plan.title, plan.as_of, plan.version) == (title, as_of, version)


def test_the_progress_column_dates_a_plan_that_says_no_other_day() -> None:
    header = [*HEADER[:-1], "Progress (November 2026)"]
    assert plan_of("Vale Trust action plan", "", [header, ROW]).as_of == date(2026, 11, 30)


def test_a_plan_without_a_title_takes_the_files_name() -> None:
    assert plan_of(PLAN).title == "plan"


def test_dates_in_the_plan_are_not_the_documents() -> None:
    assert plan_of(PLAN).as_of is None


def test_a_title_row_of_a_sheet_is_the_title() -> None:
    sheet = table(
        ("Vale hospice quality plan", "", "", "", "", ""),
        ("As at 3 May 2026", *[""] * 5),
        *PLAN,
        place="sheet Plan",
    )
    plan = assemble([sheet])
    assert (plan.title, plan.as_of, plan.themes) == ("Vale hospice quality plan", date(2026, 5, 3), ())


def test_one_caption_over_one_table_is_no_theme() -> None:
    assert assemble([Paragraph("Our commitments", "line 1", 1), table(*PLAN)]).themes == ()
