"""Prints a numbered copy of a form with what is known, and enters that it was issued."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from form_templates import catalog, serials
from form_templates.layout import lay_out
from form_templates.marks import MOST_SERIALS
from form_templates.model import FieldSpec, TemplateKey, TemplatePage
from form_templates.prefill import draw_values
from form_templates.printing import print_form
from form_templates.specification import Template
from workflow.acts import Act
from workflow.contents import ContentStore
from workflow.printing.prefill import Prefilled
from workflow.settings import Settings
from workflow.store.models.families import FamilyCase, IssuedPrint
from workflow.store.prints import find_highest_serial, find_newest_print, lock_prints
from workflow.store.session import Session


@dataclass(frozen=True, slots=True)
class PreparedPrint:
    """A PDF among the prints that nobody was given yet."""

    form: str
    edition: date
    serial: int
    rows: Mapping[str, int]
    values: Mapping[str, str]
    """What was printed into the form."""
    left_out: tuple[str, ...]
    """Fields whose value did not fit its cells, or that the form has not: left to the pen."""
    source: TemplateKey | None
    """The paper that the values come from."""
    lost: Mapping[str, str]
    """Field of the source -> why its answer could not be carried: left to the pen."""
    sha256: str


def prepare_print(
    settings: Settings,
    form: str,
    edition: date | None,
    rows: Mapping[str, int],
    prefilled: Prefilled,
    note: str = "",
) -> PreparedPrint:
    """Take a serial, print the form and keep the PDF; outside of any transaction.

    A note stands at the foot of every page.

    A name longer than its cells never keeps a family from its form: such a value is
    left out, and said to be. Raises TemplateFault for an unknown form, LayoutFault for
    impossible rows.
    """
    template = catalog.load(form, edition)
    fitting = choose_fitting(template, rows, prefilled.values)
    (serial,) = serials.take(1, settings.data)
    document = print_form(template, rows, (serial,), fitting, note)
    return PreparedPrint(
        form=form,
        edition=template.key.edition,
        serial=serial,
        rows={**template.default_rows, **rows},
        values=fitting,
        left_out=tuple(field for field in prefilled.values if field not in fitting),
        source=prefilled.source,
        lost={name: loss.value for name, loss in prefilled.lost.items()},
        sha256=ContentStore(settings.prints).put_bytes(document).sha256,
    )


def renew_serials(session: Session, settings: Settings) -> None:
    """See that no number of an issued copy is given again: a restored folder may be older."""
    newest = find_highest_serial(session)
    if newest < MOST_SERIALS:
        serials.skip_to(newest + 1, settings.data)


def issue_print(
    act: Act, case: FamilyCase, prepared: PreparedPrint, purpose: str, law: str | None = None
) -> IssuedPrint:
    """Enter a prepared print as given out for a family."""
    issued = IssuedPrint(
        case_id=case.id,
        form=prepared.form,
        edition=prepared.edition,
        serial=prepared.serial,
        rows=dict(prepared.rows),
        values=dict(prepared.values),
        sha256=prepared.sha256,
        printed_at=act.now,
        printed_by=act.actor.name,
    )
    act.session.add(issued)
    act.session.flush()
    told = {
        "form": issued.form,
        "edition": issued.edition.isoformat(),
        "serial": issued.serial,
        "sha256": issued.sha256,
        "purpose": purpose,
        "lost": [f"{field} {why}" for field, why in prepared.lost.items()] or None,
    }
    act.record("print:issue", f"print:{issued.id}", after=told, law=law)
    return issued


def issue_once(
    act: Act, case: FamilyCase, prepared: PreparedPrint, purpose: str, seen: int
) -> IssuedPrint | None:
    """The same for whoever knew all copies up to print `seen`; None where there is a newer one.

    So a button that is pressed twice gives out one copy.
    """
    lock_prints(act.session, case.id)
    if find_newest_print(act.session, case.id, prepared.form) != seen:
        return None
    return issue_print(act, case, prepared, purpose)


def choose_fitting(
    template: Template, rows: Mapping[str, int], values: Mapping[str, str]
) -> dict[str, str]:
    """The values that the printed form has room for."""
    fields = {field.id: (page, field) for page, field in _list_fields(template, rows)}
    return {
        id_: value for id_, value in values.items() if id_ in fields and _fits(*fields[id_], value)
    }


def _list_fields(
    template: Template, rows: Mapping[str, int]
) -> Iterator[tuple[TemplatePage, FieldSpec]]:
    for page in lay_out(template, rows):
        yield from ((page.template, field) for field in page.template.fields)


def _fits(page: TemplatePage, field: FieldSpec, value: str) -> bool:
    """Whether the printer can draw the value where it belongs."""
    try:
        return bool(draw_values(page, {field.id: value}))
    except ValueError:
        return False
