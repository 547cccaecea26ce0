"""One update, one line: short, the text's own words, with what a board needs."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reading import read
from nlp.summary.line import MAX_WORDS, one_line
from storage.model.reading import Reading
from tests.bench import fit_line

DAY = date(2023, 6, 20)
LONG = (
    "The outreach team has been meeting regularly with partners across the county to talk about ways of "
    "working together. The new booking system went live on 3 April 2023. Waits fell from 41% over target to "
    "18%, although the figures exclude the island clinics. Recruitment of the second nurse is delayed and the "
    "post will not be filled before September 2023. Staff continue to feel supported."
)


def line(text: str) -> str:
    return read(text, DAY).summary


def tokens(text: str) -> list[str]:
    return re.findall(r"[\w%£]+", text.lower())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Clinic moved to Tuesday 4 July, 12 seats booked.", id="one sentence"),
        pytest.param(" ".join(["word"] * MAX_WORDS), id="exactly the limit"),
        pytest.param("", id="nothing"),
    ],
)
def test_short_texts_come_back_whole(text: str) -> None:
    assert line(text) == text


def test_lines_of_a_short_text_are_joined() -> None:
    assert (
        line("Lead appointed\nBudget agreed.\nStarts in May")
        == "Lead appointed; Budget agreed. Starts in May"
    )


@pytest.mark.parametrize("kept", ["3 April 2023", "18%", "not be filled before September 2023"])
def test_a_long_text_keeps_dates_figures_and_trouble(kept: str) -> None:
    assert kept in line(LONG)


def test_what_is_left_out_is_marked() -> None:
    assert "…" in line(LONG)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 10_000, id="one long token"),
        pytest.param("(" * 3_000, id="brackets"),
        pytest.param("a " * 5_000, id="no clause at all"),
        pytest.param("- " * 500, id="dashes"),
        pytest.param(", and (of to which " * 300, id="nothing but joints"),
    ],
)
def test_odd_texts_have_a_line(text: str) -> None:
    summary = line(text)

    assert len(summary.split()) <= MAX_WORDS
    assert Counter(tokens(summary)).keys() <= Counter(tokens(text)).keys()


WORDS = st.sampled_from(
    [
        "the",
        "plan",
        "was",
        "agreed",
        "on",
        "4",
        "May",
        "2023",
        "but",
        "12%",
        "of",
        "posts",
        "remain",
        "vacant",
        ";",
        "and",
        "(see",
        "6.1)",
        "-",
        "to",
        "ensure",
        "that,",
        "which",
        "is",
        "delayed",
        "until",
        "Q3.",
        "However",
        "In",
        "addition",
        "£4k",
        "7/8",
        "\n",
        "•",
        "A",
        "number",
        "of",
        "Board",
        "of",
        "Governors",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, min_size=25, max_size=90).map(" ".join))
def test_every_line_is_short_and_of_the_texts_own_words(text: str) -> None:
    summary = one_line(text, read(text, DAY))

    assert summary
    assert len(summary.split()) <= MAX_WORDS
    assert not Counter(tokens(summary)) - Counter(tokens(text))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_line(text: str) -> None:
    assert len(one_line(text, Reading()).split()) <= MAX_WORDS


def test_dates_are_never_cut_in_two() -> None:
    text = LONG.replace("3 April 2023", "23 and 24 April 2023")
    reading = read(text, DAY)

    for one in reading.dates:
        said = one.text.split()
        assert one.text in reading.summary or not all(word in reading.summary.split() for word in said)


BACKGROUND = (
    "The harbour board has been meeting with its partners along the coast and the islands to talk about "
    "the many ways of working together in the years to come. "
)


@pytest.mark.parametrize(
    ("sentence", "opening", "claim", "warning"),
    [
        pytest.param(
            "The crew was not able to meet the standard of 94% by 3 April 2023.",
            "infinitive",
            "to meet",
            "not",
            id="not",
        ),
        pytest.param(
            "The pilots of the islands hoped for all of last year and this year with the county and its partners "
            "that the rota was agreed by all crews on 2 May 2023.",
            "that",
            "rota was agreed",
            "hoped",
            id="hoped",
        ),
        pytest.param(
            "There is no sign of the repair of the slipway by 5 June 2023.",
            "of",
            "repair",
            "no",
            id="no sign",
        ),
        pytest.param(
            "After a slow year it is hard for us to see the crews getting there by 5 June 2023.",
            "infinitive",
            "to see",
            "hard",
            id="hard to see",
        ),
    ],
)
def test_what_is_denied_or_only_hoped_is_never_said_alone(
    sentence: str, opening: str, claim: str, warning: str
) -> None:
    text = BACKGROUND + sentence
    tempting = {"bias": -2.0, f"start_{opening}": 9.0, "start_sentence": -9.0, "start_article": -9.0}

    summary = one_line(text, read(text, DAY), weights=tempting)

    assert claim not in summary or warning in summary.split()


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("at The Larches", id="a name"),
        pytest.param("a few", id="another meaning"),
        pytest.param("3 days a week", id="a rate"),
    ],
)
def test_articles_go_only_where_nothing_is_lost(kept: str) -> None:
    text = (
        f"The clinic for the islands opened {kept} on 3 April 2023. The audit of the notes of the first "
        "quarter was completed in June 2023, and the waits fell from 41% to 18%. The post of the second nurse "
        "is vacant."
    )

    assert kept in line(text)


def test_no_little_word_hangs_loose_at_an_end() -> None:
    text = (
        f"{BACKGROUND}A third boat was bought on 9 May 2023 and is ready, and 97% of the crews are trained."
    )
    tempting = {"bias": -4.0, "start_join": 9.0, "start_sentence": -9.0, "start_article": -9.0}

    parts = one_line(text, read(text, DAY), weights=tempting).split("… ")

    assert len(parts) > 1
    assert not [part for part in parts if part.split()[0] == "and" or part.split()[-1] in ("and", "of", "is")]


def test_no_part_opens_with_a_verb_that_has_lost_its_subject() -> None:
    text = (
        f"{BACKGROUND}The slipways and boat sheds of the islands and of the smaller towns along the whole coast "
        "from the river to the northern lighthouse have also been repaired at four of nine stations by 5 June 2023."
    )
    tempting = {"bias": -4.0, "start_filler": 9.0, "start_sentence": -9.0, "start_article": -9.0}

    parts = one_line(text, read(text, DAY), weights=tempting | {"pieces": -1.0, "to_end": 3.0}).split("… ")

    assert not [part for part in parts if part.lower().startswith(("has been", "have also been"))]


@pytest.mark.parametrize(
    ("sentence", "tempting", "broken"),
    [
        pytest.param(
            "Partial figures now show that a 15% reduction in the calls of the crews of all islands was seen.",
            {"end_date": 9.0, "in_date": -9.0},
            re.compile("15%(?! reduction)"),
            id="a share without its noun",
        ),
        pytest.param(
            "The crews of the islands have the lowest performing boat of the county at 62% of its standard.",
            {"start_participle": 9.0, "start_sentence": -9.0, "start_article": -9.0},
            re.compile("(?<!lowest )performing"),
            id="a superlative without its end",
        ),
        pytest.param(
            "The training of the crews of the islands and of the smaller towns along the whole coast from the "
            "river to the northern lighthouse in the use of the new radio sets now stands at 62%.",
            {"start_with_figure": 9.0, "pieces": -1.0},
            re.compile("… at 62%"),
            id="a share of nothing",
        ),
    ],
)
def test_what_belongs_together_is_not_cut(
    sentence: str, tempting: dict[str, float], broken: re.Pattern[str]
) -> None:
    text = BACKGROUND + sentence

    assert not broken.search(one_line(text, read(text, DAY), weights={"bias": -4.0} | tempting))


def test_the_article_that_opens_a_sentence_stays_while_others_can_go() -> None:
    text = (
        "The repair of the slipway was completed on 3 April 2023 by the two crews of the island and the town. "
        "The pilot boat remains out of use until 5 June 2023, and 97% of the crews are trained in its stead."
    )

    said = line(text)

    assert "… The pilot boat remains out of use until 5 June 2023, and 97% of crews" in said


def kept(path: Path) -> float:
    """The share of the key facts of texts of more than 30 words that their lines keep."""
    examples = [example for example in fit_line.examples(str(path)) if example.long]
    facts = [(fact, set(fit_line.words(one.reading.summary))) for one in examples for fact in one.facts]
    return sum(fit_line.survives(fact, said) for fact, said in facts) / len(facts)


def test_lines_keep_the_key_facts_of_invented_updates() -> None:
    """Of 146 facts in 51 texts that the weights were fitted to; the first 30 words keep 18%."""
    assert kept(Path(__file__).parents[1] / "data" / "key_facts.jsonl") >= 0.82


@pytest.mark.parametrize(("name", "least"), [("dorset", 0.68), ("kmpt", 0.78), ("stoke", 0.66)])
def test_lines_keep_the_key_facts_of_labelled_updates(gold: Path, name: str, least: float) -> None:
    assert kept(gold / f"dev_{name}.jsonl") >= least
