from datetime import date
from pathlib import Path

import pytest

from form_templates.editing.freezing import freeze_geometry
from form_templates.editing.inspection import inspect_edition
from form_templates.errors import GeometryMoved
from form_templates.loading import read_template
from form_templates.model import TemplateKey
from form_templates.specification import Template
from tests.form_templates.small_form import LABELS, SOUND, replaced, write_edition, write_placed


def reload(folder: Path) -> Template:
    return read_template(folder, TemplateKey(folder.parent.name, date.fromisoformat(folder.name)))


def spoil(folder: Path, old: str, new: str, name: str = "template.toml") -> None:
    file = folder / name
    file.write_text(replaced(file.read_text("utf-8"), old, new), encoding="utf-8")


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    folder = write_edition(tmp_path, template=SOUND)
    freeze_geometry(reload(folder), folder)
    return folder


def test_a_frozen_edition_is_sound_and_may_be_frozen_again(frozen: Path) -> None:
    kept = (frozen / "geometry.toml").read_bytes()
    assert inspect_edition(frozen) == ()
    freeze_geometry(reload(frozen), frozen)
    assert (frozen / "geometry.toml").read_bytes() == kept


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cells = [6]", "cells = [7]"),
        ("height_mm = 20.5", "height_mm = 21"),
        ('codes = ["1", "2"]', 'codes = ["2", "1"]'),
        ("number = 7", "number = 8"),
        ("continuation_rows = 4", "continuation_rows = 3"),
        ('correction_rule = "agent_alone"', 'correction_rule = "none"'),
    ],
)
def test_a_layout_that_moved_since_is_told(frozen: Path, old: str, new: str) -> None:
    spoil(frozen, old, new)
    faults = inspect_edition(frozen)
    assert faults and {type(fault) for fault in faults} == {GeometryMoved}
    assert all(fault.file == frozen / "geometry.toml" and fault.line for fault in faults)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('law = "order-x/art-1(2)"', 'law = "order-x/art-1(3)"'),
        ("members = 5", "members = 9"),
        ("critical = true", "critical = false"),
        ("required = false", "required = true"),
    ],
)
def test_what_moves_nothing_on_paper_may_change(frozen: Path, old: str, new: str) -> None:
    spoil(frozen, old, new)
    assert inspect_edition(frozen) == ()


def test_wording_that_pushes_the_questions_down_is_told(frozen: Path) -> None:
    spoil(frozen, '1 = "yes"', f'1 = "{"yes " * 60}"', "labels.ka.toml")
    assert {type(fault) for fault in inspect_edition(frozen)} == {GeometryMoved}


def test_a_moved_layout_is_not_frozen_over_the_old_one(frozen: Path) -> None:
    kept = (frozen / "geometry.toml").read_bytes()
    spoil(frozen, "height_mm = 20.5", "height_mm = 21")
    with pytest.raises(GeometryMoved):
        freeze_geometry(reload(frozen), frozen)
    assert (frozen / "geometry.toml").read_bytes() == kept


def test_the_paper_of_others_is_kept_too(tmp_path: Path) -> None:
    folder = write_placed(tmp_path)
    freeze_geometry(reload(folder), folder)
    spoil(folder, "first = [20, 10, 4, 4]", "first = [20.1, 10, 4, 4]")
    assert [type(fault) for fault in inspect_edition(folder)] == [GeometryMoved]


def test_a_translation_for_screens_moves_nothing(frozen: Path) -> None:
    long = replaced(LABELS, '1 = "yes"', f'1 = "{"yes " * 60}"')
    (frozen / "labels.en.toml").write_text(long, encoding="utf-8")
    assert inspect_edition(frozen) == ()
