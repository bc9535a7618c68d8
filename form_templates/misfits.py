"""What a laid-out form loses or prints on top of itself: asked before anything is printed."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from form_templates.drawing import Text
from form_templates.fitting import LayoutFault
from form_templates.layout import LaidPage
from form_templates.marks import BODY
from form_templates.model import enclose
from form_templates.specification import Question, Section, Template
from form_templates.typeface import measure_mm

_PT_MM = 25.4 / 72
_ASCENT, _DESCENT = 0.7, 0.15
"""Of the ink of a line of text, in parts of its size."""
_SLACK_MM = 0.3


def refuse_misfits(template: Template, pages: Sequence[LaidPage]) -> None:
    """Raise LayoutFault where a form would be printed incomplete or on top of itself."""
    for fault in find_misfits(template, pages):
        raise fault


def find_misfits(template: Template, pages: Sequence[LaidPage]) -> Iterator[LayoutFault]:
    """Wording that has no room, lines that run into each other, answers wider than the page.

    Args:
        template: a form; of a placed one nothing is printed by us.
        pages: all its pages, one continuation sheet of each table among them if that
            is to be judged as well.
    """
    if template.placed:
        return
    yield from _find_lost_wording(template, pages)
    owners = dict(_list_wording(template))
    for page in pages:
        yield from _find_wide_answers(template, page)
        yield from _find_clashes(template, page, owners)


def _list_wording(template: Template) -> Iterator[tuple[str, str]]:
    """Label key -> section, or section and question, for all that must stand on paper."""
    yield from ((key, "") for key in ("title", "act", "word.fill_hint"))
    for section in template.sections:
        numbers = range(1, section.paragraphs + 1)
        labels = ["section.{}", "note.{}", *(f"text.{{}}.{n}" for n in numbers)]
        yield from ((label.format(section.id), section.id) for label in labels)
        for question in section.questions:
            place = f"{section.id}.{question.id}"
            yield from ((key, place) for key in _list_of_question(template, section, question))


def _list_of_question(template: Template, section: Section, question: Question) -> Iterator[str]:
    """The keys of one question; a text behind a code has no wording of its own."""
    if question.write_at is not None:
        return
    short = f"short.{question.id}"
    yield short if section.group and short in template.labels["ka"] else f"field.{question.id}"
    yield f"note.{question.id}"
    yield from (f"option.{question.id}.{code}" for code in question.codes)


def _find_lost_wording(template: Template, pages: Sequence[LaidPage]) -> Iterator[LayoutFault]:
    """Wording that is cut off, or not printed at all."""
    printed = " ".join(text.text for page in pages for text in _list_texts(page))
    for key, place in _list_wording(template):
        wording = " ".join(template.labels["ka"].get(key, "").split())
        if wording not in printed:
            yield LayoutFault(template.key, f"no room for all of {key}: {wording}", place)


def _list_texts(page: LaidPage) -> list[Text]:
    return [shape for shape in page.shapes if isinstance(shape, Text) and shape.text.strip()]


def _find_wide_answers(template: Template, page: LaidPage) -> Iterator[LayoutFault]:
    for field in page.template.fields:
        whole = enclose([field.region, *field.cells, *field.correction_cells])
        if whole.x_mm < BODY.x_mm - _SLACK_MM or whole.right_mm > BODY.right_mm + _SLACK_MM:
            sections = (s.id for s, q in template.questions() if q.id == field.question)
            place = f"{next(sections, '')}.{field.question}"
            yield LayoutFault(template.key, "the answer is wider than the page", place)


def _find_clashes(
    template: Template, page: LaidPage, owners: dict[str, str]
) -> Iterator[LayoutFault]:
    """Lines of text that run into each other or off the page."""
    texts = _list_texts(page)
    if not texts:
        return
    ink = np.array([measure_ink(text) for text in texts])
    for first, second in zip(*np.nonzero(np.triu(_overlaps(ink), 1)), strict=True):
        one, other = texts[int(first)].text, texts[int(second)].text
        place = _find_owner(template, one, owners) or _find_owner(template, other, owners)
        where = f"page {page.template.page}"
        yield LayoutFault(template.key, f"{where}: {one!r} runs into {other!r}", place)
    for index in np.flatnonzero(ink[:, 2] > BODY.right_mm + _SLACK_MM):
        text = texts[int(index)].text
        place = _find_owner(template, text, owners)
        yield LayoutFault(template.key, f"{text!r} runs off the page", place)


def measure_ink(text: Text) -> tuple[float, float, float, float]:
    """Left, top, right and lower end of what a line of text blackens."""
    width = measure_mm(text.text, text.size_pt, "Bold" if text.bold else "Regular")
    size = text.size_pt * _PT_MM
    return (text.x_mm, text.y_mm - _ASCENT * size, text.x_mm + width, text.y_mm + _DESCENT * size)


def _overlaps(ink: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which lines share more than a hair with which."""
    left, top, right, bottom = ink.T
    across = np.minimum(right, right[:, None]) - np.maximum(left, left[:, None])
    down = np.minimum(bottom, bottom[:, None]) - np.maximum(top, top[:, None])
    return np.asarray((across > _SLACK_MM) & (down > _SLACK_MM))


def _find_owner(template: Template, line: str, owners: dict[str, str]) -> str:
    """Section and question that a printed line belongs to; empty for what all pages have."""
    wordings = template.labels["ka"]
    found = (place for key, place in owners.items() if line in wordings.get(key, "") and place)
    return next(found, "")
