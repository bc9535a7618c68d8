"""What a letter is: a layout, its wording, and the values that it cannot be printed without."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ValueKind(StrEnum):
    """How a value is given and how it is printed."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    AMOUNT = "amount"
    """Money in lari, given as a string: a binary fraction could change it."""
    TRUTH = "truth"
    CODE = "code"
    """Names something: zeros in front belong to it."""
    PERSONAL_NUMBER = "personal_number"
    CHOICE = "choice"
    CHOICES = "choices"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class ValueSpec:
    """One value of a letter, or one column of its table."""

    id: str
    kind: ValueKind
    required: bool = True
    choices: tuple[str, ...] = ()
    """Of CHOICE and CHOICES: the words that may be given."""
    columns: tuple["ValueSpec", ...] = ()
    """Of TABLE: what each row is made of."""
    may_be_empty: bool = False
    """Of TABLE: no row is an answer too, and another one than no table."""

    @property
    def is_scalar(self) -> bool:
        """Whether it is one value, not rows of them."""
        return self.kind is not ValueKind.TABLE


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything that a letter says, in the language it is printed in."""

    title: str
    act: str
    """The law behind the letter, in words."""
    texts: Mapping[str, str]
    """Sentences; `{due}` stands for a value, `{due:genitive}` for a day in that case."""
    labels: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    """Table -> column -> its heading."""
    choices: Mapping[str, Mapping[str, str]]
    """Value -> what may be given -> what is printed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A kind of paper that the agency prints and does not read back."""

    name: str
    folder: Path
    title: str
    """In English, for whoever looks for it."""
    law: tuple[str, ...]
    assumed: bool
    """The sources ask for the paper and leave its layout open."""
    values: tuple[ValueSpec, ...]
    wording: Wording

    @property
    def layout(self) -> Path:
        """The typst file that says where everything stands."""
        return self.folder / "letter.typ"
