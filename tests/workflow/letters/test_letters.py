import io
import re
from datetime import date, timedelta
from functools import cache

import pypdf
import pypdfium2
import pytest

from workflow.letters.composing import compose
from workflow.letters.loading import find_placeholders, list_letters, load_letter, load_sample
from workflow.letters.printing import print_letter, print_sample
from workflow.letters.words import load_words

NAMES = list_letters()
NEEDED = {
    "families_to_assess",
    "families_to_recheck",
    "journal_7",
    "receipt_certificate",
    "score_extract",
    "notice_duplicate",
    "notice_lapse",
    "notice_rejection",
    "notice_return",
    "correction_order",
    "cleaning_list",
    "duplicates_list",
    "visit_packet",
}
SIMULATED = load_words().words["simulated"]
DEMONSTRATION = load_letter("score_extract").wording.texts["demonstration"]


@cache
def sample_of(name: str) -> bytes:
    return print_sample(load_letter(name))


def read_pages(document: bytes) -> list[str]:
    """The words of each page, blanks of every kind made one, hyphens of broken words gone."""
    with pypdfium2.PdfDocument(document) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    return [" ".join(re.sub("[\ufffe\x02]", "", text).split()) for text in texts]


def print_with(name: str, **values: object) -> str:
    letter = load_letter(name)
    return " ".join(read_pages(print_letter(letter, load_sample(letter) | values)))


def list_rows(name: str, table: str, count: int) -> list[object]:
    (row, *_) = load_sample(load_letter(name))[table]  # type: ignore[misc]
    return [{**row, "family_code": f"{number:010d}"} for number in range(1, count + 1)]


def test_every_paper_that_the_agency_prints_is_there():
    assert set(NAMES) == NEEDED


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_a_sample_says_what_it_is_and_where_it_ends(name):
    pages = read_pages(sample_of(name))
    for number, text in enumerate(pages, start=1):
        assert SIMULATED in text
        assert f"{load_words().words['page']} {number} / {len(pages)}" in text
        assert load_letter(name).wording.title in text


@pytest.mark.parametrize("name", NAMES)
def test_the_same_values_give_the_same_bytes(name):
    assert print_sample(load_letter(name)) == sample_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_is_an_archive_pdf_dated_by_its_own_day(name):
    pdf = pypdf.PdfReader(io.BytesIO(sample_of(name)))
    day = load_sample(load_letter(name))["day"]
    assert isinstance(day, date)
    xmp = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert pdf.metadata is not None
    assert f"{day:%Y%m%d}" in str(pdf.metadata["/CreationDate"])
    assert pdf.metadata.title == load_letter(name).wording.title


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_cites_its_law_and_says_nothing_that_its_layout_leaves_out(name):
    letter = load_letter(name)
    layout = letter.layout.read_text(encoding="utf-8")
    contact = {"unit_address", "unit_phone"} if "#contact()" in layout else set()
    said = set(re.findall(r"[\w]+", layout)) | contact
    assert set(letter.wording.texts) <= said
    assert set(letter.wording.labels) <= said
    assert letter.law and letter.wording.act


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_a_sample_is_printed(name):
    letter = load_letter(name)
    values = load_sample(letter)
    text = re.sub(r"[\s-]", "", "".join(read_pages(sample_of(name))))
    tables = [values[spec.id] for spec in letter.values if spec.id in values and spec.columns]
    cells = [value for rows in tables for row in rows for value in row.values()]  # type: ignore[attr-defined]
    texts = [v for v in [*values.values(), *cells] if isinstance(v, str)]
    said = [v for v in texts if not re.fullmatch(r"[a-z_0-9]+|\d+\.\d\d", v)]
    missing = {word for value in said for word in re.split(r"[\s-]+", value) if word not in text}
    assert said and missing == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_without_what_may_be_missing_is_printed_too(name):
    letter = load_letter(name)
    given = load_sample(letter)
    optional = {spec.id for spec in letter.values if not spec.required}
    few = {key: value for key, value in given.items() if key not in optional}
    assert read_pages(print_letter(letter, few))


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_with_real_values_does_not_call_them_simulated(name):
    letter = load_letter(name)
    assert SIMULATED not in " ".join(read_pages(print_letter(letter, load_sample(letter))))


