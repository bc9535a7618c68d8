"""What is printed, as a handful of shapes in millimetres."""

from dataclasses import dataclass

from form_templates.model import Region


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y_mm` is its baseline."""

    x_mm: float
    y_mm: float
    text: str
    size_pt: float
    bold: bool = False
    grey: int = 0
    """Darkness of the ink: 0 black to 255 white."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float
    stroke_mm: float = 0.2
    grey: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: outlined, filled, or both."""

    region: Region
    stroke_mm: float = 0.2
    grey: int = 0
    fill: int | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """An ellipse inside a region: a printed circle round a prefilled code."""

    region: Region
    stroke_mm: float = 0.4
    grey: int = 0


Shape = Text | Line | Box | Ring


def move_shape(shape: Shape, dx_mm: float, dy_mm: float) -> Shape:
    """The same shape elsewhere."""
    match shape:
        case Text(x, y, text, size, bold, grey):
            return Text(x + dx_mm, y + dy_mm, text, size, bold, grey)
        case Line(x1, y1, x2, y2, stroke, grey):
            return Line(x1 + dx_mm, y1 + dy_mm, x2 + dx_mm, y2 + dy_mm, stroke, grey)
        case Box(region, stroke, grey, fill):
            return Box(region.moved(dx_mm, dy_mm), stroke, grey, fill)
        case Ring(region, stroke, grey):
            return Ring(region.moved(dx_mm, dy_mm), stroke, grey)
