"""A veterinary service's plan in Word: a card an action, labels beside their values in two pairs of columns."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, C, Sample, act, gold
from tests.nlp.plans.word import Word

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000"}
ACTIONS = [
    act("V1", "Log every controlled drug on the day that it is used", "Clinical Director", "30 April 2023", "2023-04-30", "green", "Log audited in March: no gaps in 212 entries.", issue="Entries were made at the end of the week", assurance="Monthly audit"),
    act("V2", "Replace the X-ray badges and read them each quarter", "Radiation Protection Supervisor", "31 May 2023", "2023-05-31", "amber", "Badges ordered, 6 of 20 in use.", issue="Badges had not been read since 2021", assurance="Dose report"),
    act("V3", "Write a rota that gives two nurses to each night", "Head Nurse", "30 June 2023", "2023-06-30", "red", None, issue="One nurse alone at night", assurance="Published rota"),
]  # fmt: skip


def build() -> bytes:
    word = Word().head("Harefield Veterinary Hospital Action Plan", 0).line("3 April 2023")
    for a in ACTIONS:
        word.table(
            [
                ["Action ref", a["ref"], "Lead", a["owner"]],
                ["Finding", a["issue"], LEFT, LEFT],
                ["Action", a["action"], LEFT, LEFT],
                ["Due date", a["due_text"], "RAG", C(a["rag"].capitalize(), FILLS[a["rag"]])],
                ["Assurance", a["assurance"], LEFT, LEFT],
                ["Progress", a["progress"] or "", LEFT, LEFT],
            ]
        ).line("")
    return word.data()


SAMPLE = Sample("vet cards.docx", build, gold("Harefield Veterinary Hospital Action Plan", ACTIONS))
