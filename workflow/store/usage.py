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
    newest = func.max(PaperDocument.created_at)
    papers = _ask_by_edition(session, PaperDocument, func.count(), newest)
    records = _ask_by_edition(session, RegistryRecord, func.count())
    prints = _ask_by_edition(session, IssuedPrint, func.count())
    uses = {}
    for key in {*papers, *records, *prints}:
        came, last = papers.get(key, (0, None))
        (recorded,), (printed,) = records.get(key, (0,)), prints.get(key, (0,))
        uses[key] = EditionUse(came, recorded, printed, last)
    return uses


def _ask_by_edition(
    session: Session, table: _Table, *asked: ColumnElement[Any]
) -> Mapping[TemplateKey, tuple[Any, ...]]:
    """Aggregates of a table's rows, once an edition; pages of no form belong to none.

    Each table has an index that holds all that is asked: the rows themselves are not read.
    """
    query = (
        select(table.form, table.edition, *asked)
        .where(table.form.is_not(None), table.edition.is_not(None))
        .group_by(table.form, table.edition)
    )
    return {TemplateKey(row[0], row[1]): tuple(row[2:]) for row in session.execute(query)}
