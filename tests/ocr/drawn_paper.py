"""Pages drawn by the geometry of `form_templates.marks`, and a scanner with a known homography."""

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from form_templates.marks import (
    CODE_REGIONS,
    MARKER_DICTIONARY,
    MARKERS,
    PAGE_HEIGHT_MM,
    PAGE_WIDTH_MM,
    PageCode,
    encode_page_code,
)
from form_templates.model import Region

PRINT_PX_PER_MM = 16
CODE = PageCode(edition=2, page=3, sheet=1, serial=77)

Homography = NDArray[np.float64]


def draw_blank(code: PageCode = CODE, seed: int = 1) -> NDArray[np.uint8]:
    """A printed page at 16 px/mm: markers, both codes, and lines, boxes and words between."""
    paper = np.full(
        (round(PAGE_HEIGHT_MM * PRINT_PX_PER_MM), round(PAGE_WIDTH_MM * PRINT_PX_PER_MM)),
        255,
        np.uint8,
    )
    dictionary = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, MARKER_DICTIONARY))
    for marker, region in MARKERS.items():
        size = round(region.width_mm * PRINT_PX_PER_MM)
        paste(paper, region, cv2.aruco.generateImageMarker(dictionary, marker, size))
    symbol = draw_code(encode_page_code(code))
    for region in CODE_REGIONS:
        paste(paper, region, symbol)
    _draw_body(paper, np.random.default_rng(seed))
    return paper


def draw_code(text: str) -> NDArray[np.uint8]:
    """The page code, modules edge to edge."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="H")
    return np.array(zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False))


def paste(paper: NDArray[np.uint8], region: Region, picture: NDArray[np.uint8]) -> None:
    """Put a picture into a region."""
    left, top, width, height = (
        round(v * PRINT_PX_PER_MM)
        for v in (region.x_mm, region.y_mm, region.width_mm, region.height_mm)
    )
    paper[top : top + height, left : left + width] = cv2.resize(
        picture, (width, height), interpolation=cv2.INTER_NEAREST
    )


def _draw_body(paper: NDArray[np.uint8], rng: np.random.Generator) -> None:
    px = PRINT_PX_PER_MM
    for row in range(22):
        y = 40 + row * 10
        words = " ".join("".join(rng.choice(list("abdeghkmnoprstuz"), 6)) for _ in range(5))
        cv2.putText(paper, words, (12 * px, (y + 4) * px), 0, 2.2, 30, 5, cv2.LINE_AA)
        for cell in range(rng.integers(3, 11)):
            x = 130 + cell * 5.2
            corners = (round(x * px), y * px), (round((x + 5.2) * px), (y + 7) * px)
            cv2.rectangle(paper, *corners, 110, 3)


def view(
    dpi: float, degrees: float = 0.0, margin_mm: float = 6.0, perspective: float = 0.0
) -> tuple[Homography, tuple[int, int]]:
    """A homography from mm to px of a scan, and the scan's width and height in px."""
    scale = dpi / 25.4
    turn = cv2.getRotationMatrix2D((0, 0), degrees, scale)
    corners = np.array(
        [(0, 0), (PAGE_WIDTH_MM, 0), (PAGE_WIDTH_MM, PAGE_HEIGHT_MM), (0, PAGE_HEIGHT_MM)]
    )
    turned = corners @ turn[:, :2].T
    pull = perspective * PAGE_WIDTH_MM * scale
    turned += np.array([(1, 0.6), (-0.7, 0.2), (0.2, -0.4), (-0.3, 0.1)]) * pull
    turned += margin_mm * scale - turned.min(axis=0)
    width, height = np.ceil(turned.max(axis=0) + margin_mm * scale).astype(int)
    to_scan = cv2.getPerspectiveTransform(corners.astype(np.float32), turned.astype(np.float32))
    return to_scan, (int(width), int(height))


def scan(
    paper: NDArray[np.uint8],
    to_scan: Homography,
    size: tuple[int, int],
    background: int = 200,
) -> NDArray[np.uint8]:
    """What a scanner without faults makes of the paper."""
    px = PRINT_PX_PER_MM
    step = np.linalg.norm(to_scan[:2, :2], axis=0).mean() / px
    if step < 0.7:
        paper = cv2.GaussianBlur(paper, (0, 0), 0.35 / step)
    from_print = np.array([[1 / px, 0, 0.5 / px], [0, 1 / px, 0.5 / px], [0, 0, 1]])
    return cv2.warpPerspective(
        paper, to_scan @ from_print, size, flags=cv2.INTER_LINEAR, borderValue=(background,)
    )


def spoil(
    picture: NDArray[np.uint8], seed: int = 5, noise: float = 12.0, blur_px: float = 0.8
) -> NDArray[np.uint8]:
    """An office scanner: a little blur, grey paper, noise, JPEG."""
    rng = np.random.default_rng(seed)
    soft = cv2.GaussianBlur(picture, (0, 0), blur_px).astype(np.float32) * 0.85 + 15
    noisy = (soft + rng.normal(0, noise, picture.shape)).clip(0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 70])[1]
    return cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
