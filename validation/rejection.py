"""Why an application is rejected: which ground of order 02-150, annex 3, art. 3(1) a fault has."""

from enum import StrEnum

from validation.disposition import Disposition
from validation.findings import Finding

_ARTICLE = "order-02-150/annex-3/art-3(1.{})"
_OF_THE_PAPER = ("order-02-150/", "order-140")
"""Acts that say how an application is filled and taken in."""


class RejectionGround(StrEnum):
    """One of the four grounds, in the order of the article; several may hold together."""

    INCOMPLETE = "incomplete"
    """Not fully filled, or inaccurate: 1.1."""
    MEMBER_ELSEWHERE = "member_elsewhere"
    """Somebody stands in another family of the registry: 1.2."""
    DATA_CONFLICT = "data_conflict"
    """Other databases say otherwise: 1.3."""
    OTHER = "other"
    """Other circumstances of the law: 1.4."""


_ARTICLES = {
    ground: _ARTICLE.format(number) for number, ground in enumerate(RejectionGround, start=1)
}
_BY_ARTICLE = {article: ground for ground, article in _ARTICLES.items()}


def cite_ground(ground: RejectionGround) -> str:
    """The paragraph that a ground stands in."""
    return _ARTICLES[ground]


def name_ground(finding: Finding) -> RejectionGround | None:
    """The ground that a finding rejects an application on; None where it does not reject.

    What names no paragraph of the article lies on the paper itself (1.1), unless it breaks
    another act (1.4) or rests on a register (1.3).
    """
    if finding.consequence is not Disposition.REJECT:
        return None
    if finding.law in _BY_ARTICLE:
        return _BY_ARTICLE[finding.law]
    if not finding.law.startswith(_OF_THE_PAPER):
        return RejectionGround.OTHER
    return RejectionGround.DATA_CONFLICT if finding.evidence else RejectionGround.INCOMPLETE
