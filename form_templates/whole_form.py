"""The whole of a form: its main pages and one continuation sheet of each table.

Further sheets only repeat the first one, so that whoever looks at a form as such,
and not at one print of it, needs no more.
"""

from form_templates.layout import LaidPage, lay_out
from form_templates.specification import Template


def count_rows(template: Template) -> dict[str, int]:
    """One row more in each table than its own page has."""
    return {s.group: s.rows + 1 for s in template.sections if s.group is not None}


def lay_out_whole(template: Template) -> tuple[LaidPage, ...]:
    """Every page that is unlike the others, in print order."""
    return lay_out(template, count_rows(template))
