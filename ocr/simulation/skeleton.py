"""The middle lines of a drawn shape, as a pen would follow them."""

import numpy as np
from numpy.typing import NDArray

from ocr.simulation.strokes import Points

Mask = NDArray[np.bool_]
Pixel = tuple[int, int]
_SHORTEST_PX = 6
"""Shorter side branches come from thinning, not from the letter."""


def thin(shape: Mask) -> Mask:
    """The shape worn down from all sides to lines one pixel wide (Zhang and Suen 1984)."""
    thinned = np.pad(shape, 1).astype(np.uint8)
    while True:
        before = int(thinned.sum())
        for first in (True, False):
            thinned[_removable(thinned, first)] = 0
        if int(thinned.sum()) == before:
            return thinned[1:-1, 1:-1].astype(np.bool_)


def _removable(image: NDArray[np.uint8], first: bool) -> Mask:
    """Border pixels whose loss breaks no line, in one half of a thinning pass."""
    around = [
        np.roll(image, (-dy, -dx), (0, 1))
        for dy, dx in ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
    ]
    north, east, south, west = around[0], around[2], around[4], around[6]
    count = np.sum(around, axis=0)
    turns = sum((around[i] == 0) & (around[(i + 1) % 8] == 1) for i in range(8))
    if first:
        open_side = (north * east * south == 0) & (east * south * west == 0)
    else:
        open_side = (north * east * west == 0) & (north * south * west == 0)
    removable: Mask = (image == 1) & (count >= 2) & (count <= 6) & (turns == 1) & open_side
    return removable


def trace_lines(shape: Mask) -> list[Points]:
    """The middle lines as points x, y: long ones first, joined where they run straight on."""
    pixels = {(int(y), int(x)) for y, x in zip(*np.nonzero(thin(shape)), strict=True)}
    paths = _split_at_crossings(pixels)
    long = [path for path in paths if len(path) > _SHORTEST_PX or _is_alone(path, paths)]
    joined = _join(long or paths)
    return [np.array(path, dtype=np.float64)[:, ::-1] for path in joined]


def _neighbours(pixel: Pixel, pixels: set[Pixel]) -> list[Pixel]:
    """Set pixels around one, straight ones before slanting ones."""
    y, x = pixel
    straight = [(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)]
    slanting = [(y - 1, x - 1), (y - 1, x + 1), (y + 1, x - 1), (y + 1, x + 1)]
    near = [p for p in straight if p in pixels]
    for y2, x2 in slanting:
        if (y2, x2) in pixels and (y, x2) not in pixels and (y2, x) not in pixels:
            near.append((y2, x2))
    return near


def _split_at_crossings(pixels: set[Pixel]) -> list[list[Pixel]]:
    """Paths from end or crossing to end or crossing, and rings."""
    near = {pixel: _neighbours(pixel, pixels) for pixel in pixels}
    nodes = sorted(p for p in pixels if len(near[p]) != 2)
    used: set[tuple[Pixel, Pixel]] = set()
    paths = []
    for node in [*nodes, *sorted(pixels)]:
        for step in near[node]:
            if (node, step) in used or (node not in nodes and _is_walked(node, used)):
                continue
            paths.append(_walk(node, step, near, used))
    return paths


def _is_walked(pixel: Pixel, used: set[tuple[Pixel, Pixel]]) -> bool:
    return any(start == pixel for start, _ in used)


def _walk(
    start: Pixel,
    step: Pixel,
    near: dict[Pixel, list[Pixel]],
    used: set[tuple[Pixel, Pixel]],
) -> list[Pixel]:
    """The path from a node until the next node, or around a ring."""
    path = [start, step]
    used.update({(start, step), (step, start)})
    while len(near[path[-1]]) == 2 and path[-1] != start:
        ahead = [p for p in near[path[-1]] if p != path[-2]]
        if not ahead:
            break
        used.update({(path[-1], ahead[0]), (ahead[0], path[-1])})
        path.append(ahead[0])
    return path


def _is_alone(path: list[Pixel], paths: list[list[Pixel]]) -> bool:
    """Whether the path touches no other: a dot, not a side branch."""
    ends = {path[0], path[-1]}
    return not any(ends & {other[0], other[-1]} for other in paths if other is not path)


def _join(paths: list[list[Pixel]]) -> list[list[Pixel]]:
    """Paths joined at their ends where the line runs on in nearly the same direction."""
    rest = sorted(paths, key=len, reverse=True)
    joined = []
    while rest:
        line = rest.pop(0)
        for _ in (0, 1):
            line = _extend(line, rest)[::-1]
        joined.append(line)
    return joined


def _extend(line: list[Pixel], rest: list[list[Pixel]]) -> list[Pixel]:
    """The line with what runs on from its end; takes that out of the rest."""
    while line[0] != line[-1]:
        best, cosine = None, 0.55
        for path in rest:
            for turned in (path, path[::-1]):
                if turned[0] == line[-1] and _cosine(line, turned) > cosine:
                    best, cosine = (path, turned), _cosine(line, turned)
        if best is None:
            break
        rest.remove(best[0])
        line = line + best[1][1:]
    return line


def _cosine(line: list[Pixel], other: list[Pixel]) -> float:
    """How straight the other path runs on from the end of the line."""
    a = np.subtract(line[-1], line[max(0, len(line) - 7)])
    b = np.subtract(other[min(6, len(other) - 1)], other[0])
    return float(np.dot(a, b) / max(np.hypot(*a) * np.hypot(*b), 1e-9))
