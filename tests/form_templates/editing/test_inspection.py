from pathlib import Path

import pytest

from form_templates import catalog
from form_templates.collisions import find_collisions
from form_templates.drawing import Text
from form_templates.editing.inspection import find_editions, inspect_edition
from form_templates.errors import (
    BrokenToml,
    DoesNotFit,
    DuplicateCode,
    DuplicateId,
    MisfitTable,
    MissingFile,
    MissingKey,
    MissingLabel,
    MissingLaw,
    NumberTaken,
    RegionOffPage,
    TemplateFault,
    TextOverRegion,
    UndatedEdition,
    UnknownKey,
    UnknownKind,
    WrongValue,
)
from form_templates.layout import LaidPage
from form_templates.whole_form import lay_out_whole
from tests.form_templates.small_form import (
    LABELS,
    SOUND,
    replaced,
    write_edition,
)


def list_found(faults: tuple[TemplateFault, ...]) -> list[tuple[type[TemplateFault], str, str]]:
    return [(type(fault), fault.file.name, fault.key) for fault in faults]


def line_of(text: str, wanted: str) -> int:
    return 1 + text.splitlines().index(wanted)


@pytest.mark.parametrize("folder", find_editions(catalog.ROOT), ids=lambda f: f"{f.parent.name}")
def test_every_shipped_edition_is_sound(folder: Path) -> None:
    assert [str(fault) for fault in inspect_edition(folder, [catalog.ROOT])] == []


def test_a_sound_edition_has_no_faults(tmp_path: Path) -> None:
    assert inspect_edition(write_edition(tmp_path, template=SOUND), [tmp_path]) == ()


def test_all_faults_of_an_edition_are_told_at_once_with_file_key_and_line(tmp_path: Path) -> None:
    template = replaced(SOUND, 'kind = "circle"', 'kind = "ring"')
    template = replaced(template, "cells = [6]", "cels = [6]")
    template = replaced(template, "members = 5", "members = 0")
    ka = replaced(LABELS, 'income = "income"\n', "")
    en = replaced(LABELS, 'people = "b"\n', "")
    faults = inspect_edition(write_edition(tmp_path, template=template, ka=ka, en=en))
    assert [(fault.file.name, fault.key, fault.line) for fault in faults] == [
        ("template.toml", "default_rows.members", line_of(template, "members = 0")),
        ("template.toml", "A.code.cels", line_of(template, "cels = [6]")),
        ("template.toml", "A.A1.kind", line_of(template, 'kind = "ring"')),
        ("labels.en.toml", "section.people", line_of(en, "[section]")),
        ("labels.ka.toml", "field.income", line_of(ka, "[field]")),
    ]


def test_a_misspelt_key_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    template = replaced(SOUND, "columns = 2", "colums = 2")
    (fault,) = inspect_edition(write_edition(tmp_path, template=template))
    assert type(fault) is UnknownKey and "`columns`" in str(fault)


def test_one_fault_is_not_told_again_under_other_names(tmp_path: Path) -> None:
    template = replaced(
        SOUND, 'kind = "digits"\nformat = "code"', 'kind = "numbers"\nformat = "code"'
    )
    found = list_found(inspect_edition(write_edition(tmp_path, template=template)))
    assert found == [(UnknownKind, "template.toml", "A.code.kind")]


ALONE = [
    ('id = "A1"\n', "", (MissingKey, "A.questions[2].id")),
    ('id = "A1"', 'id = "A.1"', (WrongValue, "A.A.1.id")),
    ('codes = ["1", "2"]', 'codes = "1, 2"', (WrongValue, "A.A1.codes")),
    ('codes = ["1", "2"]', f"codes = {[str(n) for n in range(61)]}", (WrongValue, "A.A1.codes")),
    ("cells = [6]", "cells = [100000]", (WrongValue, "A.code.cells")),
    ("cells = [6]", "cells = [9999999999999999999]", (WrongValue, "A.code.cells")),
    (
        'law = "order-x/art-1"\n',
        'paragraphs = 3000\nlaw = "order-x/art-1"\n',
        (WrongValue, "A.paragraphs"),
    ),
    ("rows = 3", "rows = 61", (WrongValue, "people.rows")),
    ("members = 5", "members = 61", (WrongValue, "default_rows.members")),
    ('group = "members"', 'grop = "members"', (UnknownKey, "people.grop")),
]


