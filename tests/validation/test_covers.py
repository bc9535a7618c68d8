"""What follows from covers, attachments and papers that are no forms any more."""

from dataclasses import replace

import pytest

from form_templates.abolished import load_abolished
from form_templates.catalog import load
from ocr.pipeline import ABOLISHED, TITLE_ALONE
from ocr.readings import DocumentReading, PageReading, PageStatus, PileContents
from tests.validation.papers import DAY, Plain, read_field, read_paper
from validation.disposition import Disposition, Severity
from validation.documents import validate_document, validate_strays
from validation.findings import Finding
from validation.wording import LANGUAGES, write_message

COVER, BATCH = load("attachment_cover"), load("batch_cover")
FORM = load_abolished()["additional_economic_assessment"]


def page(index: int, status: PageStatus, reason: str = "", detail: str = "") -> PageReading:
    return PageReading("scan.pdf", index, status, reason, detail)


def unnamed(reason: str, detail: str = "", index: int = 1) -> PageReading:
    return page(index, PageStatus.UNIDENTIFIED, reason, detail)


def scan_cover(values: dict[str, Plain], *behind: PageReading) -> DocumentReading:
    """The cover of an attachment with what was scanned behind it."""
    first = replace(page(0, PageStatus.READ), key=COVER.key, page=1, sheet=1)
    return replace(read_paper(COVER, values), pages=(first, *behind))


def scan_batch(values: dict[str, Plain], pile: PileContents | None) -> DocumentReading:
    return replace(read_paper(BATCH, values), pile=pile)


def find(document: DocumentReading, *codes: str) -> list[Finding]:
    template = COVER if document.key == COVER.key else BATCH
    return [f for f in validate_document(template, document, DAY).findings if f.code in codes]


def test_an_attachment_is_named_and_nothing_follows():
    (found,) = find(scan_cover({}, unnamed("no_markers")), "attachment_page", "page_unidentified")
    assert (found.code, found.severity) == ("attachment_page", Severity.INFO)
    assert found.consequence is Disposition.ACCEPTED


@pytest.mark.parametrize("reason", ["corners_lost", "markers_disagree"])
def test_what_may_be_ours_among_attachments_is_looked_at(reason):
    (found,) = find(scan_cover({}, unnamed(reason)), "attachment_page", "page_unidentified")
    assert (found.code, found.consequence) == ("page_unidentified", Disposition.NEEDS_REVIEW)


def test_a_copy_of_one_of_our_forms_among_attachments_is_looked_at():
    title = COVER.label("title")
    (found,) = find(scan_cover({}, unnamed(TITLE_ALONE, title)), "page_printed_elsewhere")
    assert found.consequence is Disposition.NEEDS_REVIEW
    assert all(title in write_message(found, language) for language in LANGUAGES)


BACKS, DIFFER = "attachment_backs_unsure", "attachment_sheets_differ"


@pytest.mark.parametrize(
    ("stated", "pages", "told"),
    [
        *((2, 2, []), (0, 0, [])),
        *((2, 3, [BACKS]), (2, 4, [BACKS])),
        *((2, 1, [DIFFER]), (2, 5, [DIFFER]), (0, 1, [DIFFER])),
    ],
)
def test_a_person_looks_unless_each_sheet_is_one_page(stated, pages, told):
    behind = [unnamed("no_markers", index=index) for index in range(1, pages + 1)]
    found = find(scan_cover({"sheet_count": stated}, *behind), BACKS, DIFFER)
    assert [f.code for f in found] == told
    assert {(f.field, f.consequence) for f in found} <= {
        ("sheet_count", Disposition.NEEDS_REVIEW),
    }


def test_a_count_that_is_in_doubt_is_not_compared():
    doubtful = read_field(COVER, "sheet_count", 9, review=True)
    document = replace(scan_cover({}), fields={"sheet_count": doubtful})
    assert find(document, "attachment_sheets_differ") == []


def test_a_batch_that_holds_what_its_cover_says_is_in_order():
    stated = {"count_application": 2, "count_monitor_visit": ""}
    stated |= {"total_documents": 2, "total_sheets": 4}
    pile = PileContents({"application": 2}, pages=4)
    assert find(scan_batch(stated, pile), "batch_documents_differ", "batch_sheets_differ") == []


@pytest.mark.parametrize(("pages", "fits"), [(4, True), (3, False), (5, False), (8, False)])
def test_a_batch_has_a_page_a_sheet_or_is_worth_a_look(pages, fits):
    pile = PileContents({}, pages)
    found = find(scan_batch({"total_sheets": 4}, pile), "batch_sheets_differ")
    assert [f.field for f in found] == ([] if fits else ["total_sheets"])


def test_every_count_that_does_not_fit_is_told_with_both_numbers():
    stated = {"count_application": 2, "count_monitor_visit": "", "count_family_declaration": 1}
    stated |= {"total_documents": 3, "total_sheets": 9}
    pile = PileContents({"application": 2, "monitor_visit": 1, "separator_sheet": 0}, pages=8)
    found = find(scan_batch(stated, pile), "batch_documents_differ", "batch_sheets_differ")
    assert {(f.field, f.parameters["stated"], f.parameters["found"]) for f in found} == {
        ("count_monitor_visit", "0", "1"),
        ("count_family_declaration", "1", "0"),
        ("total_sheets", "9", "8"),
    }
    assert {f.consequence for f in found} == {Disposition.NEEDS_REVIEW}


def test_a_batch_of_which_the_file_is_not_known_is_not_counted():
    assert find(scan_batch({"total_documents": 7}, None), "batch_documents_differ") == []


def test_an_abolished_form_is_refused_by_name_with_its_act():
    page_of_old = unnamed(ABOLISHED, FORM.id)
    checked = validate_strays(DocumentReading(None, 0, (page_of_old,)), DAY)
    (found,) = checked.findings
    assert (found.code, found.law, found.severity) == (ABOLISHED, FORM.law, Severity.FAULT)
    assert checked.disposition is Disposition.REJECT and found.assumed is FORM.assumed
    for language in LANGUAGES:
        assert FORM.titles[0] in write_message(found, language)


def test_a_page_of_an_abolished_form_that_nobody_knows_any_more_is_unidentified():
    checked = validate_strays(DocumentReading(None, 0, (unnamed(ABOLISHED, "older"),)), DAY)
    assert [f.code for f in checked.findings] == ["page_unidentified"]


def test_a_page_that_fits_two_editions_names_both_and_is_looked_at():
    strays = DocumentReading(None, 0, (unnamed("edition_unsure", "visit/2020-01-01, visit/2024"),))
    (found,) = validate_strays(strays, DAY).findings
    assert (found.code, found.consequence) == ("edition_unsure", Disposition.NEEDS_REVIEW)
    for language in LANGUAGES:
        assert "visit/2020-01-01, visit/2024" in write_message(found, language)


def test_nothing_follows_from_a_separator():
    separator = replace(page(0, PageStatus.READ), key=load("separator_sheet").key, page=1, sheet=1)
    checked = validate_strays(DocumentReading(None, 0, (separator,)), DAY)
    assert checked.findings == () and checked.disposition is Disposition.ACCEPTED
