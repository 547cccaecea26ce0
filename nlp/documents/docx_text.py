"""The text of a Word paragraph as a reader sees it: insertions kept; deletions, hidden text and list marks dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from nlp.documents.docx_styles import Styles, child, local, value

__all__ = ["Line", "content", "lines"]

_PROPERTIES = {"pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr"}
_DROPPED = _PROPERTIES | {"del", "moveFrom", "delText", "instrText", "rt", "object"}
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_WINGDINGS = {
    "F0FC": "\u2713",
    "F0FB": "\u2717",
    "F0FE": "\u2612",
    "F0A8": "\u2610",
    "F06C": "\u25cf",
    "F06E": "\u25a0",
}


@dataclass(frozen=True, slots=True)
class Line:
    """The text of a paragraph, its heading level, the text boxes anchored in it, and its shading."""

    text: str
    level: int = 0
    boxes: list[Element] = field(default_factory=list)
    fill: str | None = None


def content(container: Element) -> Iterator[Element]:
    """Paragraphs and tables of a body, cell or text box in order, out of any wrappers."""
    for node in container:
        tag = local(node)
        if tag in {"p", "tbl"}:
            yield node
        elif tag == "AlternateContent":
            yield from content(_chosen(node))
        elif tag not in _DROPPED and tag != "txbxContent":
            yield from content(node)


def lines(container: Element, styles: Styles) -> Iterator[Line | Element]:
    """Paragraphs as Lines and tables as they are; a paragraph whose mark was deleted runs on into the next."""
    text, boxes = "", list[Element]()
    for node in content(container):
        if local(node) == "tbl":
            yield node
            continue
        properties = child(node, "pPr")
        if not styles.hides(properties, "pStyle"):
            text += "".join(_pieces(node, styles, boxes))
        if child(properties, "rPr", "del") is None:
            yield Line(_tidy(text), styles.level(properties), boxes, _shading(node, properties, styles))
            text, boxes = "", []
    if text or boxes:
        yield Line(_tidy(text), boxes=boxes)


def _shading(paragraph: Element, properties: Element | None, styles: Styles) -> str | None:
    """The colour behind a paragraph, or behind its first run."""
    run = child(paragraph, "r", "rPr")
    return styles.fill(properties) or styles.fill(run)


def _tidy(text: str) -> str:
    return "\n".join(part.strip() for part in text.split("\n")).strip()


def _pieces(node: Element, styles: Styles, boxes: list[Element]) -> Iterator[str]:
    for part in node:
        tag = local(part)
        if tag == "t":
            yield part.text or ""
        elif tag in _MARKS:
            yield _MARKS[tag]
        elif tag == "br":
            yield "\n" if value(part, "type") in {None, "textWrapping"} else ""
        elif tag == "sym":
            yield _WINGDINGS.get((value(part, "char") or "").upper(), "")
        elif tag == "txbxContent":
            boxes.append(part)
        elif tag == "AlternateContent":
            yield from _pieces(_chosen(part), styles, boxes)
        elif tag == "pict":
            boxes.extend(box for box in part.iter() if local(box) == "txbxContent")
        elif tag not in _DROPPED and not (tag == "r" and _hidden(part, styles)):
            yield from _pieces(part, styles, boxes)


def _hidden(run: Element, styles: Styles) -> bool:
    return styles.hides(child(run, "rPr"))


def _chosen(alternatives: Element) -> Element:
    """Of a choice and its fallback, which hold the same text, the first."""
    return next(
        (node for node in alternatives if local(node) == "Choice"), next(iter(alternatives), alternatives)
    )
