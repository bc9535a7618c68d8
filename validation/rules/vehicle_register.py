"""Block D5 against the register of vehicles."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.registers import Register, RegisterAnswer, VehicleEntry
from validation.rules.answers_of_registers import list_answers, take_entries
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule


@rule(
    "registered_vehicles_are_named",
    law="order-01-14/annex-1/art-9(4)",
    forms=("family_declaration",),
    severity=Severity.WARNING,
    meets=("R003-9.4", "R000-V"),
)
def registered_vehicles_are_named(paper: Paper) -> Iterator[Breach]:
    """A family with a registered vehicle counts one of its kind in D5, unless it is broken.

    D5 counts what works and is used, whoever owns it: more there than registered is right.
    Automobiles it counts of foreign, non-Soviet make alone; the register does not tell the make.
    """
    answers = [answer for _, answer in list_answers(paper, Register.VEHICLES)]
    if not answers:
        return
    foreign = paper.legal_codes("property/foreign_movables")
    for question in paper.legal_codes("property/movables"):
        owning = tuple(answer for answer in answers if _count(answer, question))
        if owning and paper.has_none(question):
            told = {
                "count": str(sum(_count(answer, question) for answer in owning)),
                "why": "broken_or_soviet" if question in foreign else "broken",
            }
            yield Breach(paper.field(question), told, evidence=owning)


def _count(answer: RegisterAnswer, kind: str) -> int:
    """How many vehicles of a kind stand in a person's name."""
    return sum(entry.kind == kind for entry in take_entries(answer, VehicleEntry))
