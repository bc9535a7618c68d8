from pathlib import Path

import pytest

from form_templates.editing.inspection import inspect_edition
from form_templates.errors import (
    MissingFile,
    MissingKey,
    OverlappingRegions,
    RegionOffPage,
    TemplateFault,
    UnknownKey,
    WrongBlank,
    WrongValue,
)
from tests.form_templates.editing.test_inspection import list_found
from tests.form_templates.small_form import (
    HUGE_PNG,
    PLACED,
    replaced,
    write_placed,
)


def test_a_placed_form_is_sound(tmp_path: Path) -> None:
    assert inspect_edition(write_placed(tmp_path)) == ()


PLACED_FAULTS = [
    ("region = [50, 40, 40, 12]", "region = [80, 40, 40, 12]", RegionOffPage, "S.box"),
    ("region = [50, 40, 40, 12]", "region = [22, 12, 40, 20]", OverlappingRegions, "S.box"),
    ("region = [50, 40, 40, 12]", "region = [50, 40, 40]", WrongValue, "S.box.region"),
    ("step_mm = [6, 0]\nrepeat ", "step_mm = [2, 0]\nrepeat ", OverlappingRegions, "S.Q"),
    ("repeat_step_mm = [0, 8]", "repeat_step_mm = [0, 30]", RegionOffPage, "S.Q"),
    (
        "region = [2, 2, 5, 5]",
        "region = [98, 2, 5, 5]",
        RegionOffPage,
        "pages[1].anchors[1].region",
    ),
    ("height_mm = 60", "height_mm = 62", WrongBlank, "pages[1].blank"),
    ('blank = "blank.pdf"', 'blank = "absent.pdf"', MissingFile, "pages[1].blank"),
    ('blank = "blank.pdf"', 'blank = "template.toml"', WrongBlank, "pages[1].blank"),
    ('kind = "signature"\npage = 1\n', 'kind = "signature"\n', UnknownKey, "S.box.region"),
    ("width_mm = 100\n", "", MissingKey, "pages[1].width_mm"),
    ("width_mm = 100\n", "width_mm = 9\n", WrongValue, "pages[1].width_mm"),
    ("width_mm = 100\n", "width_mm = inf\n", WrongValue, "pages[1].width_mm"),
    ("region = [50, 40, 40, 12]", "region = [3, 3, 10, 6]", OverlappingRegions, "S.box"),
    (
        "region = [2, 2, 5, 5]\n",
        'region = [2, 2, 5, 5]\n\n[[pages.anchors]]\nkind = "dot"\nregion = [6, 6, 5, 5]\n',
        OverlappingRegions,
        "pages[1].anchors[2].region",
    ),
    (
        'blank = "blank.pdf"',
        'blank = "blank.pdf"\nblank_page = 0',
        WrongValue,
        "pages[1].blank_page",
    ),
]


@pytest.mark.parametrize(("old", "new", "fault", "key"), PLACED_FAULTS)
def test_each_fault_of_a_placed_form_is_found_in_its_line(
    tmp_path: Path, old: str, new: str, fault: type[TemplateFault], key: str
) -> None:
    spoilt = replaced(PLACED, old, new)
    found = {(type(f), f.key): f for f in inspect_edition(write_placed(tmp_path, spoilt))}
    assert (fault, key) in found
    assert (found[fault, key].line or 0) > 1


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("width_mm = 100\n", "", "pages[1].width_mm"),
        ('kind = "dot"', 'kind = "blob"', "pages[1].anchors[1].kind"),
        ('blank = "blank.pdf"', 'blnk = "blank.pdf"', "pages[1].blnk"),
        ("[[pages]]", "[page]", "pages"),
    ],
)
def test_a_form_with_a_wrong_page_is_still_one_of_others(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    spoilt = replaced(PLACED, old, new)
    if new == "[page]":
        head, _, rest = PLACED.partition("[[pages]]")
        spoilt = f"{head}pages = 1\n[[sections]]{rest.partition('[[sections]]')[2]}"
    found = {
        (fault.file.name, fault.key) for fault in inspect_edition(write_placed(tmp_path, spoilt))
    }
    assert found - {("template.toml", "pages[1].blank")} == {("template.toml", key)}


def test_an_absent_blank_is_told_once_where_the_form_has_no_anchors(tmp_path: Path) -> None:
    bare = replaced(PLACED, '[[pages.anchors]]\nkind = "dot"\nregion = [2, 2, 5, 5]\n\n', "")
    folder = write_placed(tmp_path, replaced(bare, "blank.pdf", "absent.pdf"))
    assert list_found(inspect_edition(folder)) == [
        (MissingFile, "template.toml", "pages[1].blank"),
    ]


@pytest.mark.parametrize("anchored", [True, False])
def test_a_blank_that_is_said_to_be_huge_is_told(tmp_path: Path, anchored: bool) -> None:
    anchor = '[[pages.anchors]]\nkind = "dot"\nregion = [2, 2, 5, 5]\n\n'
    template = replaced(PLACED, "blank.pdf", "huge.png")
    folder = write_placed(tmp_path, template if anchored else replaced(template, anchor, ""))
    (folder / "huge.png").write_bytes(HUGE_PNG)
    assert list_found(inspect_edition(folder)) == [(WrongBlank, "template.toml", "pages[1].blank")]


@pytest.mark.parametrize(("height_mm", "fits"), [(60.9, True), (61.1, False)])
def test_a_blank_may_be_a_millimetre_off(tmp_path: Path, height_mm: float, fits: bool) -> None:
    folder = write_placed(tmp_path, size_mm=(100, height_mm))
    assert [type(f) for f in inspect_edition(folder)] == ([] if fits else [WrongBlank])
