import numpy as np
import pytest

from form_templates.catalog import load
from form_templates.fitting import LayoutFault
from form_templates.printing import render_page
from ocr.packing import pack_picture
from ocr.references import ReferenceShelf

FORM = load("assignment_statement")


@pytest.mark.parametrize("shape", [(1, 1), (7, 5), (16, 16), (2376, 1680)])
@pytest.mark.parametrize("share", [0.0, 0.01, 1.0])
def test_a_packed_picture_comes_out_as_it_was(shape: tuple[int, int], share: float) -> None:
    rng = np.random.default_rng(1)
    grey = rng.integers(0, 256, shape, np.uint8)
    picture = np.where(rng.random(shape) < share, grey, 255).astype(np.uint8)
    np.testing.assert_array_equal(pack_picture(picture).unpack(), picture)


def test_the_blanks_of_a_shelf_are_the_pages_as_printed() -> None:
    shelf = ReferenceShelf(most=1)
    printed = render_page(FORM, 1, 1)
    for _ in range(2):
        reference = shelf.find(FORM, 1, 1)
        np.testing.assert_array_equal(reference.blank, printed)
        assert reference.page.page == 1


def test_a_kept_blank_takes_less_than_half_the_memory_of_its_picture() -> None:
    printed = render_page(FORM, 1, 1)
    packed = pack_picture(printed)
    assert packed.runs.nbytes + packed.printed.nbytes < printed.nbytes / 2


def test_a_page_that_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(LayoutFault):
        ReferenceShelf().find(FORM, 30, 1)
