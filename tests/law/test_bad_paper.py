"""Paper that makes no sense is told so, in both languages, and never stops the program."""

import random
from collections.abc import Iterator
from datetime import date, time

import pytest

from form_templates import catalog
from form_templates.errors import UnknownEdition
from form_templates.model import PRESENCE_KINDS, Cardinality, Format, Kind
from form_templates.specification import Question, Role, Template
from tests.validation.papers import DAY, Plain, load_form, read_paper
from validation.documents import validate_document
from validation.wording import LANGUAGES, write_message

FORMS = sorted({key.form for key in catalog.list_templates()})
PAPERS = 25
ROWS = 4
DAYS = (date(1, 1, 1), date(1865, 2, 28), date(2000, 2, 29), DAY, date(9999, 12, 31))
TIMES = (time(0, 0), time(23, 59))
CODES = ("Z", "0", "99", "")


def invent(question: Question, rng: random.Random) -> Plain:
    """An answer that fits the kind of the question, and nothing else."""
    if question.kind in PRESENCE_KINDS:
        return rng.random() < 0.5
    if question.codes:
        code = rng.choice((*question.codes, *CODES))
        both = [rng.choice(question.codes) for _ in range(3)]
        return both if question.cardinality is Cardinality.MANY else code
    if question.kind in (Kind.LETTERS, Kind.TEXT):
        return rng.choice(("", "abc", "{name}"))
    chosen: dict[Format, tuple[Plain, ...]] = {Format.DATE: DAYS, Format.TIME: TIMES}
    return rng.choice((*chosen.get(question.format, ("0", "9" * sum(question.cells))), ""))


def fill(template: Template, rng: random.Random) -> Iterator[tuple[str, Plain]]:
    """Most fields of a paper, some rows of each table; the rest was not scanned."""
    for section, question in template.questions():
        rows = range(1, ROWS + 1) if section.group else (None,)
        for row in rows:
            prefix = "" if row is None else f"{section.group}[{row}]."
            if rng.random() < 0.9:
                yield prefix + question.id, invent(question, rng)


@pytest.mark.parametrize("form", FORMS)
def test_senseless_paper_is_judged_and_its_findings_are_said(form: str) -> None:
    rng, template = random.Random(6), load_form(form)
    if template.role is Role.SEPARATOR:
        return
    for _ in range(PAPERS):
        document = read_paper(template, dict(fill(template, rng)))
        for finding in validate_document(template, document, DAY).findings:
            for language in LANGUAGES:
                assert write_message(finding, language)


def test_an_edition_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(UnknownEdition, match="1999-01-01"):
        catalog.load("application", date(1999, 1, 1))


def test_a_code_that_the_form_does_not_print_is_no_answer() -> None:
    template = load_form("application")
    found = validate_document(template, read_paper(template, {"reason": "9"}), DAY).findings
    assert [(finding.code, finding.field) for finding in found] == [("invalid_answer", "reason")]
