import shutil
from datetime import date
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
    MissingFile,
    MissingKey,
    MissingLabel,
    MissingLaw,
    NumberTaken,
    NumberTooLarge,
    OverlappingRegions,
    RegionOffPage,
    TemplateFault,
    UndatedEdition,
    UnknownEdition,
    UnknownForm,
    UnknownKey,
    UnknownKind,
    WrongBlank,
    WrongValue,
)
from form_templates.model import Cardinality, CorrectionRule, FaultsGoTo, Format, Kind, Signer
from form_templates.specification import CardStyle
from tests.form_templates.small_form import (
    LABELS,
    PLACED,
    TEMPLATE,
    replaced,
    write_edition,
    write_placed,
)


def test_everything_a_template_says_is_loaded(tmp_path: Path) -> None:
    write_edition(tmp_path)
    template = catalog.load("paper", root=tmp_path)
    assert (template.number, template.law, template.case_field) == (7, "order-x", "code")
    assert template.correction_rule is CorrectionRule.DECLARATION
    assert template.faults_go_to is FaultsGoTo.AGENT
    assert template.foot_signature_law == "order-x/art-9"
    assert template.default_rows == {"members": 5}
    assert template.key.edition == date(2020, 2, 1)


def test_a_section_is_loaded_with_its_table(tmp_path: Path) -> None:
    write_edition(tmp_path)
    first, table = catalog.load("paper", root=tmp_path).sections
    assert (first.foot_signature, first.group, first.rows) == (Signer.REPRESENTATIVE, None, 0)
    assert (table.group, table.rows, table.continuation_rows) == ("members", 3, 4)
    assert table.card is CardStyle.LINES
    assert [question.id for question in table.questions] == ["name", "income"]


def test_a_question_is_loaded_with_its_answer(tmp_path: Path) -> None:
    write_edition(tmp_path)
    questions = {q.id: q for _, q in catalog.load("paper", root=tmp_path).questions()}
    circled, income, mark = questions["A1"], questions["income"], questions["mark"]
    assert (circled.kind, circled.cardinality) == (Kind.CIRCLE, Cardinality.MANY)
    assert (circled.codes, circled.columns, circled.required) == (("1", "2"), 2, False)
    assert (income.format, income.cells, income.decimals) == (Format.MONEY, (5, 2), 2)
    assert income.critical and income.agency and income.beside and income.required
    assert questions["name"].lexicon == "first_names"
    assert (mark.kind, mark.width_mm, mark.height_mm) == (Kind.STAMP, 40.0, 20.5)


def test_what_a_question_leaves_out_comes_from_its_section_and_form(tmp_path: Path) -> None:
    write_edition(tmp_path)
    questions = {q.id: q for _, q in catalog.load("paper", root=tmp_path).questions()}
    rules = {name: question.correction_rule for name, question in questions.items()}
    assert rules["code"] is CorrectionRule.DECLARATION
    assert rules["income"] is CorrectionRule.AGENT_ALONE
    assert rules["name"] is CorrectionRule.NONE
    assert (questions["code"].law, questions["A1"].law) == ("order-x/art-1", "order-x/art-1(2)")
    assert (questions["name"].assumed, questions["income"].assumed) == (True, False)


def test_wording_is_flat_and_in_both_languages(tmp_path: Path) -> None:
    write_edition(tmp_path, en=replaced(LABELS, '1 = "yes"', '1 = "indeed"'))
    template = catalog.load("paper", root=tmp_path)
    assert template.label("option.A1.1") == "yes"
    assert template.label("option.A1.1", "en") == "indeed"
    assert template.label("note.A1") == "all that fit"


def test_the_newest_edition_is_loaded_unless_a_date_is_given(tmp_path: Path) -> None:
    write_edition(tmp_path, edition="2020-02-01")
    write_edition(
        tmp_path, edition="2021-11-30", template=replaced(TEMPLATE, "number = 7", "number = 8")
    )
    assert catalog.load("paper", root=tmp_path).number == 8
    assert catalog.load("paper", date(2020, 2, 1), tmp_path).number == 7


def test_forms_and_editions_are_listed_in_order(tmp_path: Path) -> None:
    for number, (form, edition) in enumerate(
        [("paper", "2021-01-01"), ("paper", "2019-01-01"), ("act", "2022-01-01")], start=1
    ):
        write_edition(
            tmp_path, form, edition, replaced(TEMPLATE, "number = 7", f"number = {number}")
        )
    (tmp_path / "fonts").mkdir()
    (tmp_path / "__pycache__").mkdir()
    listed = [str(key) for key in catalog.list_templates(tmp_path)]
    assert listed == ["act/2022-01-01", "paper/2019-01-01", "paper/2021-01-01"]


