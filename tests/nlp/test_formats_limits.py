"""Files that are broken, locked, disguised or meant to do harm: one clear sentence each."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from nlp.documents.blocks import Block
from nlp.documents.csv import read_csv
from nlp.documents.docx import read_docx
from nlp.documents.limits import MAX_BYTES, MAX_ROWS
from nlp.documents.pdf import read_pdf
from nlp.documents.xlsx import read_xlsx
from storage.model.errors import DocumentError

Reader = Callable[[bytes], list[Block]]


@cache
def word() -> bytes:
    document = docx.Document()
    document.add_table(2, 2).cell(0, 0).text = "Ref"
    return _saved(document)


@cache
def excel() -> bytes:
    book = Workbook()
    book.worksheets[0].append(["Ref"])
    return _saved(book)


@cache
def portable() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 700, "Ref")
    canvas.save()
    return buffer.getvalue()


def _saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(package: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return buffer.getvalue()


def with_entity(xml: bytes) -> bytes:
    body = xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else xml
    return b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + body.lstrip()


def bomb() -> bytes:
    buffer = BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(90):
            part.write(b" " * 2**20)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("read", "data", "message"),
    [
        pytest.param(read_docx, b"", "empty", id="empty"),
        pytest.param(read_csv, b"a" * (MAX_BYTES + 1), "MB", id="too large"),
        pytest.param(read_docx, bomb(), "unpacks", id="zip bomb"),
        pytest.param(
            read_docx, with_part(word(), "word/document.xml", with_entity), "entities", id="entity in Word"
        ),
        pytest.param(
            read_xlsx, with_part(excel(), "xl/workbook.xml", with_entity), "entities", id="entity in Excel"
        ),
        pytest.param(read_docx, OLE + b"\0" * 600, "old format", id="old Word"),
        pytest.param(
            read_xlsx, OLE + "EncryptedPackage".encode("utf-16-le"), "password", id="encrypted Excel"
        ),
        pytest.param(read_docx, b"{\\rtf1}", "not a Word document", id="rtf named docx"),
        pytest.param(read_docx, excel(), "Excel workbook", id="workbook named docx"),
        pytest.param(read_xlsx, word(), "Word document", id="document named xlsx"),
        pytest.param(read_docx, word()[:-60], "damaged", id="Word cut short"),
        pytest.param(
            read_docx,
            with_part(word(), "word/document.xml", lambda xml: xml[:-30]),
            "damaged",
            id="half a part",
        ),
        pytest.param(
            read_docx,
            with_part(word(), "word/document.xml", lambda _: b"<document/>"),
            "no text",
            id="no body",
        ),
        pytest.param(
            read_xlsx,
            with_part(excel(), "xl/worksheets/sheet1.xml", lambda xml: xml + b"<row/>" * MAX_ROWS),
            "rows",
            id="too many rows",
        ),
        pytest.param(read_pdf, portable()[:120], "damaged|scan", id="PDF cut short"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(read: Reader, data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as refusal:
        read(data)
    assert str(refusal.value).count(". ") == 0


@pytest.mark.parametrize("read", [read_docx, read_xlsx, read_pdf, read_csv])
@given(data=st.binary(max_size=200))
@settings(max_examples=20, deadline=None)
def test_any_bytes_are_read_or_refused(read: Reader, data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"%PDF-1.4\n", OLE):
        _read_or_refuse(read, start + data)


@pytest.mark.parametrize(
    ("read", "good"),
    [
        pytest.param(read_docx, word, id="word"),
        pytest.param(read_xlsx, excel, id="excel"),
        pytest.param(read_pdf, portable, id="pdf"),
    ],
)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_damage_is_read_or_refused(read: Reader, good: Callable[[], bytes], data: st.DataObject) -> None:
    broken = bytearray(good())
    for place in data.draw(st.lists(st.integers(0, len(broken) - 1), min_size=1, max_size=20)):
        broken[place] = data.draw(st.integers(0, 255))
    _read_or_refuse(read, bytes(broken[: data.draw(st.integers(len(broken) // 2, len(broken)))]))


@pytest.mark.parametrize(
    ("read", "good", "part"),
    [
        pytest.param(read_docx, word, "word/document.xml", id="document"),
        pytest.param(read_docx, word, "word/styles.xml", id="styles"),
        pytest.param(read_xlsx, excel, "xl/worksheets/sheet1.xml", id="sheet"),
        pytest.param(read_xlsx, excel, "xl/styles.xml", id="sheet styles"),
    ],
)
@given(cut=st.integers(0, 2000), junk=st.binary(max_size=30))
@settings(max_examples=20, deadline=None)
def test_any_damage_within_is_read_or_refused(
    read: Reader, good: Callable[[], bytes], part: str, cut: int, junk: bytes
) -> None:
    _read_or_refuse(read, with_part(good(), part, lambda xml: xml[:cut] + junk + xml[cut + len(junk) :]))


def _read_or_refuse(read: Reader, data: bytes) -> None:
    try:
        blocks = read(data)
    except DocumentError:
        return
    assert isinstance(blocks, list)
