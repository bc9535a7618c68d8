"""Finds sections that a page break parts from their heading, though they need not be."""

from collections.abc import Iterator
from itertools import pairwise

from form_templates.layout import plan_pages
from form_templates.specification import Template


def find_split_sections(template: Template) -> Iterator[tuple[int, str]]:
    """Page and section where a page begins in the middle of a section that began low.

    A section that begins at the top of its page is longer than that: nothing helps.
    """
    if template.placed:
        return
    pages = plan_pages(template).main
    for number, (before, page) in enumerate(pairwise(pages), start=2):
        first = page.sections[0]
        if before.sections[-1] is first and before.sections[0] is not first:
            yield number, first.id
