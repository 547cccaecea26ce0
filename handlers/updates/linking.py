"""Which actions a text without a ref may speak of: the words of the plan, given to the reader of links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storage.model.plan import ActionView

if TYPE_CHECKING:
    from nlp.reading.links import ActionText, Index

__all__ = ["index_of", "scores"]


def index_of(views: Sequence[ActionView]) -> Index:
    """An index of these actions; what it finds is named by the action's id, for refs repeat."""
    from nlp.reading.links import Index  # brings the language pipeline, which only reading needs

    return Index([_words(view) for view in views])


def scores(text: str, views: Sequence[ActionView]) -> list[tuple[int, float]]:
    """(action id, score), best first; empty when nothing fits."""
    return [(int(found.ref), found.score) for found in index_of(views).find(text)] if views else []


def _words(view: ActionView) -> ActionText:
    """What is known of an action in words: what was said of it before helps to know it again."""
    from nlp.reading.links import ActionText

    action = view.action
    return ActionText(
        ref=str(action.id),
        title=action.text,
        owner=action.owner or "",
        lead=action.lead or "",
        theme=view.theme.title if view.theme else "",
        assurance=action.promise or "",
        recent=tuple(words for words in (view.last_line, action.progress) if words),
    )