@pytest.mark.parametrize(("old", "new", "fault"), ALONE)
def test_a_fault_stands_alone_before_the_wording_that_follows_from_it(
    tmp_path: Path, old: str, new: str, fault: tuple[type[TemplateFault], str]
) -> None:
    spoilt = replaced(f"\n{SOUND}", f"\n{old}", f"\n{new}")
    (found,) = inspect_edition(write_edition(tmp_path, template=spoilt))
    assert (type(found), found.key) == fault and len(str(found)) < 300


def test_the_wording_of_questions_that_nobody_could_find_is_not_told(tmp_path: Path) -> None:
    head, _, rest = SOUND.partition("[[sections.questions]]")
    spoilt = f"{head}questions = 3\n\n[[sections]]{rest.partition('[[sections]]')[2]}"
    spoilt = replaced(spoilt, 'case_field = "code"\n', "")
    found = list_found(inspect_edition(write_edition(tmp_path, template=spoilt)))
    assert found == [(WrongValue, "template.toml", "A.questions")]


def test_faults_of_one_question_that_stand_for_themselves_are_told_together(tmp_path: Path) -> None:
    template = replaced(SOUND, 'kind = "circle"', 'kind = "ring"')
    template = replaced(template, 'codes = ["1", "2"]', 'codes = ["1", "1", "2345"]')
    labels = replaced(LABELS, '2 = "no"', '2345 = "no"')
    folder = write_edition(tmp_path, template=template, ka=labels, en=labels)
    assert [type(fault) for fault in inspect_edition(folder)] == [
        UnknownKind,
        DuplicateCode,
        WrongValue,
    ]


ONE_FAULT = [
    ('law = "order-x/art-1"\n', "", {(MissingLaw, "A.code.law"), (MissingLaw, "A.mark.law")}),
    ('codes = ["1", "2"]', 'codes = ["1", "1"]', {(DuplicateCode, "A.A1.codes")}),
    ('codes = ["1", "2"]', 'codes = ["1", "1234"]', {(WrongValue, "A.A1.codes")}),
    ('case_field = "code"', 'case_field = "nobody"', {(WrongValue, "case_field")}),
    ('case_field = "code"', 'day_field = "code"', {(WrongValue, "day_field")}),
    ("number = 7\n", "", {(MissingKey, "number")}),
    ("rows = 3\n", "", {(MisfitTable, "people.rows")}),
    ('id = "income"', 'id = "name"', {(DuplicateId, "people.name.id")}),
    ("cells = [12]", "cells = [40]", {(DoesNotFit, "people.name"), (RegionOffPage, "people.name")}),
    ("height_mm = 20.5", "height_mm = 300", {(DoesNotFit, "A")}),
]


@pytest.mark.parametrize(("old", "new", "faults"), ONE_FAULT)
def test_each_fault_is_found(
    tmp_path: Path, old: str, new: str, faults: set[tuple[type[TemplateFault], str]]
) -> None:
    folder = write_edition(tmp_path, template=replaced(f"\n{SOUND}", f"\n{old}", f"\n{new}"))
    found = inspect_edition(folder)
    assert faults <= {(type(fault), fault.key) for fault in found}
    assert all(fault.line for fault in found)


@pytest.mark.parametrize("template", [SOUND, "number = ["])
def test_broken_toml_in_every_file_is_told_for_each(tmp_path: Path, template: str) -> None:
    folder = write_edition(tmp_path, template=template, ka="title = ", en="[word")
    broken = ["labels.en.toml", "labels.ka.toml"]
    if template != SOUND:
        broken.insert(0, "template.toml")
    assert list_found(inspect_edition(folder)) == [(BrokenToml, name, "") for name in broken]


