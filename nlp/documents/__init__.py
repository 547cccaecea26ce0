"""Readers of plan documents: any of the formats that people have, in; one PlanDocument, out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath

from nlp.documents.blocks import Block
from nlp.documents.limits import check_size
from nlp.documents.text import blocks_of_text, decode
from storage.model.document import PlanDocument
from storage.model.errors import DocumentError

__all__ = ["plan_in", "read_blocks", "read_plan"]

Progress = Callable[[int, int], None]
"""Called with (done, whole) while a long file is read."""


def read_plan(
    data: bytes,
    filename: str,
    *,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> PlanDocument:
    """The plan in a file: .docx, .xlsx, .csv, .tsv, .pdf, .txt, the bot's own .json, or one of records.

    ``columns`` overrides the fields of printed headers ({"Month due": "due"}). DocumentError, one
    sentence, where the file is empty, too big, damaged, or holds no plan; ValueError for a field
    that does not exist.
    """
    from nlp.documents.asjson import document_from_dict
    from nlp.documents.records import blocks_of_records

    if _suffix(filename) == ".json" or _is_json(data):
        value = _json(data)
        blocks = blocks_of_records(value)
        return plan_in(blocks, filename, columns, progress) if blocks else document_from_dict(value)
    return plan_in(read_blocks(data, filename, progress), filename, columns, progress)


def plan_in(
    blocks: list[Block],
    filename: str,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> PlanDocument:
    """The plan in what was read of a file already; DocumentError where there is none."""
    from nlp.documents.own import read_own, without_state
    from nlp.documents.plan.assemble import assemble
    from nlp.documents.plan.headers import named_by_hand

    by_hand = named_by_hand(columns)
    plan = read_own(blocks, by_hand) or assemble(without_state(blocks), by_hand, progress)
    return plan if plan.title else replace(plan, title=PurePath(filename).stem)


def read_blocks(data: bytes, filename: str, progress: Progress | None = None) -> list[Block]:
    """The paragraphs and tables of a file, told apart by its content first and its name second."""
    check_size(data)
    suffix = _suffix(filename)
    if data.startswith(b"%PDF"):
        from nlp.documents.pdf import read_pdf

        return read_pdf(data, progress)
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return _office(data, suffix, progress)
    if suffix in (".docx", ".xlsx", ".xlsm", ".pdf"):
        raise DocumentError(f"This is no {suffix} file, whatever its name says: save it anew and send that.")
    text = decode(data)
    if _junk(text):
        raise DocumentError(
            "The file is not text that can be read: send it as .docx, .xlsx, .csv, .pdf or .txt."
        )
    if suffix in (".csv", ".tsv"):
        from nlp.documents.csv import read_csv

        return read_csv(data, progress)
    return blocks_of_text(text, progress)


def _office(data: bytes, suffix: str, progress: Progress | None) -> list[Block]:
    from nlp.documents.docx import read_docx
    from nlp.documents.xlsx import read_xlsx

    if b"xl/workbook" in data or (b"word/document" not in data and suffix.startswith(".xls")):
        return read_xlsx(data, progress)
    return read_docx(data, progress)


def _suffix(filename: str) -> str:
    return PurePath(filename).suffix.lower()


def _is_json(data: bytes) -> bool:
    head = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"plan"' in data[:4000]


def _json(data: bytes) -> object:
    try:
        return json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise DocumentError("This JSON file is damaged: export the plan again and send that.") from error


def _junk(text: str) -> bool:
    """More control and replacement characters than any text has."""
    head = text[:20_000]
    odd = sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\f\v") for c in head)
    return odd * 50 > len(head)
