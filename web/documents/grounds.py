"""On which ground of the law a finding rejects an application, as pages name it."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from validation.findings import Finding
from validation.rejection import RejectionGround, cite_ground, name_ground

GROUNDS: dict[RejectionGround, LazyString] = {
    RejectionGround.INCOMPLETE: _("the application is not fully filled in, or is inaccurate"),
    RejectionGround.MEMBER_ELSEWHERE: _(
        "a member of the applying family stands in another family registered in the database"
    ),
    RejectionGround.DATA_CONFLICT: _(
        "what the application says does not agree with information in other databases"
    ),
    RejectionGround.OTHER: _("another circumstance that the law provides for"),
}
"""Order 02-150, annex 3, art. 3(1), in the words of its paragraphs."""


@dataclass(frozen=True, slots=True)
class ShownGround:
    """A ground of rejection in words, with its paragraph."""

    words: str
    law: str


def show_ground(finding: Finding) -> ShownGround | None:
    """The ground that a finding rejects an application on; None where it does not reject."""
    ground = name_ground(finding)
    return ShownGround(str(GROUNDS[ground]), cite_ground(ground)) if ground else None
