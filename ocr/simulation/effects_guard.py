"""What the guard's machines do to a picture of paper: other causes than in `effects`.

Each takes a picture (grey or RGB), its scale and a generator, and gives a new
picture of the same size. Lengths are in mm, so an effect looks alike at any dpi.
"""

import cv2
import numpy as np

from ocr.simulation.effects import Settings, darken, pass_jpeg, spread
from ocr.simulation.pen import Picture

_JPEG_GRID = 8


def mottle(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """Ink and toner lie unevenly: dark in one place, thin in the next."""
    height, width = picture.shape[:2]
    cells = rng.random((round(height / px_per_mm / 4), round(width / px_per_mm / 4)))
    thin = cv2.resize(cells.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    kept = (255 * (1 - level["mottle"] * np.clip(1.6 * thin - 0.6, 0, 1))).astype(np.uint8)
    if picture.ndim == 3:
        kept = np.repeat(kept[..., None], 3, axis=2)
    return 255 - np.asarray(cv2.multiply(255 - picture, kept, scale=1 / 255), dtype=np.uint8)


def curve(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """Tones are bent: middle ones get lighter, black turns grey, paper loses its white."""
    values = np.linspace(0, 1, 256) ** level["curve"]
    table = level["black"] + (level["paper"] - level["black"]) * values
    return np.asarray(cv2.LUT(picture, np.rint(table).astype(np.uint8)), dtype=np.uint8)


def gutter(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """The lid stands open: the page darkens towards one edge, fast, and a little all round."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:24, 0:16].astype(np.float32) / [[[23.0]], [[15.0]]]
    side = (rows, 1 - rows, columns, 1 - columns)[int(rng.integers(4))]
    round_about = (rows - 0.5) ** 2 + (columns - 0.5) ** 2
    light = 1 - level["gutter"] * (np.exp(-side / rng.uniform(0.06, 0.3)) + 0.5 * round_about)
    return darken(picture, spread(light.clip(0, 1).astype(np.float32), width, height))


def through(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """The back shines through, sharp: a page that was turned over its short edge."""
    behind = 255 - cv2.boxFilter(cv2.flip(picture, 0), -1, (round(0.2 * px_per_mm) | 1,) * 2)
    shift = np.rint(rng.uniform(-8, 8, 2) * px_per_mm).astype(int)
    behind = np.roll(behind, (int(shift[0]), int(shift[1])), (0, 1))
    return np.asarray(cv2.addWeighted(picture, 1.0, behind, -level["through"], 0), dtype=np.uint8)


def thumb(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """Fingers smudged the paper where it is held and turned."""
    height, width = picture.shape[:2]
    light = np.ones((height // 8, width // 8), np.float32)
    scale = px_per_mm / 8
    for _ in range(int(rng.integers(1, 5))):
        x, y = rng.random(2) * [light.shape[1], light.shape[0]]
        x = x if rng.random() < 0.4 else float(rng.choice([0.06, 0.94])) * light.shape[1]
        axes = tuple(int(n) for n in np.rint(rng.uniform(3, 9, 2) * scale).clip(1))
        turn, tone = float(rng.uniform(0, 180)), float(1 - level["thumb"] * rng.uniform(0.2, 1))
        cv2.ellipse(light, (int(x), int(y)), axes, turn, 0, 360, tone, -1)
    soft = cv2.blur(light, (round(2.5 * scale) | 1,) * 2)
    return darken(picture, spread(np.asarray(soft, dtype=np.float32), width, height))


def crumple(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """The paper was crumpled and smoothed: it lies in hills that shift and shade it."""
    height, width = picture.shape[:2]
    coarse = (max(4, round(height / px_per_mm / 25)), max(4, round(width / px_per_mm / 25)))
    eighth = (width // 8, height // 8)
    rough = (rng.standard_normal(coarse, dtype=np.float32) for _ in (0, 1))
    hills = [cv2.resize(hill, eighth, interpolation=cv2.INTER_CUBIC) for hill in rough]
    reach = np.float32(level["crumple_mm"] * px_per_mm)
    columns = spread(hills[0] * reach, width, height) + np.arange(width, dtype=np.float32)
    rows = spread(hills[1] * reach, width, height) + np.arange(height, dtype=np.float32)[:, None]
    bent = cv2.remap(picture, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    light = spread((1 - 0.04 * np.clip(hills[0] + 0.5, 0, 2)).astype(np.float32), width, height)
    return darken(np.asarray(bent, dtype=np.uint8), light)


def halftone(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """A copier prints greys as dots on a slanting screen; thin grey lines fall apart."""
    height, width = picture.shape[:2]
    pitch, turn = px_per_mm / rng.uniform(2.6, 4.2), rng.uniform(0.3, 1.2)
    rows, columns = np.ogrid[0:height, 0:width]
    across = (columns * np.cos(turn) + rows * np.sin(turn)) * 2 * np.pi / pitch
    down = (rows * np.cos(turn) - columns * np.sin(turn)) * 2 * np.pi / pitch
    screen = (32 * (np.cos(across) + np.cos(down))).astype(np.int16)
    if picture.ndim == 3:
        screen = np.repeat(screen[..., None], 3, axis=2)
    hard = ((picture.astype(np.int16) - 128 + screen) * 4 + 128).clip(0, 255).astype(np.uint8)
    share = level["halftone"]
    return np.asarray(cv2.addWeighted(hard, share, picture, 1 - share, 0), dtype=np.uint8)


def band(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """The lamp flickers: bands of light and shade across the page."""
    height = picture.shape[0]
    at = np.arange(height) / px_per_mm
    beat = np.sin(2 * np.pi * at / rng.uniform(1.5, 14.0) + rng.uniform(0, 6.28))
    slow = np.sin(2 * np.pi * at / rng.uniform(40.0, 150.0) + rng.uniform(0, 6.28))
    light = 1 - level["band"] * (0.5 + 0.35 * np.sign(beat) * np.abs(beat) ** 0.5 + 0.3 * slow)
    wide = np.repeat(light.clip(0, 1).astype(np.float32)[:, None], picture.shape[1], axis=1)
    return darken(picture, wide)


def ghost(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """Everything is there twice: faintly again a little further on."""
    far = rng.uniform(0.25, 0.6) if rng.random() < 0.6 else rng.uniform(4.0, 30.0)
    turn = rng.uniform(0, 2 * np.pi)
    move = np.array([[1, 0, far * np.cos(turn)], [0, 1, far * np.sin(turn)]])
    move[:, 2] *= px_per_mm
    size = (picture.shape[1], picture.shape[0])
    again = cv2.warpAffine(255 - picture, move, size, flags=cv2.INTER_LINEAR)
    return np.asarray(cv2.addWeighted(picture, 1.0, again, -level["ghost"], 0), dtype=np.uint8)


def defocus(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """Out of focus as a lens is, by a disc, and smeared along the way of the feeder."""
    radius = level["defocus_mm"] * px_per_mm
    reach = int(np.ceil(radius * 1.3)) + 1
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float64)
    away = np.hypot(columns, rows / rng.uniform(1.0, 1.3))
    disc = np.clip(radius + 0.5 - away, 0, 1)
    return np.asarray(cv2.filter2D(picture, -1, disc / disc.sum()), dtype=np.uint8)


def roller(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """A dirty roller leaves its dashes along the page, not quite straight."""
    marked = picture.copy()
    height, width = picture.shape[:2]
    for _ in range(int(rng.integers(1, 4))):
        x, lean = rng.uniform(0, width), rng.normal(0, 0.004)
        pitch, long = rng.uniform(14, 60) * px_per_mm, rng.uniform(2, 12) * px_per_mm
        half = max(1, round(rng.uniform(0.08, 0.5) * px_per_mm))
        for top in np.arange(rng.uniform(0, pitch), height, pitch):
            left = max(0, round(x + lean * top) - half)
            part = marked[round(top) : round(top + long), left : left + 2 * half]
            part[...] = (part * (1 - 0.6 * level["roller"] * rng.uniform(0.3, 1))).astype(np.uint8)
    return marked


def lint(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """Fibres and crumbs lie on the glass; flakes of print have come off."""
    soiled = picture.copy()
    height, width = picture.shape[:2]
    for place in rng.random((int(level["lint"]), 2)) * [width, height]:
        tone = float(rng.choice([rng.uniform(30, 150), rng.uniform(235, 255)], p=[0.7, 0.3]))
        size = rng.gamma(1.6, 0.10) * px_per_mm
        crumb = place + rng.normal(0, 1, (int(rng.integers(3, 7)), 2)) * max(size, 0.4)
        if rng.random() < 0.25:
            turns = rng.normal(rng.uniform(0, 6.28), 0.5, 12).cumsum() / 4
            steps = np.column_stack([np.cos(turns), np.sin(turns)]) * 0.28 * px_per_mm
            fibre = np.rint(place + steps.cumsum(axis=0)).astype(np.int32)
            cv2.polylines(soiled, [fibre.reshape(-1, 1, 2)], False, (tone,) * 3, 1, cv2.LINE_AA)
        else:
            shape = cv2.convexHull(np.rint(crumb).astype(np.int32).reshape(-1, 1, 2))
            cv2.fillConvexPoly(soiled, shape, (tone,) * 3, cv2.LINE_AA)
    return soiled


def shot(picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings) -> Picture:
    """A sensor counts light: what is bright is noisier, and each column has an error of its own."""
    height, width = picture.shape[:2]
    noise = rng.standard_normal((height, width), dtype=np.float32) * np.float32(level["shot"])
    noise += rng.standard_normal(width, dtype=np.float32) * np.float32(0.5 * level["shot"])
    gain = np.sqrt(np.arange(256, dtype=np.float32) / 24 + 1)
    grain = gain[picture] * (noise if picture.ndim == 2 else noise[..., None])
    return np.asarray(np.rint(picture + grain).clip(0, 255), dtype=np.uint8)


def recompress(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """Compressed by the machine, cut anew and compressed again: two grids of blocks."""
    off_y, off_x = (int(n) for n in rng.integers(1, _JPEG_GRID, 2))
    edges = ((_JPEG_GRID - off_y, 0), (_JPEG_GRID - off_x, 0), (0, 0))[: picture.ndim]
    first = pass_jpeg(np.pad(picture, edges, mode="edge"), round(level["jpeg"]) + 6)
    return pass_jpeg(first[_JPEG_GRID - off_y :, _JPEG_GRID - off_x :], round(level["jpeg"]))


def threshold(
    picture: Picture, px_per_mm: float, rng: np.random.Generator, level: Settings
) -> Picture:
    """Black and white, by what counts as paper in the tile around."""
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    down, across = (max(2, round(n / px_per_mm / 16)) for n in (height, width))
    strips = np.array_split(grey[::2, ::2], down, axis=0)
    tiles = [[np.percentile(t, 70) for t in np.array_split(s, across, axis=1)] for s in strips]
    paper = spread(np.array(tiles, dtype=np.float32), width, height)
    return np.where(grey < paper * rng.uniform(0.74, 0.90), 0, 255).astype(np.uint8)
