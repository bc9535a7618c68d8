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

from ocr.cells import INPUT_HEIGHT_PX, INPUT_WIDTH_PX, OVERWRITTEN, STATES, STRUCK
from ocr.models.training.calibration import Calibration, ScoredStrings, calibrate_strings
from ocr.models.training.dataset import Source, keep_cells
from ocr.models.training.export import export_network
from ocr.models.training.held_out import Row, draw_long_rows, draw_strips
from ocr.models.training.network import Plan, score_cells, train_network
from ocr.models.training.operators import add_named_cells
from ocr.models.training.shapes import Build, Mixed
from ocr.models.training.threshold import choose_threshold
from ocr.written import WrittenState

_log = logging.getLogger(__name__)
_RARITY = {STRUCK: 0.2, OVERWRITTEN: 0.15}
"""Training shows spoilt cells far more often than paper does: a tenth each of the cells."""
_SPOILT_WEIGHT = 0.1
"""The same for whole strings when the threshold is set: four of ten drawn are spoilt."""
_CHECK_STRIPS = 16_000
"""To calibrate with, and as many others to set the threshold with."""

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
    shapes: Sequence[tuple[Build, float]]
    """Of the networks that are trained one after the other, and each one's share in the answer."""
    longest: int = 0
    """Characters of the longest strings, where their errors must be as rare by themselves."""


def read_arguments(description: str, name: str, strips: int, epochs: int) -> argparse.Namespace:
    """Read the command line that all courses share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--mnist", type=Path, default=Path("var/mnist"), help="kept there")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / f"{name}.onnx")
    parser.add_argument("--cache", type=Path, help="folder to keep drawn cells in")
    parser.add_argument("--crops", type=Path, help="cells that operators named, to learn from too")
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
    cells, checks = add_named_cells(cells, checks, arguments.crops, course.name, course.classes)
    _log.info("%d cells to learn from, %d to check with", len(cells), len(checks))
    plan = Plan(epochs=arguments.epochs)
    builds, shares = zip(*course.shapes, strict=True)
    count = len(course.classes)
    networks = [
        train_network(cells, checks, build, count, plan, seed + place)
        for place, build in enumerate(builds)
    ]
    network = Mixed(networks, shares)
    calibration, thresholds = _learn_trust(course, network, seed + 2)
    notes = {
        "classes": course.classes,
        "accept_above": thresholds[0],
        "accept_long_above": max(thresholds),
        "temperature": calibration.temperature,
        "floor": calibration.floor,
        "seed": seed,
        "strips": arguments.strips,
        "epochs": arguments.epochs,
    }
    _log.info("%s", json.dumps({key: notes[key] for key in notes if key != "classes"}))
    example = torch.zeros(2, 1, INPUT_HEIGHT_PX, INPUT_WIDTH_PX)
    export_network(network, calibration, notes, arguments.out, "cells", example)


def _learn_trust(course: Course, network: nn.Module, seed: int) -> tuple[Calibration, list[float]]:
    """How to read confidences and from where on to accept, by strings of the check writers.

    The second threshold, if any, is that of long strings.
    """
    rarity = np.array([_RARITY.get(name, 1.0) for name in course.classes], np.float32)
    strips = draw_strips(course.check, seed, _CHECK_STRIPS)
    calibration = calibrate_strings(_score_rows(course, network, strips), rarity)
    others = [draw_strips(course.check, seed + 1, _CHECK_STRIPS)]
    if course.longest:
        others.append(draw_long_rows(course.check, course.longest, seed + 2, _CHECK_STRIPS))
    return calibration, [
        _find_threshold(course, _score_rows(course, network, rows), calibration) for rows in others
    ]


def _score_rows(course: Course, network: nn.Module, rows: Sequence[Row]) -> ScoredStrings:
    pixels, labels = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    spoilt = [(row > len(course.classes) - len(STATES)).any() for _, row in rows]
    return ScoredStrings(
        scores=score_cells(network, pixels),
        labels=labels,
        starts=np.cumsum([0, *(len(row) for _, row in rows[:-1])]),
        weights=np.where(spoilt, _SPOILT_WEIGHT, 1.0),
    )


def _spell(labels: NDArray[np.int64], classes: tuple[str, ...]) -> tuple[WrittenState, str]:
    """The state and the characters that a row of cells really has."""
    blank = len(classes) - 3
    if (labels > blank).any():
        return WrittenState.STRUCK, ""
    text = "".join(" " if i == blank else classes[i] for i in labels).strip()
    return (WrittenState.READ if text else WrittenState.EMPTY), text


def _find_threshold(course: Course, strings: ScoredStrings, calibration: Calibration) -> float:
    """The confidence above which errors are as rare as the course wants, by the check writers.

    What is called struck or overwritten, rightly or not, is never accepted: it goes to
    a person.
    """
    ends = strings.starts[1:]
    probabilities = np.split(calibration.apply(strings.scores), ends)
    confidences, wrong = [], []
    for chances, labels in zip(probabilities, np.split(strings.labels, ends), strict=True):
        state, text, confidence = course.decode(chances)
        spoilt = state in (WrittenState.STRUCK, WrittenState.OVERWRITTEN)
        seen = WrittenState.STRUCK if spoilt else state
        confidences.append(0.0 if spoilt else confidence)
        wrong.append((seen, text) != _spell(labels, course.classes))
    threshold = choose_threshold(
        np.array(confidences), np.array(wrong), strings.weights, course.silent_errors
    )
    accepted = np.array(confidences) >= threshold
    _log.info(
        "%d strings, %.4f right; accepted %.4f, of which wrong %d",
        len(wrong), 1 - np.mean(wrong), accepted.mean(), np.array(wrong)[accepted].sum(),
    )  # fmt: skip
    return threshold
