"""What age, use and machines do to a picture of paper: one small function an effect.

Each takes a picture (grey or RGB), its scale and a generator, and gives a new
picture of the same size. Lengths are in mm, so an effect looks alike at any dpi.
"""

from collections.abc import Mapping
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.simulation.pen import Picture

Settings = Mapping[str, float]
"""Drawn from the ranges of a level."""
_NOISE_PX = 1024


def fade(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """Ink and print lose their darkness, paper its white."""
    values = np.arange(256, dtype=np.float32) / 255
    ink = (1 - values) * (1 - level["fade"])
    table = (level["paper"] * (1 - ink)).clip(0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(picture, table), dtype=np.uint8)


def shade(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """Uneven light: the page is darker towards one side, and patchy."""
    height, width = picture.shape[:2]
    direction = rng.normal(0, 1, 2)
    rows, columns = np.mgrid[0:5, 0:4].astype(np.float32)
    slope = direction[0] * rows / 4 + direction[1] * columns / 3
    slope = (slope - slope.min()) / max(float(np.ptp(slope)), 1e-6)
    light = 1 - level["shade"] * (0.75 * slope + 0.25 * rng.random((5, 4)))
    return darken(picture, spread(light.astype(np.float32), width, height))


def soften(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """The lens is not quite in focus."""
    sigma = level["blur_mm"] * px_per_mm
    if sigma < 0.25:
        return picture
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)


@cache
def _noise_tile() -> NDArray[np.int8]:
    """Grain of a sensor: half from pixel to pixel, half in small clumps; deviation 32."""
    rng = np.random.default_rng(11)
    fine = rng.standard_normal((_NOISE_PX, _NOISE_PX), dtype=np.float32)
    coarse = cv2.GaussianBlur(fine, (0, 0), 0.8)
    mixed = fine + coarse / float(coarse.std())
    tile: NDArray[np.int8] = (mixed / mixed.std() * 32).clip(-127, 127).astype(np.int8)
    return tile


def speckle(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """Noise of the sensor."""
    height, width = picture.shape[:2]
    gain = level["noise"] / 32
    grain = np.roll(_noise_tile(), tuple(int(n) for n in rng.integers(0, _NOISE_PX, 2)), (0, 1))
    flips = (1, -1)[int(rng.integers(2))], (1, -1)[int(rng.integers(2))]
    grain = np.rint(grain[:: flips[0], :: flips[1]] * gain).astype(np.int16)
    repeats = (-(-height // _NOISE_PX), -(-width // _NOISE_PX))
    noise = np.tile(grain, repeats)[:height, :width]
    if picture.ndim == 3:
        noise = np.repeat(noise[..., None], 3, axis=2)
    return np.asarray(cv2.add(picture, noise, dtype=cv2.CV_8U), dtype=np.uint8)


def compress(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """What JPEG leaves of the picture."""
    return pass_jpeg(picture, round(level["jpeg"]))


def pass_jpeg(picture: Picture, quality: int) -> Picture:
    """Write a picture as JPEG of a quality and read it again."""
    whole = np.ascontiguousarray(picture)
    done, data = cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done, "a picture can be encoded"
    flag = cv2.IMREAD_GRAYSCALE if picture.ndim == 2 else cv2.IMREAD_COLOR
    return np.asarray(cv2.imdecode(data, flag), dtype=np.uint8)


def streak(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """Dust on the glass draws lines along the whole page."""
    streaked = picture.copy()
    for _ in range(int(rng.integers(1, 4))):
        left = int(rng.integers(0, picture.shape[1]))
        right = left + max(1, round(rng.uniform(0.05, 0.35) * px_per_mm))
        strip = streaked[:, left:right].astype(np.float32)
        target = 0.0 if rng.random() < 0.6 else 255.0
        streaked[:, left:right] = (strip + (target - strip) * level["streak"]).astype(np.uint8)
    return streaked


def dirty(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """Specks of dirt, and hairs."""
    soiled = picture.copy()
    height, width = picture.shape[:2]
    count = int(level["dirt"])
    places = (rng.random((count, 2)) * [width, height]).astype(int)
    radii = np.minimum(rng.exponential(0.09, count), 0.5) * px_per_mm
    for place, radius in zip(places, radii, strict=True):
        tone = float(rng.integers(20, 170))
        cv2.circle(soiled, (int(place[0]), int(place[1])), max(0, round(radius)), (tone,) * 3, -1)
    for _ in range(int(rng.integers(0, 3))):
        bow = rng.normal(0, 2.5 * px_per_mm, (4, 2)).cumsum(axis=0)
        line = np.rint(bow + rng.random(2) * [width, height]).astype(np.int32)
        cv2.polylines(soiled, [line.reshape(-1, 1, 2)], False, (90.0,) * 3, 1, cv2.LINE_AA)
    return soiled


def bleed(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """The other side shines through: mirrored, shifted and blurred."""
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    behind = cv2.GaussianBlur(cv2.flip(small, 1), (0, 0), 0.12 * px_per_mm)
    shift = rng.normal(0, 3 * px_per_mm, 2).astype(int)
    behind = np.roll(behind, (int(shift[1]), int(shift[0])), (0, 1))
    ink = cv2.resize(255 - behind, (picture.shape[1], picture.shape[0]))
    return np.asarray(cv2.addWeighted(picture, 1.0, ink, -level["bleed"], 0), dtype=np.uint8)


def stain(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """A damp patch with a darker rim."""
    return _darken_patch(picture, rng, level["stain_mm"] * px_per_mm / 2, level["stain"], 0.4)


def ring(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """Where a cup of coffee stood."""
    return _darken_patch(picture, rng, rng.uniform(34, 44) * px_per_mm, 0.45, 0.06)


def _darken_patch(
    picture: Picture, rng: np.random.Generator, radius: float, depth: float, rim: float
) -> Picture:
    """Darkens a roundish patch; `rim` is how far inside it has an effect (share of radius)."""
    height, width = picture.shape[:2]
    x, y = rng.random(2) * [width, height]
    scale = 0.125
    rows, columns = np.ogrid[0 : round(height * scale), 0 : round(width * scale)]
    away_x, away_y = columns / scale - x, rows / scale - y
    angle = np.arctan2(away_y, away_x)
    bumps = sum(rng.normal(0, 0.06) * np.cos(k * angle + rng.uniform(0, 6)) for k in (1, 2, 3, 5))
    away = np.hypot(away_x, away_y) / radius - bumps
    patch = np.exp(-(((away - 1) / 0.05) ** 2)) + 0.5 * (away < 1) * np.clip(
        (away - 1 + rim) / rim + (rim > 0.3), 0, 1
    )
    light = (1 - depth * np.clip(patch, 0, 1)).astype(np.float32)
    return darken(picture, spread(light, width, height))


def punch(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """Two holes of an office punch at the left edge, 80 mm apart."""
    punched = picture.copy()
    middle = punched.shape[0] / 2 + rng.normal(0, 4 * px_per_mm)
    x = rng.uniform(9, 13) * px_per_mm
    tone = float(rng.choice([20.0, 120.0, 235.0]))
    for y in (middle - 40 * px_per_mm, middle + 40 * px_per_mm):
        cv2.circle(punched, (round(x), round(y)), round(2.75 * px_per_mm), (tone,) * 3, -1)
    return punched


def fold(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """A crease across the page: light on one side, dark on the other."""
    height, width = picture.shape[:2]
    at = rng.uniform(0.25, 0.75) * height
    line = at + rng.normal(0, 0.02) * (np.arange(width, dtype=np.float32) - width / 2)
    reach = 2.7 * px_per_mm
    band = slice(max(0, int(line.min() - reach)), min(height, int(line.max() + reach)))
    rows = np.arange(band.start, band.stop, dtype=np.float32)[:, None]
    away = (rows - line) / (0.45 * px_per_mm)
    dip = 0.35 * np.exp(-(away**2)) + 0.08 * np.tanh(away) * np.exp(-np.abs(away))
    folded = picture.copy()
    folded[band] = darken(picture[band], (1 - dip.clip(0, 1)).astype(np.float32))
    return folded


def photocopy(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """A copy of a copy: hard contrast, frayed edges, lost thin lines or thick ones."""
    blurred = cv2.GaussianBlur(picture, (0, 0), 0.06 * px_per_mm)
    # A copier measures the paper and keeps it white.
    paper = float(np.percentile(picture[::16, ::16], 60))
    middle, slope = paper * rng.uniform(0.55, 0.82), rng.uniform(2.0, 5.0)
    values = np.arange(256, dtype=np.float32)
    table = (255 / (1 + np.exp(-slope * (values - middle) / 40))).astype(np.uint8)
    return np.asarray(cv2.LUT(blurred, table), dtype=np.uint8)


def tear(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """One corner is torn off or folded over."""
    height, width = picture.shape[:2]
    side = level["tear_mm"] * px_per_mm
    right, low = rng.random(2) < 0.5
    corner = np.array([width if right else 0, height if low else 0], dtype=np.float64)
    inward = np.array([-1.0 if right else 1.0, -1.0 if low else 1.0])
    ends = [corner + inward * [side * rng.uniform(0.8, 1.2), 0.0]]
    ends.append(corner + inward * [0.0, side * rng.uniform(0.8, 1.2)])
    way = np.linspace(0, 1, 14)[:, None]
    edge = ends[0] + (ends[1] - ends[0]) * way + rng.normal(0, 0.5 * px_per_mm, (14, 2))
    torn = picture.copy()
    shape = np.rint(np.vstack([edge, corner])).astype(np.int32)
    tone = float(rng.choice([40.0, 120.0, 200.0, 245.0]))
    cv2.fillPoly(torn, [shape.reshape(-1, 1, 2)], (tone,) * 3)
    return torn


def threshold(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """Black and white only, as fax machines and thrifty offices scan."""
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    span = round(8 * px_per_mm) | 1
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(
        cv2.medianBlur(small, min(span // 4 | 1, 31)), (grey.shape[1], grey.shape[0])
    )
    black = grey < paper * rng.uniform(0.76, 0.90)
    return np.where(black, 0, 255).astype(np.uint8)


def wave(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """The feeder pulls unevenly: rows are shifted and stretched a little."""
    height, width = picture.shape[:2]
    y = np.arange(height, dtype=np.float32)
    reach = level["wave_mm"] * px_per_mm
    lengths, phases = rng.uniform(60, 260, 2) * px_per_mm, rng.uniform(0, 6.28, 2)
    along = y + reach * np.sin(2 * np.pi * y / lengths[0] + phases[0])
    sideways = reach * np.sin(2 * np.pi * y / lengths[1] + phases[1])
    columns = np.arange(width, dtype=np.float32)[None, :] + sideways[:, None]
    rows = np.repeat(along[:, None], width, axis=1)
    bent = cv2.remap(
        picture,
        columns.astype(np.float32),
        rows.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(bent, dtype=np.uint8)


def spread(light: NDArray[np.float32], width: int, height: int) -> NDArray[np.float32]:
    """A coarse map of light at the picture's size."""
    wide = cv2.resize(light, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(wide, dtype=np.float32)


def darken(picture: Picture, light: NDArray[np.float32]) -> Picture:
    """The picture under that light, 1 being full."""
    factor = (light * 255).astype(np.uint8)
    if picture.ndim == 3:
        factor = np.repeat(factor[..., None], 3, axis=2)
    return np.asarray(cv2.multiply(picture, factor, scale=1 / 255), dtype=np.uint8)
