"""Signs, stamps, notes and spoils: acts that no kind of answer has to itself."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from form_templates.model import FieldSpec, Kind, Signer
from ocr.simulation.desk import Desk, Sheet, find_room
from ocr.simulation.imprints import stamp
from ocr.simulation.letters import write_text
from ocr.simulation.scenarios import Act
from ocr.simulation.signatures import sign, sign_in_short

_ALL = "all"
_NOTE_LETTERS = 6
_STANDARD_BOX_MM = (20.0, 9.0)


def list_signers(field: FieldSpec, act: Act) -> tuple[Signer, ...]:
    """Who signs in this act: whom it names, or everybody the rule asks for."""
    signers = tuple(field.correction_signatures or ())
    return signers if _ALL in act.targets else tuple(s for s in signers if s in act.targets)


def _sign(sheet: Sheet, desk: Desk, field: FieldSpec, act: Act, rng: np.random.Generator) -> None:
    """Signs in the places at the answer, unless they are signed for another one of the row."""
    for who in list_signers(field, act):
        place = (field.correction_signatures or {})[who]
        if place not in sheet.signed:
            sheet.signed.add(place)
            scribe = desk.signer(who)
            sheet.draw(scribe, sign(scribe.hand, place, rng), rng)


def _sign_beside(
    sheet: Sheet, desk: Desk, field: FieldSpec, act: Act, rng: np.random.Generator
) -> None:
    """Signs next to the answer, outside the places."""
    room = find_room(sheet, field, *_STANDARD_BOX_MM)
    for number, who in enumerate(list_signers(field, act)):
        scribe = desk.signer(who)
        place = room.moved(number * rng.uniform(1.0, 6.0), number * rng.uniform(0.5, 3.0))
        sheet.draw(scribe, sign(scribe.hand, place, rng, "compact"), rng)


def _note_beside(
    sheet: Sheet, desk: Desk, field: FieldSpec, act: Act, rng: np.random.Generator
) -> None:
    """Writes a few letters or a paraph where nothing is asked."""
    room = find_room(sheet, field, 16.0, 6.0)
    hand = desk.agent.hand
    if rng.random() < 0.4:
        sheet.draw(desk.agent, sign_in_short(hand, room, rng), rng)
        return
    letters = "".join(chr(0x10D0 + int(n)) for n in rng.integers(0, 33, _NOTE_LETTERS))
    sheet.draw(desk.agent, write_text(hand, letters, room, rng, desk.fonts), rng)


def _leave(sheet: Sheet, desk: Desk, field: FieldSpec, act: Act, rng: np.random.Generator) -> None:
    """Signs or stamps the field itself."""
    if field.kind is Kind.STAMP:
        stamp(sheet.picture, field.region, sheet.px_per_mm, rng)
        return
    agents = ("agent", "officer")
    scribe = desk.agent if any(who in field.question for who in agents) else desk.representative
    sheet.draw(scribe, sign(scribe.hand, field.region, rng), rng)


def _spoil(sheet: Sheet, desk: Desk, field: FieldSpec, act: Act, rng: np.random.Generator) -> None:
    """Makes the picture of the answer unfit to decide anything: blurred, burnt out or black."""
    part = sheet.cut(field.region.grown(3.0))
    kind = int(rng.integers(3))
    if kind == 0:
        part[...] = cv2.GaussianBlur(part, (0, 0), 1.6 * sheet.px_per_mm)
    elif kind == 1:
        pale = cv2.GaussianBlur(part, (0, 0), 0.3 * sheet.px_per_mm)
        part[...] = 255 - (255 - pale.astype(np.int16)) // 14
    else:
        part[...] = rng.integers(8, 50, part.shape, dtype=np.uint8)


ACTS: dict[str, Callable[[Sheet, Desk, FieldSpec, Act, np.random.Generator], None]] = {
    "sign": _sign,
    "sign_beside": _sign_beside,
    "note_beside": _note_beside,
    "leave": _leave,
    "spoil": _spoil,
}


def collect_signatures(field: FieldSpec, acts: Sequence[Act]) -> dict[Signer, bool]:
    """Who has signed in the places at the answer after these acts."""
    seen = dict.fromkeys(field.correction_signatures or (), False)
    for act in acts:
        if act.verb == "sign":
            seen.update(dict.fromkeys(list_signers(field, act), True))
    return seen
