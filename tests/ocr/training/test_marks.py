import numpy as np
import pytest

from ocr.marks import CLASSES, VIEW_HEIGHT_PX, VIEW_WIDTH_PX
from ocr.models.training import caching, mark_dirt
from ocr.models.training.caching import name_drawing
from ocr.models.training.mark_dirt import vary_windows
from ocr.models.training.mark_windows import draw_questionnaire, keep_windows
from ocr.simulation.styles import Style

BLANK, CIRCLED = CLASSES.index("blank"), CLASSES.index("circled")


@pytest.fixture(scope="module")
def windows():
    """Of a dense page that three people filled."""
    return draw_questionnaire(1, Style.TRAINING)


def draw_ring(radius_px: int) -> np.ndarray:
    """A window with a ring of that size around a code of two strokes."""
    y, x = np.mgrid[0:VIEW_HEIGHT_PX, 0:VIEW_WIDTH_PX]
    away = np.hypot(y - VIEW_HEIGHT_PX / 2, x - VIEW_WIDTH_PX / 2)
    window = np.zeros((2, VIEW_HEIGHT_PX, VIEW_WIDTH_PX), np.uint8)
    # As pages are prepared: solid print of the blank is 255, and what of it is drawn 170.
    window[0, 30:38, 38:42], window[1, 30:38, 38:42] = 170, 255
    window[0][np.abs(away - radius_px) < 1] = 150
    return window


def test_a_form_is_drawn_alike_for_the_same_seed(windows):
    again = draw_questionnaire(1, Style.TRAINING)
    assert np.array_equal(windows.pixels, again.pixels)
    assert np.array_equal(windows.labels, again.labels)


def test_drawn_windows_hold_what_the_reader_would_ask_about(windows):
    counts = np.bincount(windows.labels, minlength=len(CLASSES))
    assert counts[BLANK] > 20 and counts[CIRCLED] > 20
    middle = windows.pixels[:, :, 14:54, 16:64].astype(int)
    printed = middle[:, 1].max(axis=(1, 2))
    assert (printed > 200).all()


def test_a_circled_window_shows_more_ink_than_is_printed(windows):
    circled = windows.pixels[windows.labels == CIRCLED].astype(float)
    drawn, printed = circled.mean(axis=(2, 3)).T
    assert (drawn > printed).mean() > 0.7


def test_kept_windows_come_back_as_they_were_drawn(windows, tmp_path):
    keep_windows(range(1, 2), Style.TRAINING, 1, tmp_path)
    kept = keep_windows(range(1, 2), Style.TRAINING, 1, tmp_path)
    assert np.array_equal(kept.pixels, windows.pixels)


def test_windows_of_other_code_fonts_or_seeds_are_not_taken_for_these(tmp_path, monkeypatch):
    first = name_drawing(1, "a")
    assert first == name_drawing(1, "a") != name_drawing(2, "a")
    monkeypatch.setattr(caching, "list_typefaces", lambda: ("another.ttf",))
    assert name_drawing(1, "a") != first
    monkeypatch.undo()
    code = tmp_path / "ocr" / "pen.py"
    code.parent.mkdir()
    code.write_text("WIDTH = 1")
    monkeypatch.setattr(caching, "_ROOT", tmp_path)
    thin = name_drawing(1, "a")
    code.write_text("WIDTH = 2")
    assert name_drawing(1, "a") != thin


def test_dirt_changes_what_is_drawn_and_never_what_is_printed_alone():
    window = np.zeros((64, 2, VIEW_HEIGHT_PX, VIEW_WIDTH_PX), np.uint8)
    varied = vary_windows(window, np.zeros(64, np.int64), np.random.default_rng(1))
    assert varied.min() >= 0 and varied.max() <= 1
    assert varied[:, 0].std() > 0
    assert (varied[:, 1] == 0).all()


def test_a_ring_stays_a_ring_under_all_dirt():
    rings = np.repeat(draw_ring(16)[None], 48, axis=0)
    varied = vary_windows(rings, np.full(48, CLASSES.index("circled")), np.random.default_rng(2))
    y, x = np.mgrid[0:VIEW_HEIGHT_PX, 0:VIEW_WIDTH_PX]
    away = np.hypot(y - VIEW_HEIGHT_PX / 2, x - VIEW_WIDTH_PX / 2)
    on = varied[:, 0][:, np.abs(away - 16) < 3].mean(axis=1)
    off = varied[:, 0][:, (away > 8) & (away < 11)].mean(axis=1)
    assert (on > off).mean() > 0.95


def test_no_hair_lies_across_a_circled_code():
    bare = np.zeros((VIEW_HEIGHT_PX, VIEW_WIDTH_PX), np.float32)
    middle = np.s_[VIEW_HEIGHT_PX // 2 - 6 : VIEW_HEIGHT_PX // 2 + 6, 34:46]
    crossing = {}
    for spared in (True, False):
        rng = np.random.default_rng(3)
        soiled = [mark_dirt.lay_hair(bare, spared, rng) for _ in range(200)]
        assert any(window.any() for window in soiled)
        crossing[spared] = sum(bool(window[middle].any()) for window in soiled)
    assert crossing[True] == 0 < crossing[False]


def test_features_tell_what_a_circle_encloses():
    pytest.importorskip("sklearn")
    from ocr.models.training.mark_features import measure_features

    ring, bare = measure_features(np.stack([draw_ring(16), draw_ring(200)]))
    assert ring.shape == bare.shape
    # The last three: area enclosed, the middle's share of it, ink.
    assert ring[-2] == 1 and bare[-2] == 0
    assert ring[-1] > bare[-1]


def test_what_is_known_by_heart_is_gone_through_less_often():
    pytest.importorskip("torch")
    from ocr.models.training.marks import choose_rows

    losses = np.array([np.inf] * 10 + [0.0] * 1000, np.float32)
    rows = choose_rows(losses, np.random.default_rng(1))
    assert set(range(10)).issubset(rows.tolist())
    assert 250 < len(rows) < 450
