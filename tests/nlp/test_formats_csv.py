"""Delimited files in the encodings and dialects that people have."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.documents.blocks import Table
from nlp.documents.csv import read_csv
from storage.model.errors import DocumentError


def rows_of(data: bytes) -> list[list[str]]:
    (table,) = read_csv(data)
    assert isinstance(table, Table)
    return [[cell.text for cell in row] for row in table.rows]


PLAIN = [
    ["Ref", "Action", "Owner"],
    ["1.10", "Café opens, twice", "COO"],
    ["1.2", "Fix “leak”", "Head of Estates"],
]


def written(delimiter: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(PLAIN)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiter_and_encoding_are_found(encoding: str, delimiter: str) -> None:
    assert rows_of(written(delimiter).encode(encoding)) == PLAIN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("sep=;\na;b,c\n", [["a", "b,c"]], id="told delimiter"),
        pytest.param('a,"1\r\n2"\r\n', [["a", "1\n2"]], id="line break in a cell"),
        pytest.param(
            "Plan of 2021\n\nRef,Action\n1,Do\n",
            [["Plan of 2021"], [], ["Ref", "Action"], ["1", "Do"]],
            id="title row",
        ),
        pytest.param("a,b,,\n1,2,,\n", [["a", "b"], ["1", "2"]], id="empty columns at the edge"),
        pytest.param("a,'=1+1\n", [["a", "=1+1"]], id="guard of an export is taken off"),
        pytest.param("a,'tis\n", [["a", "'tis"]], id="an apostrophe of the text stays"),
        pytest.param("a,- typed\n", [["a", "- typed"]], id="typed dash"),
        pytest.param(
            "Ref\tAction\n1\tGreen, amber, red, and blue\n2\tx\n",
            [["Ref", "Action"], ["1", "Green, amber, red, and blue"], ["2", "x"]],
            id="commas in a tabbed file",
        ),
    ],
)
def test_dialects(text: str, expected: list[list[str]]) -> None:
    assert rows_of(text.encode()) == expected


def test_rows_are_numbered_as_in_the_file() -> None:
    (table,) = read_csv(b"\n\nRef,Action\n1,Do\n")
    assert isinstance(table, Table)
    assert (table.place, table.first_row) == ("the file", 3)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"a,b\n\x00\x81\x8d,\n", "UTF-8", id="no text at all"),
        pytest.param(b"a,b\n" * 60_000, "rows", id="too many rows"),
        pytest.param(b'a,"' + b"x" * 2_000_000 + b'"\n', "damaged", id="endless cell"),
    ],
)
def test_bad_files_say_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_csv(data)


cells = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn"]), min_size=1, max_size=12
)
records = st.lists(st.lists(cells, min_size=2, max_size=2), min_size=2, max_size=6)


@given(records)
@settings(max_examples=40, deadline=None)
def test_any_tabbed_file_comes_back(rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t").writerows(
        [["a", "b"]] * 2 + [["'" + c if c[0] in "'=+-@" else c for c in row] for row in rows]
    )
    assert rows_of(("sep=\t\n" + buffer.getvalue()).encode())[2:] == rows
