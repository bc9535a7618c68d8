from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.validation.law_folders import write_law
from validation.errors import UnknownLawValue, WrongList, WrongScale
from validation.parameters import Law, load_law

LIST = """
[[list]]
from = 2015-05-01
codes = ["N18.3", "C00-C97"]
law = "order-01-14/annex-1/art-7(7)(b)"

[[list]]
from = 2020-01-01
repealed = true
law = "order-1"
"""
SCALE = """
[[scale]]
from = 2015-01-01
bands = [
    { to = 300, least = 50, most = 70 },
    { from = 300, to = 500, least = 40, most = 50 },
    { above = 2000, most = 20, cap = 500 },
]
unit = "gel"
gives = "percent"
law = "gurjaani-programme-2015/art-10(5)"

[[scale]]
from = 2016-01-01
repealed = true
unit = "gel"
gives = "percent"
law = "gurjaani-programme-2015/art-14"
"""
IN_2015 = date(2015, 6, 1)


def load(folder: Path, text: str) -> Law:
    return load_law(write_law(folder, {"topic/thing": text}))


def test_a_list_is_that_of_the_day_with_its_ranges_as_printed(tmp_path: Path) -> None:
    law = load(tmp_path, LIST)
    listed = law.codes_on("topic/thing", IN_2015)
    assert listed is not None
    assert listed.codes == ("N18.3", "C00-C97")
    assert law.codes_on("topic/thing", date(2015, 4, 30)) is None
    assert law.codes_on("topic/thing", date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('codes = ["N18.3", "C00-C97"]', "codes = []", "list[1].codes"),
        ('codes = ["N18.3", "C00-C97"]', "", "list[1].codes"),
        ('codes = ["N18.3", "C00-C97"]', 'codes = ["N18.3", 4]', "list[1].codes"),
        ('"N18.3", "C00-C97"', '"N18.3", "N18.3"', "list[1].codes"),
        ("repealed = true", 'repealed = true\ncodes = ["I50"]', "list[2].codes"),
        ('law = "order-1"', 'law = "order-1"\nunit = "codes"', "list[2].unit"),
    ],
)
def test_a_wrong_list_is_refused_with_its_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(WrongList) as fault:
        load(tmp_path, LIST.replace(old, new, 1))
    assert (fault.value.key, fault.value.file.name) == (key, "thing.toml")


@pytest.mark.parametrize(
    ("amount", "shares"),
    [
        ("0", ["50-70"]),
        ("299.99", ["50-70"]),
        ("300", ["50-70", "40-50"]),
        ("500", ["40-50"]),
        ("1000", []),
        ("2000", []),
        ("2000.01", ["None-20"]),
    ],
)
def test_an_amount_on_a_shared_border_lies_in_both_bands(
    tmp_path: Path, amount: str, shares: list[str]
) -> None:
    scale = load(tmp_path, SCALE).scale_on("topic/thing", IN_2015)
    assert scale is not None
    bands = scale.list_bands_at(Decimal(amount))
    assert [f"{band.least}-{band.most}" for band in bands] == shares


