"""What the styles and the theme of a Word document decide: heading levels, hidden text, shading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from nlp.documents.colours import hex_colour, tinted

__all__ = ["Style", "Styles", "child", "local", "style_table", "switched_on", "value"]

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_PLACEHOLDER = "Placeholder Text"  # "Click or tap to enter a date": no one's words
_THEME_NAMES = {
    "background1": "lt1", "light1": "lt1", "background2": "lt2", "light2": "lt2",
    "text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF",
    "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080",
    "lightGray": "C0C0C0", "black": "000000",
}  # fmt: skip


def local(node: Element) -> str:
    """The tag without its name space: transitional and strict documents differ only there."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def child(node: Element | None, *path: str) -> Element | None:
    """The first descendant along ``path``, by local names."""
    for name in path:
        node = next((n for n in node if local(n) == name), None) if node is not None else None
    return node


def value(node: Element | None, name: str = "val") -> str | None:
    """An attribute by its local name."""
    if node is None:
        return None
    return next((v for k, v in node.attrib.items() if k.rpartition("}")[2] == name), None)


def switched_on(properties: Element | None, name: str) -> bool:
    """Whether an on/off property is there and not switched off."""
    node = child(properties, name)
    return node is not None and value(node) not in {"0", "false", "off"}


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its name, its parent and what it sets itself."""

    name: str
    parent: str | None
    outline: str | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id and the theme's palette."""

    by_id: dict[str, Style] = field(default_factory=dict)
    palette: dict[str, str] = field(default_factory=dict)

    def level(self, properties: Element | None) -> int:
        """Heading level 1 to 9 of a paragraph's properties, 0 for body text."""
        outline = value(child(properties, "outlineLvl"))
        for style in self._chain(value(child(properties, "pStyle"))):
            named = _HEADING.fullmatch(style.name)
            if named:
                return int(named[1])
            if style.name.lower() == "title":
                return 1
            outline = outline or style.outline
        return int(outline) + 1 if outline and outline.isdecimal() and int(outline) < 9 else 0

    def hides(self, properties: Element | None, style_name: str = "rStyle") -> bool:
        """Whether run properties, or the style that they name, hide the text."""
        if child(properties, "vanish") is not None:
            return switched_on(properties, "vanish")
        return any(style.hidden for style in self._chain(value(child(properties, style_name))))

    def fill(self, properties: Element | None) -> str | None:
        """The shading of cell, paragraph or run properties, None where there is none."""
        shading = child(properties, "shd")
        if shading is None:
            return hex_colour(_HIGHLIGHTS.get(value(child(properties, "highlight")) or ""))
        if value(shading) == "solid":  # a solid pattern shows its own colour, not the ground
            return hex_colour(value(shading, "color")) or "000000"
        return hex_colour(value(shading, "fill")) or self._theme_fill(shading)

    def _theme_fill(self, shading: Element) -> str | None:
        name = value(shading, "themeFill") or ""
        colour = self.palette.get(_THEME_NAMES.get(name, name))
        if colour is None:
            return None
        tint, shade = value(shading, "themeFillTint"), value(shading, "themeFillShade")
        amount = 1 - int(tint, 16) / 255 if tint else int(shade, 16) / 255 - 1 if shade else 0.0
        return hex_colour(tinted(colour, amount))

    def _chain(self, style_id: str | None) -> Iterator[Style]:
        seen: set[str] = set()
        while style_id and style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            yield self.by_id[style_id]
            style_id = self.by_id[style_id].parent


def style_table(root: Element) -> dict[str, Style]:
    """The styles of a styles part by id."""
    return {value(node, "styleId") or "": _style(node) for node in root if local(node) == "style"}


def _style(node: Element) -> Style:
    return Style(
        name=value(child(node, "name")) or "",
        parent=value(child(node, "basedOn")),
        outline=value(child(node, "pPr", "outlineLvl")),
        hidden=switched_on(child(node, "rPr"), "vanish")
        or (value(child(node, "name")) or "") == _PLACEHOLDER,
    )
