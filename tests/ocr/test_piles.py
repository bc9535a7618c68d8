"""Papers about papers: separators, and the covers of batches and attachments."""

from datetime import date
from functools import cache

import pytest

from form_templates import catalog
from form_templates.model import TemplateKey
from ocr.documents import is_divider, join_pages
from ocr.readings import DocumentReading, PageReading, PageStatus
from tests.form_templates.editions import put_edition

COVER, BATCH, SEPARATOR = "attachment_cover", "batch_cover", "separator_sheet"
APPLICATION, DECLARATION = "application", "family_declaration"


@cache
def key_of(form: str) -> TemplateKey:
    return catalog.load(form).key


def pile(*pages: str, file: str = "a.pdf") -> list[PageReading]:
    """Pages of one file: `form` or `form/page`, else what is known of an unnamed one."""
    return [lay(name, index, file) for index, name in enumerate(pages)]


def lay(name: str, index: int, file: str) -> PageReading:
    if name == "blank":
        return PageReading(file, index, PageStatus.BLANK)
    if name == "damaged":
        return PageReading(file, index, PageStatus.UNREADABLE, "truncated")
    if name in UNNAMED:
        return PageReading(file, index, PageStatus.UNIDENTIFIED, name)
    form, _, page = name.partition("/")
    number, serial = (page or "1"), 0
    if "#" in number:
        number, serial = number.split("#")[0], int(number.split("#")[1])
    return PageReading(
        file,
        index,
        PageStatus.READ,
        key=key_of(form),
        page=int(number),
        sheet=1,
        serial=int(serial),
    )


UNNAMED = (
    "no_markers",
    "corners_lost",
    "markers_disagree",
    "title_alone",
    "code_lost",
    "abolished_form",
    "unknown_edition",
    "several_pages",
    "mirrored",
)


def indexes(documents: tuple[DocumentReading, ...]) -> list[tuple[str | None, list[int]]]:
    return [(d.key.form if d.key else None, [p.index for p in d.pages]) for d in documents]


def test_a_separator_parts_plain_papers_of_one_form():
    documents = join_pages(pile(APPLICATION, SEPARATOR, f"{APPLICATION}/2"))
    assert indexes(documents) == [(APPLICATION, [0]), (APPLICATION, [2]), (None, [1])]


def test_a_separator_belongs_to_no_document_and_says_nothing():
    (strays,) = join_pages(pile(SEPARATOR, "blank"))
    assert [is_divider(strays, page) for page in strays.pages] == [True, False]
    assert strays.key is None


def test_a_separator_does_not_part_a_numbered_copy():
    documents = join_pages(pile(f"{APPLICATION}/1#7", SEPARATOR, f"{APPLICATION}/2#7"))
    assert indexes(documents)[0] == (APPLICATION, [0, 2])


def test_a_separator_of_another_file_parts_nothing_here():
    pages = [*pile(APPLICATION), *pile(SEPARATOR, file="b.pdf")]
    pages += [lay(f"{APPLICATION}/2", 1, "a.pdf")]
    assert indexes(join_pages(pages))[0] == (APPLICATION, [0, 1])


def test_papers_of_others_belong_to_the_cover_up_to_the_next_page_with_a_code():
    documents = join_pages(
        pile("no_markers", COVER, "no_markers", "blank", "no_markers", APPLICATION, "no_markers")
    )
    assert indexes(documents) == [(COVER, [1, 2, 4]), (APPLICATION, [5]), (None, [0, 3, 6])]


@pytest.mark.parametrize("reason", ["corners_lost", "markers_disagree", "title_alone"])
def test_what_may_be_foreign_or_the_next_cover_is_the_last_attachment(reason):
    documents = join_pages(pile(COVER, reason, f"{COVER}/2", "no_markers"))
    assert indexes(documents) == [(COVER, [0, 1]), (COVER, [2, 3])]
    documents = join_pages(pile(COVER, reason, "no_markers"))
    assert indexes(documents) == [(COVER, [0, 1]), (None, [2])]


