"""Many updates, one paragraph: facts in sentences, quotes with sources, nothing said twice, contradictions shown."""

from __future__ import annotations

from handlers.messages import plain
from handlers.papers.paragraphs import Paragraph, paragraph, paragraph_parts
from tests.handlers.world import World, buttons


def told(world: World) -> Paragraph:
    views = world.store.plans.views(world.plan.id)
    return paragraph(world.plan, views, world.store.updates.of_plan(world.plan.id), world.today)


def test_counts_dates_and_figures_are_sentences(world: World) -> None:
    world.say("Priya", "6.1.2 41% of staff trained, target 85%")
    world.at(2026, 2, 10)
    world.say("Priya", "6.1.2 58% of staff trained, target 85%")
    sent = world.act("Jasper", "6.1.4 slips, now opening 13 April")
    world.tap("Jasper", buttons(sent)["Yes"])
    facts = " ".join(told(world).facts)
    assert "24 actions: 2 Blue, 10 Green, 5 Amber, 2 Red, 5 not yet rated." in facts
    assert "6.1.4 (February 2026 to 13 Apr 2026)" in facts
    assert "Figures that moved: staff trained 41% to 58%, target 85% (6.1.2)." in facts


def test_what_has_not_changed_is_not_quoted_again(world: World) -> None:
    world.say("Priya", "6.1.2 58% of staff trained, on track")
    assert [one.ref for one in told(world).quotes] == ["6.1.2"]
    world.at(2026, 2, 10)
    world.say("Priya", "6.1.2 58% of the staff are trained, on track")
    assert told(world).quotes == ()
    world.say("Priya", "6.1.2 60% of staff trained, on track")
    assert [one.text for one in told(world).quotes] == ["60% of staff trained, on track"]


def test_every_quote_has_its_source(world: World) -> None:
    world.say("Priya", "6.1.2 the trainer is off sick until March")
    quote = told(world).quotes[0]
    assert (quote.ref, quote.source) == ("6.1.2", "Priya, 3 February 2026")
    parts = paragraph_parts(told(world))
    assert plain(parts[1].source) == "6.1.2 Priya, 3 February 2026"  # type: ignore[union-attr]


def test_two_figures_for_one_thing_are_both_shown(world: World) -> None:
    world.say("Priya", "6.1.2 vacancies in community nursing are 12%")
    world.say("Jasper", "6.1.4 vacancies in community nursing are 15%")
    [words] = told(world).disagreements
    assert "12% (6.1.2, Priya, 3 February 2026)" in words
    assert "15% (6.1.4, Jasper, 3 February 2026)" in words


def test_the_week_does_not_say_again_what_was_said(world: World) -> None:
    world.say("Priya", "6.1.2 58% of staff trained, on track")
    world.at(2026, 2, 16)
    world.say("Priya", "6.1.2 58% of the staff are trained, on track")
    assert "Nothing moved. 1 action said what was said before." in world.say("Dana", "digest week")
    world.say("Jasper", "6.1.4 posts are advertised")
    seen = world.say("Dana", "digest week")
    assert "1 action moved, 1 said what was said before" in seen
    assert "58%" not in seen


def test_a_large_figure_is_written_out_in_a_challenge(world: World) -> None:
    """It once read "gives 1.13317e+06 £"."""
    world.say("Priya", "6.1.2 spending is £108,064")
    world.say("Priya", "6.1.2 spending is £1,133,170")
    seen = world.say("Dana", "challenges")
    assert "e+06" not in seen
    assert "£1,133,170" in seen
