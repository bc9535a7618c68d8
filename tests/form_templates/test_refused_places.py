from pathlib import Path

import pytest

from form_templates import catalog
from form_templates.errors import (
    BrokenToml,
    DuplicateCode,
    DuplicateId,
    MisfitAnswer,
    MisfitTable,
    MissingCells,
    MissingCodes,
    MissingKey,
    NumberTooLarge,
    OverlappingRegions,
    RegionOffPage,
    TemplateFault,
    UnknownKey,
    UnknownKind,
    WrongBlank,
    WrongValue,
)
from tests.form_templates.small_form import (
    PLACED,
    replaced,
    write_placed,
)

TEMPLATE_FAULTS = [
    ("number = 7", "number = ", BrokenToml, ""),
    ("number = 7\n", "", MissingKey, "number"),
    ("number = 7", "number = 0", NumberTooLarge, "number"),
    ("number = 7", "number = 512", NumberTooLarge, "number"),
    ("number = 7", "number = true", WrongValue, "number"),
    ("number = 7", 'number = 7\ncolour = "red"', UnknownKey, "colour"),
    ("[default_rows]\nmembers = 5\n", "", MisfitTable, "default_rows.members"),
    ("members = 5", "members = 0", MisfitTable, "default_rows.members"),
    ("members = 5", "members = 5\nanimals = 2", UnknownKey, "default_rows.animals"),
    ('case_field = "code"', 'case_field = "name"', WrongValue, "case_field"),
    ('foot_signature_law = "order-x/art-9"\n', "", MissingKey, "foot_signature_law"),
    ('foot_signature = "representative"\n', "", WrongValue, "foot_signature_law"),
    (
        'foot_signature = "representative"',
        'foot_signature = "mayor"',
        WrongValue,
        "A.foot_signature",
    ),
    ('faults_go_to = "agent"', 'faults_go_to = "bin"', WrongValue, "faults_go_to"),
    ('kind = "circle"', 'kind = "ring"', UnknownKind, "A.A1.kind"),
    ('kind = "circle"\n', "", MissingKey, "A.A1.kind"),
    ('kind = "circle"', 'kind = "circle"\nhint = "x"', UnknownKey, "A.A1.hint"),
    ('id = "A1"', 'id = "code"', DuplicateId, "A.code.id"),
    ('id = "A1"', 'id = "people"', DuplicateId, "people.id"),
    ('id = "A1"', 'id = "members"', DuplicateId, "A.members.id"),
    ('id = "A1"', 'id = "foot_signature"', DuplicateId, "A.foot_signature.id"),
    ('id = "A1"', 'id = "A.1"', WrongValue, "A.A.1.id"),
    ('id = "A1"\n', "", MissingKey, "A.questions[2].id"),
    ('codes = ["1", "2"]', 'codes = ["1", "1"]', DuplicateCode, "A.A1.codes"),
    ('codes = ["1", "2"]\n', "", MissingCodes, "A.A1.codes"),
    ('codes = ["1", "2"]', "codes = [1, 2]", WrongValue, "A.A1.codes"),
    ('codes = ["1", "2"]', 'codes = ["1", "a b"]', WrongValue, "A.A1.codes"),
    ("columns = 2", "columns = 0", WrongValue, "A.A1.columns"),
    ("columns = 2", "columns = 3", WrongValue, "A.A1.columns"),
    ("required = false", 'required = "no"', WrongValue, "A.A1.required"),
    ("cells = [6]\n", "", MissingCells, "A.code.cells"),
    ("cells = [6]", "cells = [0]", WrongValue, "A.code.cells"),
    ("cells = [6]", 'cells = [6]\ncodes = ["1"]', MisfitAnswer, "A.code"),
    ("cells = [6]", 'cells = [6]\ncardinality = "many"', MisfitAnswer, "A.code"),
    ('format = "code"', 'format = "date"', MisfitAnswer, "A.code.cells"),
    ('format = "code"', 'format = "personal_number"', MisfitAnswer, "A.code.cells"),
    ('format = "money"', 'format = "integer"', MisfitAnswer, "people.income.decimals"),
    ("cells = [5, 2]", "cells = [7]", MisfitAnswer, "people.income.decimals"),
    ("cells = [5, 2]", "cells = [5, 3]", MisfitAnswer, "people.income.decimals"),
    ("cells = [5, 2]", "cells = [2, 3, 2]", MisfitAnswer, "people.income.cells"),
    ("decimals = 2\n", "", MisfitAnswer, "people.income.decimals"),
    ("cells = [6]", "cells = [6]\ncolumns = 2", MisfitAnswer, "A.code.columns"),
    ("cells = [6]", "cells = [6]\nlines = 2", MisfitAnswer, "A.code.lines"),
    ("cells = [6]", "cells = [6]\nheight_mm = 9", MisfitAnswer, "A.code.height_mm"),
    ("columns = 2", "width_mm = 40", MisfitAnswer, "A.A1.width_mm"),
    ("width_mm = 40", "width_mm = 4", WrongValue, "A.mark.width_mm"),
    ("width_mm = 40", "width_mm = inf", WrongValue, "A.mark.width_mm"),
    ("width_mm = 40", "width_mm = nan", WrongValue, "A.mark.width_mm"),
    ("width_mm = 40", "width_mm = 2001", WrongValue, "A.mark.width_mm"),
    ("width_mm = 40", "lines = 31", WrongValue, "A.mark.lines"),
    ("cells = [6]", "cells = [41]", WrongValue, "A.code.cells"),
    ("cells = [6]", "cells = [30, 31]", WrongValue, "A.code.cells"),
    ("cells = [6]", "cells = [9999999999999999999]", WrongValue, "A.code.cells"),
    ("members = 5", "members = 61", WrongValue, "default_rows.members"),
    ("rows = 3", "rows = 61", WrongValue, "people.rows"),
    ("continuation_rows = 4", "continuation_rows = 61", WrongValue, "people.continuation_rows"),
    ("assumed = true\n", "assumed = true\nparagraphs = 3000\n", WrongValue, "people.paragraphs"),
    ("number = 7", 'number = 7\nrole = "separator"', WrongValue, "role"),
    ("number = 7", 'number = 7\nrole = "batch_cover"', WrongValue, "role"),
    ("number = 7", 'number = 7\nrole = "attachment_cover"', WrongValue, "role"),
    ('lexicon = "first_names"', 'lexicon = "rivers"', WrongValue, "people.name.lexicon"),
    ("critical = true", 'lexicon = "streets"', MisfitAnswer, "people.income.lexicon"),
    ("cells = [12]", 'cells = [12]\nformat = "money"', MisfitAnswer, "people.name.format"),
    ("width_mm = 40", "width_mm = 40\ncells = [2]", MisfitAnswer, "A.mark"),
    ("width_mm = 40", "width_mm = -1", WrongValue, "A.mark.width_mm"),
    ('group = "members"\n', "", MisfitTable, "people.rows"),
    ('kind = "letters"\ncells = [12]', 'kind = "text"', MisfitTable, "people.card"),
    ("rows = 3\n", "", MisfitTable, "people.rows"),
    ("continuation_rows = 4\n", "", MisfitTable, "people.rows"),
]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("region = [50, 40, 40, 12]", "region = [22, 12, 40, 20]", OverlappingRegions),
        ("region = [50, 40, 40, 12]", "region = [50, 55, 40, 12]", RegionOffPage),
    ],
)
def test_places_that_cannot_be_told_apart_or_seen_are_not_loaded(
    tmp_path: Path, old: str, new: str, fault: type[TemplateFault]
) -> None:
    spoilt = replaced(PLACED, old, new)
    write_placed(tmp_path, spoilt)
    with pytest.raises(fault) as caught:
        catalog.load("sheet", root=tmp_path)
    assert caught.value.key == "S.box"
    assert caught.value.line == 1 + spoilt.splitlines().index('id = "box"') - 1


def test_a_blank_of_another_size_is_refused_and_an_absent_one_is_not(tmp_path: Path) -> None:
    folder = write_placed(tmp_path, size_mm=(100, 70))
    with pytest.raises(WrongBlank) as caught:
        catalog.load("sheet", root=tmp_path)
    assert caught.value.key == "pages[1].blank" and "100.0 x 70.0 mm" in str(caught.value)
    (folder / "blank.pdf").unlink()
    assert catalog.load("sheet", root=tmp_path).placed
