"""Makes docs/images/declaration.png: a simulated page as scanned, and what is read from it.

Run from the project's folder: .venv/bin/python -m docs.make_picture
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates import catalog
from intake.pages import PageImage
from ocr.pipeline import PageReader
from ocr.readings import FieldReading, FieldState, MarkState
from ocr.simulation.document import invent_intents, prepare_paper, simulate_on

_SEED = 12
_PAGE = 3
_SCENARIOS = {"A10": "corrected", "A11": "unsigned", "A9": "rewritten", "A7": "recircled"}
_GREEN, _AMBER, _RED = (70, 140, 40), (0, 140, 230), (40, 40, 200)
_OUT = Path(__file__).parent / "images" / "declaration.png"


def _colour(reading: FieldReading) -> tuple[int, int, int]:
    if reading.review:
        return _AMBER
    done = (FieldState.READ, FieldState.EMPTY, FieldState.CORRECTED)
    return _GREEN if reading.state in done else _RED


def _draw(picture: NDArray[np.uint8], reading: FieldReading) -> None:
    colour = _colour(reading)
    corners = np.array(reading.region_px, np.float32).round().astype(np.int32)
    cv2.polylines(picture, [corners], True, colour, 3)
    codes = reading.value if isinstance(reading.value, tuple) else (reading.value,)
    value = ",".join(code for code in codes if isinstance(code, str))
    crossed = [m.code for m in reading.marks if m.state is MarkState.CROSSED_OUT]
    words = [reading.id, reading.state.value, value, f"not {','.join(crossed)}" if crossed else ""]
    text = " ".join(word for word in words if word)
    size, _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 2)
    x, y = int(corners[:, 0].max()) - size[0] - 6, int(corners[:, 1].min()) + 4
    cv2.rectangle(picture, (x - 6, y - size[1] - 8), (x + size[0] + 6, y + 8), (255, 255, 255), -1)
    cv2.putText(picture, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, colour, 2, cv2.LINE_AA)


def main() -> None:
    """Simulate, read, draw side by side."""
    paper = prepare_paper(catalog.load("family_declaration"))
    document = simulate_on(paper, invent_intents(paper, _SEED), 2, _SEED, _SCENARIOS)
    scan = next(s.scan for s in document.sides if s.page == _PAGE).picture
    reading = PageReader().read_page(PageImage("simulated", 0, scan, 200.0))
    left = np.asarray(cv2.cvtColor(scan, cv2.COLOR_GRAY2BGR), np.uint8)
    right = left.copy()
    for field in reading.fields:
        _draw(right, field)
    both = np.hstack([left, right])
    _OUT.parent.mkdir(exist_ok=True)
    small = cv2.resize(both, None, fx=0.55, fy=0.55, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(_OUT), small[: int(small.shape[0] * 0.72)], [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main()
