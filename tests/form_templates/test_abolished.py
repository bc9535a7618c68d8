from datetime import date
from pathlib import Path

import pytest

from form_templates.abolished import load_abolished
from form_templates.errors import MissingKey, TemplateFault, UnknownKey, WrongValue

SOUND = 'titles = ["Protocol"]\nuntil = 2015-05-01\nlaw = "order-x/art-1"\n'


def write(folder: Path, text: str) -> Path:
    file = folder / "abolished.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_additional_assessment_is_abolished_by_its_act():
    form = load_abolished()["additional_economic_assessment"]
    assert (form.law, form.until) == ("order-01-14/art-1(3)", date(2015, 5, 1))


def test_a_form_is_read_whole(tmp_path):
    form = load_abolished(write(tmp_path, f"[old]\n{SOUND}"))["old"]
    assert (form.id, form.titles, form.assumed) == ("old", ("Protocol",), False)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("old = 3", WrongValue),
        ("[old]\n" + SOUND.replace("until = 2015-05-01", 'until = "2015"'), WrongValue),
        ("[old]\n" + SOUND.replace("until = 2015-05-01\n", ""), WrongValue),
        ("[old]\n" + SOUND.replace('law = "order-x/art-1"\n', ""), MissingKey),
        ("[old]\n" + SOUND.replace('["Protocol"]', "[]"), WrongValue),
        (f"[old]\n{SOUND}name = 3\n", UnknownKey),
    ],
)
def test_a_broken_entry_is_a_fault_that_names_it(
    tmp_path: Path, text: str, fault: type[TemplateFault]
) -> None:
    with pytest.raises(fault) as raised:
        load_abolished(write(tmp_path, text))
    assert "abolished.toml" in str(raised.value)
    assert "old" in str(raised.value)
