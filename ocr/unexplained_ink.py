"""Ink at a question that its marks do not explain, however sure the network is of them."""

from form_templates.model import FieldSpec
from ocr.inked_page import InkedPage
from ocr.marks import QuestionMarks
from ocr.readings import MarkState
from ocr.struck_circles import has_stroke_inside

_REACH_MM, _UNEXPLAINED_MM2 = 1.0, 1.5
"""Around a code; of strokes at one of a question that looks unanswered. Of 1,095 simulated
questions without an answer two had more: stains."""
_SHINING = 0.15
"""Of the strokes of another circle of the same question. Of 844 simulated questions with several
three had one as pale."""


def has_unexplained_ink(inked: InkedPage, spec: FieldSpec, seen: QuestionMarks) -> bool:
    """Whether the pen did more to a question than its marks say.

    It left as much at a code as no neighbour's answer does, and the question looks
    unanswered: a ring between two. Or there is more than the code within a circle. Or
    one circle is so pale beside another that it may be of the other side of the sheet.
    """
    places = {option.code: option.region for option in spec.options}
    if all(mark.state is MarkState.BLANK for mark in seen.marks):
        near = (place.grown(_REACH_MM) for place in places.values())
        return any(inked.measure_strokes(place) > _UNEXPLAINED_MM2 for place in near)
    circled = [places[m.code] for m in seen.marks if m.state is MarkState.CIRCLED]
    strokes = [inked.measure_strokes(place.grown(_REACH_MM)) for place in circled]
    if strokes and min(strokes) < _SHINING * max(strokes):
        return True
    return any(has_stroke_inside(inked.half, place) for place in circled)
