import pytest

from web.review.page_view import frame_region

WIDTH, HEIGHT = 1600, 2300
REGION = [(200.0, 1000.0), (600.0, 1000.0), (600.0, 1060.0), (200.0, 1060.0)]


def turn(quarters: int) -> tuple[int, int, list[tuple[float, float]]]:
    """The page as decoded when it lay on the scanner so many clockwise quarters away."""
    width, height, region = WIDTH, HEIGHT, REGION
    for _ in range(quarters):
        region = [(height - y, x) for x, y in region]
        width, height = height, width
    return width, height, region


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_is_shown_upright_however_it_lay_on_the_scanner(quarters: int) -> None:
    view = frame_region(*turn(quarters))
    assert (view.width, view.height) == (WIDTH, HEIGHT)
    assert view.points == "200,1000 600,1000 600,1060 200,1060"


def test_a_skewed_page_is_left_as_it_lies() -> None:
    skewed = [(200.0, 1000.0), (600.0, 1040.0), (594.0, 1100.0), (194.0, 1060.0)]
    assert frame_region(WIDTH, HEIGHT, skewed).turn == ""


@pytest.mark.parametrize("top", [0.0, 1000.0, 2240.0])
def test_the_region_is_in_the_window_and_the_window_in_the_page(top: float) -> None:
    region = [(200.0, top), (600.0, top), (600.0, top + 60), (200.0, top + 60)]
    left, upper, across, down = map(float, frame_region(WIDTH, HEIGHT, region).view_box.split())
    assert 0 <= left <= 200 and left + across <= WIDTH
    assert 0 <= upper <= top and top + 60 <= upper + down <= HEIGHT


def test_a_region_as_wide_as_the_page_is_shown_whole() -> None:
    region = [(0.0, 10.0), (1600.0, 10.0), (1600.0, 900.0), (0.0, 900.0)]
    assert frame_region(WIDTH, HEIGHT, region).view_box.split()[2] == "1600"
