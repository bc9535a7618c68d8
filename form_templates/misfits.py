"""What a laid-out form loses or prints on top of itself: asked before anything is printed."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from form_templates.drawing import Text
from form_templates.fitting import LayoutFault
from form_templates.layout import ACT_PT, HEADER, MOST_HEAD_LINES, TITLE_PT, LaidPage
from form_templates.marks import BODY, CODE_REGIONS, MARKERS
from form_templates.model import enclose
from form_templates.specification import Question, Section, Template
from form_templates.typeface import measure_mm, wrap

_PT_MM = 25.4 / 72
_ASCENT, _DESCENT = 0.7, 0.15
"""Of the ink of a line of text, in parts of its size."""
_SLACK_MM = 0.3
_HEAD = ("title", "act")
_WORDING = "labels.ka.toml"
"""The file that misfits of wording are mended in."""
_KEPT_FREE = np.array(
    [[r.x_mm, r.y_mm, r.right_mm, r.bottom_mm] for r in (*MARKERS.values(), *CODE_REGIONS)]
)
"""Left, top, right and lower end of what a scan is known and laid straight by."""


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
    head = _list_head(template)
    crowded = list(_find_crowded_head(template, head))
    yield from crowded
    told = {(line, size) for lines, size in head.values() for line in lines} if crowded else set()
    yield from _find_lost_wording(template, pages)
    for page in pages:
        yield from _find_wide_answers(template, page)
        texts = [text for text in _list_texts(page) if (text.text, text.size_pt) not in told]
        yield from _find_clashes(template, page, texts)


def _list_head(template: Template) -> dict[str, tuple[list[str], float]]:
    """Label key -> lines and size of what stands in the head of every page."""
    title = wrap(template.label("title"), HEADER.width_mm, TITLE_PT, "Bold")
    act = wrap(template.label("act"), HEADER.width_mm, ACT_PT)
    return {"title": (title, TITLE_PT), "act": (act, ACT_PT)}


def _find_crowded_head(
    template: Template, head: Mapping[str, tuple[list[str], float]]
) -> Iterator[LayoutFault]:
    """A title or an act with too many lines, or with a word as wide as the page code is far."""
    for key, (lines, size) in head.items():
        fits = f"at most {MOST_HEAD_LINES} lines of {HEADER.width_mm:.0f} mm fit in the head"
        if len(lines) > MOST_HEAD_LINES:
            detail = f"{_WORDING}: {key}: {fits}, this takes {len(lines)}"
            yield LayoutFault(template.key, detail)
        style = "Bold" if key == "title" else "Regular"
        for line in lines:
            if measure_mm(line, size, style) > HEADER.width_mm + _SLACK_MM:
                detail = f"{_WORDING}: {key}: {fits}, {line!r} is wider"
                yield LayoutFault(template.key, detail)


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
        if key not in _HEAD and wording not in printed:
            detail = f"{_WORDING}: {key}: no room for all of it: {wording}"
            yield LayoutFault(template.key, detail, place)


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
    template: Template, page: LaidPage, texts: Sequence[Text]
) -> Iterator[LayoutFault]:
    """Lines of text that run into each other, into what the scan is laid by, or off the page."""
    if not texts:
        return
    ink = np.array([measure_ink(text) for text in texts])
    for first, second in zip(*np.nonzero(np.triu(_overlaps(ink, ink), 1)), strict=True):
        one, other = texts[int(first)].text, texts[int(second)].text
        owners = (_find_owner(template, line) for line in (one, other))
        place, key = next(filter(any, owners), ("", ""))
        detail = f"page {page.template.page}: {one!r} runs into {other!r}"
        yield LayoutFault(template.key, _name_wording(key, detail), place)
    for index in np.flatnonzero(_overlaps(ink, _KEPT_FREE).any(axis=1)):
        yield _refuse_line(template, texts[int(index)].text, "runs into a marker or the page code")
    for index in np.flatnonzero(ink[:, 2] > BODY.right_mm + _SLACK_MM):
        yield _refuse_line(template, texts[int(index)].text, "runs off the page")


def _refuse_line(template: Template, line: str, what: str) -> LayoutFault:
    place, key = _find_owner(template, line)
    return LayoutFault(template.key, _name_wording(key, f"{line!r} {what}"), place)


def _name_wording(key: str, detail: str) -> str:
    """The detail, with the wording that is to be shortened where it is known."""
    return f"{_WORDING}: {key}: {detail}" if key else detail


def measure_ink(text: Text) -> tuple[float, float, float, float]:
    """Left, top, right and lower end of what a line of text blackens."""
    width = measure_mm(text.text, text.size_pt, "Bold" if text.bold else "Regular")
    size = text.size_pt * _PT_MM
    return (text.x_mm, text.y_mm - _ASCENT * size, text.x_mm + width, text.y_mm + _DESCENT * size)


def _overlaps(ink: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which lines share more than a hair with which places."""
    left, top, right, bottom = (side[:, None] for side in ink.T)
    across = np.minimum(right, other[:, 2]) - np.maximum(left, other[:, 0])
    down = np.minimum(bottom, other[:, 3]) - np.maximum(top, other[:, 1])
    return np.asarray((across > _SLACK_MM) & (down > _SLACK_MM))


def _find_owner(template: Template, line: str) -> tuple[str, str]:
    """Section and question that a printed line belongs to, and the key of its wording.

    Empty for what all pages have.
    """
    wordings = template.labels["ka"]
    owners = _list_wording(template)
    return next(
        ((place, key) for key, place in owners if place and line in wordings.get(key, "")), ("", "")
    )
