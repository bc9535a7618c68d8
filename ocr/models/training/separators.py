"""Train the network for commas between cells: python -m ocr.models.training.separators."""

import json
import logging

import numpy as np
import torch

from ocr.cells import INPUT_HEIGHT_PX, INPUT_WIDTH_PX, NOTHING, SEPARATOR_CLASSES
from ocr.models.training.calibration import Calibration
from ocr.models.training.cells import split_digits
from ocr.models.training.course import read_arguments
from ocr.models.training.dataset import Source, keep_cells
from ocr.models.training.export import export_network
from ocr.models.training.gaps import draw_gaps
from ocr.models.training.mnist import Digits, fetch_mnist
from ocr.models.training.network import Plan, find_temperature, score_cells, train_network
from ocr.models.training.shapes import build_plain
from ocr.models.training.writers import MnistWriter, SimulatedWriter, StrokeWriter

_log = logging.getLogger(__name__)
_NAME = "separators"
_RARITY = np.array([1.0, 0.01], np.float32)
"""Two gaps of five were drawn with a comma; on paper hardly one in a hundred has one."""
_NEEDLESS = 0.01
"""Of the gaps without a comma may be doubted. Those that check are harder than most on paper:
one scan in ten is a bad copy, one hand in five writes across the borders."""


def main() -> None:
    """Draw, train, calibrate on digits that were not trained on, set the threshold, export."""
    arguments = read_arguments(str(__doc__), _NAME, strips=90_000, epochs=6)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    seed, keep = arguments.seed, (arguments.processes, arguments.cache)
    learn, check = split_digits(fetch_mnist(arguments.mnist))
    gaps = keep_cells(_list_sources(learn, arguments.strips), seed, *keep, _NAME, draw_gaps)
    sources = _list_sources(check, arguments.strips // 8)
    checks = keep_cells(sources, seed + 1, *keep, f"{_NAME}-checks", draw_gaps)
    _log.info("%d gaps to learn from, %d to check with", len(gaps), len(checks))
    plan = Plan(epochs=arguments.epochs)
    network = train_network(gaps, checks, build_plain, len(SEPARATOR_CLASSES), plan, seed)
    scores = score_cells(network, checks.pixels)
    calibration = Calibration(find_temperature(scores, checks.labels), _RARITY)
    bare = calibration.apply(scores)[:, SEPARATOR_CLASSES.index(NOTHING)]
    nothing = checks.labels == SEPARATOR_CLASSES.index(NOTHING)
    accept_above = float(np.quantile(bare[nothing], _NEEDLESS))
    _log.info(
        "of %d commas %.4f are doubted", (~nothing).sum(), (bare[~nothing] < accept_above).mean()
    )
    notes = {
        "classes": SEPARATOR_CLASSES,
        "accept_above": accept_above,
        "temperature": calibration.temperature,
        "seed": seed,
        "strips": arguments.strips,
        "epochs": arguments.epochs,
    }
    _log.info("%s", json.dumps(notes))
    example = torch.zeros(2, 1, INPUT_HEIGHT_PX, INPUT_WIDTH_PX)
    export_network(network, calibration, notes, arguments.out, "cells", example)


def _list_sources(digits: Digits, strips: int) -> list[Source]:
    return [
        Source(MnistWriter(digits), strips // 2),
        Source(StrokeWriter(), strips // 4),
        Source(SimulatedWriter(), strips // 4),
    ]


if __name__ == "__main__":
    main()
