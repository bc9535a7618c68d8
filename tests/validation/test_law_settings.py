import re
from datetime import date
from pathlib import Path

import pytest

from tests.validation.law_folders import write_law
from tests.validation.papers import DAY, load_form, read_paper
from validation.errors import UnknownSetting, WrongLawFile
from validation.parameters import load_law
from validation.record import build_record
from validation.rules.catalog import list_all_rules
from validation.rules.paper import open_paper
from validation.toml_data import DATA

SETTING = """
id = "X-01"
steers = "deadlines/entry"

[[choice]]
from = 2007-12-28
choice = "calendar_days"
law = "order-02-150/annex-3/art-11(5)"

[[choice]]
from = 2013-08-21
choice = "working_days"
law = "order-02-150/annex-3/art-11(5)"
assumed = true

[options.working_days]
law = ["order-02-150/annex-3/art-11(5)", "programme-overview/step-3"]
says = "Four working days."
says_ka = "ოთხი სამუშაო დღე."

[options.calendar_days]
law = "order-02-150/annex-3/art-11(5)"
says = "Four calendar days."
says_ka = "ოთხი კალენდარული დღე."
"""
SOURCE = 'law = "order-02-150/annex-3/art-11(5)"\n'
SOURCES = 'law = ["order-02-150/annex-3/art-11(5)", "programme-overview/step-3"]'
PROPOSED = {
    "declaration_entry": "working_days",
    "score_deadline": "after_entry",
    "visit_deadline": "twenty_days",
    "protocol_clock": "stopped",
    "assignment_timers": "both",
    "member_elsewhere": "by_stage",
    "citizenship": "residents_too",
    "absent_members": "excluded",
    "military_service": "compulsory_and_contract",
    "name_rows": "tables_b3_b4",
    "lone_pensioner_proof": "agency_data",
    "obstruction_duties": "art_3_6",
    "correction_limits": "demographic_apart",
    "correction_act": "none_for_recipients",
    "agent_opinion": "stored_only",
    "protocol_names": "aliases",
    "cap_applies_to": "last_band",
    "zestaponi_totals": "different_scopes",
    "lost_text": "left_open",
    "declaration_form": "of_2015",
    "last_day": "as_counted",
}


def write_setting(folder: Path, text: str = SETTING) -> Path:
    return write_law(folder, {"settings/entry": text})


@pytest.mark.parametrize(
    ("day", "option"),
    [
        (date(2000, 1, 1), "calendar_days"),
        (date(2013, 8, 20), "calendar_days"),
        (date(2013, 8, 21), "working_days"),
    ],
)
def test_a_setting_is_that_of_the_day_and_the_oldest_before_any(
    tmp_path: Path, day: date, option: str
) -> None:
    assert load_law(write_setting(tmp_path)).choice_on("entry", day) == option


def test_an_option_names_all_its_sources_and_speaks_both_languages(tmp_path: Path) -> None:
    setting = load_law(write_setting(tmp_path)).settings["entry"]
    option = setting.options["working_days"]
    assert option.laws == ("order-02-150/annex-3/art-11(5)", "programme-overview/step-3")
    assert (option.says.en, option.says.ka) == ("Four working days.", "ოთხი სამუშაო დღე.")
    assert (setting.id, setting.steers) == ("X-01", "deadlines/entry")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('choice = "calendar_days"', 'choice = "weeks"', "choice[1].choice"),
        ('choice = "calendar_days"\n', "", "choice[1].choice"),
        (SOURCE + 'says = "Four c', 'says = "Four c', "options.calendar_days.law"),
        (SOURCES, "law = []", "options.working_days.law"),
        ('says_ka = "ოთხი სამუშაო დღე."', "", "options.working_days.says_ka"),
        ('id = "X-01"', "", "id"),
        ('steers = "deadlines/entry"', "", "steers"),
        ("from = 2013-08-21", "from = 2007-12-28", "choice.from"),
        ("assumed = true", "repealed = true", "choice[2].repealed"),
        ("[options.calendar_days]", "[option.calendar_days]", "option"),
        (SETTING[SETTING.index("[options.calendar_days]") :], "", "options"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_file_and_key(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    assert old in SETTING
    with pytest.raises(WrongLawFile) as fault:
        load_law(write_setting(tmp_path, SETTING.replace(old, new, 1)))
    assert fault.value.key == key
    assert "entry.toml" in str(fault.value)


def test_a_setting_that_is_a_number_as_well_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongLawFile):
        load_law(write_setting(tmp_path, SETTING + "\n[[value]]\nfrom = 2015-05-01\n"))


def test_asking_for_a_setting_that_nobody_wrote_down_is_a_fault() -> None:
    with pytest.raises(UnknownSetting):
        load_law().choice_on("weather", date(2015, 5, 1))


def test_another_choice_is_another_edition_of_the_law(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first = load_law(write_setting(tmp_path / "a")).edition
    chosen = SETTING.replace('choice = "working_days"', 'choice = "calendar_days"')
    assert load_law(write_setting(tmp_path / "b", chosen)).edition != first


def test_every_contradiction_of_the_sources_has_a_setting_with_the_proposed_way_out() -> None:
    law = load_law()
    chosen = {name: law.choice_on(name, date(2026, 11, 21)) for name in law.settings}
    assert chosen == PROPOSED
    ids = {setting.id for setting in law.settings.values()}
    assert ids == {f"X-{number:02}" for number in range(1, 21)} | {"T05"}


def test_a_declaration_of_before_may_2015_is_read_with_the_form_of_2010() -> None:
    assert load_law().choice_on("declaration_form", date(2015, 4, 30)) == "of_2010"
    assert load_law().choice_on("declaration_form", date(2015, 5, 1)) == "of_2015"


def test_a_paper_asks_the_setting_of_its_own_day() -> None:
    template = load_form("family_declaration")
    for filled, option in (
        (date(2012, 5, 4), "calendar_days"),
        (date(2015, 11, 2), "working_days"),
    ):
        record = build_record(template, read_paper(template, {"filling_date": filled}))
        paper = open_paper(template, record, load_law(), DAY)
        assert paper.choice("declaration_entry") == option


def test_a_setting_says_truly_whether_the_program_reads_it() -> None:
    """Its name stands in quotes where a rule or a deadline asks for it."""
    root = DATA.parent
    sources = [
        *DATA.rglob("*.py"),
        *(root / "workflow").rglob("*.py"),
        DATA / "deadline_table.toml",
    ]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    settings = load_law().settings.values()
    read = {setting.name for setting in settings if f'"{setting.name}"' in text}
    steering = {s.name for s in settings if not s.steers.startswith("recorded: ")}
    assert read == steering


def test_the_rules_that_a_setting_steers_are_rules() -> None:
    codes = {rule.code for rule in list_all_rules()}
    named = {
        rule
        for setting in load_law().settings.values()
        for rule in re.findall(r"\brule (\w+)", setting.steers)
    }
    assert "members_are_citizens" in named
    assert named - codes == set()
