"""The themes of a plan while it is read, and which of them is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nlp.documents.plan.themes import heading, is_caption, is_general, numbered, tidy
from nlp.documents.refs import ref_parts
from storage.model.document import DocTheme

__all__ = ["ThemeBook"]


@dataclass(slots=True)
class ThemeBook:
    """Headings, captions, columns and refs open themes; a heading is surest, a caption least."""

    themes: list[DocTheme] = field(default_factory=list)
    places: dict[tuple[str | None, str], int] = field(default_factory=dict)
    open: int | None = None  # an index
    heading: DocTheme | None = None  # of the text: a theme once actions follow
    captions: dict[int, bool] = field(
        default_factory=dict
    )  # named by a text above a table: is it no heading?
    by_column: set[int] = field(default_factory=set)
    prefixed: bool = False  # the refs open with the numbers of their themes

    @property
    def current(self) -> DocTheme | None:
        """The open theme."""
        return self.themes[self.open] if self.open is not None else None

    def begin(self, theme: DocTheme) -> None:
        """Open a theme, or go back to one that a "(continued)" heading names again."""
        self.heading = None
        self.open = self.places.setdefault((theme.ref, theme.title.lower()), len(self.themes))
        if self.open == len(self.themes):
            self.themes.append(theme)

    def led(self, name: str, who: str) -> None:
        """Who leads the open theme, or reports on it (``name``: lead, reporting_officer)."""
        theme = self.current
        if theme and self.open is not None and not getattr(theme, name):
            self.themes[self.open] = replace(theme, **{name: who})

    def table(self, close: str) -> None:
        """A table of actions begins: the heading above it, or the line close to it, is its theme.

        A heading that only says what the table is ("Action plan") is none.
        """
        named = numbered(close) or DocTheme(None, tidy(close))
        weak = self.heading is None and is_caption(named.title) and len(self.captions) == len(self.themes)
        caption = named if weak else self.heading
        if caption and not is_general(caption.title):
            count = len(self.themes)
            self.begin(caption)
            if len(self.themes) > count:
                self.captions[count] = weak
        self.heading = None

    def column(self, cell: str, unheaded: bool = False) -> None:
        """A column of themes counts where no heading does; ``unheaded``: not even the line above the table."""
        text = tidy(cell)
        captioned = self.open in self.captions and not unheaded
        if text and (self.open is None or captioned or self.open in self.by_column):
            self.begin(heading(text) or numbered(text) or DocTheme(None, text))
            self.by_column.add(self.open or 0)

    def action(self, ref: str) -> None:
        """Where refs have opened with their theme's number so far, one that does not stands under a lost heading."""
        theme, parts = self.current, ref_parts(ref)
        if theme is None or len(parts) < 2 or "." not in ref or not theme.ref or not theme.ref.isdigit():
            return
        if parts[0] == int(theme.ref):
            self.prefixed = True
        elif self.prefixed:
            number = str(parts[0])
            self.begin(next((t for t in self.themes if t.ref == number), DocTheme(number, "")))

    def lone_caption(self, used: Sequence[str | None]) -> DocTheme | None:
        """Take away the caption over the only table: it says what the table is, and parts nothing.

        ``used`` are the themes of the actions.
        """
        if len(self.captions) != 1:
            return None
        (index, weak), *_ = self.captions.items()
        theme = self.themes[index]
        if (theme.ref in used or theme.title in used) and (theme.ref or not (weak or len(self.themes) == 1)):
            return None
        return self.themes.pop(index)
