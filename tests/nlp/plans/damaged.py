"""Text out of a converter with its damage: soft hyphens, entities, look-alike letters, odd dates, rows broken over lines."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold

ACTIONS = [
    act(
        "B1",
        "Review the bed management policy & agree who may open extra beds",
        "Site Team",
        "Dec17",
        "2017-12",
        "amber",
        "Policy at version 3. Out for comment.",
    ),
    act(
        "C2",
        "Start a discharge lounge on level 2",
        "Head of Operations",
        "22 nd January 2018",
        "2018-01-22",
        "green",
        "Open five days a week",
    ),
    act(
        "C3",
        "Tell families within a day when a patient moves ward",
        "Ward Managers",
        "30/06/18 ongoing",
        "2018-06-30",
        "red",
        "Audit in March: 54%",
    ),
    act(
        "C4",
        "Count delays each morning with the council and share the list by ten",
        "Discharge Hub Lead",
        "Ongoing",
        None,
        "green",
        None,
    ),
    act(
        "H5",
        "Commission transport home until 10pm",
        "Contracts Manager",
        "Oct 2107",
        None,
        "amber",
        "Tender closed with two bids",
    ),
]
TEXT = """North Fen Hospital\tFlow Action Plan

Ref\tAction\tLead\tTimescale\tRAG\tProgress
В1\tReview the bed manage\u00adment policy &amp; agree who may open extra beds\tSite Team\tDec17\tAmber\t<p>Policy at version 3.</p><p>Out for comment.</p>
С2\tStart a discharge lounge on level 2\tHead of Operations\t22 nd January 2018\tGreen\tOpen five days
a week
Page 1 of 2
Ref\tAction\tLead\tTimescale\tRAG\tProgress
C3\tTell families within a day when
a patient moves ward\tWard Managers\t30/06/18 ongoing\tRed\tAudit in March: 54%
C4\tCount delays each morning with the council and share the list by ten\tDischarge Hub Lead\tOngoing\tGreen\t
Н5\tCommission transport home until 10pm\tContracts Manager\tOct 2107\tAmber\tTender closed with two bids
Page 2 of 2
"""


def build() -> bytes:
    return TEXT.encode()


SAMPLE = Sample("flow.txt", build, gold("North Fen Hospital Flow Action Plan", ACTIONS))
