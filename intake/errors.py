"""What can be wrong with a file or a page; each with a code and a way forward.

Bad paper is a `PageFault`, a value. Broken machinery is an `IntakeError`.
"""

from dataclasses import dataclass
from enum import StrEnum


class FaultCode(StrEnum):
    """Every reason why intake hands on a page without pixels."""

    MISSING = "missing"
    NO_PERMISSION = "no_permission"
    NOT_A_FILE = "not_a_file"
    READ_ERROR = "read_error"
    EMPTY_FILE = "empty_file"
    FILE_TOO_LARGE = "file_too_large"
    NOT_SUPPORTED = "not_supported"
    ENCRYPTED = "encrypted"
    NO_PAGES = "no_pages"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    OUT_OF_MEMORY = "out_of_memory"
    OUT_OF_TIME = "out_of_time"
    CRASHED = "crashed"


_MESSAGES = {
    FaultCode.MISSING: "The file is not there (any more). Check the name and send it again.",
    FaultCode.NO_PERMISSION: "The file may not be read. Give this program the right to read it.",
    FaultCode.NOT_A_FILE: "This is {what}, not a file. Name the scanned files themselves.",
    FaultCode.READ_ERROR: "The disk or network failed while the file was read{detail}. Try again;"
    " if it stays so, copy the file anew or scan the paper again.",
    FaultCode.EMPTY_FILE: "The file is empty. Send it again or scan the paper again.",
    FaultCode.FILE_TOO_LARGE: "The file has {size_mb} MB; the limit is {limit_mb} MB. Split it, or"
    " scan at 300 dpi in grey.",
    FaultCode.NOT_SUPPORTED: "This is {what}. Send scans as PDF, TIFF, JPEG or PNG.",
    FaultCode.ENCRYPTED: "The PDF opens only with a password. Save it without one and send it"
    " again.",
    FaultCode.NO_PAGES: "The file holds no page. Scan the paper again.",
    FaultCode.TOO_MANY_PAGES: "The file has more than {limit} pages, which is the limit. Split it"
    " into smaller files.",
    FaultCode.TOO_MANY_PIXELS: "The page has {size} pixels; the limit is {limit} million."
    " Scan it at 300 dpi.",
    FaultCode.TRUNCATED: "{what} ends too early: a part of it is missing. Send the file again or"
    " scan the paper again.",
    FaultCode.DAMAGED: "{what} is damaged{detail}. Send the file again or scan the paper again.",
    FaultCode.OUT_OF_MEMORY: "Decoding the page needs more than {limit_mb} MB of memory. Scan it at"
    " 300 dpi in grey.",
    FaultCode.OUT_OF_TIME: "Decoding took longer than {seconds:g} seconds. Scan the paper again as"
    " plain grey images at 300 dpi.",
    FaultCode.CRASHED: "The page made the decoder stop: it is damaged, or needs too much memory."
    " Scan the paper again.",
}


@dataclass(frozen=True, slots=True)
class PageFault:
    """Why one page could not be decoded. A value: its neighbours are read."""

    code: str
    message: str


def describe_fault(code: FaultCode, **facts: object) -> PageFault:
    """Puts a fault into words that say what is wrong and what to do about it."""
    words = {"what": "The page", "detail": "", **facts}
    if words["detail"]:
        words["detail"] = f" ({words['detail']})"
    return PageFault(code.value, _MESSAGES[code].format(**words))


class UnreadableError(Exception):
    """Carries a fault from inside a decoder up to the page or file it belongs to."""

    def __init__(self, code: FaultCode, **facts: object) -> None:
        self.fault = describe_fault(code, **facts)
        super().__init__(self.fault.message)


class DecoderUnavailableError(Exception):
    """The decoding process cannot be started: the machine is at fault, not the paper."""

    code = "decoder_unavailable"
    retry = True
    message = "The page decoder cannot be started. Check free memory and the installation."

    def __init__(self) -> None:
        super().__init__(self.message)
