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
    MissingLabel,
    MissingLaw,
    NumberTooLarge,
    TemplateFault,
    UnknownKey,
    UnknownKind,
    WrongValue,
)
from tests.form_templates.small_form import (
    LABELS,
    TEMPLATE,
    replaced,
    write_edition,
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


@pytest.mark.parametrize(("old", "new", "fault", "key"), TEMPLATE_FAULTS)
def test_a_wrong_template_is_refused_by_file_and_key(
    tmp_path: Path, old: str, new: str, fault: type[TemplateFault], key: str
) -> None:
    marked = f"\n{TEMPLATE}"
    folder = write_edition(tmp_path, template=replaced(marked, f"\n{old}", f"\n{new}"))
    with pytest.raises(TemplateFault) as caught:
        catalog.load("paper", root=tmp_path)
    assert type(caught.value) is fault
    assert (caught.value.file, caught.value.key) == (folder / "template.toml", key)
    assert str(folder / "template.toml") in str(caught.value) and key in str(caught.value)


LABEL_FAULTS = [
    ('income = "income"\n', "", MissingLabel, "field.income"),
    ('2 = "no"\n', "", MissingLabel, "option.A1.2"),
    ('people = "b"\n', "", MissingLabel, "section.people"),
    ('row_members = "member"\n', "", MissingLabel, "word.row_members"),
    ('simulated = "simulated"\n', "", MissingLabel, "word.simulated"),
    ('title = "form"\n', "", MissingLabel, "title"),
    ('act = "act"', 'act = " "', MissingLabel, "act"),
    ('A1 = "all that fit"\n', "", MissingLabel, "note.A1"),
    ('A1 = "all that fit"', 'A2 = "all that fit"', UnknownKey, "note.A2"),
    ('2 = "no"', '2 = "no"\n3 = "both"', UnknownKey, "option.A1.3"),
    ('mark = "mark"', "mark = 5", WrongValue, "field.mark"),
    ('mark = "mark"', 'mark = "mark"\nmark = "again"', BrokenToml, ""),
]


@pytest.mark.parametrize("language", ["ka", "en"])
@pytest.mark.parametrize(("old", "new", "fault", "key"), LABEL_FAULTS)
def test_wrong_wording_is_refused_by_file_and_key(
    tmp_path: Path, language: str, old: str, new: str, fault: type[TemplateFault], key: str
) -> None:
    folder = write_edition(tmp_path)
    file = folder / f"labels.{language}.toml"
    file.write_text(replaced(LABELS, old, new), encoding="utf-8")
    with pytest.raises(TemplateFault) as caught:
        catalog.load("paper", root=tmp_path)
    assert type(caught.value) is fault
    assert (caught.value.file, caught.value.key) == (file, key)


def test_broken_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    write_edition(tmp_path, template=replaced(TEMPLATE, 'kind = "circle"', "kind = circle"))
    with pytest.raises(BrokenToml) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.line == 1 + TEMPLATE.splitlines().index('kind = "circle"')
    assert f"template.toml:{caught.value.line}: " in str(caught.value)


def test_a_fault_at_the_end_of_a_file_has_a_line_too(tmp_path: Path) -> None:
    write_edition(tmp_path, template=f"{TEMPLATE}law =")
    with pytest.raises(BrokenToml) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.line == 1 + TEMPLATE.count("\n")


@pytest.mark.parametrize(
    ("role", "count", "kind"),
    [
        ("attachment_cover", "sheet_count", "digits"),
        ("batch_cover", "total_documents", "digits"),
        ("batch_cover", "total_sheets", "digits"),
        ("attachment_cover", "sheet_count", "letters"),
    ],
)
def test_a_sheet_that_orders_a_pile_counts_in_digits(
    tmp_path: Path, role: str, count: str, kind: str
) -> None:
    question = f'[[sections.questions]]\nid = "{count}"\nkind = "{kind}"\ncells = [2]\n\n'
    template = TEMPLATE.replace(
        "[[sections.questions]]\n", f"{question}[[sections.questions]]\n", 1
    )
    labels = replaced(LABELS, "[field]\n", f'[field]\n{count} = "sheets"\n')
    template = replaced(template, "number = 7", f'number = 7\nrole = "{role}"')
    write_edition(tmp_path, template=template, ka=labels, en=labels)
    if kind == "digits":
        assert catalog.load("paper", root=tmp_path).role == role
        return
    with pytest.raises(WrongValue) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.key == "role" and "`sheet_count`" in str(caught.value)


def test_a_cover_of_attachments_says_whose_they_are(tmp_path: Path) -> None:
    template = replaced(TEMPLATE, 'case_field = "code"\n', 'role = "attachment_cover"\n')
    template = replaced(template, 'id = "code"', 'id = "sheet_count"')
    write_edition(tmp_path, template=template)
    with pytest.raises(MissingKey) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.key == "case_field"


def test_a_file_in_another_encoding_is_refused_in_its_line(tmp_path: Path) -> None:
    folder = write_edition(tmp_path)
    (folder / "labels.ka.toml").write_bytes(b'title = "form"\nact = "\xe1\x83"')
    with pytest.raises(BrokenToml) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.line == 2 and "UTF-8" in str(caught.value)


def test_files_may_begin_with_the_mark_of_their_encoding(tmp_path: Path) -> None:
    folder = write_edition(tmp_path)
    for file in folder.iterdir():
        file.write_text(file.read_text("utf-8"), encoding="utf-8-sig")
    assert catalog.load("paper", root=tmp_path).number == 7
    found = catalog.by_number(7, tmp_path)
    assert found is not None and found.label("title") == "form"


def test_a_question_without_law_rests_on_the_form_where_it_is_ours(tmp_path: Path) -> None:
    bare = replaced(TEMPLATE, 'law = "order-x/art-2"\n', "")
    bare = replaced(bare, "beside = true\nassumed = false\n", "beside = true\n")
    write_edition(tmp_path, template=bare)
    laws = {q.id: q.law for _, q in catalog.load("paper", root=tmp_path).questions()}
    assert (laws["name"], laws["code"]) == ("order-x", "order-x/art-1")


def test_a_question_with_neither_law_nor_assumption_is_refused(tmp_path: Path) -> None:
    write_edition(tmp_path, template=replaced(TEMPLATE, 'law = "order-x/art-2"\n', ""))
    with pytest.raises(MissingLaw) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.key == "people.income.law"


OTHER = """
[[sections.questions]]
id = "A1_other"
kind = "text"
write_at = "2"
required = false
"""
BEFORE_OTHER = "columns = 2\nrequired = false\n"
OTHER_LABELS = replaced(LABELS, 'A1 = "a1"', 'A1 = "a1"\nA1_other = "other"')


def test_words_may_be_written_behind_a_code(tmp_path: Path) -> None:
    template = replaced(TEMPLATE, BEFORE_OTHER, BEFORE_OTHER + OTHER)
    write_edition(tmp_path, template=template, ka=OTHER_LABELS, en=OTHER_LABELS)
    questions = {q.id: q for _, q in catalog.load("paper", root=tmp_path).questions()}
    assert questions["A1_other"].write_at == "2"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('write_at = "2"', 'write_at = "3"', WrongValue),
        ('kind = "text"', 'kind = "signature"', MisfitAnswer),
        ("required = false", "required = true", MisfitAnswer),
    ],
)
def test_words_behind_a_code_that_make_no_sense_are_refused(
    tmp_path: Path, old: str, new: str, fault: type[TemplateFault]
) -> None:
    template = replaced(TEMPLATE, BEFORE_OTHER, BEFORE_OTHER + replaced(OTHER, old, new))
    write_edition(tmp_path, template=template, ka=OTHER_LABELS, en=OTHER_LABELS)
    with pytest.raises(fault) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.key == "A.A1_other.write_at"


def test_a_section_of_paragraphs_needs_no_questions(tmp_path: Path) -> None:
    notice = '\n[[sections]]\nid = "notice"\nlaw = "order-x/art-3"\nparagraphs = 2\n'
    wording = replaced(LABELS, 'people = "b"', 'people = "b"\nnotice = "n"')
    wording += '[text.notice]\n1 = "one"\n2 = "two"\n'
    write_edition(tmp_path, template=TEMPLATE + notice, ka=wording, en=wording)
    section = catalog.load("paper", root=tmp_path).sections[-1]
    assert (section.id, section.paragraphs, section.questions) == ("notice", 2, ())


def test_a_section_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    empty = '\n[[sections]]\nid = "notice"\nlaw = "order-x/art-3"\n'
    wording = replaced(LABELS, 'people = "b"', 'people = "b"\nnotice = "n"')
    write_edition(tmp_path, template=TEMPLATE + empty, ka=wording, en=wording)
    with pytest.raises(MisfitTable) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.key == "notice.questions"
