"""How owner cells divide into parties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.owners import owner_key, split_owners


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        pytest.param("COO", ["COO"], id="initials"),
        pytest.param("", [], id="empty"),
        pytest.param(" , / ; ", [], id="marks only"),
        pytest.param("HPT / HCC", ["HPT", "HCC"], id="slash"),
        pytest.param("HPT/HCC", ["HPT", "HCC"], id="slash between initials"),
        pytest.param("Adults/Children lead", ["Adults/Children lead"], id="slash inside a title"),
        pytest.param("HPT\nHCC", ["HPT", "HCC"], id="line break"),
        pytest.param("• CEO, HPT\n• AO, HCC", ["CEO, HPT", "AO, HCC"], id="list of posts"),
        pytest.param("COO; Medical Director", ["COO", "Medical Director"], id="semicolon"),
        pytest.param("COO, CFO, CNO", ["COO", "CFO", "CNO"], id="posts by comma"),
        pytest.param("HPT, HCC", ["HPT", "HCC"], id="bodies by comma"),
        pytest.param("COO and CFO", ["COO", "CFO"], id="and"),
        pytest.param("Chief Nurse & Medical Director", ["Chief Nurse", "Medical Director"], id="ampersand"),
        pytest.param("Head of Nursing and Quality", ["Head of Nursing and Quality"], id="and inside a title"),
        pytest.param("Health & Harbour Board", ["Health & Harbour Board"], id="ampersand inside a name"),
        pytest.param("Chair, H&HB", ["Chair, H&HB"], id="post and body"),
        pytest.param(
            "City Director, Portsea City Council", ["City Director, Portsea City Council"], id="post, council"
        ),
        pytest.param(
            "Ada Quay, Head of Pilots, Harbour Trust",
            ["Ada Quay, Head of Pilots, Harbour Trust"],
            id="one person whole",
        ),
        pytest.param("Head of Pilots, Ada Quay", ["Head of Pilots, Ada Quay"], id="job before name"),
        pytest.param(
            "Ada Quay, Head of Pilots, Ben Mast, Tide Officer",
            ["Ada Quay, Head of Pilots", "Ben Mast, Tide Officer"],
            id="two people with jobs",
        ),
        pytest.param("Ada Quay, Ben Mast and Cy Oar", ["Ada Quay", "Ben Mast", "Cy Oar"], id="three names"),
        pytest.param(
            "Ada Quay, Chief Nurse and Deputy Chief Executive, HPT",
            ["Ada Quay, Chief Nurse and Deputy Chief Executive, HPT"],
            id="one person, two jobs",
        ),
        pytest.param(
            "Accountable Officer and Director of Berths, HCC",
            ["Accountable Officer", "Director of Berths, HCC"],
            id="two posts of a body",
        ),
        pytest.param("COO (Ada Quay, acting)", ["COO (Ada Quay, acting)"], id="comma in brackets"),
        pytest.param("Ada Quay/ Ben Mast", ["Ada Quay", "Ben Mast"], id="slash with one space"),
        pytest.param("Pilot Leads/Tide Officer", ["Pilot Leads", "Tide Officer"], id="slash between posts"),
        pytest.param(
            "Head of Berths- Mooring and Night Work, HCC",
            ["Head of Berths- Mooring and Night Work, HCC"],
            id="and in a remit",
        ),
        pytest.param(
            "CEO, HPT CEO, HCC Tide Director, HTO",
            ["CEO, HPT", "CEO, HCC", "Tide Director, HTO"],
            id="a list that lost its lines",
        ),
        pytest.param("COO / coo", ["COO"], id="the same twice"),
    ],
)
def test_owner_cells_divide_into_parties(cell: str, parties: list[str]) -> None:
    assert split_owners(cell) == parties


@given(st.text(max_size=200))
def test_every_cell_divides_into_different_named_parties(cell: str) -> None:
    keys = [owner_key(party) for party in split_owners(cell)]
    assert all(keys)
    assert len(set(keys)) == len(keys)


@given(st.lists(st.sampled_from(["COO", "HCC", "Ada Quay", "Head of Tides", "Harbour Trust"]), max_size=6))
def test_no_party_is_lost(parts: list[str]) -> None:
    found = " ".join(split_owners(", ".join(parts)))
    assert all(part in found for part in parts)
