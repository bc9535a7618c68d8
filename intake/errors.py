"""What can be wrong with a file or a page; each with a code and a way forward."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageFault:
    """Why one page could not be decoded. A value: its neighbours are read."""

    code: str
    message: str
