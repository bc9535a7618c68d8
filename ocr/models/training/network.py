"""The network for cells: its shape, its training, its temperature. Needs torch."""

import logging
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ocr.cells import INPUT_HEIGHT_PX, INPUT_WIDTH_PX
from ocr.models.training.dataset import Cells

_log = logging.getLogger(__name__)
_SHIFT_PX = 1
_EMA = 0.998


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train."""

    epochs: int
    batch: int = 256
    peak_rate: float = 4e-3
    weight_decay: float = 0.03
    channels: tuple[int, int, int, int] = (24, 32, 64, 128)


def build_network(classes: int, channels: tuple[int, int, int, int]) -> nn.Sequential:
    """Six convolutions, the first halving the picture, and one linear layer."""

    def block(inputs: int, outputs: int, size: int = 3, stride: int = 1) -> list[nn.Module]:
        convolution = nn.Conv2d(
            inputs, outputs, size, stride=stride, padding=(size - 1) // 2, bias=False
        )
        return [convolution, nn.BatchNorm2d(outputs), nn.ReLU()]

    a, b, c, d = channels
    features = (INPUT_HEIGHT_PX // 8) * (INPUT_WIDTH_PX // 8) * d
    return nn.Sequential(
        *block(1, a, 6, 2),
        *block(a, b), *block(b, b), nn.MaxPool2d(2),
        *block(b, c), *block(c, c), nn.MaxPool2d(2),
        *block(c, d),
        nn.Flatten(), nn.Dropout(0.3), nn.Linear(features, classes),
    )  # fmt: skip


def _vary(pixels: torch.Tensor) -> torch.Tensor:
    """Shift a batch by a pixel and change its darkness: kept cells differ each time."""
    dy, dx = torch.randint(-_SHIFT_PX, _SHIFT_PX + 1, (2,)).tolist()
    shifted = torch.roll(pixels, (dy, dx), (2, 3))
    gain = torch.empty(len(pixels), 1, 1, 1).uniform_(0.75, 1.2)
    return (shifted * gain).clamp_(0, 1)


def _as_input(pixels: NDArray[np.uint8]) -> torch.Tensor:
    batch = torch.from_numpy(pixels)[:, None].float() / 255
    return batch.contiguous(memory_format=torch.channels_last)


def train_network(cells: Cells, checks: Cells, classes: int, plan: Plan, seed: int) -> nn.Module:
    """Train from nothing; returns the running average of the weights."""
    torch.manual_seed(seed)
    network = build_network(classes, plan.channels).to(memory_format=torch.channels_last)
    averaged = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(_EMA), use_buffers=True
    )
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=plan.weight_decay, fused=True)
    steps = len(cells) // plan.batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, plan.peak_rate, total_steps=steps * plan.epochs, pct_start=0.2
    )
    rng = np.random.default_rng(seed)
    for epoch in range(plan.epochs):
        network.train()
        order, losses = rng.permutation(len(cells)), 0.0
        for step in range(steps):
            rows = np.sort(order[step * plan.batch : (step + 1) * plan.batch])
            batch = _vary(_as_input(cells.pixels[rows]))
            with torch.autocast("cpu", torch.bfloat16):
                scores = network(batch)
            loss = nn.functional.cross_entropy(scores.float(), torch.from_numpy(cells.labels[rows]))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            averaged.update_parameters(network)
            losses += float(loss.detach())
        right = (score_cells(averaged, checks.pixels).argmax(1) == checks.labels).mean()
        _log.info("epoch %d: loss %.4f, checks right %.4f", epoch + 1, losses / steps, right)
    return averaged.module.eval()


def score_cells(network: nn.Module, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What the network says before it is made into probabilities."""
    network.eval()
    with torch.no_grad():
        parts = [
            network(_as_input(pixels[start : start + 1024])).numpy()
            for start in range(0, len(pixels), 1024)
        ]
    return np.concatenate(parts)


def find_temperature(scores: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """The number to divide scores by so that probabilities are honest on held-out cells."""
    tensor, truth = torch.from_numpy(scores), torch.from_numpy(labels)
    losses = {
        float(t): float(nn.functional.cross_entropy(tensor / t, truth))
        for t in np.geomspace(0.4, 4.0, 60)
    }
    return min(losses, key=lambda t: losses[t])
