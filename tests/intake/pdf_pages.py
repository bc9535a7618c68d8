"""Pages of PDF files as the decoder gives them, and what is asked of them."""

import numpy as np
import pytest

from intake.pages import PageImage
from tests.intake.samples import (
    DPI,
    Reader,
    as_array,
    draw_bilevel,
    draw_colour,
    draw_grey,
    flate_image,
    jpeg_image,
)

GREY, COLOUR, BILEVEL = as_array(draw_grey()), as_array(draw_colour()), as_array(draw_bilevel())
JPEG, FLATE = jpeg_image(draw_grey()), flate_image(draw_grey())


def read_only_page(read: Reader, data: bytes) -> PageImage:
    (page,) = read(data)
    return page


def check_pixels(page: PageImage, expected: np.ndarray, dpi: float = DPI) -> None:
    assert page.fault is None
    np.testing.assert_array_equal(page.pixels, expected)
    assert page.dpi == pytest.approx(dpi, rel=0.001)
