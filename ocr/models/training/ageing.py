"""What paper, copier and scanner do to a strip of cells.

Every effect is a function of a grey float picture (0 black, 1 paper white) and
a random generator.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]

CANVAS_PX_PER_MM = 12.0
PAGE_PX_PER_MM = 8.0


@dataclass(frozen=True, slots=True)
class Wear:
    """How far a scan may stray from a clean one; each pair is a range."""

    dpi: tuple[float, float]
    blur_mm: tuple[float, float]
    noise: tuple[float, float]
    fading: tuple[float, float]
    """Share of the contrast that is lost."""
    jpeg: tuple[int, int]
    specks: float
    """Mean number of dirt specks on 100 square mm."""
    bilevel: float
    """Share of pictures that a scanner or copier turned black and white."""
    shift_mm: float
    """Standard deviation of what registration leaves over."""
    unevenness: float


WEAR = (
    Wear((300, 300), (0.0, 0.03), (0.0, 0.01), (0.0, 0.0), (100, 100), 0.0, 0.0, 0.03, 0.0),
    Wear((200, 300), (0.0, 0.08), (0.005, 0.03), (0.0, 0.15), (70, 95), 0.1, 0.02, 0.1, 0.05),
    Wear((150, 300), (0.03, 0.14), (0.01, 0.06), (0.0, 0.4), (40, 80), 0.5, 0.1, 0.15, 0.12),
    Wear((150, 220), (0.05, 0.18), (0.02, 0.09), (0.1, 0.6), (25, 60), 1.2, 0.5, 0.2, 0.2),
)
"""Levels 0 (a clean flatbed) to 3 (a bad copy)."""


def _span(rng: np.random.Generator, limits: tuple[float, float]) -> float:
    return float(rng.uniform(*limits))


def add_unevenness(picture: Picture, amount: float, rng: np.random.Generator) -> Picture:
    """Light the paper unevenly and stain it a little."""
    height, width = picture.shape
    coarse = rng.uniform(1 - amount, 1, (3, max(3, width // 120))).astype(np.float32)
    return picture * cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)


def add_specks(picture: Picture, mean: float, rng: np.random.Generator) -> Picture:
    """Drop dirt on the paper: dots, short hairs, white flecks in the ink."""
    height, width = picture.shape
    area = height * width / (CANVAS_PX_PER_MM**2 * 100)
    for _ in range(rng.poisson(mean * area)):
        x, y = int(rng.integers(width)), int(rng.integers(height))
        tone = 1.0 if rng.random() < 0.2 else float(rng.uniform(0.1, 0.7))
        if rng.random() < 0.75:
            cv2.circle(picture, (x, y), int(rng.integers(1, 5)), tone, -1, cv2.LINE_AA)
        else:
            dx, dy = rng.integers(-14, 15, 2)
            cv2.line(picture, (x, y), (x + int(dx), y + int(dy)), tone, 1, cv2.LINE_AA)
    return picture


def _make_scan_transform(
    shape: tuple[int, int], px_per_mm: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Turn the strip a little and bring it to the scanner's resolution."""
    height, width = shape
    scale = px_per_mm / CANVAS_PX_PER_MM
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.normal(0, 0.8)), scale)
    middle = np.array([width, height], np.float64) * ((scale - 1) / 2)
    turn[:, 2] = turn[:, 2] + middle + rng.uniform(0, 1, 2)
    return np.vstack([turn, [0.0, 0.0, 1.0]])


def _scan(
    picture: Picture, transform: NDArray[np.float64], px_per_mm: float, blur_mm: float
) -> Picture:
    scale = px_per_mm / CANVAS_PX_PER_MM
    sigma = np.hypot(blur_mm * CANVAS_PX_PER_MM, 0.35 / scale)
    height, width = (round(side * scale) for side in picture.shape)
    soft = cv2.GaussianBlur(picture, (0, 0), float(sigma))
    edge = cv2.BORDER_REPLICATE
    scanned = cv2.warpAffine(soft, transform[:2], (width, height), borderMode=edge)
    return np.asarray(scanned, np.float32)


def _digitise(picture: Picture, wear: Wear, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Add sensor noise, then store as grey, as JPEG or as black and white."""
    noise = rng.standard_normal(picture.shape, dtype=np.float32)
    if rng.random() < 0.4:
        noise = cv2.GaussianBlur(noise, (3, 3), 0) * 2.0
    picture = picture + noise * np.float32(_span(rng, wear.noise))
    if rng.random() < wear.bilevel:
        local = cv2.blur(picture, (41, 41)) if rng.random() < 0.5 else np.float32(0.9)
        picture = (picture > local * np.float32(rng.uniform(0.7, 0.9))).astype(np.float32)
    white = rng.uniform(0.85, 1.0)
    pixels = np.clip(picture * (255 * white), 0, 255).astype(np.uint8)
    quality = int(rng.integers(wear.jpeg[0], wear.jpeg[1] + 1))
    if quality >= 100:
        return np.asarray(pixels, np.uint8)
    _, coded = cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, quality))
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)


def _make_registration(
    transform: NDArray[np.float64], wear: Wear, rng: np.random.Generator
) -> NDArray[np.float64]:
    """The way back to the page frame, with the error that registration leaves."""
    shift_px = np.clip(rng.normal(0, wear.shift_mm, 2), -0.4, 0.4) * PAGE_PX_PER_MM
    zoom = PAGE_PX_PER_MM / CANVAS_PX_PER_MM
    residual = np.diag([zoom * rng.normal(1, 0.002), zoom * rng.normal(1, 0.002), 1.0])
    residual[0, 1] = rng.normal(0, 0.003) * zoom
    residual[1, 0] = rng.normal(0, 0.003) * zoom
    residual[:2, 2] = shift_px + (zoom - 1) / 2
    return np.asarray(residual @ np.linalg.inv(transform))


def age_strip(picture: Picture, wear: Wear, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Scan a strip and register it again: out comes grey at 8 px per mm."""
    if wear.unevenness:
        picture = add_unevenness(picture, wear.unevenness, rng)
    picture = add_specks(picture, wear.specks, rng)
    contrast = np.float32(1 - _span(rng, wear.fading))
    picture = 1 - (1 - picture) * contrast
    px_per_mm = _span(rng, wear.dpi) / 25.4
    transform = _make_scan_transform(picture.shape, px_per_mm, rng)
    scanned = _digitise(_scan(picture, transform, px_per_mm, _span(rng, wear.blur_mm)), wear, rng)
    height, width = picture.shape
    zoom = PAGE_PX_PER_MM / CANVAS_PX_PER_MM
    return np.asarray(
        cv2.warpAffine(
            scanned,
            _make_registration(transform, wear, rng)[:2],
            (round(width * zoom), round(height * zoom)),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )
