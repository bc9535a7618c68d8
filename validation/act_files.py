"""Acts of law as files: what a file under `acts/` says, checked.

One file an act; its name is the first word of a citation: `order-01-14/annex-1/art-7(4)`
stands in `acts/order-01-14.toml` as `annex-1/art-7(4)`. Letters of sub-paragraphs are
counted in the order of the Georgian alphabet: the third is `(c)`, the third below the
second `(b)(c)`. Numbers stand as printed: `art-3(1.1)` lies within `art-3(1)`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from validation.errors import WrongLawFile
from validation.toml_data import read_toml

_LANGUAGES = frozenset({"ka", "en"})

Words = Mapping[str, str]
"""Language -> words about the law; its own text is Georgian alone."""


@dataclass(frozen=True, slots=True)
class Article:
    """One place of an act, as the source prints it."""

    act: str
    citation: str
    """Place in the act; empty for the act itself."""
    heading: str = ""
    text: str = ""
    mark: str = ""
    """Number or letter printed before it."""
    chapter: str = ""
    """Heading of the chapter that begins here."""
    struck: bool = False
    """The source strikes it out; another article of the same citation replaces it."""
    remark: str = ""
    """What the source writes behind a struck text."""
    lost: Words | None = None
    """What of it the source has lost."""
    note: Words | None = None
    exact: bool = True
    """False where the place asked for lies somewhere within this one."""

    @property
    def law(self) -> str:
        """How the program cites it."""
        return f"{self.act}/{self.citation}" if self.citation else self.act

    @property
    def parents(self) -> tuple[str, ...]:
        """The citations that hold it, from the article down."""
        return tuple(climb_citation(self.citation))[::-1]


@dataclass(frozen=True, slots=True)
class Act:
    """An act with all its places, in the order of the source."""

    name: str
    title: Words
    rank: Words
    note: Words
    """What the source has lost, struck out or left unsaid."""
    articles: tuple[Article, ...]
    letters: str
    """SHA-256 of the letters of the source, blanks left out."""
    number: str = ""
    day: date | None = None
    in_force: date | None = None
    """First day, where the act names another than its own."""
    expires: date | None = None
    amended_by: str = ""
    amended_on: date | None = None


@dataclass(frozen=True, slots=True)
class MissingText:
    """An act, or a part of one, whose text nobody has put in."""

    law: str
    title: Words
    why: Words
    place: Words | None
    """Where the text is known to be."""


def climb_citation(citation: str) -> Iterator[str]:
    """The citations that hold one, nearest first: (1.1) lies within (1), that in its article."""
    place, bracket, mark = citation.rpartition("(")
    while bracket:
        whole, dot, _ = mark.rstrip(")").rpartition(".")
        if dot:
            yield f"{place}({whole})"
        yield place
        place, bracket, mark = place.rpartition("(")


def load_act(file: Path) -> Act:
    """An act out of its file; a fault names the file and the place."""
    table = read_toml(file)
    try:
        articles = tuple(_build_article(file, entry) for entry in table["article"])
        amended = table.get("amended", {})
        act = Act(
            name=file.stem,
            title=_take_words(file, "title", table),
            rank=_take_words(file, "rank", table),
            note=_take_words(file, "note", table),
            articles=articles,
            letters=table["letters"],
            number=table.get("number", ""),
            day=table.get("date"),
            in_force=table.get("in_force"),
            expires=table.get("expires"),
            amended_by=amended.get("by", ""),
            amended_on=amended.get("on"),
        )
    except (KeyError, TypeError) as fault:
        raise WrongLawFile(file, detail=f"{type(fault).__name__}: {fault}") from fault
    _check_places(file, articles)
    return act


def load_missing(file: Path) -> tuple[MissingText, ...]:
    """What is named without being at hand, with the reason."""
    return tuple(
        MissingText(
            law=entry["law"],
            title=_take_words(file, "title", entry),
            why=_take_words(file, "why", entry),
            place=_take_words(file, "place", entry) if "place" in entry else None,
        )
        for entry in read_toml(file)["act"]
    )


def _build_article(file: Path, entry: Mapping[str, Any]) -> Article:
    words = {key: _take_words(file, key, entry) for key in ("lost", "note") if key in entry}
    return Article(file.stem, **{**entry, **words})


def _check_places(file: Path, articles: tuple[Article, ...]) -> None:
    """A citation leads to one text that holds, and to nothing empty."""
    holding: set[str] = set()
    for article in articles:
        if not (article.mark or article.heading or article.text or article.lost):
            raise WrongLawFile(file, article.citation, "neither text nor what became of it")
        if not article.struck and article.citation in holding:
            raise WrongLawFile(file, article.citation, "two texts hold at once")
        if not article.struck:
            holding.add(article.citation)
    for article in articles:
        if article.struck and article.citation not in holding:
            raise WrongLawFile(file, article.citation, "struck out and not replaced")


def _take_words(file: Path, key: str, table: Mapping[str, Any]) -> Words:
    words = table[key]
    if not isinstance(words, dict) or set(words) != _LANGUAGES:
        raise WrongLawFile(file, key, "words in both languages")
    return words
