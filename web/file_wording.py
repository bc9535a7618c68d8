"""Why a file or a page cannot be read, and what the sender can do about it."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from intake.errors import FaultCode
from web.fault_wording import FAULTS, UNEXPECTED, FaultWords

_SCAN_AGAIN = _("Scan the paper again, or send the file again.")
_TELL = _("Tell the administrator.")

FILE_FAULTS: dict[str, FaultWords] = {
    FaultCode.MISSING: FaultWords(_("The file is not there"), _("Send it again.")),
    FaultCode.NO_PERMISSION: FaultWords(_("The file may not be opened"), _TELL),
    FaultCode.NOT_A_FILE: FaultWords(
        _("This is not a file"), _("Put the scanned files themselves into the folder.")
    ),
    FaultCode.READ_ERROR: FaultWords(_("The disk failed while the file was read"), _TELL),
    FaultCode.EMPTY_FILE: FaultWords(_("The file is empty"), _SCAN_AGAIN),
    FaultCode.FILE_TOO_LARGE: FaultWords(
        _("The file is too large"), _("Split it, or scan at 300 dpi in grey.")
    ),
    FaultCode.NOT_SUPPORTED: FaultWords(
        _("This kind of file cannot be read"), _("Send scans as PDF, TIFF, JPEG or PNG.")
    ),
    FaultCode.ENCRYPTED: FaultWords(
        _("The PDF opens only with a password"), _("Save it without one and send it again.")
    ),
    FaultCode.NO_PAGES: FaultWords(_("The file holds no page"), _SCAN_AGAIN),
    FaultCode.TOO_MANY_PAGES: FaultWords(
        _("The file has too many pages"), _("Split it into smaller files.")
    ),
    FaultCode.TOO_MANY_PIXELS: FaultWords(
        _("The page has too many pixels"), _("Scan it at 300 dpi.")
    ),
    FaultCode.TRUNCATED: FaultWords(_("A part of the file is missing"), _SCAN_AGAIN),
    FaultCode.DAMAGED: FaultWords(_("The file is damaged"), _SCAN_AGAIN),
    FaultCode.OUT_OF_MEMORY: FaultWords(
        _("The page needs too much memory"), _("Scan it at 300 dpi in grey.")
    ),
    FaultCode.OUT_OF_TIME: FaultWords(
        _("Opening the page takes too long"), _("Scan it again, in plain grey at 300 dpi.")
    ),
    FaultCode.CRASHED: FaultWords(_("The page is damaged"), _SCAN_AGAIN),
}
"""Code of the fault -> words."""

_FOLDER_FAULTS: dict[str, FaultWords] = {
    "inbox_read_only": FaultWords(
        _("The file may not be removed from the folder"), _("Give the program the right to it.")
    ),
    "not_removed": FaultWords(
        _("The file came in, and could not be removed from the folder"),
        _("Remove it by hand; it will not come in twice."),
    ),
    "not_found": FaultWords(
        _("The folder has the name of no unit"), _("Name it by the code of a unit.")
    ),
}

_PAGES: dict[str, LazyString] = {
    "blank": _("Nothing is on it."),
    "unidentified": _("It belongs to no known form."),
    "attachment": _("It is kept with this cover."),
    "unreadable": _("It cannot be read. Scan the paper again."),
}


def word_file_fault(code: str | None) -> FaultWords:
    """Why a file cannot be opened."""
    return FILE_FAULTS.get(code or "", UNEXPECTED)


def word_trouble(code: str) -> FaultWords:
    """Why a file stays in the watched folder."""
    return {**FAULTS, **FILE_FAULTS, **_FOLDER_FAULTS}.get(code, UNEXPECTED)


def word_page_fault(status: str, reason: str) -> LazyString | str:
    """Why a page became part of no document."""
    words = FILE_FAULTS.get(reason)
    return words.title if words else _PAGES.get(status, status)
