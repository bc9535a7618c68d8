"""The text of an article for a page: all of it, the cited place, what stands before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from validation.act_files import Act, Article, MissingText
from validation.articles import find_act, find_article, find_missing

_FEW = 4
"""So many places more than the cited ones are no burden to read over."""


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article as it stands in its act."""

    law: str
    """As it is cited."""
    act: Act
    places: tuple[Article, ...]
    """The whole article, sub-paragraph by sub-paragraph."""
    cited: str
    """Citation of the place that is meant; the nearest where the cited one has no text."""
    exact: bool
    before: Article | None
    after: Article | None

    @property
    def is_long(self) -> bool:
        """Whether the cited place would be lost in the whole article."""
        return len(self.places) - len(self.cited_places) > _FEW

    @property
    def cited_places(self) -> tuple[Article, ...]:
        """The cited place with what holds it and what stands within it."""
        above = next(one.parents for one in self.places if one.citation == self.cited)
        return tuple(
            one
            for one in self.places
            if one.citation in (*above, self.cited) or self.cited in one.parents
        )

    def holds_any(self, laws: Iterable[str]) -> bool:
        """Whether one of the citations lies in this article."""
        found = (find_article(law) for law in laws)
        return any(one is not None and self._holds(one) for one in found)

    def _holds(self, one: Article) -> bool:
        return one.act == self.act.name and name_top(one) == name_top(self.places[0])


@dataclass(frozen=True, slots=True)
class Basis:
    """What a page shows beside something that rests on the law: its text, or why there is none."""

    law: str
    shown: ShownArticle | None
    missing: MissingText | None


def find_basis(law: str) -> Basis:
    """The text behind a citation, or what is known of it."""
    return Basis(law, open_article(law), find_missing(law))


def open_article(law: str) -> ShownArticle | None:
    """The article that a citation lies in, with its neighbours; None without a text."""
    found = find_article(law)
    act = find_act(found.act) if found else None
    if found is None or act is None or not found.citation:
        return None
    top = name_top(found)
    tops = list_tops(act)
    number = next(n for n, one in enumerate(tops) if one.citation == top)
    return ShownArticle(
        law=law,
        act=act,
        places=tuple(one for one in act.articles if name_top(one) == top),
        cited=found.citation,
        exact=found.exact,
        before=tops[number - 1] if number else None,
        after=tops[number + 1] if number + 1 < len(tops) else None,
    )


def list_tops(act: Act) -> list[Article]:
    """The articles of an act, without what stands within them."""
    return [one for one in act.articles if name_top(one) == one.citation]


def name_top(place: Article) -> str:
    """Citation of the article that a place lies in."""
    whole = place.parents[0] if place.parents else place.citation
    return whole.partition("/footnote-")[0]


def list_openings(act: Act) -> Mapping[str, str]:
    """Article -> its first words, where it has no heading."""
    openings: dict[str, str] = {}
    for place in act.articles:
        if place.text:
            openings.setdefault(name_top(place), place.text)
    return openings
