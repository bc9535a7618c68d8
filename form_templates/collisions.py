"""What lies over each other on a laid-out page, or beside the paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from form_templates.drawing import Text
from form_templates.errors import (
    OverlappingRegions,
    RegionOffPage,
    TemplateFault,
    TextOverRegion,
)
from form_templates.layout import LaidPage
from form_templates.marks import BODY, CODE_REGIONS, MARKERS
from form_templates.misfits import measure_ink
from form_templates.model import Region
from form_templates.parts import Part, Use, list_parts
from form_templates.specification import Template

_SLACK_MM = 0.05
"""Regions that share an edge do not lie over each other."""


@dataclass(frozen=True, slots=True)
class _Collision:
    """A place that something is wrong with, and what it collides with."""

    fault: type[TemplateFault]
    question: str
    what: str
    other: str = ""


def find_collisions(
    template: Template, pages: Iterable[LaidPage], file: Path
) -> Iterator[TemplateFault]:
    """Every fault of the layout; what comes back in each row or cell is told once."""
    keys = {q.id: f"{s.id}.{q.base or q.id}" for s, q in template.questions()}
    told: set[tuple[object, ...]] = set()
    for page in pages:
        for found in _find_on_page(template, page, keys.keys()):
            key = keys.get(found.question, "")
            same = (found.fault, key, found.other.rpartition("]")[2].partition(",")[0])
            if same not in told:
                told.add(same)
                place = f"page {page.template.page}: {found.what}"
                detail = f"{place} and {found.other}" if found.other else place
                yield found.fault(file, key, detail)


def _find_on_page(
    template: Template, page: LaidPage, questions: Iterable[str]
) -> Iterator[_Collision]:
    parts = list_parts(page.template)
    paper = Region(0.0, 0.0, page.template.width_mm, page.template.height_mm)
    body = paper if template.placed else BODY
    for part in parts:
        # The signature at the foot of a leaf is no question and stands below the body.
        if not _contains(body if part.question in questions else paper, part.region):
            yield _Collision(RegionOffPage, part.question, f"{part} at {part.region.as_list()}")
    yield from _find_overlaps(parts)
    yield from _find_covered_marks(parts, *_list_marks(template, page.template.page))
    texts = [shape for shape in page.shapes if isinstance(shape, Text) and shape.text.strip()]
    yield from _find_texts(texts, parts)


def _find_overlaps(parts: Iterable[Part]) -> Iterator[_Collision]:
    """Every two parts that share ink; from top to bottom, each with those that begin beside it."""
    falling = sorted(parts, key=lambda part: part.region.y_mm)
    for number, first in enumerate(falling):
        inside = _shrink(first.region)
        for second in islice(falling, number + 1, None):
            if second.region.y_mm >= inside.bottom_mm:
                break
            if inside.overlaps(second.region):
                yield _Collision(OverlappingRegions, second.question, str(second), str(first))


def _shrink(region: Region) -> Region:
    return region.grown(-min(_SLACK_MM, region.width_mm / 3, region.height_mm / 3))


def _list_marks(template: Template, page: int) -> tuple[str, Sequence[Region]]:
    """What a page is known and laid straight by, with its name."""
    if template.placed:
        return "an anchor", [anchor.region for anchor in template.pages[page - 1].anchors]
    return "a corner marker or page code", [*MARKERS.values(), *CODE_REGIONS]


def _find_covered_marks(
    parts: Iterable[Part], name: str, marks: Sequence[Region]
) -> Iterator[_Collision]:
    """Places over what a page is known by; ink there would make it unknown."""
    for part in parts:
        if any(part.region.overlaps(mark) for mark in marks):
            yield _Collision(OverlappingRegions, part.question, str(part), name)


def _contains(outer: Region, inner: Region) -> bool:
    return (
        outer.x_mm - _SLACK_MM <= inner.x_mm
        and outer.y_mm - _SLACK_MM <= inner.y_mm
        and inner.right_mm <= outer.right_mm + _SLACK_MM
        and inner.bottom_mm <= outer.bottom_mm + _SLACK_MM
    )


def _find_texts(texts: Iterable[Text], parts: Iterable[Part]) -> Iterator[_Collision]:
    """Printed words in a place to fill in."""
    for text in texts:
        left, top, right, bottom = measure_ink(text)
        ink = Region(left, top, right - left, bottom - top)
        for part in parts:
            own = part.use is Use.CODE and part.name == text.text and _contains(part.region, ink)
            if not own and ink.overlaps(part.region):
                yield _Collision(TextOverRegion, part.question, str(part), repr(text.text))