def test_a_long_list_repeats_its_head_on_every_page():
    rows = list_rows("families_to_assess", "families", 100)
    letter = load_letter("families_to_assess")
    pages = read_pages(print_letter(letter, load_sample(letter) | {"families": rows}))
    head = letter.wording.columns["families"]["reason"]
    listed = [page for page in pages if re.search(r"\b00000\d{5}\b", page)]
    assert len(listed) > 5 and all(head in page for page in listed)
    found = re.findall(r"\b0000000\d{3}\b", " ".join(pages))
    assert found == [f"{number:010d}" for number in range(1, 101)]


def test_a_score_of_the_demonstration_says_so_beside_the_score():
    assert DEMONSTRATION in print_with("score_extract", official=False)
    assert DEMONSTRATION not in print_with("score_extract", official=True)


def test_a_suspension_is_told_only_to_whom_it_meets():
    said = load_letter("notice_duplicate").wording.texts["suspended"]
    assert said in print_with("notice_duplicate", allowance_suspended=True)
    assert said not in print_with("notice_duplicate", allowance_suspended=False)


def test_what_was_not_supplied_differs_from_what_was_not_found():
    words = load_words().words
    assert words["none_found"] in print_with("visit_packet", movables=[])
    without = print_with("visit_packet", movables=None)
    assert words["not_supplied"] in without and words["none_found"] not in without


@pytest.mark.parametrize(
    ("letters", "seen"), [("\u10f0\u10d0", "\u10f0"), ("\u10f0\u10f0", "\u10f0"), ("Qx", "Q")]
)
def test_a_name_longer_than_its_column_stays_in_it(letters, seen):
    rows = [
        {**row, "applicant": letters * 16} for row in list_rows("families_to_assess", "families", 3)
    ]
    letter = load_letter("families_to_assess")
    document = print_letter(letter, load_sample(letter) | {"families": rows})
    address = letter.wording.columns["families"]["address"]
    with pypdfium2.PdfDocument(document) as pdf:
        text = pdf[0].get_textpage()
        index, count = text.search(address).get_next()
        edge = text.get_charbox(index)[0]
        spots = [n for n in range(text.count_chars()) if text.get_text_range(n, 1) == seen]
        rights = [text.get_charbox(n)[2] for n in spots]
    assert len(rights) >= 3 * 16 and count and max(rights) < edge


def test_days_stand_in_a_sentence_in_their_grammatical_case():
    letter = load_letter("receipt_certificate")
    values = {**load_sample(letter)}
    spoken = compose(letter, values, "")["text"]
    months = load_words().months
    assert isinstance(spoken, dict)
    assert f"2\u00a0{months['dative'][10]}" in spoken["body"]
    assert f"3\u00a0{months['genitive'][10]}" in spoken["entry"]
    assert all(len(names) == 12 for names in months.values())


def test_a_sentence_about_a_missing_value_is_left_out():
    letter = load_letter("receipt_certificate")
    values = load_sample(letter)
    told = compose(letter, values, "")["text"]
    silent = compose(letter, {k: v for k, v in values.items() if k != "visit_due"}, "")["text"]
    assert isinstance(told, dict) and isinstance(silent, dict)
    assert told.keys() - silent.keys() == {"visit"}


def test_a_notice_names_every_ground_of_its_protocol():
    grounds = ["papers_missing", "absent"]
    printed = print_with("notice_lapse", grounds=grounds)
    wordings = load_letter("notice_lapse").wording.choices["grounds"]
    squeezed = re.sub(r"[\s-]", "", printed)
    assert all(re.sub(r"[\s-]", "", wordings[ground]) in squeezed for ground in grounds)


def test_a_certificate_is_never_given_for_cancelling_a_registration():
    (reason,) = (s for s in load_letter("receipt_certificate").values if s.id == "reason")
    assert set(reason.choices) == {"first_registration", "reassessment"}


def test_the_notice_of_a_duplicate_has_no_place_for_the_other_family():
    ids = {spec.id for spec in load_letter("notice_duplicate").values}
    assert not any("other" in id_ for id_ in ids)


def test_a_corrected_paper_is_due_on_the_day_that_was_given():
    due = date(2026, 11, 30) + timedelta(days=1)
    month = load_words().months["genitive"][11]
    assert f"1 {month}" in print_with("notice_return", due=due)
    assert "due" in dict(find_placeholders(load_letter("notice_return").wording.texts["due"]))
