"""Makes a network's scores believable and writes it as the ONNX file that is shipped."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import nn


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns a network's scores into probabilities that can be believed."""

    temperature: float
    rarity: NDArray[np.float32]
    """How often a class comes on paper against how often it was shown in training."""

    def apply(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Make probabilities of scores."""
        weights = scores / self.temperature + np.log(self.rarity)
        shares = np.exp(weights - weights.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)


class _Calibrated(nn.Module):  # type: ignore[misc, unused-ignore]
    """The network with its calibration, as it is shipped."""

    def __init__(self, network: nn.Module, calibration: Calibration) -> None:
        super().__init__()
        self.network, self.temperature = network, calibration.temperature
        self.register_buffer("offsets", torch.from_numpy(np.log(calibration.rarity)))

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.network(pixels) / self.temperature + self.offsets, dim=1)


def export_network(
    network: nn.Module,
    calibration: Calibration,
    notes: Mapping[str, object],
    path: Path,
    input_name: str,
    example: torch.Tensor,
) -> None:
    """Write the ONNX file, with what the reader needs to know in its metadata."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = network.to(memory_format=torch.contiguous_format)
    torch.onnx.export(
        _Calibrated(plain, calibration).eval(),
        (example,),
        str(path),
        input_names=[input_name],
        output_names=["probabilities"],
        dynamic_axes={input_name: {0: "count"}, "probabilities": {0: "count"}},
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {key: json.dumps(value) for key, value in notes.items()})
    onnx.save(model, path)
