"""The page headers and footers of a Word document: what stands in them, each text once."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from nlp.documents.docx_styles import Styles
from nlp.documents.docx_text import Line, lines

__all__ = ["margin_parts"]

_MARGIN = re.compile(r"/(?:header|footer)\d{0,3}\.xml")
_MOST = 40  # headers and footers of a document


def margin_parts(package: zipfile.ZipFile, main: str, styles: Styles) -> Iterator[Line | Element]:
    """Lines and tables of the headers and footers that belong to the ``main`` part."""
    folder = main.rpartition("/")[0]
    names = [name for name in package.namelist() if _MARGIN.fullmatch(name.removeprefix(folder))]
    seen: set[str] = set()
    for name in sorted(names)[:_MOST]:
        for part in lines(fromstring(package.read(name)), styles):
            text = part.text if isinstance(part, Line) else " ".join(part.itertext())
            if text not in seen:
                seen.add(text)
                yield part
