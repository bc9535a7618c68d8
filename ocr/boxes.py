"""Boxes to sign, stamp or write in."""

from collections.abc import Iterable, Mapping

from form_templates.model import FieldSpec, Kind, Region
from ocr.corrections import Presence
from ocr.frame import crop, quad_px
from ocr.inked_page import InkedPage
from ocr.presence import PresenceReading, read_signatures, read_stamps
from ocr.quality import spoils_reading
from ocr.readings import FieldReading, FieldState, Quality, Reason
from ocr.text import read_text_line

_FRAME_MM = 0.6
"""The printed frame of a box."""


def read_boxes(inked: InkedPage, quality: Quality) -> Mapping[str, FieldReading]:
    """Read the fields that are signed, stamped or written on a line, by id."""
    specs = inked.reference.page.fields
    signed = [s for s in specs if s.kind is Kind.SIGNATURE]
    stamped = [s for s in specs if s.kind is Kind.STAMP]
    signatures = read_signatures(inked.ink, [s.region for s in signed])
    stamps = read_stamps(inked.ink, inked.page.colour, [s.region for s in stamped])
    readings = {s.id: _conclude_presence(inked, s, signatures[s.region], quality) for s in signed}
    readings |= {s.id: _conclude_presence(inked, s, stamps[s.region], quality) for s in stamped}
    return readings | {s.id: _read_text(inked, s) for s in specs if s.kind is Kind.TEXT}


def read_signature_places(inked: InkedPage, places: Iterable[Region]) -> Mapping[Region, Presence]:
    """Who signed at corrected answers."""
    return {place: seen.state for place, seen in read_signatures(inked.ink, places).items()}


def _conclude_presence(
    inked: InkedPage, spec: FieldSpec, seen: PresenceReading, quality: Quality
) -> FieldReading:
    unclear = seen.state is Presence.UNCLEAR
    state, reason = FieldState.READ, Reason.NONE
    if unclear:
        bad = spoils_reading(quality)
        state = FieldState.UNREADABLE if bad else FieldState.UNCLEAR
        reason = Reason.IMAGE if bad else Reason.DOUBTFUL_VALUE
    return FieldReading(
        spec=spec,
        state=state,
        reason=reason,
        value=None if unclear else seen.state is Presence.PRESENT,
        confidence=round(seen.confidence, 4),
        review=unclear,
        region_px=quad_px(inked.page, spec.region),
    )


def _read_text(inked: InkedPage, spec: FieldSpec) -> FieldReading:
    """A line of text: empty, typed (a suggestion), or written and for a person to read."""
    state, reason, value, confidence = FieldState.EMPTY, Reason.NONE, None, 1.0
    if inked.has_ink(spec.region.grown(-_FRAME_MM)):
        seen = read_text_line(crop(inked.page, spec.region.grown(-_FRAME_MM)))
        state = FieldState.READ if seen.typed else FieldState.UNREADABLE
        reason = Reason.SUGGESTION if seen.typed else Reason.DOUBTFUL_VALUE
        value, confidence = (seen.text if seen.typed else None), seen.confidence
    return FieldReading(
        spec=spec,
        state=state,
        reason=reason,
        value=value,
        confidence=round(confidence, 4),
        review=reason is not Reason.NONE,
        region_px=quad_px(inked.page, spec.region),
    )
