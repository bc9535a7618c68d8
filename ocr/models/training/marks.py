"""Train the network for marks from nothing: python -m ocr.models.training.marks."""

import argparse
import logging
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ocr.marks import CLASSES, VIEW_HEIGHT_PX, VIEW_WIDTH_PX
from ocr.models.training.calibration import Calibration
from ocr.models.training.export import export_network
from ocr.models.training.mark_dirt import vary_windows
from ocr.models.training.mark_windows import Windows, keep_checks, keep_windows
from ocr.models.training.network import find_temperature
from ocr.simulation.styles import Style

_log = logging.getLogger(__name__)
_BATCH = 128
_KNOWN, _KNOWN_SHARE = 0.01, 0.35
"""Loss of a window that is known; how many of those are gone through again."""
_RARITY = np.array([2.0, 1.0, 0.5, 0.5, 0.5], np.float32)
"""Half of the questions drawn for training were put right; on paper it is one in 25 or less."""


def build_network(classes: int = len(CLASSES)) -> nn.Sequential:
    """Seven convolutions, three halvings, a mean over the window: 0.38 million weights."""

    def block(inputs: int, outputs: int, stride: int = 1, size: int = 3) -> list[nn.Module]:
        convolution = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
        return [convolution, nn.BatchNorm2d(outputs), nn.ReLU()]

    return nn.Sequential(
        *block(2, 16, 2, 5), *block(16, 32),
        *block(32, 64, 2), *block(64, 64),
        *block(64, 96, 2), *block(96, 96), *block(96, 96),
        nn.AvgPool2d((4, 2)), nn.Flatten(),
        nn.Dropout(0.2), nn.Linear(96 * 2 * 5, 96), nn.ReLU(), nn.Linear(96, classes),
    )  # fmt: skip


class Learner:
    """A network in training: one optimiser, one falling rate, and the running average kept."""

    def __init__(self, steps: int, seed: int) -> None:
        torch.manual_seed(seed)
        self._rng = np.random.default_rng(seed)
        self._network = build_network().to(memory_format=torch.channels_last)
        self._averaged = torch.optim.swa_utils.AveragedModel(
            self._network,
            multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998),
            use_buffers=True,
        )
        self._optimiser = torch.optim.AdamW(
            self._network.parameters(), weight_decay=0.03, fused=True
        )
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimiser, 4e-3, total_steps=steps, pct_start=0.15
        )
        self.steps_left = steps

    @property
    def network(self) -> nn.Module:
        """The running average of the weights."""
        return self._averaged.module.eval()

    def learn_epoch(self, windows: Windows, losses: NDArray[np.float32]) -> None:
        """Go once through what is not known well yet, and through a share of the rest.

        `losses` holds the last loss of each window, infinite for those never seen; it is
        brought up to date.
        """
        self._network.train()
        rows = self._rng.permutation(choose_rows(losses, self._rng))
        for start in range(0, len(rows) - _BATCH + 1, _BATCH):
            if not self.steps_left:
                return
            picked = np.sort(rows[start : start + _BATCH])
            losses[picked] = self._take_step(windows.pixels[picked], windows.labels[picked])

    def _take_step(
        self, pixels: NDArray[np.uint8], labels: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        batch = torch.from_numpy(vary_windows(pixels, labels, self._rng))
        with torch.autocast("cpu", torch.bfloat16):
            scores = self._network(batch.contiguous(memory_format=torch.channels_last))
        losses = nn.functional.cross_entropy(
            scores.float(), torch.from_numpy(labels), reduction="none"
        )
        self._optimiser.zero_grad()
        losses.mean().backward()
        self._optimiser.step()
        self._schedule.step()
        self._averaged.update_parameters(self._network)
        self.steps_left -= 1
        return np.asarray(losses.detach().numpy(), np.float32)


def choose_rows(losses: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.int64]:
    """Rows to learn from: most windows are soon known by heart, and a third of them is enough."""
    known = losses < _KNOWN
    return np.flatnonzero(~known | (rng.random(len(losses)) < _KNOWN_SHARE))


def train_marks(windows: Windows, checks: Windows, steps: int, seed: int) -> nn.Module:
    """Train from nothing; returns the running average of the weights."""
    learner = Learner(steps, seed)
    losses = np.full(len(windows), np.inf, np.float32)
    while learner.steps_left:
        learner.learn_epoch(windows, losses)
        found = score_windows(learner.network, checks.pixels).argmax(1)
        right = (found == checks.labels).mean()
        _log.info("%d steps left: checks right %.4f", learner.steps_left, right)
    return learner.network


def score_windows(network: nn.Module, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What the network says before it is made into probabilities."""
    network.eval()
    with torch.no_grad():
        parts = [
            network(torch.from_numpy(pixels[i : i + 512]).float() / 255).numpy()
            for i in range(0, len(pixels), 512)
        ]
    return np.concatenate(parts)


def main() -> None:
    """Draw, train, calibrate on questionnaires that were not trained on, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "marks.onnx")
    parser.add_argument("--cache", type=Path, required=True, help="folder to keep windows in")
    parser.add_argument("--forms", type=int, default=500)
    parser.add_argument("--checks", type=int, default=100)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=21)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--accept-above", type=float, default=0.95)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    keep = (Style.TRAINING, arguments.processes, arguments.cache)
    windows = keep_windows(range(arguments.forms), *keep)
    checks = keep_checks(arguments.checks, *keep)
    _log.info("%d windows, %d to check with", len(windows), len(checks))
    network = train_marks(windows, checks, arguments.steps, arguments.seed)
    scores = score_windows(network, checks.pixels)
    temperature = find_temperature(scores, checks.labels)
    _log.info("temperature %.3f", temperature)
    notes = {
        "classes": CLASSES,
        "accept_above": arguments.accept_above,
        "seed": arguments.seed,
        "temperature": temperature,
        "rarity": _RARITY.tolist(),
    }
    example = torch.zeros(2, 2, VIEW_HEIGHT_PX, VIEW_WIDTH_PX)
    calibration = Calibration(temperature, _RARITY)
    export_network(network, calibration, notes, arguments.out, "windows", example)


if __name__ == "__main__":
    main()
