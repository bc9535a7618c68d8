"""How a network for cells is trained and asked, and its temperature. Needs torch."""

import logging
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ocr.models.training.dataset import Cells
from ocr.models.training.shapes import Build

_log = logging.getLogger(__name__)
_EMA = 0.998
_TURN, _STRETCH, _SHEAR, _SHIFT, _WAVE = 0.07, 0.06, 0.06, 0.05, 0.045
"""Standard deviations of how kept cells are bent anew: radians, then shares of a cell."""
_WAVE_NODES = (6, 5)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train."""

    epochs: int
    batch: int = 256
    peak_rate: float = 4e-3
    weight_decay: float = 0.03


def _vary(pixels: torch.Tensor) -> torch.Tensor:
    """Bend a batch and change its darkness: kept cells differ each time."""
    count = len(pixels)
    turn, shear = torch.randn(count) * _TURN, torch.randn(count) * _SHEAR
    wide, high = 1 + torch.randn(2, count) * _STRETCH
    rows = (
        torch.stack([wide * turn.cos(), shear - turn.sin()], 1),
        torch.stack([turn.sin(), high * turn.cos()], 1),
    )
    move = torch.cat([torch.stack(rows, 1), torch.randn(count, 2, 1) * _SHIFT], 2)
    grid = nn.functional.affine_grid(move, list(pixels.shape), align_corners=False)
    wave = torch.randn(count, 2, *_WAVE_NODES) * _WAVE * torch.rand(count, 1, 1, 1)
    smooth = nn.functional.interpolate(wave, pixels.shape[2:], mode="bicubic", align_corners=True)
    grid = grid + smooth.permute(0, 2, 3, 1)
    bent = nn.functional.grid_sample(pixels, grid, padding_mode="border", align_corners=False)
    gain = torch.empty(count, 1, 1, 1).uniform_(0.75, 1.2)
    return (bent * gain).clamp_(0, 1).contiguous(memory_format=torch.channels_last)


def _as_input(pixels: NDArray[np.uint8]) -> torch.Tensor:
    batch = torch.from_numpy(pixels)[:, None].float() / 255
    return batch.contiguous(memory_format=torch.channels_last)


def train_network(
    cells: Cells, checks: Cells, build: Build, classes: int, plan: Plan, seed: int
) -> nn.Module:
    """Train from nothing; returns the running average of the weights."""
    torch.manual_seed(seed)
    network = build(classes).to(memory_format=torch.channels_last)
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
