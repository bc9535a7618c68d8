"""How much each edition of a form is used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from form_templates.model import TemplateKey
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import IssuedPrint
from workflow.store.models.paper import PaperDocument
from workflow.store.session import Session

_Table = type[PaperDocument] | type[RegistryRecord] | type[IssuedPrint]


@dataclass(frozen=True, slots=True)
class EditionUse:
    """What there is of one edition, in all units together."""

    papers: int = 0
    """Documents that came in."""
    records: int = 0
    """Entries of the registry."""
    prints: int = 0
    """Numbered copies that were printed for families."""
    last_paper: datetime | None = None
    """When the newest of its papers came in."""


def count_uses(session: Session) -> Mapping[TemplateKey, EditionUse]:
    """Edition -> its use; an edition that was never used is not there."""
    papers, records, prints = (
        _ask_by_edition(session, table, func.count())
        for table in (PaperDocument, RegistryRecord, IssuedPrint)
    )
    last = _ask_by_edition(session, PaperDocument, func.max(PaperDocument.created_at))
    return {
        key: EditionUse(papers.get(key, 0), records.get(key, 0), prints.get(key, 0), last.get(key))
        for key in {*papers, *records, *prints}
    }


def _ask_by_edition(
    session: Session, table: _Table, asked: ColumnElement[Any]
) -> Mapping[TemplateKey, Any]:
    """An aggregate of a table's rows, one an edition; pages of no form belong to none."""
    query = (
        select(table.form, table.edition, asked)
        .where(table.form.is_not(None), table.edition.is_not(None))
        .group_by(table.form, table.edition)
    )
    return {TemplateKey(form, edition): found for form, edition, found in session.execute(query)}
