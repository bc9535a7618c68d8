"""Small forms made in code: one thing of the layout at a time."""

from collections.abc import Iterator, Mapping
from datetime import date

from form_templates.labels import WORDS
from form_templates.model import CorrectionRule, FaultsGoTo, Kind, TemplateKey
from form_templates.specification import Question, Section, Template

LETTER = "\u10d0"
WORD = LETTER * 5


def ask(name: str, kind: Kind = Kind.CIRCLE, **more) -> Question:
    """A question; one to be marked has two codes unless told otherwise."""
    if kind in (Kind.CIRCLE, Kind.CHECK, Kind.BUBBLE):
        more.setdefault("codes", ("1", "2"))
    return Question(name, kind, "law", **more)


def write_behind(question: Question, code: str) -> Question:
    return ask(f"{question.id}_other", Kind.TEXT, write_at=code, required=False)


def draft(*sections: Section, wording: Mapping[str, str] | None = None, **more) -> Template:
    """A form of these sections, every wording the same short word unless told otherwise."""
    labels = dict.fromkeys(_list_keys(sections), WORD) | dict(wording or {})
    return Template(
        key=TemplateKey("draft", date(2026, 1, 1)),
        number=509,
        correction_rule=CorrectionRule.NONE,
        faults_go_to=FaultsGoTo.AGENT,
        law="law",
        case_field=None,
        sections=sections,
        labels={"ka": labels, "en": labels},
        default_rows={s.group: s.rows for s in sections if s.group},
        **more,
    )


def draft_questions(*questions: Question, wording: Mapping[str, str] | None = None) -> Template:
    """A form of one section."""
    return draft(Section("S", questions, "law"), wording=wording)


def _list_keys(sections: tuple[Section, ...]) -> Iterator[str]:
    yield from ("title", "act", *(f"word.{word}" for word in WORDS))
    for section in sections:
        yield f"section.{section.id}"
        yield f"word.row_{section.group}"
        yield from (f"text.{section.id}.{n + 1}" for n in range(section.paragraphs))
        for question in section.questions:
            yield f"field.{question.id}"
            yield from (f"option.{question.id}.{code}" for code in question.codes)
