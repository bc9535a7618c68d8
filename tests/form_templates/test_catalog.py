import shutil
from datetime import date
from pathlib import Path

import pytest

from form_templates import catalog
from form_templates.errors import (
    BrokenToml,
    DuplicateCode,
    MissingCells,
    MissingFile,
    NumberTaken,
    TemplateFault,
    UndatedEdition,
    UnknownEdition,
    UnknownForm,
)
from form_templates.model import Cardinality, CorrectionRule, FaultsGoTo, Format, Kind, Signer
from form_templates.specification import CardStyle
from tests.form_templates.small_form import (
    LABELS,
    TEMPLATE,
    replaced,
    write_edition,
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
