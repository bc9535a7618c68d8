"""What to tell whoever stands at the scanner: whether to scan again, why, and how."""

from dataclasses import dataclass

from ocr.feeding import FeedTrouble, Number
from ocr.quality import NOTES
from ocr.readings import PageReading, PageStatus
from validation.wording import load_wording

_NOT_READ = {
    PageStatus.UNREADABLE: "page_unreadable",
    PageStatus.UNIDENTIFIED: "page_unidentified",
}


@dataclass(frozen=True, slots=True)
class ScanAdvice:
    """What one scanned page calls for."""

    again: bool
    """Whether the paper has to be scanned again."""
    text: str
    """Whether, and why."""
    ways: tuple[str, ...] = ()
    """What to do about it, one a problem."""


def advise_scan(page: PageReading, language: str = "en") -> ScanAdvice:
    """Judge the scan of one page, in words of a language."""
    words = load_wording(language).scans
    if page.status in _NOT_READ:
        return ScanAdvice(page.status is PageStatus.UNREADABLE, words[_NOT_READ[page.status]])
    if page.status is PageStatus.BLANK:
        return ScanAdvice(False, words["page_blank"])
    problems = page.quality.problems if page.quality else ()
    if not problems:
        return ScanAdvice(False, words["good"])
    again = bool(set(problems) - NOTES)
    named = load_wording(language).spell_out({"problems": problems})
    text = words["again" if again else "noted"].format(**named)
    return ScanAdvice(again, text, tuple(dict.fromkeys(words[code] for code in problems)))


def describe_feed(trouble: FeedTrouble, language: str = "en") -> str:
    """What the feeder did wrong, in words of a language; people count scans from 1."""
    return (
        load_wording(language)
        .scans[trouble.fault.value]
        .format(
            file=trouble.file,
            after=trouble.after + 1,
            at=trouble.at + 1,
            pages=", ".join(_name_page(number, language) for number in trouble.pages),
        )
    )


def _name_page(number: Number, language: str) -> str:
    page, sheet = number
    words = load_wording(language).scans
    return words["page" if sheet == 1 else "page_and_sheet"].format(page=page, sheet=sheet)
