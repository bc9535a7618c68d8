"""Makes a network's scores believable and writes it as the ONNX file that is shipped."""

import json
from collections.abc import Mapping
from pathlib import Path

import onnx
import torch
from torch import nn

from ocr.cells import name_quick
from ocr.models.training.calibration import Calibration
from ocr.models.training.shapes import Mixed


class _Calibrated(nn.Module):  # type: ignore[misc, unused-ignore]
    """The network with its calibration, as it is shipped."""

    def __init__(self, network: nn.Module, calibration: Calibration) -> None:
        super().__init__()
        self.network, self.temperature = network, calibration.temperature
        self.floor = calibration.floor
        self.register_buffer("offsets", torch.from_numpy(calibration.rarity).log())

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        shares = torch.softmax(self.network(pixels) / self.temperature + self.offsets, dim=1)
        return self.floor / shares.shape[1] + (1 - self.floor) * shares


def export_network(
    network: nn.Module,
    calibration: Calibration,
    notes: Mapping[str, object],
    path: Path,
    input_name: str,
    example: torch.Tensor,
) -> None:
    """Write the ONNX file, with what the reader needs to know in its metadata.

    Of several networks that answer together the last, which is the cheapest, gets a file of
    its own too: it is asked first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(network, calibration, path, input_name, example)
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {key: json.dumps(value) for key, value in notes.items()})
    onnx.save(model, path)
    if isinstance(network, Mixed) and len(network.networks) > 1:
        _write(network.networks[-1], calibration, name_quick(path), input_name, example)


def _write(
    network: nn.Module,
    calibration: Calibration,
    path: Path,
    input_name: str,
    example: torch.Tensor,
) -> None:
    torch.onnx.export(
        _Calibrated(network.to(memory_format=torch.contiguous_format), calibration).eval(),
        (example,),
        str(path),
        input_names=[input_name],
        output_names=["probabilities"],
        dynamic_axes={input_name: {0: "count"}, "probabilities": {0: "count"}},
        opset_version=17,
        dynamo=False,
    )
