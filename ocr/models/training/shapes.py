"""Shapes of networks for cells, and how several of them answer as one. Needs torch."""

from collections.abc import Callable, Sequence

import torch
from torch import nn

from ocr.cells import INPUT_HEIGHT_PX, INPUT_WIDTH_PX

Build = Callable[[int], nn.Module]
"""Number of classes -> a network that knows nothing yet."""


class Mixed(nn.Module):  # type: ignore[misc, unused-ignore]
    """Networks that answer together: the weighted mean of their scores.

    Networks of different shapes err on different cells; where they disagree, none of
    the classes gets a high score.
    """

    def __init__(self, networks: Sequence[nn.Module], shares: Sequence[float]) -> None:
        super().__init__()
        self.networks, self.shares = nn.ModuleList(networks), tuple(shares)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Scores of the classes."""
        pairs = zip(self.shares, self.networks, strict=True)
        return torch.stack([share * network(pixels) for share, network in pairs]).sum(0)


class _Residual(nn.Module):  # type: ignore[misc, unused-ignore]
    """Two convolutions that add to what they are given."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.change = nn.Sequential(
            *_convolve(channels, channels),
            nn.ReLU(),
            *_convolve(channels, channels),
        )

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return torch.relu(pixels + self.change(pixels))


def _convolve(inputs: int, outputs: int, size: int = 3, stride: int = 1) -> list[nn.Module]:
    padding = (size - 1) // 2
    convolution = nn.Conv2d(inputs, outputs, size, stride=stride, padding=padding, bias=False)
    return [convolution, nn.BatchNorm2d(outputs)]


def _decide(channels: int, classes: int) -> list[nn.Module]:
    """One linear layer over a picture that was halved three times."""
    features = (INPUT_HEIGHT_PX // 8) * (INPUT_WIDTH_PX // 8) * channels
    return [nn.Flatten(), nn.Dropout(0.3), nn.Linear(features, classes)]


def build_residual(classes: int) -> nn.Sequential:
    """Three stages that each halve the picture and then look again, and a linear layer."""
    layers: list[nn.Module] = []
    for inputs, outputs, size in ((1, 32, 6), (32, 64, 3), (64, 128, 3)):
        layers += [*_convolve(inputs, outputs, size, 2), nn.ReLU(), _Residual(outputs)]
    return nn.Sequential(*layers, *_decide(128, classes))


def build_plain(classes: int) -> nn.Sequential:
    """Six convolutions, the first halving the picture, and one linear layer."""

    def look(inputs: int, outputs: int, size: int = 3, stride: int = 1) -> list[nn.Module]:
        return [*_convolve(inputs, outputs, size, stride), nn.ReLU()]

    return nn.Sequential(
        *look(1, 24, 6, 2),
        *look(24, 32), *look(32, 32), nn.MaxPool2d(2),
        *look(32, 64), *look(64, 64), nn.MaxPool2d(2),
        *look(64, 128),
        *_decide(128, classes),
    )  # fmt: skip
