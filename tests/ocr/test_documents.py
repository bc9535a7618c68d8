from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from form_templates import catalog
from form_templates.layout import lay_out_page, list_pages
from ocr.documents import join_pages, needed_pages
from ocr.readings import FieldReading, FieldState, PageReading, PageStatus, Reason
from ocr.same_sheet import shows_same_paper

APPLICATION = catalog.load("application")
DECLARATION = catalog.load("family_declaration")
NOWHERE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def fingerprint(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, (60, 42)).astype(np.uint8)


def page(number: int, *, file: str = "a.pdf", index: int = 0, serial: int = 0, paper: int = 1):
    """A page of the application as read from one of several papers."""
    return PageReading(
        file=file,
        index=index,
        status=PageStatus.READ,
        key=APPLICATION.key,
        page=number,
        sheet=1,
        serial=serial,
        fingerprint=fingerprint(10 * paper + number),
    )


def pages_of(document) -> list[tuple[str, int, int]]:
    return [(p.file, p.index, p.page) for p in document.pages]


def test_plain_pages_of_one_file_join_in_any_order():
    (document,) = join_pages([page(2, index=0), page(1, index=1)])
    assert pages_of(document) == [("a.pdf", 0, 2), ("a.pdf", 1, 1)]


def test_plain_pages_of_two_files_stay_apart():
    documents = join_pages([page(1), page(2, file="b.pdf")])
    assert [pages_of(d) for d in documents] == [[("a.pdf", 0, 1)], [("b.pdf", 0, 2)]]


def test_numbered_pages_join_across_files():
    (document,) = join_pages([page(1, serial=9), page(2, file="b.pdf", serial=9)])
    assert pages_of(document) == [("a.pdf", 0, 1), ("b.pdf", 0, 2)]


def test_numbered_pages_of_two_papers_never_mix():
    mixed = [page(1, serial=9), page(1, serial=8), page(2, serial=8), page(2, serial=9)]
    assert [{p.serial for p in d.pages} for d in join_pages(mixed)] == [{9}, {8}]


def test_a_new_first_page_starts_a_new_plain_document():
    papers = [page(1, paper=1), page(2, paper=1), page(1, paper=2), page(2, paper=2)]
    numbered = [PageReading(**{**_fields(p), "index": i}) for p, i in zip(papers, count())]
    assert [len(d.pages) for d in join_pages(numbered)] == [2, 2]


def write(reading: PageReading, number: str) -> PageReading:
    """The same page with an applicant's number in its cells."""
    specs = lay_out_page(APPLICATION, 1, 1).template.fields
    spec = next(f for f in specs if f.id == "applicant_personal_number")
    digits = FieldReading(spec, FieldState.READ, Reason.NONE, number, 0.6, True, NOWHERE)
    more = replace(digits, spec=replace(spec, id="family_code"), value=number[:10])
    return replace(reading, fields=(digits, more))


@pytest.mark.parametrize(
    ("second", "documents"),
    [("53710836806", 1), ("53710836306", 1), ("01024081234", 2)],
    ids=["the same", "a digit misread", "another family"],
)
def test_papers_that_look_alike_from_afar_are_told_apart_by_what_is_written(second, documents):
    papers = [write(page(1), "53710836806"), write(page(1, index=1), second)]
    assert len(join_pages(papers)) == documents


def _fields(reading: PageReading) -> dict:
    return {name: getattr(reading, name) for name in reading.__slots__}


def test_the_same_first_page_scanned_twice_is_a_repeat():
    (document,) = join_pages([page(1), page(1, index=1), page(2, index=2)])
    assert [p.status for p in document.pages] == [
        PageStatus.READ,
        PageStatus.REPEATED,
        PageStatus.READ,
    ]


def test_a_second_page_that_comes_twice_is_a_repeat_even_of_other_ink():
    (document,) = join_pages([page(1), page(2, index=1), page(2, index=2, paper=7)])
    assert document.pages[2].status is PageStatus.REPEATED


def test_pages_of_no_form_make_one_document_at_the_end():
    stray = PageReading("a.pdf", 1, PageStatus.UNIDENTIFIED, "no_markers")
    known, strays = join_pages([stray, page(1)])
    assert known.key == APPLICATION.key and strays.key is None and len(strays.pages) == 1


def test_what_is_missing_is_named():
    (document,) = join_pages([page(1)])
    assert document.missing == ((2, 1),)


def used(name: str) -> FieldReading:
    """A reading of one declaration field that holds something."""
    spec = next(
        f
        for number in list_pages(DECLARATION, {"members": 30})
        for f in lay_out_page(DECLARATION, *number).template.fields
        if f.id == name
    )
    return FieldReading(spec, FieldState.READ, Reason.NONE, "1", 1.0, False, NOWHERE)


@pytest.mark.parametrize(("row", "sheets"), [(1, 0), (2, 0), (3, 1), (5, 2), (23, 11)])
def test_a_family_needs_as_many_income_sheets_as_it_has_members(row, sheets):
    needed = needed_pages(DECLARATION, [used(f"members[{row}].personal_number")])
    income = next(
        number
        for number, _ in list_pages(DECLARATION, {"members": 30})
        if number > 10
        and any(f.question == "C3_01" for f in lay_out_page(DECLARATION, number, 1).template.fields)
    )
    assert len([n for n in needed if n[0] == income]) == sheets


def test_empty_paper_is_never_the_same_paper():
    empty = np.zeros((60, 42), np.uint8)
    assert not shows_same_paper(empty, empty)
    assert shows_same_paper(fingerprint(1), fingerprint(1))
    assert not shows_same_paper(fingerprint(1), fingerprint(2))
