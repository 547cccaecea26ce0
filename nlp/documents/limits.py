"""What keeps a bad file from doing harm: caps, zip bombs, XML entities, passwords, damage."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from storage.model.errors import DocumentError

__all__ = [
    "CSV",
    "EXCEL",
    "MAX_BYTES",
    "MAX_PART",
    "MAX_ROWS",
    "MAX_UNPACKED",
    "PDF",
    "WORD",
    "Kind",
    "check_rows",
    "check_size",
    "open_package",
    "readable",
]

MAX_BYTES = 50 * 2**20
MAX_UNPACKED = 256 * 2**20  # all parts of an Office file together
MAX_PART = 80 * 2**20  # any one of them, as it is built in memory
MAX_ROWS = 50_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office formats, and the wrapper of encrypted new ones


@dataclass(frozen=True, slots=True)
class Kind:
    """A file format as people call it, the program that opens it and how to save it anew."""

    name: str
    program: str
    suffix: str


WORD = Kind("Word document", "Word", ".docx")
EXCEL = Kind("Excel workbook", "Excel", ".xlsx")
CSV = Kind("CSV file", "Excel", ".csv (UTF-8)")
PDF = Kind("PDF", "a PDF reader", ".pdf")


def check_size(data: bytes) -> None:
    """Refuse an empty file and one over ``MAX_BYTES``."""
    if not data:
        raise DocumentError("The file is empty: choose the document itself and send it again.")
    if len(data) > MAX_BYTES:
        raise DocumentError(
            f"The file has {len(data) / 2**20:.0f} MB, and {MAX_BYTES // 2**20} MB is the most that is read: "
            "take the pictures out or send the part that holds the plan."
        )


def check_rows(count: int, where: str) -> None:
    """Refuse a table of more than ``MAX_ROWS`` rows."""
    if count > MAX_ROWS:
        raise DocumentError(
            f"The {where} has {count:,} rows, and {MAX_ROWS:,} is the most that is read: "
            "delete what is not part of the plan and send it again."
        )


@contextmanager
def readable(kind: Kind) -> Iterator[None]:
    """Turn whatever a parser raises on a damaged file into one DocumentError."""
    try:
        yield
    except DocumentError:
        raise
    except Exception as error:  # parsers of damaged files raise anything, RecursionError included
        raise DocumentError(
            f"This {kind.name} is damaged and cannot be read: open it in {kind.program}, "
            f"save a new copy as {kind.suffix} and send that."
        ) from error


def open_package(data: bytes, kind: Kind) -> zipfile.ZipFile:
    """The zip package of an Office file, once it is known to be safe to unpack and parse."""
    check_size(data)
    if data.startswith(_OLE):
        raise DocumentError(_old_or_locked(data, kind))
    if not data.startswith(b"PK"):
        raise DocumentError(
            f"This is not a {kind.name}, whatever its name says: "
            f"open it, save it as {kind.suffix} and send that."
        )
    package = zipfile.ZipFile(BytesIO(data))
    _refuse_bomb(package)
    _refuse_entities(package)
    return package


def _old_or_locked(data: bytes, kind: Kind) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "The file is protected with a password: take the password off and send it again."
    return f"This is the old format of Office: open it in {kind.program}, save it as {kind.suffix} and send that."


def _refuse_bomb(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentError("The file is protected with a password: take the password off and send it again.")
    sizes = [part.file_size for part in parts]  # zipfile reads no part beyond its file_size
    if sum(sizes) > MAX_UNPACKED or max(sizes, default=0) > MAX_PART:
        raise DocumentError(
            f"The file unpacks to more than {MAX_PART // 2**20} MB, which no plan needs: "
            "copy the plan into a new file and send that."
        )


def _refuse_entities(package: zipfile.ZipFile) -> None:
    """No part of an Office file may have a document type (ECMA-376 part 2), the door of every entity attack."""
    for name in package.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        with package.open(name) as part:
            try:
                next(iter(iterparse(part, events=("start",), forbid_dtd=True)), None)
            except ParseError:
                continue  # damage in a part that is read shows when it is read
            except DefusedXmlException as error:
                raise DocumentError(
                    "The file holds XML entities, which no plan needs: copy the plan into a new file and send that."
                ) from error
