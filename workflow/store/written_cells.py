"""What is asked of answers that people read in cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from sqlalchemy import select

from workflow.store.models.decisions import FieldValue
from workflow.store.models.paper import Page, PaperDocument, Reading, Version
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """What one person entered for one field, on a page of a document."""

    document_id: int
    page_id: int
    field: str
    user_id: int
    verdict: str
    value: dict[str, Any] | None
    registered: dict[str, Any] | None


def list_entered_rows(session: Session, *, simulated: bool) -> Sequence[EnteredRow]:
    """All entries of pages of forms where nothing was put right, page by page, oldest first.

    Of simulated paper or of real one.
    """
    query = (
        select(
            Version.document_id,
            FieldValue.page_id,
            FieldValue.field,
            FieldValue.user_id,
            FieldValue.verdict,
            FieldValue.value,
            FieldValue.registered,
        )
        .join(Version, Version.id == FieldValue.version_id)
        .join(PaperDocument, PaperDocument.id == Version.document_id)
        .join(Page, Page.id == FieldValue.page_id)
        .join(Reading, (Reading.page_id == Page.id) & (Reading.field == FieldValue.field))
        .where(Page.form.is_not(None), PaperDocument.simulated.is_(simulated))
        .order_by(FieldValue.page_id, FieldValue.id)
    )
    rows = (row for row in session.execute(query.add_columns(Reading.correction)) if not row[-1])
    return list(starmap(EnteredRow, (row[:-1] for row in rows)))
