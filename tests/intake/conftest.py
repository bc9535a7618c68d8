"""One warm decoder for the tests that do not need one of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.decoding import Decoder
from intake.files import read_pages_with
from intake.limits import Limits
from tests.intake.samples import Reader, write


@pytest.fixture(scope="session")
def decoder() -> Iterator[Decoder]:
    """A decoder with the usual limits."""
    with Decoder(Limits()) as decoder:
        yield decoder


@pytest.fixture
def read(decoder: Decoder, tmp_path: Path) -> Reader:
    """Reads the bytes of a file, under a name that says nothing."""
    return lambda data: list(read_pages_with(decoder, write(tmp_path, "scan", data)))
