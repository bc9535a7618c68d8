import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

import ocr
from form_templates.catalog import list_templates, load
from form_templates.model import TemplateKey
from intake.errors import FaultCode
from ocr.readings import Reason
from validation.disposition import Disposition, Severity, Track
from validation.errors import BrokenData, MissingWording, UnknownMeaning
from validation.findings import Finding
from validation.outcomes import load_outcomes, report_outcome
from validation.rules.catalog import list_all_rules, list_rules
from validation.vocabulary import EDITIONS as VOCABULARIES
from validation.vocabulary import find_codes, load_vocabulary, place_codes
from validation.wording import LANGUAGES, describe_finding, load_wording, write_message

CODES = sorted({*load_outcomes(), *(rule.code for rule in list_all_rules())})
PAGE_REASONS = {
    "no_pixels",
    "too_small",
    "no_markers",
    "corners_lost",
    "markers_disagree",
    "several_pages",
    "mirrored",
    "code_lost",
    "abolished_form",
    "edition_unsure",
    "title_alone",
    "unknown_edition",
    "unknown_page",
    "print_not_found",
}
"""Why the reader leaves a page unread or unknown, beside the faults of files."""
EDITIONS = [key for key in list_templates() if list_rules(key.form)]


def name_gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


STATED = {rule.code: rule.statement for rule in list_all_rules()}
"""What a rule says of itself stands for an English text that nobody wrote."""


def find_text(language: str, code: str) -> str:
    return load_wording(language).texts.get(code) or STATED[code]


def test_each_finding_has_a_georgian_text_and_each_text_a_finding() -> None:
    assert sorted(load_wording("ka").texts) == CODES


def test_an_english_text_may_be_what_the_rule_states() -> None:
    assert set(load_wording("en").texts) | set(STATED) == set(CODES)
    assert all(statement.endswith(".") for statement in STATED.values())


@pytest.mark.parametrize("code", CODES)
def test_the_texts_of_a_finding_name_the_same_things(code: str) -> None:
    gaps = [name_gaps(find_text(language, code)) for language in LANGUAGES]
    assert gaps[0] == gaps[1]


@pytest.mark.parametrize("text", ["[text]\nx = 1", '[word]\nx = "y"', '[texts]\nx = "y"'])
def test_a_broken_file_of_texts_is_a_fault_that_names_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "some.xx.toml").write_text(text, encoding="utf-8")
    with pytest.raises(MissingWording, match=str(tmp_path)):
        load_wording("xx", tmp_path)


