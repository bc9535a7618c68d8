import pytest

from ocr.readings import PageStatus
from tests.workflow.reading.scans import fill_application, save, scan
from workflow.acts import SYSTEM, Act
from workflow.contents import ContentStore
from workflow.errors import LeaseLost, OriginalLost
from workflow.jobs.work import Work
from workflow.reading.read_file import read_file
from workflow.reception.batches import RepeatChoice, choose_repeat
from workflow.store.batches import find_file
from workflow.store.models.paper import FileState


def test_a_file_becomes_pages_fields_and_a_document_to_be_checked(desk):
    (file_id,) = desk.bring(scan(1, 2))
    desk.run(file_id)
    (document,) = desk.documents_of(file_id)
    pages = desk.pages_of(file_id)
    assert desk.file(file_id).state == FileState.READ
    assert [(p.page, p.status, p.width_px is not None) for p in pages] == [
        (1, "read", True),
        (2, "read", True),
    ]
    assert (document.form, document.state, document.current.number) == (
        "application",
        "received",
        1,
    )
    assert desk.steps(f"document:{document.id}") == ["check_document"]


def test_the_trail_tells_what_was_read(desk):
    desk.read(scan(1, 2))
    assert desk.trail()[-3:] == [
        "file:read",
        "document:create",
        "document:version",
    ]


def test_a_file_that_cannot_be_opened_is_faulty_and_stops_no_other(desk):
    broken, whole = desk.bring(b"%PDF-1.7 nothing", scan(1, 2))
    for file_id in (broken, whole):
        desk.run(file_id)
    assert (desk.file(broken).state, desk.file(whole).state) == (FileState.FAULTY, FileState.READ)
    assert desk.file(broken).fault_code and desk.file(broken).fault_detail
    assert len(desk.documents_of(whole)) == 1


def test_an_empty_file_is_faulty_and_says_so(desk):
    (file_id,) = desk.bring(b"")
    desk.run(file_id)
    assert desk.file(file_id).fault_code == "empty_file"
    assert desk.documents_of(file_id) == []


def test_a_page_that_cannot_be_decoded_stops_no_other(desk):
    content = save(fill_application().scans, "tiff")
    cut = content[: len(content) * 3 // 4]
    (file_id,) = desk.bring(cut)
    desk.run(file_id)
    statuses = [page.status for page in desk.pages_of(file_id)]
    assert statuses[0] == PageStatus.READ and PageStatus.UNREADABLE in statuses


def test_reading_twice_has_one_effect(desk):
    (file_id,) = desk.bring(scan(1))
    late = read_file(desk.work, file_id)
    desk.run(file_id)
    with desk.store.write() as session:
        late(Act(session, SYSTEM, desk.clock()))
    desk.run(file_id)
    assert len(desk.pages_of(file_id)) == 1


def test_a_file_set_aside_meanwhile_is_not_read(desk, act, people):
    _, repeat = desk.bring(scan(1), scan(1))
    with act(people["archivist"]) as doing:
        choose_repeat(doing, repeat, RepeatChoice.READ)
    commit = read_file(desk.work, repeat)
    with desk.store.write() as session:
        find_file(session, repeat).state = FileState.SET_ASIDE
    with desk.store.write() as session:
        commit(Act(session, SYSTEM, desk.clock()))
    assert desk.pages_of(repeat) == []


def test_the_lease_is_kept_page_by_page_and_a_lost_one_stops_the_work(desk):
    (file_id,) = desk.bring(scan(1, 2))
    signs = []

    def lose_at_second() -> None:
        signs.append(1)
        if len(signs) == 2:
            raise LeaseLost

    with pytest.raises(LeaseLost):
        read_file(Work(desk.store, desk.settings, lose_at_second), file_id)
    assert desk.file(file_id).state == FileState.WAITING


def test_an_original_that_is_gone_is_no_fault_of_the_paper(desk):
    (file_id,) = desk.bring(scan(1))
    path = ContentStore(desk.settings.originals).path(desk.file(file_id).sha256)
    path.rename(path.with_suffix(".lost"))
    with pytest.raises(OriginalLost):
        desk.run(file_id)
    assert desk.file(file_id).state == FileState.WAITING
    path.with_suffix(".lost").rename(path)
    desk.run(file_id)
    assert desk.file(file_id).state == FileState.READ
