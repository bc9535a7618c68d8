"""How much of the machine one file may take."""

from dataclasses import dataclass

PILLOW_BOMB_PIXELS = 178_000_000
"""Above this Pillow refuses an image by itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What decoding may cost; a page or file beyond it becomes a fault."""

    memory_bytes: int = 1 << 30
    """Address space of the decoding process."""
    page_seconds: float = 20.0
    """Until a page comes, in time and in processor time."""
    file_seconds: float = 600.0
    """Waited for all pages of a file together."""
    page_pixels: int = 100_000_000
    file_pages: int = 500
    file_bytes: int = 512 << 20
    max_dpi: int = 300
    """Images of twice this or more are reduced; PDF pages are drawn at no more."""
    vector_dpi: int = 200
    """For PDF pages that are drawn, not scanned."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be positive, not {getattr(self, name)}")
        if self.page_pixels > PILLOW_BOMB_PIXELS:
            raise ValueError(f"page_pixels must not exceed {PILLOW_BOMB_PIXELS}")
