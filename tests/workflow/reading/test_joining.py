import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.workflow.reading.scans import (
    OTHER_FAMILY,
    SERIAL,
    fill_application,
    save,
    scan,
    scan_empty_sheet,
    scan_foreign_print,
)
from workflow.acts import SYSTEM, Act
from workflow.reading.read_file import read_file
from workflow.store.documents import find_document, list_version_pages
from workflow.store.models.families import CaseState, FamilyCase, IssuedPrint
from workflow.store.models.paper import DocumentState
from workflow.store.session import open_store


def sides(desk, document, version: int = -1) -> list[tuple[int, bool]]:
    """Page numbers of a version, and which of them are repeats."""
    with desk.store.read() as session:
        chosen = find_document(session, document.id).versions[version]
        return [(p.page.page, p.repeated) for p in list_version_pages(session, chosen.id)]


def test_pages_of_a_numbered_copy_join_across_batches_in_any_order(desk):
    (first,) = desk.read(scan(2, serial=SERIAL))
    (second,) = desk.read(scan(1, serial=SERIAL))
    assert second.id == first.id
    assert [version.number for version in second.versions] == [1, 2]
    assert sides(desk, second) == [(2, False), (1, False)]
    assert desk.load(second).missing == ()
    assert desk.load(second, version=0).missing == ((1, 1),)


def test_every_version_is_checked_by_itself(desk):
    desk.read(scan(2, serial=SERIAL))
    (document,) = desk.read(scan(1, serial=SERIAL))
    assert desk.steps(f"document:{document.id}") == ["check_document", "check_document"]


def test_numbered_copies_in_one_file_stay_apart(desk):
    pages = fill_application(serial=SERIAL).scans, fill_application(OTHER_FAMILY, 12).scans
    documents = desk.read(save([side for pair in zip(*pages, strict=True) for side in pair]))
    assert [document.serial for document in documents] == [SERIAL, 12]
    assert all(len(sides(desk, document)) == 2 for document in documents)


def test_plain_pages_of_two_files_stay_apart(desk):
    assert len(desk.read(scan(1), scan(2))) == 2


def test_a_plain_page_joins_the_document_that_a_person_names(desk):
    (document,) = desk.read(scan(1))
    (same,) = desk.read(scan(2), for_document=document.id)
    assert same.id == document.id and sides(desk, same) == [(1, False), (2, False)]


def test_a_named_document_takes_the_new_scan_in_place_of_the_first(desk):
    (document,) = desk.read(scan(1, 2))
    (same,) = desk.read(scan(2, level=2), for_document=document.id)
    assert sides(desk, same) == [(1, False), (2, False)]
    newest = desk.load(same).pages[1]
    assert newest != desk.load(same, version=0).pages[1]


def test_the_serial_on_the_paper_is_believed_before_the_person(desk):
    (named,) = desk.read(scan(1))
    (document,) = desk.read(scan(2, serial=SERIAL), for_document=named.id)
    assert document.id != named.id


def test_a_second_scan_that_says_the_same_is_a_repeat_and_troubles_nobody(desk):
    desk.read(scan(1, 2, serial=SERIAL))
    (document,) = desk.read(save(fill_application(serial=SERIAL).scans[1:], "png"))
    assert len(document.versions) == 1
    assert sides(desk, document) == [(1, False), (2, False), (2, True)]
    assert desk.steps(f"document:{document.id}") == ["check_document"]


def test_a_second_scan_that_reads_differently_is_a_repeat_to_be_looked_at(desk):
    desk.read(scan(1, 2, seed=7, serial=SERIAL))
    (document,) = desk.read(scan(2, seed=7, serial=SERIAL, level=2))
    assert [version.number for version in document.versions] == [1, 2]
    assert sides(desk, document) == [(1, False), (2, False), (2, True)]
    assert desk.steps(f"document:{document.id}") == ["check_document", "check_document"]


