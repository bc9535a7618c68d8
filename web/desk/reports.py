"""A batch at a glance: how many of its files are through, and what is left to do by hand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from web.desk.fates import Fate
from workflow.store.models.paper import File, FileState

_THROUGH = (FileState.READ, FileState.FAULTY, FileState.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Report:
    """Counts over the files of a batch."""

    files: int
    through: int
    """Nothing happens to them any more."""
    repeats: int
    """They wait for a choice."""
    faulty: int

    @property
    def done(self) -> int:
        """Through, and not because they could not be opened."""
        return self.through - self.faulty


def report_files(files: Iterable[File]) -> Report:
    """Counts the files of a batch by what became of them."""
    return report_counts(Counter(file.state for file in files))


def report_counts(counts: Mapping[str, int]) -> Report:
    """The same where they are counted already: state -> how many files are in it."""
    return Report(
        sum(counts.values()),
        sum(counts.get(state, 0) for state in _THROUGH),
        counts.get(FileState.REPEAT, 0),
        counts.get(FileState.FAULTY, 0),
    )


def is_under_way(fates: Iterable[Fate]) -> bool:
    """Whether anything of the batch will change by itself."""
    return any(fate.is_open for fate in fates)