@pytest.mark.parametrize(
    "between", [[], ["no_markers"], ["damaged"], ["no_markers", "code_lost"], [APPLICATION]]
)
def test_the_second_page_of_a_cover_whose_first_is_lost_joins_no_other(between):
    pages = [COVER, f"{COVER}/2", *between, f"{COVER}/2", "no_markers"]
    covers = [d for d in join_pages(pile(*pages)) if d.key and d.key.form == COVER]
    last = len(pages) - 1
    if between:
        assert [page.index for page in covers[1].pages] == [last - 1, last]
        assert (1, 1) in covers[1].missing
    else:
        assert covers[0].pages[-2].status is PageStatus.REPEATED


def test_a_cover_goes_on_with_its_second_page_and_its_empty_back():
    documents = join_pages(pile(COVER, "blank", f"{COVER}/2", "no_markers"))
    assert indexes(documents) == [(COVER, [0, 2, 3]), (None, [1])]


@pytest.mark.parametrize(
    "ours", ["code_lost", "abolished_form", "unknown_edition", "several_pages", "mirrored"]
)
def test_what_may_be_ours_is_no_attachment_and_ends_them(ours):
    documents = join_pages(pile(COVER, ours, "no_markers"))
    assert indexes(documents) == [(COVER, [0]), (None, [1, 2])]


def test_a_page_that_could_not_be_opened_is_no_attachment():
    documents = join_pages(pile(COVER, "damaged", "no_markers"))
    assert indexes(documents) == [(COVER, [0]), (None, [1, 2])]


def test_attachments_do_not_go_over_to_the_next_file():
    documents = join_pages([*pile(COVER), *pile("no_markers", file="b.pdf")])
    assert [len(document.pages) for document in documents] == [1, 1]


def test_each_cover_is_a_document_of_its_own():
    documents = join_pages(pile(COVER, "no_markers", COVER, "no_markers"))
    assert indexes(documents) == [(COVER, [0, 1]), (COVER, [2, 3])]


def test_the_cover_of_an_attachment_parts_plain_papers():
    documents = join_pages(pile(APPLICATION, COVER, "no_markers", f"{APPLICATION}/2"))
    assert indexes(documents) == [(APPLICATION, [0]), (COVER, [1, 2]), (APPLICATION, [3])]


def test_a_numbered_copy_goes_on_behind_the_cover_of_an_attachment():
    documents = join_pages(pile(f"{APPLICATION}/1#7", COVER, "no_markers", f"{APPLICATION}/2#7"))
    assert indexes(documents) == [(APPLICATION, [0, 3]), (COVER, [1, 2])]


def test_a_batch_counts_the_documents_and_pages_under_its_cover():
    documents = join_pages(
        pile("no_markers", BATCH, APPLICATION, f"{APPLICATION}/2", SEPARATOR, COVER, "no_markers")
    )
    (found,) = [d.pile for d in documents if d.pile]
    assert (found.documents, found.pages) == ({APPLICATION: 1, COVER: 1}, 4)


def test_empty_backs_and_separators_are_no_pages_of_a_batch():
    papers = [APPLICATION, f"{APPLICATION}/2", COVER, "blank", "no_markers", "blank"]
    (found,) = [
        d.pile
        for d in join_pages(pile(BATCH, "blank", *papers[:2], SEPARATOR, "blank", *papers[2:]))
        if d.pile
    ]
    assert found.pages == 4


def test_a_batch_ends_at_the_cover_of_the_next():
    pages = pile(BATCH, APPLICATION, "blank", BATCH, DECLARATION, f"{APPLICATION}/2")
    first, second = (d.pile for d in join_pages(pages) if d.pile)
    assert (first.documents, first.pages) == ({APPLICATION: 1}, 1)
    assert (second.documents, second.pages) == ({DECLARATION: 1, APPLICATION: 1}, 2)


def test_papers_of_two_batches_are_never_joined():
    documents = join_pages(pile(BATCH, APPLICATION, BATCH, f"{APPLICATION}/2"))
    assert [(form, at) for form, at in indexes(documents) if form == APPLICATION] == [
        (APPLICATION, [1]),
        (APPLICATION, [3]),
    ]


def test_a_form_of_another_folder_is_joined_by_its_own_template(tmp_path):
    key = TemplateKey(APPLICATION, date(2031, 1, 1))
    put_edition(tmp_path, key, 400)
    page = PageReading("a.pdf", 0, PageStatus.READ, key=key, page=1, sheet=1)
    (document,) = join_pages([page], tmp_path)
    assert document.missing == ((2, 1),)