def test_a_repeat_of_a_paper_that_was_decided_on_troubles_nobody(desk):
    (document,) = desk.read(scan(1, 2, serial=SERIAL))
    desk.set_state(document, DocumentState.AUTHORISED)
    desk.read(scan(2, serial=SERIAL, level=2))
    assert desk.steps(f"document:{document.id}") == ["check_document"]
    assert sides(desk, document)[-1] == (2, True)


@pytest.mark.parametrize("state", [DocumentState.RESCAN, DocumentState.RETURNED])
def test_a_scan_that_was_waited_for_counts(desk, state):
    (document,) = desk.read(scan(1, 2, serial=SERIAL))
    desk.set_state(document, state)
    (same,) = desk.read(scan(2, serial=SERIAL, level=2))
    assert len(same.versions) == 2 and sides(desk, same) == [(1, False), (2, False)]


def test_a_changed_paper_is_a_new_version_that_keeps_the_other_pages(desk):
    (document,) = desk.read(scan(1, 2, serial=SERIAL))
    (same,) = desk.read(scan(2, seed=OTHER_FAMILY, serial=SERIAL))
    before, after = desk.load(same, version=0), desk.load(same)
    assert same.id == document.id and after.pages[0] == before.pages[0]
    assert after.fields["members[1].surname"] != before.fields["members[1].surname"]


def test_of_a_changed_paper_the_first_scan_stays_in_sight_as_a_repeat(desk):
    desk.read(scan(1, 2, serial=SERIAL))
    (document,) = desk.read(scan(2, seed=OTHER_FAMILY, serial=SERIAL))
    assert sides(desk, document) == [(1, False), (2, False), (2, True)]


def test_plain_papers_of_many_families_in_one_pile_stay_apart(desk):
    pile = [side for seed in (4, 5, 6, 7) for side in fill_application(seed).scans]
    documents = desk.read(save(pile))
    assert [sides(desk, document) for document in documents] == [[(1, False), (2, False)]] * 4


def test_pages_of_no_form_make_one_document_and_blank_ones_none(desk):
    (document,) = desk.read(save([scan_foreign_print(), scan_empty_sheet(), scan_foreign_print()]))
    assert (document.form, document.state) == (None, DocumentState.RECEIVED)
    assert [page.index for page in desk.load(document).pages] == [0, 2]


def test_a_file_of_blank_pages_makes_no_document(desk):
    assert desk.read(save([scan_empty_sheet()])) == []


def test_a_printed_copy_comes_back_to_its_case(desk, act, people):
    with act() as doing:
        case = FamilyCase(
            family_code="000000017",
            unit_id=people["archivist"].unit_id,
            state=CaseState.ELIGIBLE,
            state_since=doing.now,
            opened_at=doing.now,
            simulated=True,
        )
        doing.session.add(case)
        doing.session.flush()
        doing.session.add(issue_application(case.id, doing.now))
    (document,) = desk.read(scan(1, serial=SERIAL))
    assert document.case_id == case.id


def issue_application(case_id: int, now) -> IssuedPrint:
    return IssuedPrint(
        case_id=case_id,
        form="application",
        edition=fill_application().key.edition,
        serial=SERIAL,
        rows={},
        values={},
        sha256="0" * 64,
        printed_at=now,
        printed_by="operator",
    )


def test_two_files_of_one_paper_read_at_once_end_in_one_document(desk):
    ids = desk.bring(scan(1, serial=SERIAL), scan(2, serial=SERIAL))
    together = threading.Barrier(2)

    def work(file_id: int) -> None:
        with closing(open_store(desk.settings.database_url)) as own:
            commit = read_file(desk.work, file_id)
            together.wait()
            with own.write() as session:
                commit(Act(session, SYSTEM, desk.clock()))

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, ids))
    (document,) = desk.documents_of(ids[0])
    assert sorted(sides(desk, document)) == [(1, False), (2, False)]
    assert [version.number for version in document.versions] == [1, 2]
