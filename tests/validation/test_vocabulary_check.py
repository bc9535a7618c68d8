from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from form_templates import catalog
from form_templates.model import TemplateKey
from form_templates.specification import Template
from validation.rules.catalog import list_rules
from validation.vocabulary import EDITIONS, load_vocabulary_of
from validation.vocabulary_check import (
    MissingMeaning,
    MissingVocabulary,
    UnknownCode,
    inspect_vocabulary,
)

SHIPPED = EDITIONS / "family_declaration" / "2015-05-01.toml"
WITH_RULES = [key for key in catalog.list_templates() if list_rules(key.form)]


@pytest.fixture
def newer(tmp_path: Path) -> Template:
    """An edition of a form with rules that nobody has named the codes of."""
    folder = tmp_path / "family_declaration" / "2027-01-01"
    folder.mkdir(parents=True)
    key = TemplateKey("family_declaration", date(2027, 1, 1))
    return replace(catalog.load("family_declaration"), key=key, folder=folder)


def inspect(template: Template, text: str | None = None) -> list[tuple[type, str]]:
    assert template.folder is not None
    if text is not None:
        (template.folder / "codes.toml").write_text(text, encoding="utf-8")
    found = inspect_vocabulary(template, template.folder)
    assert all(fault.file == template.folder / "codes.toml" for fault in found)
    return [(type(fault), fault.key) for fault in found]


def change(old: str, new: str) -> str:
    text = SHIPPED.read_text("utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize("key", WITH_RULES, ids=str)
def test_what_ships_names_all_that_rules_ask_for(key: TemplateKey) -> None:
    template = catalog.load(key.form, key.edition)
    assert template.folder is not None
    assert inspect_vocabulary(template, template.folder) == ()


def test_a_form_with_rules_needs_the_meanings_of_its_codes(newer: Template) -> None:
    assert inspect(newer) == [(MissingVocabulary, "")]
    assert "empty" not in MissingVocabulary.message


def test_a_meaning_that_another_edition_names_is_missed(newer: Template) -> None:
    text = change('orphan = "4", ', "")
    assert inspect(newer, text) == [(MissingMeaning, "codes.B4.orphan")]


@pytest.mark.parametrize("left_out", ['D1 = { yes = "1", no = "2" }\n', "F2_reasons = {}\n"])
def test_a_question_that_another_edition_names_is_missed(newer: Template, left_out: str) -> None:
    question = left_out.partition(" ")[0]
    assert inspect(newer, change(left_out, "")) == [(MissingMeaning, f"codes.{question}")]


def test_empty_codes_silence_no_rule_unnoticed(newer: Template) -> None:
    assert {(MissingMeaning, "codes.B4"), (MissingMeaning, "codes.sex")} <= set(
        inspect(newer, "[codes]\n")
    )


def test_a_question_that_is_not_asked_any_more_needs_no_meanings(newer: Template) -> None:
    sections = tuple(
        replace(section, questions=tuple(q for q in section.questions if q.id != "D1"))
        for section in newer.sections
    )
    text = change('D1 = { yes = "1", no = "2" }\n', "")
    assert inspect(replace(newer, sections=sections), text) == []


def test_a_meaning_may_be_said_to_have_no_code(newer: Template) -> None:
    text = change('orphan = "4"', 'orphan = ""').replace('displaced = "7"', 'displaced = ""')
    assert inspect(newer, text) == []
    vocabulary = load_vocabulary_of(newer)
    assert (vocabulary.name_code("B4", "4"), vocabulary.name_code("B4", "")) == ("4", "")


def test_a_code_that_is_not_printed_is_still_told(newer: Template) -> None:
    text = change('orphan = "4"', 'orphan = "44"')
    assert inspect(newer, text) == [(UnknownCode, "codes.B4.orphan")]
