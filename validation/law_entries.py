"""What the files of the law hold: dated numbers, lists of codes, scales and settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class About:
    """What an entry of the law is, in a sentence of each language."""

    en: str
    ka: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a dated entry of the law comes from."""

    law: str
    amended_by: str | None = None
    assumed: bool = False
    """The text gives no date, or leaves the matter open."""
    note: str | None = None
    """Where it was read, if not in the act itself."""


@dataclass(frozen=True, slots=True)
class LegalValue(Source):
    """One number of the law with the day it begins to hold."""

    name: str
    start: date
    number: Decimal | None
    """None where the law is repealed from that day."""
    unit: str

    @property
    def is_count(self) -> bool:
        """Whether so many days, or years, can be counted: a whole number, from 1 on."""
        return self.number is not None and self.number >= 1 and not self.number % 1


@dataclass(frozen=True, slots=True)
class LegalCodes(Source):
    """One list of codes of the law with the day it begins to hold."""

    name: str
    start: date
    codes: tuple[str, ...]
    """As the law prints them, ranges too: `C00-C97`; none where it is repealed."""


@dataclass(frozen=True, slots=True)
class Border:
    """One end of a band."""

    number: Decimal
    included: bool
    """Whether the number itself lies in the band."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a scale with what the law gives for it."""

    lower: Border | None
    """None where it begins at nothing."""
    upper: Border | None
    """None where it has no end."""
    least: Decimal | None
    """None where the law prints no minimum; the same as `most` where it fixes one number."""
    most: Decimal
    cap: Decimal | None = None
    """No more than this, in the unit of the scale."""

    def holds(self, amount: Decimal) -> bool:
        """Whether an amount lies in the band."""
        for border in (self.lower, self.upper):
            if border is not None and amount == border.number:
                return border.included
        above = self.lower is None or amount > self.lower.number
        return above and (self.upper is None or amount < self.upper.number)


@dataclass(frozen=True, slots=True)
class Scale(Source):
    """Bands of amounts with what the law gives for each, from a day on."""

    name: str
    start: date
    bands: tuple[Band, ...]
    """Lowest first; none where it is repealed."""
    unit: str
    """What the borders and the caps are counted in."""
    gives: str
    """What the least and the most of a band are counted in."""

    def list_bands_at(self, amount: Decimal) -> tuple[Band, ...]:
        """The bands that an amount lies in: two where the law gives both the border."""
        return tuple(band for band in self.bands if band.holds(amount))


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read a contradiction of the sources."""

    name: str
    laws: tuple[str, ...]
    """The sources that say so."""
    says: About


@dataclass(frozen=True, slots=True)
class Choice(Source):
    """Which option holds from a day on."""

    start: date
    option: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A contradiction of the sources, the ways to read it and the one that is taken."""

    id: str
    """Its number in the catalogue of requirements: `X-01`."""
    name: str
    options: Mapping[str, Option]
    choices: tuple[Choice, ...]
    """Oldest first."""
    steers: str
    """What in the program depends on it."""

    def choose_on(self, day: date) -> Choice:
        """The choice of a day; the oldest one before any is dated, as something must be read."""
        begun = [choice for choice in self.choices if choice.start <= day]
        return begun[-1] if begun else self.choices[0]
