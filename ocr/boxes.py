"""Boxes to sign, stamp or write in."""

from collections.abc import Mapping
from dataclasses import replace

from form_templates.model import FieldSpec, Kind, Region
from ocr.corrections import Presence
from ocr.frame import crop, quad_px
from ocr.inked_page import InkedPage
from ocr.prefilled import SURE_OF_PRINT
from ocr.presence import PresenceReading, read_signatures, read_stamps
from ocr.printed_lines import find_printed_text
from ocr.quality import spoils_reading
from ocr.readings import FieldReading, FieldState, Quality, Reason
from ocr.text import read_text_line
from ocr.thresholds import SHIPPED, AcceptLimits, ReadKind

_FRAME_MM = 0.6
"""The printed frame of a box."""


def read_boxes(
    inked: InkedPage,
    quality: Quality,
    limits: AcceptLimits = SHIPPED,
    signatures: Mapping[Region, PresenceReading] | None = None,
) -> Mapping[str, FieldReading]:
    """Read the fields that are signed, stamped or written on a line, by id.

    `signatures` is what `find_signatures` found on the page, if it was asked already.
    """
    specs = inked.reference.page.fields
    signatures = find_signatures(inked, limits) if signatures is None else signatures
    signed = [s for s in specs if s.kind is Kind.SIGNATURE]
    stamped = [s for s in specs if s.kind is Kind.STAMP]
    places = [s.region for s in stamped]
    stamps = _doubt(read_stamps(inked.ink, inked.page.colour, places), limits)
    readings = {s.id: _conclude_presence(inked, s, signatures[s.region], quality) for s in signed}
    readings |= {s.id: _conclude_presence(inked, s, stamps[s.region], quality) for s in stamped}
    return readings | {s.id: _read_text(inked, s) for s in specs if s.kind is Kind.TEXT}


def find_signatures(
    inked: InkedPage, limits: AcceptLimits = SHIPPED
) -> Mapping[Region, PresenceReading]:
    """What stands in all places of a page that may be signed, those of corrections too."""
    specs = inked.reference.page.fields
    places = {place for spec in specs for place in (spec.correction_signatures or {}).values()}
    places |= {spec.region for spec in specs if spec.kind is Kind.SIGNATURE}
    return _doubt(read_signatures(inked.half, places), limits)


def _doubt(
    seen: Mapping[Region, PresenceReading], limits: AcceptLimits
) -> Mapping[Region, PresenceReading]:
    """Whatever is less sure than the installation asks for is unclear."""
    accept_above = limits.find(ReadKind.SIGNATURES)
    return {
        place: reading
        if reading.confidence >= accept_above
        else replace(reading, state=Presence.UNCLEAR)
        for place, reading in seen.items()
    }


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
        confidence=round(seen.confidence, 6),
        review=unclear,
        region_px=quad_px(inked.page, spec.region),
    )


def _read_text(inked: InkedPage, spec: FieldSpec) -> FieldReading:
    """A line of text: empty, our own print, typed (a suggestion), or for a person to read."""
    state, reason, value, confidence = FieldState.EMPTY, Reason.NONE, None, 1.0
    candidates: tuple[tuple[str, float], ...] = ()
    if inked.has_ink(spec.region.grown(-_FRAME_MM)):
        seen = read_text_line(crop(inked.page, spec.region.grown(-_FRAME_MM)))
        ours = find_printed_text(inked.page, spec, [text for text, _ in seen.candidates])
        value = ours or (seen.text if seen.typed else None)
        state = FieldState.UNREADABLE if value is None else FieldState.READ
        reason = Reason.DOUBTFUL_VALUE if value is None else Reason.SUGGESTION
        reason = Reason.NONE if ours else reason
        confidence = SURE_OF_PRINT if ours else seen.confidence
        if seen.typed and not ours:
            candidates = tuple(way for way in seen.candidates if way[0] != value)
    return FieldReading(
        spec=spec,
        state=state,
        reason=reason,
        value=value,
        confidence=round(confidence, 4),
        review=reason is not Reason.NONE,
        region_px=quad_px(inked.page, spec.region),
        candidates=candidates,
    )