def test_a_scale_is_that_of_the_day(tmp_path: Path) -> None:
    law = load(tmp_path, SCALE)
    assert law.scale_on("topic/thing", date(2014, 12, 31)) is None
    assert law.scale_on("topic/thing", date(2015, 12, 31)) is not None
    assert law.scale_on("topic/thing", date(2016, 1, 1)) is None


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (
            "{ to = 300, least = 50, most = 70 }",
            "{ to = 300, least = 50 }",
            "scale[1].bands[1].most",
        ),
        ("least = 50, most = 70", "least = 80, most = 70", "scale[1].bands[1].least"),
        ("most = 70", 'most = "much"', "scale[1].bands[1].most"),
        ("to = 300, least", "to = 300, below = 300, least", "scale[1].bands[1].below"),
        ("to = 300, least", "until = 300, least", "scale[1].bands[1].until"),
        ("from = 300, to = 500", "from = 200, to = 500", "scale[1].bands"),
        ('gives = "percent"', "", "scale[1].gives"),
        ('unit = "gel"', "", "scale[1].unit"),
        ("repealed = true", "repealed = true\nbands = [{ most = 1 }]", "scale[2].bands"),
    ],
)
def test_a_wrong_scale_is_refused_with_its_key(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    assert old in SCALE
    with pytest.raises(WrongScale) as fault:
        load(tmp_path, SCALE.replace(old, new, 1))
    assert (fault.value.key, fault.value.file.name) == (key, "thing.toml")


@pytest.mark.parametrize("ask", [Law.value_on, Law.scale_on])
def test_a_list_is_not_asked_for_as_a_number_or_a_scale(tmp_path: Path, ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnknownLawValue):
        ask(load(tmp_path, LIST), "topic/thing", IN_2015)


@pytest.mark.parametrize(
    ("score", "amount"),
    [
        (0, 60),
        (30000, 60),
        (30001, 50),
        (57000, 50),
        (57001, 40),
        (60000, 40),
        (60001, 30),
        (65000, 30),
    ],
)
def test_the_allowance_of_a_score_is_one_amount(score: int, amount: int) -> None:
    scale = load_law().scale_on("benefits/allowance", date(2026, 11, 21))
    assert scale is not None
    assert scale.assumed
    assert [band.most for band in scale.list_bands_at(Decimal(score))] == [amount]


def test_no_allowance_from_the_limit_on() -> None:
    law, day = load_law(), date(2026, 11, 21)
    scale, limit = (
        law.scale_on("benefits/allowance", day),
        law.value_on("benefits/score_limit", day),
    )
    assert scale is not None
    assert limit is not None
    assert limit.number is not None
    assert scale.list_bands_at(limit.number) == ()
    assert len(scale.list_bands_at(limit.number - 1)) == 1


@pytest.mark.parametrize(
    ("name", "border", "share"),
    [
        ("gurjaani/medical_share", 300, 50),
        ("gurjaani/medical_share", 500, 40),
        ("gurjaani/medical_share", 1000, 30),
        ("gurjaani/medicine_share", 50, 70),
        ("gurjaani/medicine_share", 100, 50),
        ("gurjaani/medicine_share", 200, 30),
        ("gurjaani/medicine_share_oncology", 50, 80),
        ("gurjaani/medicine_share_oncology", 100, 60),
        ("gurjaani/medicine_share_oncology", 200, 40),
    ],
)
def test_one_share_fits_both_bands_at_a_shared_border(name: str, border: int, share: int) -> None:
    scale = load_law().scale_on(name, IN_2015)
    assert scale is not None
    bands = scale.list_bands_at(Decimal(border))
    common = max(band.least or Decimal(0) for band in bands), min(band.most for band in bands)
    assert (len(bands), common) == (2, (share, share))


@pytest.mark.parametrize(
    ("name", "border", "cap"),
    [
        ("gurjaani/medical_share", 2000, 500),
        ("gurjaani/medicine_share", 300, 100),
        ("gurjaani/medicine_share_oncology", 300, 150),
    ],
)
def test_only_the_last_band_has_a_cap_and_no_least(name: str, border: int, cap: int) -> None:
    scale = load_law().scale_on(name, IN_2015)
    assert scale is not None
    below, above = (scale.list_bands_at(Decimal(border) + more) for more in (0, 1))
    assert [(band.cap, band.least is None) for band in below] == [(None, False)]
    assert [(band.cap, band.least is None) for band in above] == [(cap, True)]


def test_the_columns_of_income_are_the_agencys_or_the_familys() -> None:
    law = load_law()
    agency = law.codes_on("income/agency_columns", IN_2015)
    family = law.codes_on("income/family_columns", IN_2015)
    assert agency is not None
    assert family is not None
    assert sorted(agency.codes + family.codes) == [f"C3_{column:02}" for column in range(1, 15)]


def test_the_diagnoses_stand_as_the_order_prints_them() -> None:
    law = load_law()
    printed = {
        name: listed.codes
        for name in law.lists
        if name.startswith("diagnoses/") and (listed := law.codes_on(name, IN_2015))
    }
    assert printed["diagnoses/cancer"] == ("C00-C97",)
    assert printed["diagnoses/kidney"] == ("N18.3", "N18.4", "N18.5")
    assert {"M30.0", "E00.0", "J60-J68", "J45.0-J45.9"} <= set(
        printed["diagnoses/respiratory_base"]
    )
    assert len(printed["diagnoses/respiratory_base"]) == 30
    doubted = law.codes_on("diagnoses/respiratory_doubted", IN_2015)
    assert doubted is not None
    assert (doubted.codes, doubted.assumed) == (("M30.1", "E00.1"), True)
