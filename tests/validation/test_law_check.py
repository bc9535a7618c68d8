from pathlib import Path

import pytest

from tests.validation.law_folders import write_law
from validation.law_check import check_law
from validation.law_units import load_units
from validation.parameters import load_law

GOOD = """
about = "How long."
about_ka = "რამდენ ხანს."
meets = ["R003-4.1"]

[[value]]
from = 2015-05-01
years = 1
unit = "years"
law = "order-01-14/annex-1/art-4(1)"
"""
SETTING = """
id = "X-01"
about = "Which days."
about_ka = "რომელი დღეები."
steers = "topic/good"
[[choice]]
from = 2015-05-01
choice = "a"
law = "order-02-150/annex-3/art-11(5)"
[options.a]
law = "order-02-150/annex-3/art-11(5)"
says = "So."
says_ka = "ასე."
[options.b]
law = "programme-overview/step-3"
says = "Else."
says_ka = "ისე."
"""


def check(folder: Path, **files: str) -> list[str]:
    texts = {"good": GOOD, **files}
    return list(check_law(write_law(folder, {f"topic/{name}": texts[name] for name in texts})))


def test_a_sound_folder_has_no_faults(tmp_path: Path) -> None:
    assert check(tmp_path, setting=SETTING) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('about = "How long."', "", "topic/thing.toml:about: an English sentence"),
        ('about_ka = "რამდენ ხანს."', "", "topic/thing.toml:about_ka: a Georgian sentence"),
        ('meets = ["R003-4.1"]', "", "topic/thing.toml:meets: requirements"),
        ('"R003-4.1"', '"R003-99"', "topic/thing.toml:meets: no requirement is called R003-99"),
        ('unit = "years"', 'unit = "moons"', "topic/thing.toml:value[1].unit: unknown unit moons"),
        ("order-01-14", "order-77-77", "topic/thing.toml:value[1].law: unknown act order-77-77"),
        ("art-4(1)", "art-99", "value[1].law: order-01-14 has no annex-1/art-99"),
        ("years = 1", "repealed = true", "value[1].repealed: repealed and never begun"),
        ("years = 1", 'years = "one"', "topic/thing.toml:value[1].years: a number"),
        ("from = 2015-05-01", "from = 2015-13-01", "topic/thing.toml:line 7: "),
        ("[[value]]", "[[values]]", "topic/thing.toml:value: entries of one kind"),
        ("meets =", "meet = 1\nmeets =", "topic/thing.toml:meet: unknown"),
    ],
)
def test_a_fault_is_named_with_file_key_and_what(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert old in GOOD
    found = check(tmp_path, thing=GOOD.replace(old, new, 1))
    assert len([line for line in found if fault in line]) == 1, found


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    entry = '\n[[value]]\nfrom = 2001-01-01\nyears = true\nlaw = "order-7"\n'
    found = check(tmp_path, broken="[[value]\n", empty="", thing=GOOD + entry)
    keys = [line.split(": ")[0] for line in found]
    assert keys == [
        "topic/broken.toml:line 1",
        "topic/empty.toml:value",
        "topic/empty.toml:about",
        "topic/empty.toml:about_ka",
        "topic/empty.toml:meets",
        "topic/thing.toml:value[2].unit",
        "topic/thing.toml:value[2].years",
        "topic/thing.toml:value.from",
    ]


def test_what_was_repealed_is_not_repealed_again(tmp_path: Path) -> None:
    end = '\n[[value]]\nfrom = {}-01-01\nrepealed = true\nunit = "years"\nlaw = "order-140"\n'
    found = check(tmp_path, thing=GOOD + end.format(2016) + end.format(2017))
    assert found == [
        "topic/thing.toml:value[3].repealed: repealed twice;"
        " if no number is known yet: assumed = true"
    ]


@pytest.mark.parametrize("code", ["C97-C00", "C00-C9", "J45.0-J46", "N18.33"])
def test_a_range_of_diseases_is_two_codes_the_lower_first(tmp_path: Path, code: str) -> None:
    text = GOOD.replace("[[value]]", "[[list]]").replace('unit = "years"\n', "")
    found = check(tmp_path, thing=text.replace("years = 1", f'codes = ["{code}"]'))
    assert found == [f"topic/thing.toml:list[1].codes: {code} is no code or range of codes"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("topic/good", "topic/gone", "steers: there is no topic/gone"),
        ('id = "X-01"', 'id = "X-77"', "id: no requirement is called X-77"),
        ("programme-overview/step-3", "hearsay/art-1", "options.b.law: unknown act hearsay"),
        ('choice = "a"', 'choice = "c"', "choice[1].choice: c is no option; options are a, b"),
    ],
)
def test_a_fault_of_a_setting_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    found = check(tmp_path, setting=SETTING.replace(old, new, 1))
    assert found == [f"topic/setting.toml:{fault}"]


def test_two_settings_do_not_share_a_contradiction(tmp_path: Path) -> None:
    found = check(tmp_path, setting=SETTING, settled=SETTING)
    assert found == ["topic/settled.toml:id: X-01 is topic/setting already"]


def test_a_file_that_nobody_reads_is_named(tmp_path: Path) -> None:
    (tmp_path / "topic").mkdir()
    (tmp_path / "topic" / "majority.toml~").write_text(GOOD, encoding="utf-8")
    (tmp_path / "Loose.toml").write_text(GOOD, encoding="utf-8")
    assert [line.split(": ")[0] for line in check(tmp_path)] == [
        "Loose.toml:",
        "topic/majority.toml~:",
    ]


def test_the_shipped_law_is_sound() -> None:
    assert list(check_law()) == []


def test_every_unit_has_words_and_is_used() -> None:
    law = load_law()
    used = {value.unit for values in law.values.values() for value in values}
    used |= {unit for ones in law.scales.values() for one in ones for unit in (one.unit, one.gives)}
    assert used == load_units().keys()
    assert all(words.en and words.ka for words in load_units().values())
