"""What of the law the program keeps, and by what: the catalogue held against rules and values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from validation.parameters import SETTINGS, Law
from validation.requirements import Requirement
from validation.rules.registry import Rule


class Means(StrEnum):
    """By what a requirement is kept."""

    RULE = "rule"
    OUTCOME = "outcome"
    """A row of the table of outcomes."""
    FORM = "form"
    """How the form itself is built."""
    PARAMETER = "parameter"
    SETTING = "setting"
    STEP = "workflow step"
    LETTER = "letter"
    COMMAND = "command"
    HUMAN = "human, recorded only"
    OPEN = "open"


_KEPT = {
    "outcome": Means.OUTCOME,
    "form": Means.FORM,
    "step": Means.STEP,
    "letter": Means.LETTER,
    "command": Means.COMMAND,
}


@dataclass(frozen=True, slots=True)
class Keeping:
    """One thing that keeps a requirement."""

    means: Means
    name: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """One requirement with all that keeps it; nothing where nobody has thought of it."""

    requirement: Requirement
    kept_by: tuple[Keeping, ...]

    @property
    def is_covered(self) -> bool:
        """Whether anything keeps it, be it a person, or a part that is named as open."""
        return bool(self.kept_by)

    @property
    def is_open(self) -> bool:
        """Whether a part of the program is still to be built for it, and nothing else."""
        return self.is_covered and all(k.means is Means.OPEN for k in self.kept_by)


def measure_coverage(
    requirements: Mapping[str, Requirement], rules: Iterable[Rule], law: Law
) -> tuple[Coverage, ...]:
    """Each requirement with what keeps it, in the order of the catalogue."""
    kept: dict[str, list[Keeping]] = {id_: [] for id_ in requirements}
    for id_, keeping in _list_named(rules, law):
        kept.setdefault(id_, []).append(keeping)
    for id_, requirement in requirements.items():
        kept[id_].extend(_list_stated(requirement))
    return tuple(Coverage(r, tuple(kept[id_])) for id_, r in requirements.items())


def find_unknown(
    requirements: Mapping[str, Requirement], rules: Iterable[Rule], law: Law
) -> tuple[str, ...]:
    """What rules and values say they keep although no source asks for it: `code: id`."""
    named = _list_named(rules, law)
    return tuple(f"{keeping.name}: {id_}" for id_, keeping in named if id_ not in requirements)


def _list_named(rules: Iterable[Rule], law: Law) -> Iterator[tuple[str, Keeping]]:
    """Id -> what says of itself that it keeps it."""
    for rule in rules:
        for id_ in rule.meets:
            yield id_, Keeping(Means.RULE, rule.code)
    for setting in law.settings.values():
        yield setting.id, Keeping(Means.SETTING, setting.name)
    for name, ids in law.meets.items():
        means = Means.SETTING if name.startswith(SETTINGS) else Means.PARAMETER
        for id_ in ids:
            yield id_, Keeping(means, name.removeprefix(SETTINGS))


def _list_stated(requirement: Requirement) -> Iterator[Keeping]:
    """What the catalogue itself says of a requirement."""
    for entry in requirement.kept:
        kind, _, name = entry.partition(":")
        yield Keeping(_KEPT[kind], name)
    if requirement.human is not None:
        yield Keeping(Means.HUMAN, requirement.human)
    if requirement.open is not None:
        yield Keeping(Means.OPEN, requirement.open)
