from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from form_templates.model import TemplateKey
from ocr.readings import PageReading, PageStatus, Quality
from tests.acting import Clock
from tests.web.conftest import SignIn
from tests.web.papers import list_files, receive
from workflow.acts import Actor
from workflow.reading.rows import make_page_row
from workflow.settings import Settings
from workflow.store.models.paper import FileState
from workflow.store.session import Store

GOOD = Quality(200.0, 0.1, 0.2, 0.9, 4, (), 0.97, 0.9, 0.01)
LOST = replace(GOOD, problems=("ink_lost",), captions=0.1, hairlines=0.0)
KEY = TemplateKey("family_declaration", date(2015, 5, 1))


@pytest.fixture
def batch(store: Store, settings: Settings, people: dict[str, Actor], clock: Clock) -> int:
    """A file of three pages of one copy: one good, one that lost ink, and one of the four lacks."""
    batch_id = receive(store, settings, people["operator"], clock, {"stack.pdf": b"%PDF 1"})
    ink = np.random.default_rng(1).integers(0, 255, (3, 60, 42)).astype(np.uint8)
    with store.write() as session:
        (file,) = list_files(session, batch_id)
        for index, (number, quality) in enumerate([(1, GOOD), (2, LOST), (4, GOOD)]):
            page = PageReading(
                file=file.name,
                index=index,
                status=PageStatus.READ,
                key=KEY,
                page=number,
                sheet=1,
                serial=7,
                quality=quality,
                fingerprint=ink[index],
            )
            session.add(make_page_row(file.id, page))
        file.state = FileState.READ
    return batch_id


def test_the_batch_page_says_which_page_to_scan_again_and_why(sign_in: SignIn, batch: int) -> None:
    text = sign_in("operator").get(f"/intake/batches/{batch}").text
    assert "Scan again, because: pale print is missing" in text
    assert "in grey and not in black and white" in text
    assert text.count("Scan again, because") == 1


def test_the_batch_page_tells_of_sheets_that_went_through_together(
    sign_in: SignIn, batch: int
) -> None:
    text = sign_in("operator").get(f"/intake/batches/{batch}").text
    assert "Between scans 2 and 3 of stack.pdf sheets were drawn in together: page 3" in text


def test_the_parts_of_the_page_that_change_bring_it_as_soon_as_it_is_known(
    sign_in: SignIn, batch: int
) -> None:
    progress = sign_in("operator").get(f"/intake/batches/{batch}/progress").json
    (part,) = progress["files"].values()
    assert "Scan again, because" in part
