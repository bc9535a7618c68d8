"""Writes a trained network as the ONNX file that is shipped."""

import json
from collections.abc import Mapping
from pathlib import Path

import onnx
import torch
from torch import nn


class _Calibrated(nn.Module):  # type: ignore[misc, unused-ignore]
    """A network with its temperature and softmax, as it is shipped."""

    def __init__(self, network: nn.Module, temperature: float) -> None:
        super().__init__()
        self.network, self.temperature = network, temperature

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return torch.softmax(self.network(pixels) / self.temperature, dim=1)


def export_calibrated(
    network: nn.Module,
    temperature: float,
    notes: Mapping[str, object],
    path: Path,
    input_name: str,
    example: torch.Tensor,
) -> None:
    """Write the ONNX file, with what the reader needs to know in its metadata."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = network.to(memory_format=torch.contiguous_format)
    torch.onnx.export(
        _Calibrated(plain, temperature).eval(),
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
