"""What waits for a meeting on an action: one line each, with the words that ask it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers import wording
from storage.model.document import PlanDate
from storage.model.plan import ActionView, Plan, State

__all__ = ["Line", "asked", "open_lines"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a meeting is asked. ``subject``: "rating", "date", "claim" or "assurance".

    ``label`` is the rating proposed, or the number of the step whose date is asked for.
    """

    subject: str
    scale: str | None = None
    label: str | None = None
    due: PlanDate | None = None


def open_lines(view: ActionView) -> list[Line]:
    """What waits for a meeting on this action."""
    lines = [Line("rating", scale, rated.label) for scale, rated in view.proposed.items()]
    if view.requested is not None:
        lines.append(Line("date", due=view.requested))
    lines += [Line("date", label=step, due=due) for step, due in view.step_requests.items()]
    if view.state is State.CLAIMED:
        lines.append(Line("claim"))
    if view.state is State.ASSURING and _watched_long_enough(view.state_note):
        lines.append(Line("assurance"))
    return lines


def _watched_long_enough(note: str | None) -> bool:
    """ "month 3 of 3": the effect was shown for as long as was asked."""
    match = re.fullmatch(r"month (\d+) of (\d+)", note or "")
    return match is not None and int(match[1]) >= int(match[2])


def asked(line: Line, view: ActionView, plan: Plan) -> str:
    """The line as the meeting reads it: "Green → Amber proposed", "move March 2026 to May 2026"."""
    match line.subject:
        case "rating":
            scale = plan.scale(line.scale)
            was = wording.label(scale, view.agreed.get(line.scale or ""))
            title = (
                f"{scale.title}: " if scale and len(plan.scales) > 1 and scale is not plan.scales[0] else ""
            )
            return f"{title}{was} → {scale.short(line.label or '') if scale else line.label} proposed"
        case "date":
            step = next((one for one in view.action.steps if one.no == line.label), None)
            was = wording.due(step.due if step else view.due)
            which = f"step {line.label}: " if line.label else ""
            return f"{which}move {was} to {wording.due(line.due or PlanDate())}"
        case "assurance":
            return f"shown for as long as was asked ({view.state_note}): is it assured?"
        case _:
            return "claimed complete: is it assured?"
