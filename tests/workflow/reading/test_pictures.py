import cv2
import numpy as np
import pytest

from tests.workflow.reading.scans import fill_application, save, scan, turn
from workflow.errors import NotFound
from workflow.reading.pictures import crop_field, find_page_picture, shrink_page
from workflow.store.documents import list_readings


def decode(content: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)


def find_reading_id(desk, file_id: int, field: str) -> int:
    with desk.store.read() as session:
        pages = [page.id for page in desk.pages_of(file_id)]
        return next(r.id for r in list_readings(session, pages) if r.field == field)


def crop(desk, file_id: int, field: str, margin_mm: float = 3.0) -> np.ndarray:
    reading_id = find_reading_id(desk, file_id, field)
    with desk.store.read() as session:
        return decode(crop_field(desk.settings, session, reading_id, margin_mm))


@pytest.fixture
def file_id(desk) -> int:
    (file_id,) = desk.bring(scan(1, 2))
    desk.run(file_id)
    return file_id


def test_a_small_picture_shows_the_same_page(desk, file_id):
    page = desk.pages_of(file_id)[0]
    with desk.store.read() as session:
        whole = find_page_picture(desk.settings, session, page.id).read_bytes()
        content = shrink_page(desk.settings, session, page.id)
    small = decode(content)
    assert small.shape[1] >= 240
    assert len(content) < len(whole) / 10
    again = cv2.resize(decode(whole), small.shape[::-1], interpolation=cv2.INTER_AREA)
    assert np.corrcoef(again.ravel(), small.ravel())[0, 1] > 0.9


def test_a_page_has_a_picture_of_its_own_size(desk, file_id):
    page = desk.pages_of(file_id)[1]
    with desk.store.read() as session:
        path = find_page_picture(desk.settings, session, page.id)
    picture = decode(path.read_bytes())
    assert picture.shape == (page.height_px, page.width_px)


@pytest.mark.parametrize("damage", ["removed", "emptied"])
def test_a_picture_that_is_lost_is_made_anew_from_the_original(desk, file_id, damage):
    before = crop(desk, file_id, "applicant_surname")
    for path in desk.settings.pictures.rglob("*.jpg"):
        path.unlink() if damage == "removed" else path.write_bytes(b"")
    assert np.array_equal(crop(desk, file_id, "applicant_surname"), before)


def test_one_page_that_is_asked_for_brings_the_lost_pictures_of_its_file_along(desk, file_id):
    pictures = sorted(desk.settings.pictures.rglob("*.jpg"))
    for path in pictures:
        path.unlink()
    with desk.store.read() as session:
        find_page_picture(desk.settings, session, desk.pages_of(file_id)[0].id)
    assert len(pictures) == 2
    assert sorted(desk.settings.pictures.rglob("*.jpg")) == pictures


def test_a_page_that_could_not_be_decoded_has_no_picture(desk):
    (file_id,) = desk.bring(b"no scan at all")
    desk.run(file_id)
    (page,) = desk.pages_of(file_id)
    with desk.store.read() as session, pytest.raises(NotFound):
        find_page_picture(desk.settings, session, page.id)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_field_is_shown_upright_however_the_page_lay(desk, file_id, quarters):
    sides = [turn(side, quarters) for side in fill_application().scans]
    (turned,) = desk.bring(save(sides))
    desk.run(turned)
    one, other = (crop(desk, id_, "applicant_surname") for id_ in (file_id, turned))
    assert all(abs(a - b) <= 2 for a, b in zip(one.shape, other.shape, strict=True))
    height, width = np.minimum(one.shape, other.shape)
    agreement = np.corrcoef(one[:height, :width].ravel(), other[:height, :width].ravel())[0, 1]
    assert agreement > 0.8


def test_a_margin_shows_more_of_the_page(desk, file_id):
    near, far = (crop(desk, file_id, "applicant_surname", mm) for mm in (0.0, 10.0))
    assert far.shape[0] > near.shape[0] and far.shape[1] > near.shape[1]
