from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.acting import Clock
from validation.registers import Register
from workflow.acts import SYSTEM
from workflow.registers.importing import ExtractToImport, Imported, OnBadRows, import_extract
from workflow.settings import Settings
from workflow.store.session import Store

TODAY = date(2026, 3, 2)
"""Of the clock."""

Bring = Callable[..., Imported]


@pytest.fixture
def bring(store: Store, settings: Settings, clock: Clock) -> Bring:
    """Imports a file: `bring(path, Register.CIVIL, as_of)`."""

    def call(
        path: Path,
        register: Register = Register.CIVIL,
        as_of: date = TODAY,
        on_bad_rows: OnBadRows = OnBadRows.REFUSE,
    ) -> Imported:
        wanted = ExtractToImport(register, path, as_of, on_bad_rows)
        return import_extract(store, settings, SYSTEM, clock, wanted)

    return call