def test_an_edition_is_found_by_the_number_of_its_page_code(tmp_path: Path) -> None:
    write_edition(tmp_path)
    write_edition(tmp_path, "act", template=replaced(TEMPLATE, "number = 7", "number = 8"))
    found = catalog.by_number(8, tmp_path)
    assert found is not None and found.key.form == "act"
    assert catalog.by_number(9, tmp_path) is None


def test_a_broken_edition_does_not_hide_its_neighbours(tmp_path: Path) -> None:
    write_edition(tmp_path, "act", template="number = [")
    write_edition(tmp_path)
    found = catalog.by_number(7, tmp_path)
    assert found is not None and found.key.form == "paper"
    assert catalog.load("paper", root=tmp_path).number == 7


def test_a_number_is_not_called_unknown_while_an_edition_is_broken(tmp_path: Path) -> None:
    write_edition(tmp_path, "act", template="number = [")
    with pytest.raises(BrokenToml):
        catalog.by_number(8, tmp_path)


def test_a_numbered_edition_reports_its_own_fault(tmp_path: Path) -> None:
    write_edition(tmp_path, "act", template="number = [")
    write_edition(tmp_path, template=replaced(TEMPLATE, "cells = [6]\n", ""))
    with pytest.raises(MissingCells):
        catalog.by_number(7, tmp_path)


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


def test_a_missing_language_is_named(tmp_path: Path) -> None:
    folder = write_edition(tmp_path)
    (folder / "labels.en.toml").unlink()
    with pytest.raises(MissingFile) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.file == folder / "labels.en.toml"


def test_two_editions_may_not_share_a_number(tmp_path: Path) -> None:
    write_edition(tmp_path, edition="2020-02-01")
    write_edition(tmp_path, edition="2021-02-01")
    with pytest.raises(NumberTaken) as caught:
        catalog.load("paper", date(2021, 2, 1), tmp_path)
    assert "paper/2020-02-01" in str(caught.value)


@pytest.mark.parametrize("name", ["newest", "2020-2-1", "2020-02-30", "20200201", "2020-W05-6"])
def test_an_edition_folder_that_is_no_date_is_refused(tmp_path: Path, name: str) -> None:
    write_edition(tmp_path)
    write_edition(tmp_path, edition=name)
    with pytest.raises(UndatedEdition) as caught:
        catalog.list_templates(tmp_path)
    assert caught.value.file == tmp_path / "paper" / name


def test_an_edition_folder_without_a_template_is_refused(tmp_path: Path) -> None:
    write_edition(tmp_path)
    (tmp_path / "paper" / "2022-01-01").mkdir()
    with pytest.raises(MissingFile):
        catalog.load("paper", root=tmp_path)


def test_a_form_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    write_edition(tmp_path)
    with pytest.raises(UnknownForm):
        catalog.load("letter", root=tmp_path)
    with pytest.raises(UnknownEdition):
        catalog.load("paper", date(2020, 2, 2), tmp_path)


def test_a_name_with_a_path_in_it_is_no_form(tmp_path: Path) -> None:
    write_edition(tmp_path / "inner")
    (tmp_path / "outer").mkdir()
    with pytest.raises(UnknownForm):
        catalog.load("../inner/paper", root=tmp_path / "outer")


def test_a_fault_says_what_to_do_and_is_never_retried(tmp_path: Path) -> None:
    write_edition(tmp_path, template=replaced(TEMPLATE, "cells = [6]\n", ""))
    with pytest.raises(TemplateFault) as caught:
        catalog.load("paper", root=tmp_path)
    assert (caught.value.code, caught.value.retry) == ("missing_cells", False)
    assert caught.value.message in str(caught.value)


def test_a_mended_template_is_loaded_after_a_fault(tmp_path: Path) -> None:
    folder = write_edition(tmp_path, template="number = [")
    with pytest.raises(BrokenToml):
        catalog.load("paper", root=tmp_path)
    shutil.rmtree(folder)
    write_edition(tmp_path)
    assert catalog.load("paper", root=tmp_path).number == 7


def test_a_fault_of_loading_names_the_line_of_its_key(tmp_path: Path) -> None:
    spoilt = replaced(TEMPLATE, 'codes = ["1", "2"]', 'codes = ["1", "1"]')
    write_edition(tmp_path, template=spoilt)
    with pytest.raises(DuplicateCode) as caught:
        catalog.load("paper", root=tmp_path)
    assert caught.value.line == 1 + spoilt.splitlines().index('codes = ["1", "1"]')
    assert f"template.toml:{caught.value.line}: A.A1.codes: " in str(caught.value)


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
