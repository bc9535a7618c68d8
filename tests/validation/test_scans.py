from datetime import date

import pytest

from form_templates.model import TemplateKey
from ocr.feeding import FeedFault, FeedTrouble
from ocr.quality import PROBLEMS
from ocr.readings import PageReading, PageStatus, Quality
from validation.scans import advise_scan, describe_feed
from validation.wording import LANGUAGES, load_wording

KEY = TemplateKey("application", date(2010, 5, 21))


def show(*problems: str) -> PageReading:
    quality = Quality(200.0, 0.1, 0.2, 0.9, 4, problems)
    return PageReading("a.pdf", 2, PageStatus.READ, key=KEY, page=1, sheet=1, quality=quality)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_name_and_a_way_in_every_language(language: str) -> None:
    assert set(PROBLEMS) <= set(load_wording(language).words)
    assert set(PROBLEMS) | {f.value for f in FeedFault} <= set(load_wording(language).scans)


def test_both_languages_say_the_same_and_the_georgian_is_georgian() -> None:
    english, georgian = load_wording("en").scans, load_wording("ka").scans
    assert set(english) == set(georgian)
    for code, text in georgian.items():
        assert any("\u10d0" <= letter <= "\u10f0" for letter in text), code
        assert text.count("{") == english[code].count("{"), code


def test_a_good_scan_calls_for_nothing() -> None:
    advice = advise_scan(show())
    assert (advice.again, advice.text, advice.ways) == (False, "Well scanned.", ())


def test_a_scan_that_lost_ink_is_to_be_made_again_and_says_why_and_how() -> None:
    advice = advise_scan(show("ink_lost", "blurred"))
    assert advice.again
    assert advice.text.startswith("Scan again, because: pale print is missing")
    assert "blurred" in advice.text
    assert len(advice.ways) == 2


@pytest.mark.parametrize("problem", ["corner_lost", "skewed"])
def test_what_does_no_harm_is_only_worth_knowing(problem: str) -> None:
    advice = advise_scan(show(problem))
    assert not advice.again
    assert advice.text.startswith("Worth knowing")


@pytest.mark.parametrize(
    ("status", "again"),
    [(PageStatus.UNREADABLE, True), (PageStatus.UNIDENTIFIED, False), (PageStatus.BLANK, False)],
)
def test_a_page_that_was_not_measured_is_judged_by_what_became_of_it(
    status: PageStatus, again: bool
) -> None:
    advice = advise_scan(PageReading("a.pdf", 0, status), "ka")
    assert advice.again is again
    assert advice.text in load_wording("ka").scans.values()


def test_a_double_feed_names_the_scans_and_the_pages_that_lack() -> None:
    trouble = FeedTrouble(FeedFault.DOUBLE_FEED, "a.pdf", 1, 2, ((3, 1), (4, 2)))
    assert describe_feed(trouble) == (
        "Between scans 2 and 3 of a.pdf sheets were drawn in together: page 3, page 4, sheet 2"
        " of this copy came through nowhere. Feed them again."
    )
