from datetime import date
from pathlib import Path

import pytest

from form_templates.editing.freezing import freeze_geometry
from form_templates.editing.inspection import inspect_edition
from form_templates.errors import (
    BrokenToml,
    GeometryMoved,
    MissingKey,
    MissingLabel,
    TemplateFault,
    WrongValue,
)
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
        ('cardinality = "many"\n', ""),
        ('format = "code"', 'format = "integer"'),
        ('format = "money"', 'format = "decimal"'),
        ("number = 7", "number = 7\nscribble_cancels = true"),
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


def test_codes_that_mean_something_else_are_told(frozen: Path) -> None:
    spoil(frozen, '1 = "yes"\n2 = "no"', '1 = "no"\n2 = "yes"', "labels.ka.toml")
    (fault,) = inspect_edition(frozen)
    assert (type(fault), fault.key) == (GeometryMoved, "answers.1/1")


def test_questions_that_ask_something_else_are_told(frozen: Path) -> None:
    spoil(frozen, 'income = "income"', 'income = "outlay"', "labels.ka.toml")
    found = [(type(fault), fault.key) for fault in inspect_edition(frozen)]
    assert (GeometryMoved, "answers.1/1") in found
    assert not any(key.startswith("pages") for _, key in found)


@pytest.mark.parametrize(
    ("old", "new"), [('1 = "yes"', '1 = "Yes."'), ('income = "income"', 'income = "Income:"')]
)
def test_a_wording_that_means_the_same_may_be_put_right(frozen: Path, old: str, new: str) -> None:
    spoil(frozen, old, new, "labels.ka.toml")
    assert inspect_edition(frozen) == ()


def test_another_role_of_the_paper_is_told(tmp_path: Path) -> None:
    sheet = replaced(SOUND, 'id = "code"', 'id = "total_sheets"')
    sheet = replaced(sheet, 'case_field = "code"\n', "")
    labels = replaced(LABELS, 'code = "code"', 'total_sheets = "code"')
    folder = write_edition(tmp_path, template=sheet, ka=labels, en=labels)
    freeze_geometry(reload(folder), folder)
    spoil(folder, "number = 7", 'number = 7\nrole = "batch_cover"')
    (fault,) = inspect_edition(folder)
    assert (type(fault), fault.key) == (GeometryMoved, "role")


@pytest.mark.parametrize(
    ("old", "new", "broken", "key"),
    [
        ("number = 7", 'number = "x"', WrongValue, "number"),
        ("number = 7", "number = ", BrokenToml, ""),
        ("[answers]", "[answer]", MissingKey, "answers"),
        ('role = "form"', 'role = "paper"', WrongValue, "role"),
    ],
)
def test_a_broken_geometry_is_one_problem_among_the_others(
    frozen: Path, old: str, new: str, broken: type[TemplateFault], key: str
) -> None:
    spoil(frozen, old, new, "geometry.toml")
    spoil(frozen, '2 = "no"\n', "", "labels.en.toml")
    found = [(type(fault), fault.file.name, fault.key) for fault in inspect_edition(frozen)]
    assert found == [
        (broken, "geometry.toml", key),
        (MissingLabel, "labels.en.toml", "option.A1.2"),
    ]


def test_a_moved_layout_is_not_frozen_over_the_old_one(frozen: Path) -> None:
    kept = (frozen / "geometry.toml").read_bytes()
    spoil(frozen, "height_mm = 20.5", "height_mm = 21")
    with pytest.raises(GeometryMoved):
        freeze_geometry(reload(frozen), frozen)
    assert (frozen / "geometry.toml").read_bytes() == kept


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first = [20, 10, 4, 4]", "first = [20.1, 10, 4, 4]"),
        ("region = [2, 2, 5, 5]", "region = [2, 2, 5, 5.1]"),
        ('kind = "dot"', 'kind = "square"'),
        ('law = "of others"', 'law = "of others"\nscribble_cancels = true'),
    ],
)
def test_the_paper_of_others_is_kept_too(tmp_path: Path, old: str, new: str) -> None:
    folder = write_placed(tmp_path)
    freeze_geometry(reload(folder), folder)
    spoil(folder, old, new)
    assert [type(fault) for fault in inspect_edition(folder)] == [GeometryMoved]


def test_another_blank_of_the_same_size_is_told(tmp_path: Path) -> None:
    folder = write_placed(tmp_path)
    freeze_geometry(reload(folder), folder)
    with (folder / "blank.pdf").open("ab") as blank:
        blank.write(b"\n% corrected\n")
    assert [type(fault) for fault in inspect_edition(folder)] == [GeometryMoved]


def test_a_translation_for_screens_moves_nothing(frozen: Path) -> None:
    long = replaced(LABELS, '1 = "yes"', f'1 = "{"yes " * 60}"')
    (frozen / "labels.en.toml").write_text(long, encoding="utf-8")
    assert inspect_edition(frozen) == ()
