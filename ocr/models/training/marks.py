"""Train the network for marks from nothing: python -m ocr.models.training.marks."""

import argparse
import logging
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ocr.marks import CLASSES, VIEW_HEIGHT_PX, VIEW_WIDTH_PX
from ocr.models.training.export import Calibration, export_network
from ocr.models.training.mark_windows import Windows, draw_windows, join_windows
from ocr.models.training.network import find_temperature
from ocr.simulation.styles import Style

_log = logging.getLogger(__name__)
_SHARD = 25
_CHECK_SEEDS = 1_000_000
"""Seeds of the questionnaires that are checked with; training stays far below."""


def keep_windows(seeds: range, style: Style, processes: int, cache: Path) -> Windows:
    """The windows of some questionnaires, drawn once and kept in files of 25."""
    cache.mkdir(parents=True, exist_ok=True)
    parts = []
    for start in range(seeds.start, seeds.stop, _SHARD):
        file = cache / f"{style.value}-{start}.npz"
        if not file.exists():
            shard = range(start, min(start + _SHARD, seeds.stop))
            windows = join_windows(list(draw_windows(shard, style, processes)))
            np.savez_compressed(
                file,
                pixels=windows.pixels,
                labels=windows.labels,
                levels=windows.levels,
                pages=windows.pages,
            )
            _log.info("%s: %d windows", file.name, len(windows))
        with np.load(file) as kept:
            parts.append(Windows(kept["pixels"], kept["labels"], kept["levels"], kept["pages"]))
    return join_windows(parts)


def build_network(classes: int = len(CLASSES)) -> nn.Sequential:
    """Seven convolutions, three halvings, a mean over the window: 0.1 million weights."""

    def block(inputs: int, outputs: int, stride: int = 1) -> list[nn.Module]:
        convolution = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        return [convolution, nn.BatchNorm2d(outputs), nn.ReLU()]

    return nn.Sequential(
        *block(2, 12, 2), *block(12, 20),
        *block(20, 32, 2), *block(32, 32),
        *block(32, 64, 2), *block(64, 64),
        nn.AvgPool2d((4, 2)), nn.Flatten(),
        nn.Dropout(0.2), nn.Linear(64 * 2 * 5, 64), nn.ReLU(), nn.Linear(64, classes),
    )  # fmt: skip


def vary_windows(pixels: NDArray[np.uint8], rng: np.random.Generator) -> torch.Tensor:
    """A batch moved by up to 2 px, lighter or darker: kept windows differ each time."""
    dy, dx = rng.integers(-2, 3, 2)
    batch = torch.from_numpy(pixels).float() / 255
    batch = torch.roll(batch, (int(dy), int(dx)), (2, 3))
    # The drawn page may lie a pixel off the blank: registration is never perfect.
    sy, sx = rng.integers(-1, 2, 2)
    batch[:, 0] = torch.roll(batch[:, 0], (int(sy), int(sx)), (1, 2))
    gain = torch.empty(len(batch), 1, 1).uniform_(0.6, 1.25)
    noise = torch.randn_like(batch[:, 0]) * float(rng.uniform(0, 0.05))
    batch[:, 0] = (batch[:, 0] * gain + noise).clamp_(0, 1)
    return batch.contiguous(memory_format=torch.channels_last)


def train_marks(
    windows: Windows, checks: Windows, epochs: int, seed: int, batch_size: int = 128
) -> nn.Module:
    """Train from nothing; returns the running average of the weights."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = build_network().to(memory_format=torch.channels_last)
    averaged = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.997), use_buffers=True
    )
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=0.03)
    rows = balance_rows(windows.labels, rng)
    steps = len(rows) // batch_size
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, 4e-3, total_steps=steps * epochs, pct_start=0.2
    )
    for epoch in range(epochs):
        network.train()
        order, losses = (
            rng.permutation(balance_rows(windows.labels, rng))[: steps * batch_size],
            0.0,
        )
        for step in range(steps):
            picked = np.sort(order[step * batch_size : (step + 1) * batch_size])
            batch = vary_windows(windows.pixels[picked], rng)
            with torch.autocast("cpu", torch.bfloat16):
                scores = network(batch)
            truth = torch.from_numpy(windows.labels[picked])
            loss = nn.functional.cross_entropy(scores.float(), truth)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            averaged.update_parameters(network)
            losses += float(loss.detach())
        found = score_windows(averaged, checks.pixels).argmax(1)
        right = (found == checks.labels).mean()
        _log.info("epoch %d: loss %.4f, checks right %.4f", epoch + 1, losses / steps, right)
    return averaged.module.eval()


def balance_rows(labels: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Rows to train on: blanks are many and mostly alike, so half of them are left out."""
    blank = np.flatnonzero(labels == 0)
    rest = np.flatnonzero(labels != 0)
    return np.concatenate([rng.choice(blank, len(blank) // 2, replace=False), rest])


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
    parser.add_argument("--questionnaires", type=int, default=800)
    parser.add_argument("--checks", type=int, default=100)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--accept-above", type=float, default=0.94)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    keep = (Style.TRAINING, arguments.processes, arguments.cache)
    windows = keep_windows(range(arguments.questionnaires), *keep)
    checks = keep_windows(range(_CHECK_SEEDS, _CHECK_SEEDS + arguments.checks), *keep)
    _log.info("%d windows, %d to check with", len(windows), len(checks))
    network = train_marks(windows, checks, arguments.epochs, arguments.seed)
    scores = score_windows(network, checks.pixels)
    temperature = find_temperature(scores, checks.labels)
    _log.info("temperature %.3f", temperature)
    notes = {
        "classes": CLASSES,
        "accept_above": arguments.accept_above,
        "seed": arguments.seed,
        "temperature": temperature,
    }
    example = torch.zeros(2, 2, VIEW_HEIGHT_PX, VIEW_WIDTH_PX)
    calibration = Calibration(temperature, np.ones(len(CLASSES), np.float32))
    export_network(network, calibration, notes, arguments.out, "windows", example)


if __name__ == "__main__":
    main()
