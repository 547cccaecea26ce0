"""Plans as JSON and back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.documents import read_plan
from nlp.documents.asjson import document_as_dict, document_from_dict
from storage.model.document import (
    DateKind,
    DocAction,
    DocMeeting,
    DocRating,
    DocScale,
    DocStep,
    DocTheme,
    PlanDate,
    PlanDocument,
    Unplaced,
)
from storage.model.errors import DocumentError
from storage.model.reading import Status
from tests.nlp.plan_files import HEADER, ROW, plan_of

word = st.text(min_size=1, max_size=12)
maybe = st.none() | word
texts = st.dictionaries(word, word, max_size=3)
spans = st.tuples(st.dates(date(2020, 1, 1)), st.dates(date(2020, 1, 1))).map(sorted)
dates = st.one_of(
    st.just(PlanDate()),
    st.builds(
        lambda text, span, kind: PlanDate(text, span[0], span[1], kind),
        word,
        spans,
        st.sampled_from(DateKind),
    ),
    st.builds(lambda text: PlanDate(text, kind=DateKind.DUE, impossible=True), word),
)
actions = st.builds(
    DocAction,
    ref=maybe,
    theme=maybe,
    action=st.text(max_size=20),
    owner=maybe,
    operational_lead=maybe,
    due=dates,
    revised=dates,
    ratings=st.dictionaries(st.sampled_from(["rag", "on_target", "assurance"]), word),
    assurance=maybe,
    committee=maybe,
    progress=maybe,
    evidence=maybe,
    steps=st.lists(st.builds(DocStep, word, word, dates), max_size=2).map(tuple),
    strength=st.sampled_from([None, "must", "should"]),
    regulation=maybe,
    core_service=maybe,
    extra=texts,
    garbled=st.booleans(),
    place=word,
)
ratings = st.builds(DocRating, word, maybe, st.none() | st.sampled_from(Status), st.tuples(word), maybe)
plans = st.builds(
    PlanDocument,
    title=word,
    as_of=st.none() | st.dates(),
    version=maybe,
    scales=st.lists(st.builds(DocScale, word, word, st.tuples(ratings), maybe), max_size=2).map(tuple),
    themes=st.lists(st.builds(DocTheme, maybe, word, maybe, maybe, maybe), max_size=2).map(tuple),
    actions=st.lists(actions, max_size=3).map(tuple),
    meetings=st.lists(st.builds(DocMeeting, word, st.none() | st.dates(), maybe), max_size=2).map(tuple),
    rules=st.tuples(word),
    staff_key=texts,
    unplaced=st.lists(st.builds(Unplaced, word, word, word), max_size=2).map(tuple),
    columns=texts,
    notes=st.tuples(word),
)


@settings(max_examples=60, deadline=None)
@given(plans)
def test_a_plan_comes_back_whole(plan: PlanDocument) -> None:
    assert document_from_dict(json.loads(json.dumps(document_as_dict(plan)))) == plan


def test_the_shape_of_an_export() -> None:
    found = document_as_dict(plan_of("Vale plan", "", [HEADER, ROW]))
    assert {"plan", "title", "as_of", "rag_scheme", "themes", "actions", "meetings", "scales"} <= set(found)
    action = found["actions"][0]
    assert action["due"] == {"start": "2026-03-31", "end": "2026-03-31"}
    assert (action["due_text"], action["rag"], action["revised"]) == ("31 March 2026", "green", None)


def test_a_json_file_is_a_plan_document() -> None:
    plan = plan_of("Vale plan", "", [HEADER, ROW])
    data = json.dumps(document_as_dict(plan)).encode()
    assert read_plan(data, "plan.json") == read_plan(data, "plan") == plan


def test_a_plan_written_by_others_needs_only_its_actions() -> None:
    plan = document_from_dict({"plan": "x", "title": "Vale", "rag_scheme": [{"label": "Late", "colour": "red"}],
                               "actions": [{"ref": "1", "action": "Open", "rag": "red", "due": {"start": "2026-05-01", "end": "2026-05-31"}}]})  # fmt: skip
    assert plan.actions[0].due == PlanDate(None, date(2026, 5, 1), date(2026, 5, 31), DateKind.DUE)
    assert (plan.actions[0].ratings, plan.scales[0].ratings[0].colour) == ({"rag": "red"}, "red")


@pytest.mark.parametrize(
    "value",
    [[], {}, {"actions": 3}, {"actions": [3]}, {"actions": [{"due": "May"}]}, {"actions": [], "as_of": "x"}],
)
def test_other_json_is_refused(value: object) -> None:
    with pytest.raises(DocumentError, match="JSON"):
        document_from_dict(value)
