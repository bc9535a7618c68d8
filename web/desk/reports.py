"""A batch at a glance: how many of its files are through, and what is left to do by hand."""

from collections.abc import Iterable
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
    states = [file.state for file in files]
    return Report(
        len(states),
        sum(state in _THROUGH for state in states),
        states.count(FileState.REPEAT),
        states.count(FileState.FAULTY),
    )


def is_under_way(fates: Iterable[Fate]) -> bool:
    """Whether anything of the batch will change by itself."""
    return any(fate.is_open for fate in fates)
