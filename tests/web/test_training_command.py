"""`blanki training` as a person calls it, on a store of its own."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli.main import blanki
from workflow.settings import Settings
from workflow.store.session import Store
from workflow.training.exporting import CropsNotAllowed, TooFewDocuments


@pytest.mark.parametrize(("allowed", "fault"), [("0", CropsNotAllowed), ("1", TooFewDocuments)])
def test_cells_leave_the_store_only_where_it_is_allowed_and_nobody_can_be_recognised(
    settings: Settings, store: Store, tmp_path: Path, allowed: str, fault: type[Exception]
) -> None:
    where = {
        "BLANKI_DATA": str(settings.data),
        "BLANKI_DATABASE_URL": settings.database_url,
        "BLANKI_TRAINING_CROPS": allowed,
    }
    folder = tmp_path / "cells"
    result = CliRunner().invoke(blanki, ["training", "export", str(folder)], env=where)
    assert isinstance(result.exception, fault)
    assert not folder.exists()