def test_a_broken_template_is_told_with_its_line(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, template=replaced(SOUND, "number = 7", "number = seven"))
    (fault,) = inspect_edition(folder)
    assert (type(fault), fault.line) == (BrokenToml, 1)


def test_an_edition_without_its_files_is_told(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, template=SOUND)
    (folder / "labels.ka.toml").unlink()
    assert list_found(inspect_edition(folder)) == [(MissingFile, "labels.ka.toml", "")]
    (folder / "template.toml").unlink()
    assert list_found(inspect_edition(folder)) == [
        (MissingFile, "template.toml", ""),
        (MissingFile, "labels.ka.toml", ""),
    ]


def test_a_folder_that_is_no_date_is_told_beside_its_other_faults(tmp_path: Path) -> None:
    folder = write_edition(
        tmp_path, edition="newest", template=replaced(SOUND, "cells = [6]\n", "")
    )
    assert {UndatedEdition} < {type(fault) for fault in inspect_edition(folder)}


def test_a_number_that_another_edition_has_is_told(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, template=SOUND)
    write_edition(tmp_path, "act", template=SOUND)
    (fault,) = inspect_edition(folder, [tmp_path])
    assert type(fault) is NumberTaken and "act/2020-02-01" in str(fault)


def test_a_copy_of_an_edition_may_have_its_number(tmp_path: Path) -> None:
    roots = [tmp_path / "one", tmp_path / "two"]
    folders = [write_edition(root, template=SOUND) for root in roots]
    assert [inspect_edition(folder, roots) for folder in folders] == [(), ()]


def test_a_wording_that_no_font_has_is_told(tmp_path: Path) -> None:
    spoilt = replaced(LABELS, 'name = "name"\nincome', 'name = "\u4e00"\nincome')
    (fault,) = inspect_edition(write_edition(tmp_path, template=SOUND, ka=spoilt))
    assert (type(fault), fault.key) == (WrongValue, "field.name")


def test_print_over_a_place_to_write_in_is_told_once_for_all_cells(tmp_path: Path) -> None:
    write_edition(tmp_path, template=SOUND)
    template = catalog.load("paper", root=tmp_path)
    page = lay_out_whole(template)[0]
    code = next(field for field in page.template.fields if field.id == "code")
    over = Text(code.region.x_mm - 5, code.region.bottom_mm - 1, "printed over the cells", 10)
    (fault,) = find_collisions(template, [LaidPage(page.template, (*page.shapes, over))], tmp_path)
    assert (type(fault), fault.key) == (TextOverRegion, "A.code")
    assert "printed over the cells" in str(fault)


def test_editions_are_found_from_every_height(tmp_path: Path) -> None:
    edition = write_edition(tmp_path, template=SOUND)
    undated = write_edition(tmp_path, edition="newest", template=SOUND)
    (tmp_path / "paper" / "__pycache__").mkdir()
    assert find_editions(edition) == (edition,)
    assert find_editions(edition.parent) == find_editions(tmp_path) == (edition, undated)


def test_a_folder_without_editions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        find_editions(tmp_path)


def test_loading_keeps_nothing_of_a_form_with_many_faults(tmp_path: Path) -> None:
    spoilt = replaced(replaced(SOUND, "cells = [6]\n", ""), "members = 5", "members = 0")
    folder = write_edition(tmp_path, template=spoilt)
    with pytest.raises(TemplateFault) as caught:
        catalog.load("paper", root=tmp_path)
    assert str(caught.value) in {str(fault) for fault in inspect_edition(folder)}


def test_missing_wording_is_told_in_each_language(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, template=SOUND, ka="[word]", en="[word]")
    missing = {
        (fault.file.name, fault.key)
        for fault in inspect_edition(folder)
        if isinstance(fault, MissingLabel)
    }
    assert {("labels.ka.toml", "title"), ("labels.en.toml", "field.A1")} <= missing
