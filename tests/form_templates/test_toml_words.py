from pathlib import Path

import pytest

from form_templates.errors import BrokenToml
from form_templates.toml_table import parse_toml


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('a = "x\nb = 1', "The quotation mark at the end is missing."),
        ('a = "x', "The quotation mark at the end is missing."),
        ("a = [1, 2\nb = 3", "A comma or the closing ] is missing in this list."),
        ("a = \u201cx\u201d", 'After = write "\u2026" in straight quotes'),
        ('a = "x "y" z"', 'A " inside the wording ends it'),
        ("[a]\nb = 1\nb = 2\nc = 3", "This key stands twice"),
        ("[a]\n[a]", "This [heading] stands twice"),
        ("hello", "A line is a [heading], key = value, or a # comment."),
        ("= 3", "A line is a [heading], key = value, or a # comment."),
        ('a = "\\q"', "Write \\\\ for one \\."),
    ],
)
def test_a_line_that_is_not_toml_is_told_with_what_to_do(text: str, advice: str) -> None:
    with pytest.raises(BrokenToml) as caught:
        parse_toml(text, Path("labels.ka.toml"))
    assert advice in caught.value.detail and "(at " in caught.value.detail


def test_what_there_is_no_advice_for_is_told_as_it_is() -> None:
    with pytest.raises(BrokenToml) as caught:
        parse_toml("[[a]", Path("template.toml"))
    assert caught.value.detail.startswith("Expected ']]'")
