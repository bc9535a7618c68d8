"""How much a template may ask for: far more than fits on paper, and never enough to stall."""

MOST_CELLS, MOST_CELLS_IN_ALL = 40, 60
"""Of one printed group, and of one answer."""
MOST_CODES = 60
MOST_LINES = 30
MOST_PARAGRAPHS = 50
MOST_ROWS = 60
MOST_REPEATS = 500
LEAST_BOX_MM = 5.0
"""Side of a box to write, sign or stamp in: no hand writes in a smaller one."""
LEAST_PAGE_MM = 10.0
LEAST_ANCHORS = 3
"""Of a page without a blank: fewer do not tell how it was turned and stretched."""