def test_a_text_in_two_files_is_a_fault(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.xx.toml").write_text('[text]\nx = "y"\n', encoding="utf-8")
    with pytest.raises(MissingWording, match=r"two\.xx\.toml: text\.x"):
        load_wording("xx", tmp_path)


@pytest.mark.parametrize("code", sorted(load_wording("ka").texts))
def test_the_georgian_text_is_georgian(code: str) -> None:
    assert any("\u10d0" <= letter <= "\u10f0" for letter in load_wording("ka").texts[code])


def test_the_words_are_the_same_in_each_language() -> None:
    assert set(load_wording("en").words) == set(load_wording("ka").words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_of_a_page_has_words(language: str) -> None:
    assert PAGE_REASONS | set(FaultCode) <= set(load_wording(language).words)


def test_every_reason_that_the_reader_gives_is_among_them() -> None:
    written = re.compile(
        r"(?:Unregistered\(|UNIDENTIFIED, |UNREADABLE, "
        r"|(?:CODE_LOST|TOO_SMALL|ABOLISHED|TITLE_ALONE|EDITION_UNSURE) = )"
        r'"(\w+)"'
    )
    source = Path(ocr.__file__).parent.rglob("*.py")
    found = {reason for file in source for reason in written.findall(file.read_text("utf-8"))}
    assert found | {"no_pixels"} == PAGE_REASONS


def test_a_message_spells_its_parameters_out() -> None:
    finding = report_outcome(
        "unsigned_correction",
        Track.DECLARATION,
        "A10",
        parameters={"missing": ("representative", "agent")},
    )
    assert (
        write_message(finding, "en") == "The correction lacks a signature: representative, agent."
    )
    assert write_message(finding, "ka") != write_message(finding, "en")


def test_a_finding_without_a_text_is_a_fault_that_names_the_file() -> None:
    unknown = Finding("no_such_code", None, Severity.INFO, "", Disposition.ACCEPTED)
    with pytest.raises(MissingWording) as fault:
        write_message(unknown)
    assert "no_such_code" in str(fault.value)


def test_a_finding_that_lacks_what_its_text_names_is_a_fault() -> None:
    with pytest.raises(MissingWording):
        write_message(report_outcome("page_missing", Track.DECLARATION))


def test_each_reason_of_the_reader_has_an_outcome() -> None:
    assert {reason.value for reason in Reason} - {"none"} <= set(load_outcomes())


@pytest.mark.parametrize("row", ['severity = "bad"', "", 'severity = "info"\nlaws = "x"'])
def test_a_broken_row_of_outcomes_is_a_fault_that_names_it(tmp_path: Path, row: str) -> None:
    file = tmp_path / "outcomes.toml"
    file.write_text(f"[overwritten]\n{row}\n", encoding="utf-8")
    with pytest.raises(BrokenData) as fault:
        load_outcomes(file)
    assert fault.value.key == "overwritten"


@pytest.mark.parametrize("key", EDITIONS, ids=str)
def test_each_named_code_is_printed_by_its_edition(key: TemplateKey) -> None:
    template, vocabulary = load(key.form, key.edition), load_vocabulary(key)
    questions = {question.id: question for _, question in template.questions()}
    for question, meanings in vocabulary.codes.items():
        assert set(meanings.values()) <= set(questions[question].codes), question


@pytest.mark.parametrize("key", EDITIONS, ids=str)
def test_a_rule_decides_only_about_questions_that_its_form_asks(key: TemplateKey) -> None:
    questions = [question.id for _, question in load(key.form, key.edition).questions()]
    for rule in list_rules(key.form):
        for pattern in rule.decides:
            assert any(rule.judges_emptiness(q) for q in questions), pattern


def test_codes_of_what_ships_are_kept_here_and_others_beside_their_template(tmp_path: Path) -> None:
    key = EDITIONS[-1]
    shipped = load(key.form, key.edition).folder
    kept = VOCABULARIES / key.form / f"{key.edition}.toml"
    assert shipped is not None and place_codes(key, shipped) == kept
    own = tmp_path / key.form / f"{key.edition}"
    assert place_codes(key, own) == own / "codes.toml"
    assert find_codes(key, own) == kept


def test_a_code_without_a_name_keeps_its_own() -> None:
    vocabulary = load_vocabulary(next(k for k in EDITIONS if k.form == "family_declaration"))
    assert vocabulary.name_code("A7", "8") == "none"
    assert vocabulary.name_code("A7", "3") == "3"
    with pytest.raises(UnknownMeaning):
        vocabulary.name_code("A10", "1")


@pytest.mark.parametrize(
    "text",
    ["", "codes = 3", "codes.A = 3", "rules = 1\n[codes.A]", '[codes.A]\nx="1"\ny="1"'],
)
def test_a_broken_file_of_codes_is_a_fault(tmp_path: Path, text: str) -> None:
    key = EDITIONS[-1]
    (tmp_path / key.form).mkdir()
    file = tmp_path / key.form / f"{key.edition.isoformat()}.toml"
    file.write_text(text, encoding="utf-8")
    assert tomllib.loads(text) is not None
    with pytest.raises(BrokenData):
        load_vocabulary(key, tmp_path)


def test_a_finding_is_told_to_other_programs() -> None:
    finding = report_outcome("overwritten", Track.DECLARATION, "A8", "order-01-14/annex-1/art-6(7)")
    assert describe_finding(finding) == {
        "code": "overwritten",
        "field": "A8",
        "severity": "unclear",
        "law": "order-01-14/annex-1/art-11(3)",
        "message": load_wording("en").texts["overwritten"],
    }


def test_a_reader_may_have_values_spelled_and_words_stay() -> None:
    told = {"problems": ("low_resolution", "x[1].y"), "number": "2", "file": "a.pdf"}
    finding = report_outcome("page_quality", Track.DECLARATION, parameters=told)
    said = write_message(finding, "en", lambda name, value: f"<{name} {value}>")
    assert "low resolution, <problems x[1].y>" in said
    assert "page <number 2> of <file a.pdf>" in said.lower()


def test_a_value_spelled_as_nothing_goes_with_its_brackets_alone() -> None:
    absent = Finding(
        "members_count",
        None,
        Severity.WARNING,
        "x",
        Disposition.NEEDS_REVIEW,
        {"reason": "absent_dead", "day": "-"},
    )
    assert "-" in write_message(absent)
    said = write_message(absent, "en", lambda _name, _value: "")
    assert said.endswith(f"{load_wording('en').words['absent_dead']}.")


def test_what_a_finding_kept_long_ago_does_not_tell_goes_with_its_brackets() -> None:
    kept = report_outcome(
        "register_not_reached", Track.AGENT, parameters={"register": ("register_civil",)}
    )
    assert "an answer of: the civil register. Look up" in write_message(kept)


def test_other_programs_read_ids_and_days_as_they_are() -> None:
    told = {"other": "visits[1].visit_date"}
    finding = Finding(
        "visits_in_order",
        "visits[2].visit_date",
        Severity.FAULT,
        "x",
        Disposition.RETURN_TO_AGENT,
        told,
    )
    assert "visits[1].visit_date" in str(describe_finding(finding)["message"])
