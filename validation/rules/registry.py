"""What a rule is: a pure function of one paper, with its article and its gravity."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase

from validation.disposition import Severity, Track, decide_consequence
from validation.findings import Finding, Parameter
from validation.registers import RegisterAnswer
from validation.rules.paper import Paper


@dataclasses.dataclass(frozen=True, slots=True)
class Breach:
    """Where a paper breaks a rule."""

    field: str | None
    """Field that shows it, to look at first."""
    parameters: Mapping[str, Parameter] = dataclasses.field(default_factory=dict)
    law: str | None = None
    """The article behind this one; None where it is that of the rule."""
    assumed: bool = False
    """What the article says is assumed, whatever the rule is."""
    evidence: tuple[RegisterAnswer, ...] = ()
    """Answers of registers that it rests on."""


Check = Callable[[Paper], Iterable[Breach]]


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """One rule with what follows when a paper breaks it."""

    code: str
    laws: Mapping[str, str]
    """Form -> article that the rule rests on there; other forms do not know the rule."""
    severity: Severity
    decides: tuple[str, ...]
    """Questions (`D4_*` for several) that are asked of some only: the rule says of whom."""
    assumed: bool
    meets: tuple[str, ...]
    """Requirements of the catalogue that it fulfils: `R003-7.4`."""
    check: Check

    @property
    def statement(self) -> str:
        """What is true of a paper that keeps the rule; the first line of its docstring."""
        return (self.check.__doc__ or "").strip().partition("\n")[0]

    def judges_emptiness(self, question: str) -> bool:
        """Whether this rule, and not the form, says when a question needs an answer."""
        return any(fnmatchcase(question, pattern) for pattern in self.decides)

    def examine(self, paper: Paper, track: Track) -> Iterable[Finding]:
        """The findings of this rule on one paper."""
        breaches = tuple(self.check(paper))
        return [self._report(breach, paper, track) for breach in breaches] if breaches else ()

    def _report(self, breach: Breach, paper: Paper, track: Track) -> Finding:
        return Finding(
            code=self.code,
            field=breach.field,
            severity=self.severity,
            law=breach.law or self.laws[paper.form],
            consequence=decide_consequence(self.severity, track),
            parameters=breach.parameters,
            assumed=self.assumed or breach.assumed,
            evidence=breach.evidence,
        )


def rule(
    code: str,
    *,
    law: str,
    forms: tuple[str, ...],
    also: Mapping[str, str] | None = None,
    severity: Severity = Severity.FAULT,
    decides: tuple[str, ...] = (),
    assumed: bool = False,
    meets: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a check a rule of some forms; `also` names forms where it rests on another article."""
    laws = dict.fromkeys(forms, law) | dict(also or {})

    def decorate(check: Check) -> Rule:
        return Rule(code, laws, severity, decides, assumed, meets, check)

    return decorate
