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

from ocr.cells import prepare_crops
from ocr.models.training.crops import UNSURE, choose_wear, make_strip
from ocr.models.training.dataset import Source, keep_cells
from ocr.models.training.network import (
    Plan,
    export_network,
    find_temperature,
    score_cells,
    train_network,
)
from ocr.written import WrittenState

_log = logging.getLogger(__name__)
_SILENT_ERRORS = 1e-3
"""Share of accepted strings that may be wrong."""

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


def read_arguments(description: str, name: str) -> argparse.Namespace:
    """Read the command line that all courses share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--mnist", type=Path, default=Path("var/mnist"), help="kept there")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / f"{name}.onnx")
    parser.add_argument("--cache", type=Path, help="folder to keep drawn cells in")
    parser.add_argument("--strips", type=int, default=100_000)
    parser.add_argument("--epochs", type=int, default=4)
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
    temperature = find_temperature(score_cells(network, checks.pixels), checks.labels)
    threshold = _find_threshold(course, network, temperature, seed + 2)
    notes = {
        "classes": course.classes,
        "accept_above": threshold,
        "temperature": temperature,
        "seed": seed,
        "strips": arguments.strips,
        "epochs": arguments.epochs,
    }
    _log.info("%s", json.dumps({key: notes[key] for key in notes if key != "classes"}))
    export_network(network, temperature, notes, arguments.out)


def _spell(labels: NDArray[np.int64], classes: tuple[str, ...]) -> tuple[WrittenState, str]:
    """The state and the characters that a row of cells really has."""
    blank = len(classes) - 3
    if (labels > blank).any():
        return WrittenState.STRUCK, ""
    text = "".join(" " if i == blank else classes[i] for i in labels).strip()
    return (WrittenState.READ if text else WrittenState.EMPTY), text


def _find_threshold(
    course: Course, network: nn.Module, temperature: float, seed: int, strips: int = 12_000
) -> float:
    """The confidence above which one string in a thousand is wrong, by the check writers.

    That a struck string is called overwritten or the other way round is no error
    here: both go to a person.
    """
    rows = _draw_rows(course, seed, strips)
    scores = score_cells(network, np.concatenate([pixels for pixels, _ in rows]))
    probabilities = _make_probabilities(scores / temperature)
    confidences, wrong, start = [], [], 0
    for _, labels in rows:
        end = start + len(labels)
        state, text, confidence = course.decode(probabilities[start:end])
        truth, spelt = _spell(labels, course.classes)
        seen = WrittenState.STRUCK if state is WrittenState.OVERWRITTEN else state
        confidences.append(confidence)
        wrong.append((seen, text) != (truth, spelt))
        start = end
    threshold = choose_threshold(np.array(confidences), np.array(wrong))
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
            strip = make_strip(source.writer, choose_wear(rng), rng)
            if (strip.labels != UNSURE).all():
                rows.append((prepare_crops(strip.crops), strip.labels))
    return rows


def _make_probabilities(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)


def choose_threshold(confidences: NDArray[np.float64], wrong: NDArray[np.bool_]) -> float:
    """The lowest confidence from which on the share of errors stays within the limit."""
    order = np.argsort(confidences)[::-1]
    errors = np.cumsum(wrong[order]) / np.arange(1, len(order) + 1)
    within = np.flatnonzero(errors <= _SILENT_ERRORS)
    return float(confidences[order[within[-1]]]) if len(within) else 1.0
