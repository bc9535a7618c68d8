"""The questions of an edition as a page lists them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from form_templates.checking import FOOT_SIGNATURE
from form_templates.editions import is_printed_code, join_column
from form_templates.model import MARK_KINDS, Format, Kind
from form_templates.specification import Question, Section, Template
from web.forms.words import CARDINALITIES, FORMATS, KINDS


@dataclass(frozen=True, slots=True)
class AskedCode:
    """A code that can be marked."""

    code: str
    wording: str

    @property
    def plain(self) -> bool:
        """Whether the wording says no more than the code: the letter A of a name."""
        return self.code == self.wording


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question; of a table, one column."""

    id: str
    """As in records, without a row: `A10`, `members.C2`."""
    code: str
    """The code printed beside it; empty where the form prints none."""
    wording: str
    how: str
    """How it is answered, in words."""
    codes: Sequence[AskedCode]
    asked: Question


@dataclass(frozen=True, slots=True)
class AskedSection:
    """A part of the form with its questions."""

    section: Section
    title: str
    questions: Sequence[AskedQuestion]


def list_sections(template: Template, language: str) -> list[AskedSection]:
    """The whole form in print order, in the words of a language."""
    return [
        AskedSection(
            section,
            template.label(f"section.{section.id}", language),
            [_word(template, section.group, question, language) for question in section.questions],
        )
        for section in template.sections
    ]


def list_asked_on(template: Template, ids: Collection[str], language: str) -> list[AskedQuestion]:
    """The questions of a page by their ids; the layout adds a signature to some leaves."""
    sections = list_sections(template, language)
    asked = [q for section in sections for q in section.questions if q.id in ids]
    if FOOT_SIGNATURE in ids:
        added = Question(FOOT_SIGNATURE, Kind.SIGNATURE, template.foot_signature_law)
        asked.append(_word(template, None, added, language))
    return asked


def _word(
    template: Template, group: str | None, question: Question, language: str
) -> AskedQuestion:
    return AskedQuestion(
        id=join_column(group, question.id),
        code=question.id if is_printed_code(question) else "",
        wording=template.label(f"field.{question.id}", language),
        how=_word_answer(question),
        codes=[
            AskedCode(code, template.label(f"option.{question.id}.{code}", language))
            for code in question.codes
        ],
        asked=question,
    )


def _word_answer(question: Question) -> str:
    """How a question is answered: `digits in cells (2, 2, 4), date`."""
    kind = str(KINDS[question.kind])
    if question.kind in MARK_KINDS:
        return f"{kind}, {CARDINALITIES[question.cardinality]}"
    if question.cells:
        kind = f"{kind} ({' + '.join(map(str, question.cells))})"
    if question.format is not Format.PLAIN:
        return f"{kind}, {FORMATS[question.format]}"
    return kind
