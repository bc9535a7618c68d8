"""One course of training: draw, train, calibrate, set the threshold, export."""

import argparse
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ocr.cells import INPUT_HEIGHT_PX, INPUT_WIDTH_PX, OVERWRITTEN, STRUCK, prepare_crops
from ocr.models.training.crops import UNSURE, choose_wear, make_strip
from ocr.models.training.dataset import Source, keep_cells
from ocr.models.training.export import Calibration, export_network
from ocr.models.training.network import (
    Plan,
    find_temperature,
    score_cells,
    train_network,
)
from ocr.models.training.threshold import choose_threshold
from ocr.written import WrittenState

_log = logging.getLogger(__name__)
_RARITY = {STRUCK: 0.2, OVERWRITTEN: 0.15}
"""Training shows spoilt cells far more often than paper does: a tenth each of the cells."""
_SPOILT_WEIGHT = 0.1
"""The same for whole strings when the threshold is set: four of ten drawn are spoilt."""
_WEAR_SHARES = (0.25, 0.45, 0.25, 0.05)
"""How often scans of each level of wear come when the threshold is set."""

Decode = Callable[[NDArray[np.float32]], tuple[WrittenState, str, float]]
"""Probabilities of a row of cells -> its state, characters and confidence."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a network is to learn, and from whom."""

    name: str
    classes: tuple[str, ...]
    learn: Sequence[Source]
    check: Sequence[Source]
    """Writers whose characters are never trained on: they calibrate."""
    decode: Decode
    silent_errors: float
    """Share of accepted strings that may be wrong."""


def read_arguments(description: str, name: str, strips: int, epochs: int) -> argparse.Namespace:
    """Read the command line that all courses share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--mnist", type=Path, default=Path("var/mnist"), help="kept there")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / f"{name}.onnx")
    parser.add_argument("--cache", type=Path, help="folder to keep drawn cells in")
    parser.add_argument("--strips", type=int, default=strips)
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2, help="that draw")
    return parser.parse_args()


def follow_course(course: Course, arguments: argparse.Namespace) -> None:
    """Train from nothing to the shipped file."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    seed, keep = arguments.seed, (arguments.processes, arguments.cache)
    cells = keep_cells(course.learn, seed, *keep, course.name)
    checks = keep_cells(course.check, seed + 1, *keep, f"{course.name}-checks")
    _log.info("%d cells to learn from, %d to check with", len(cells), len(checks))
    plan = Plan(epochs=arguments.epochs)
    network = train_network(cells, checks, len(course.classes), plan, seed)
    rarity = np.array([_RARITY.get(name, 1.0) for name in course.classes], np.float32)
    temperature = find_temperature(score_cells(network, checks.pixels), checks.labels)
    calibration = Calibration(temperature, rarity)
    threshold = _find_threshold(course, network, calibration, seed + 2)
    notes = {
        "classes": course.classes,
        "accept_above": threshold,
        "temperature": temperature,
        "seed": seed,
        "strips": arguments.strips,
        "epochs": arguments.epochs,
    }
    _log.info("%s", json.dumps({key: notes[key] for key in notes if key != "classes"}))
    example = torch.zeros(2, 1, INPUT_HEIGHT_PX, INPUT_WIDTH_PX)
    export_network(network, calibration, notes, arguments.out, "cells", example)


def _spell(labels: NDArray[np.int64], classes: tuple[str, ...]) -> tuple[WrittenState, str]:
    """The state and the characters that a row of cells really has."""
    blank = len(classes) - 3
    if (labels > blank).any():
        return WrittenState.STRUCK, ""
    text = "".join(" " if i == blank else classes[i] for i in labels).strip()
    return (WrittenState.READ if text else WrittenState.EMPTY), text


def _find_threshold(
    course: Course, network: nn.Module, calibration: Calibration, seed: int, strips: int = 16_000
) -> float:
    """The confidence above which errors are as rare as the course wants, by the check writers.

    That a struck string is called overwritten or the other way round is no error
    here: both go to a person.
    """
    rows = _draw_rows(course, seed, strips)
    scores = score_cells(network, np.concatenate([pixels for pixels, _ in rows]))
    probabilities = calibration.apply(scores)
    confidences, wrong, weights, start = [], [], [], 0
    for _, labels in rows:
        end = start + len(labels)
        state, text, confidence = course.decode(probabilities[start:end])
        truth, spelt = _spell(labels, course.classes)
        seen = WrittenState.STRUCK if state is WrittenState.OVERWRITTEN else state
        confidences.append(confidence)
        wrong.append((seen, text) != (truth, spelt))
        weights.append(_SPOILT_WEIGHT if truth is WrittenState.STRUCK else 1.0)
        start = end
    threshold = choose_threshold(
        np.array(confidences), np.array(wrong), np.array(weights), course.silent_errors
    )
    accepted = np.array(confidences) >= threshold
    _log.info(
        "%d strings, %.4f right; accepted %.4f, of which wrong %d",
        len(wrong), 1 - np.mean(wrong), accepted.mean(), np.array(wrong)[accepted].sum(),
    )  # fmt: skip
    return threshold


def _draw_rows(
    course: Course, seed: int, strips: int
) -> list[tuple[NDArray[np.uint8], NDArray[np.int64]]]:
    """Prepared cells and classes of whole strips that no cell of is undecided."""
    rng = np.random.default_rng(seed)
    total = sum(source.strips for source in course.check)
    rows = []
    for source in course.check:
        for _ in range(strips * source.strips // total):
            strip = make_strip(source.writer, choose_wear(rng, _WEAR_SHARES), rng)
            if (strip.labels != UNSURE).all():
                rows.append((prepare_crops(strip.crops), strip.labels))
    return rows
