"""What paper, dust and machines add to a window: the same windows are spoilt anew each time.

A page has two hairs and three streaks at most, so few windows show any; but it is on
them that a reader takes dirt for a tick or a stain for a circle. Laid over the windows
while the network learns, dirt of every kind comes as often as it takes. The truth
stays: it is what the pen did.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.marks import CLASSES, VIEW_HEIGHT_PX, VIEW_PX_PER_MM, VIEW_WIDTH_PX
from ocr.readings import MarkState

Plane = NDArray[np.float32]
"""One layer of a window, 0 paper to 1."""
_SIZE = (VIEW_WIDTH_PX, VIEW_HEIGHT_PX)
_FINE = 4
"""Thin things are drawn this much finer than the window."""
_CODE_PX = 1.6 * VIEW_PX_PER_MM
_MIDDLE = tuple(
    slice(round((side / 2 - _CODE_PX) * _FINE), round((side / 2 + _CODE_PX) * _FINE))
    for side in (VIEW_HEIGHT_PX, VIEW_WIDTH_PX)
)
"""Of what is drawn fine: where the code stands."""
_CIRCLED = CLASSES.index(MarkState.CIRCLED.value)
_Y, _X = np.mgrid[0:VIEW_HEIGHT_PX, 0:VIEW_WIDTH_PX].astype(np.float32)


def vary_windows(
    pixels: NDArray[np.uint8], labels: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.float32]:
    """The windows moved, turned, soiled, paler or darker, as other scans would show them.

    No hair lies across a circled code: like a thin line through it, it has to be looked at.
    """
    varied = np.empty(pixels.shape, np.float32)
    for i, (window, label) in enumerate(zip(pixels, labels, strict=True)):
        drawn, printed = _place(window, rng)
        if rng.random() < _HAIRS:
            drawn = lay_hair(drawn, label == _CIRCLED, rng)
        for soil, share in _DIRT.items():
            if rng.random() < share:
                drawn = soil(drawn, rng)
        if rng.random() < _GHOSTS:
            drawn = _shine_through(drawn, pixels[int(rng.integers(len(pixels)))], rng)
        varied[i] = _scan_anew(drawn, rng), printed
    return np.clip(varied, 0, 1, out=varied)


def _place(window: NDArray[np.uint8], rng: np.random.Generator) -> tuple[Plane, Plane]:
    """Both layers moved alike, the drawn one a trace farther: registration is never perfect."""
    if rng.random() < 0.4:
        window = window[:, :, ::-1]
    if rng.random() < 0.4:
        window = window[:, ::-1]
    angle, middle = float(rng.normal(0, 1.5)), (VIEW_WIDTH_PX / 2, VIEW_HEIGHT_PX / 2)
    move = cv2.getRotationMatrix2D(middle, angle, float(rng.uniform(0.9, 1.12)))
    move[:, 2] = move[:, 2] + rng.normal(0, 1.0, 2)
    layers: list[Plane] = []
    for layer, slack in zip(window, (0.5, 0.0), strict=True):
        own = move.copy()
        own[:, 2] = own[:, 2] + rng.normal(0, slack, 2)
        moved = cv2.warpAffine(np.ascontiguousarray(layer), own, _SIZE, flags=cv2.INTER_LINEAR)
        layers.append(np.asarray(moved / np.float32(255), np.float32))
    return layers[0], layers[1]


def lay_hair(drawn: Plane, spared: bool, rng: np.random.Generator) -> Plane:
    """A thin line that goes its own way, straight in parts or curled.

    Args:
        drawn: a layer of a window, 0 to 1.
        spared: whether none may lie across the code in the middle.
        rng: where it lies, how dark and wide it is.
    """
    start = rng.random(2) * [VIEW_WIDTH_PX, VIEW_HEIGHT_PX]
    knots = start + rng.normal(0, 2.5 * VIEW_PX_PER_MM, (4, 2)).cumsum(axis=0)
    if rng.random() < 0.4:
        way = np.linspace(0, 1, 24)[:, None]
        a, b, c, d = knots
        knots = (1 - way) ** 3 * a + 3 * (1 - way) ** 2 * way * b + 3 * (1 - way) * way**2 * c
        knots = knots + way**3 * d
    canvas = np.zeros((VIEW_HEIGHT_PX * _FINE, VIEW_WIDTH_PX * _FINE), np.uint8)
    line = np.rint(knots * _FINE).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(canvas, [line], False, 255.0, int(rng.integers(1, 4)), cv2.LINE_AA)
    if spared and canvas[_MIDDLE].any():
        return drawn
    return _cover(drawn, canvas, float(rng.uniform(0.35, 0.8)))


def _lay_streak(drawn: Plane, rng: np.random.Generator) -> Plane:
    """A straight line over the whole window, dark or light, nearly along an edge."""
    tilt = float(rng.normal(0, 0.03))
    if rng.random() < 0.8:
        away = _X - rng.uniform(0, VIEW_WIDTH_PX) - tilt * _Y
    else:
        away = _Y - rng.uniform(0, VIEW_HEIGHT_PX) - tilt * _X
    half = float(rng.uniform(0.05, 0.35)) * VIEW_PX_PER_MM / 2
    share = np.clip(half + 0.5 - np.abs(away), 0, min(1.0, 2 * half)) * rng.uniform(0.1, 0.6)
    target = 1.0 if rng.random() < 0.65 else 0.0
    return np.asarray(drawn + (target - drawn) * share, np.float32)


def _lay_specks(drawn: Plane, rng: np.random.Generator) -> Plane:
    canvas = np.zeros((VIEW_HEIGHT_PX * _FINE, VIEW_WIDTH_PX * _FINE), np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        x, y = (rng.random(2) * [canvas.shape[1], canvas.shape[0]]).astype(int)
        radius = min(float(rng.exponential(0.12)), 0.6) * VIEW_PX_PER_MM * _FINE
        cv2.circle(canvas, (int(x), int(y)), round(radius), 255.0, -1, cv2.LINE_AA)
    return _cover(drawn, canvas, float(rng.uniform(0.3, 0.9)))


def _lay_stain(drawn: Plane, rng: np.random.Generator) -> Plane:
    """The rim of a damp patch, or its inside."""
    radius = rng.uniform(3, 30) * VIEW_PX_PER_MM
    turn = rng.uniform(0, 2 * np.pi)
    off = radius + rng.normal(0, 5 * VIEW_PX_PER_MM)
    away = np.hypot(
        _X - VIEW_WIDTH_PX / 2 - off * np.cos(turn), _Y - VIEW_HEIGHT_PX / 2 - off * np.sin(turn)
    )
    away = away / radius - 1
    rim = np.exp(-((away / rng.uniform(0.03, 0.12)) ** 2))
    patch = rim + rng.uniform(0, 0.6) * (away < 0)
    return np.asarray(drawn + rng.uniform(0.05, 0.35) * patch * (1 - drawn), np.float32)


def _cover(drawn: Plane, canvas: NDArray[np.uint8], darkness: float) -> Plane:
    thin = cv2.resize(canvas, _SIZE, interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(drawn + (1 - drawn) * thin * (darkness / 255), np.float32)


def _shine_through(drawn: Plane, other: NDArray[np.uint8], rng: np.random.Generator) -> Plane:
    """What stands on the other side, mirrored and blurred."""
    behind = np.ascontiguousarray(other[0, :, ::-1]).astype(np.float32) / 255
    shift = tuple(int(n) for n in rng.integers(-20, 21, 2))
    ghost = cv2.GaussianBlur(np.roll(behind, shift, (0, 1)), (0, 0), float(rng.uniform(0.5, 1.2)))
    return np.asarray(drawn + rng.uniform(0.03, 0.2) * ghost, np.float32)


def _scan_anew(drawn: Plane, rng: np.random.Generator) -> Plane:
    """Out of focus, harder, paler or darker, and noisier than it was."""
    if rng.random() < 0.35:
        drawn = np.asarray(cv2.GaussianBlur(drawn, (0, 0), float(rng.uniform(0.3, 0.9))))
    if rng.random() < 0.12:
        middle, slope = rng.uniform(0.12, 0.4), rng.uniform(6, 18)
        drawn = np.asarray(0.8 / (1 + np.exp(-slope * (drawn - middle))), np.float32)
    grain = rng.standard_normal(drawn.shape, np.float32) * float(rng.uniform(0, 0.06))
    if rng.random() < 0.5:
        grain = 1.6 * cv2.GaussianBlur(grain, (0, 0), 0.7)
    return np.asarray(drawn * float(rng.uniform(0.65, 1.25)) + grain, np.float32)


_DIRT: dict[Callable[[Plane, np.random.Generator], Plane], float] = {
    _lay_streak: 0.08,
    _lay_specks: 0.15,
    _lay_stain: 0.06,
}
"""How often each lies in a window."""
_HAIRS, _GHOSTS = 0.12, 0.12
