"""How far the answers of registers can be relied on: their age, and what an extract lacks.

The programme overview, step V, holds a declaration against what the registers say at the
time. No source says how old an answer may be, nor what follows where an extract is not
whole; an answer is used in any case, and a person is told what it is worth.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.answers_of_registers import is_waiver
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_FORMS = ("application", "family_declaration")
_COMPARED = "programme-overview/step-5"


@rule(
    "register_answers_are_new",
    law=_COMPARED,
    forms=_FORMS,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R000-V",),
)
def register_answers_are_new(paper: Paper) -> Iterator[Breach]:
    """What a register said of the people is of a day shortly before the check.

    The day of the check counts, not that of the paper: the newest answers are used for
    old paper too. The day is told and not the age, which would be another one tomorrow.
    """
    for register, answers in {} if is_waiver(paper) else paper.known.registers.items():
        most = paper.law.value_on(f"registers/{register}", paper.today)
        if most is None or most.number is None:
            continue
        old = [a for a in answers.values() if (paper.today - a.as_of).days > most.number]
        if old:
            oldest = min(answer.as_of for answer in old)
            told = {"register": f"register_{register}", "as_of": oldest.isoformat()}
            told["days"] = str(most.number)
            yield Breach(None, told, evidence=tuple(old))


@rule(
    "register_extracts_are_whole",
    law=_COMPARED,
    forms=_FORMS,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R000-V",),
)
def register_extracts_are_whole(paper: Paper) -> Iterator[Breach]:
    """No row was left out of an extract that would tell something of the people."""
    for register, gap in {} if is_waiver(paper) else paper.known.gaps.items():
        told = {"register": f"register_{register}", "source": gap.source}
        told["skipped"] = str(gap.skipped)
        yield Breach(None, {**told, "people": gap.people})
