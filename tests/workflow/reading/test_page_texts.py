"""Papers of others are found by what is printed on them."""

from datetime import UTC, datetime

import pytest

from ocr.pipeline import PageReader
from tests.workflow.reading.desk import READER, Desk
from tests.workflow.reading.scans import fill_application, save, scan_foreign_print
from workflow.acts import SYSTEM, Act
from workflow.reading.read_file import read_file
from workflow.store.listing import DocumentFilter, list_documents_before

TEXT = "ცნობა\nნინო ბერიძე 01024056789, 100% I50.1"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def find(desk: Desk, *words: str) -> list[int]:
    with desk.store.read() as session:
        lines = list_documents_before(session, DocumentFilter(words=words), None, 10, NOW)
        return [line.document.id for line in lines]


@pytest.fixture
def letters(desk: Desk) -> list[int]:
    """Documents of a file with a certificate of somebody else and a page of ours."""
    reader = PageReader(shelf=READER.shelf, read_text=lambda grey: TEXT)
    (file_id,) = desk.bring(save([scan_foreign_print(), fill_application().scans[0]]))
    commit = read_file(desk.work, file_id, lambda: reader)
    with desk.store.write() as session:
        commit(Act(session, SYSTEM, desk.clock()))
    return find(desk)


def test_a_paper_is_found_by_words_on_it(desk: Desk, letters: list[int]) -> None:
    (found,) = find(desk, "ბერიძე", "01024")
    assert found in letters and len(letters) == 2


@pytest.mark.parametrize("words", [("ბერიძე", "გიორგი"), ("1_0",), ("100%%",)])
def test_all_words_must_stand_on_it_as_they_are(
    desk: Desk, letters: list[int], words: tuple[str, ...]
) -> None:
    assert find(desk, *words) == []
