"""The door to the networks that tell what is in a printed cell, or between two.

A crop is one cell with `MARGIN_MM` around it, cut from the registered page; as much
around the border between two cells tells what stands between them. All networks see it at
the same small size; what they answer are probabilities that
were calibrated when they were trained. `onnxruntime` is loaded on first use: a
program that reads no cells does not pay for it.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from numpy.typing import NDArray

from form_templates.blocks import CELL_HEIGHT_MM, CELL_WIDTH_MM
from form_templates.model import Region

if TYPE_CHECKING:
    import onnxruntime

MARGIN_MM = 1.0
"""What a crop shows around its cell: borders, and ink that crosses them."""
INPUT_HEIGHT_PX, INPUT_WIDTH_PX = 40, 32
BLANK, STRUCK, OVERWRITTEN = "blank", "struck", "overwritten"
STATES = (BLANK, STRUCK, OVERWRITTEN)
"""Classes that are no character, at the end of every network's classes."""
DIGIT_CLASSES = (*"0123456789", *STATES)
_LETTERS = tuple(chr(code) for code in range(0x10D0, 0x10F1))
LETTER_CLASSES = (*_LETTERS, *"0123456789", *STATES)
"""The 33 letters of Mkhedruli in their order; digits stand in addresses."""

NOTHING, SEPARATOR = "nothing", "separator"
SEPARATOR_CLASSES = (NOTHING, SEPARATOR)
"""What somebody set between two characters: nothing, or a point or a comma."""

SHORT_CELLS = 8
"""A row of more cells is a long one: a personal number, a telephone number."""

_SURE = 0.9999
"""Where the cheapest of several networks is so sure of a cell, the others say the same:
held-out strings were read alike with them and without."""
_DECEPTIVE = "7"
"""A 1 with a long flag looks like it: here every network is asked, and the reading of the
row looks at what they leave for the 1."""

_MODELS = Path(__file__).parent / "models"
_BATCH = 128
_PAPER_RANK = int(0.9 * INPUT_HEIGHT_PX * INPUT_WIDTH_PX)
"""Paper is as light as the tenth part of a crop that is lightest."""


@dataclass(frozen=True, slots=True)
class Network:
    """A loaded network with what its training wrote beside the weights."""

    session: "onnxruntime.InferenceSession"
    classes: tuple[str, ...]
    quick: "onnxruntime.InferenceSession | None"
    """The cheapest of several that answer together, alone: it is asked first."""
    accept_above: float
    """Confidence of a whole string, or that nothing stands between two characters, from which
    nobody needs to look, as measured in training."""
    accept_long_above: float
    """The same for strings of more than `SHORT_CELLS` cells, where digits have more chances to
    look alike; nobody who learns thresholds from people goes below it."""


def frame_around(x_mm: float, y_mm: float) -> Region:
    """What a crop shows around a point, whatever the height of the printed boxes."""
    width, height = CELL_WIDTH_MM + 2 * MARGIN_MM, CELL_HEIGHT_MM + 2 * MARGIN_MM
    return Region(x_mm - width / 2, y_mm - height / 2, width, height)


def prepare_crops(crops: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bring crops to the networks' size and scale: 0 is paper, 255 the blackest ink."""
    size = (INPUT_WIDTH_PX, INPUT_HEIGHT_PX)
    small = np.empty((len(crops), INPUT_HEIGHT_PX, INPUT_WIDTH_PX), np.uint8)
    for crop, out in zip(crops, small, strict=True):
        cv2.resize(crop, size, dst=out, interpolation=cv2.INTER_AREA)
    flat = small.reshape(len(small), INPUT_HEIGHT_PX * INPUT_WIDTH_PX)
    paper = np.partition(flat, _PAPER_RANK, axis=1)[:, _PAPER_RANK].astype(np.float32)
    light = small / np.maximum(paper, 1)[:, None, None]
    prepared: NDArray[np.uint8] = np.rint(255 * np.clip(1 - light, 0, 1)).astype(np.uint8)
    return prepared


def classify_digits(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Probabilities over DIGIT_CLASSES for each crop (N x height x width, grey)."""
    return _classify(load_network("digits"), crops)


def classify_letters(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Probabilities over LETTER_CLASSES for each crop (N x height x width, grey)."""
    return _classify(load_network("letters"), crops)


def classify_separators(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Probabilities over SEPARATOR_CLASSES for each crop around a border (N x height x width)."""
    return _classify(load_network("separators"), crops)


def _classify(network: Network, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    pixels = np.divide(prepare_crops(crops)[:, None], 255, dtype=np.float32)
    if not len(pixels):
        return np.zeros((0, len(network.classes)), np.float32)
    if network.quick is None:
        return _ask(network.session, pixels)
    chances = _ask(network.quick, pixels)
    unsure = chances.max(axis=1) < _SURE
    unsure |= chances.argmax(axis=1) == network.classes.index(_DECEPTIVE)
    if unsure.any():
        chances[unsure] = _ask(network.session, pixels[unsure])
    return chances


def _ask(
    session: "onnxruntime.InferenceSession", pixels: NDArray[np.float32]
) -> NDArray[np.float32]:
    parts = [
        session.run(None, {"cells": pixels[start : start + _BATCH]})[0]
        for start in range(0, len(pixels), _BATCH)
    ]
    return np.concatenate(parts)


def name_quick(path: Path) -> Path:
    """The file of the cheapest network beside that of all together."""
    return path.with_name(f"{path.stem}-quick{path.suffix}")


def list_network_files(name: str) -> tuple[Path, ...]:
    """The files that answer together under one name: what one of them says is part of it."""
    path = _MODELS / f"{name}.onnx"
    return tuple(file for file in (path, name_quick(path)) if file.exists())


@cache
def load_network(name: str) -> Network:
    """Load one of the networks in `ocr/models` once; one thread, little memory."""
    session, *quick = map(_open_session, list_network_files(name))
    notes = session.get_modelmeta().custom_metadata_map
    usual = float(notes["accept_above"])
    return Network(
        session=session,
        classes=tuple(json.loads(notes["classes"])),
        quick=quick[0] if quick else None,
        accept_above=usual,
        accept_long_above=float(notes.get("accept_long_above", usual)),
    )


def _open_session(path: Path) -> "onnxruntime.InferenceSession":
    import onnxruntime  # late: it costs a tenth of a second and 30 MB

    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
