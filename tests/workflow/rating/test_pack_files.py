import shutil
from datetime import date
from pathlib import Path

import pytest

from workflow.rating.faults import BrokenPack, NoPack
from workflow.rating.pack_files import ROOT, list_packs, load_pack, open_pack, read_pack

SHIPPED = ROOT / "demonstration" / "2015-05-01"


def alter_pack(folder: Path, old: str, new: str) -> Path:
    """A copy of the shipped pack with one thing changed."""
    copy = folder / SHIPPED.parent.name / SHIPPED.name
    shutil.copytree(SHIPPED, copy)
    file = copy / "pack.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def refuse(folder: Path, old: str, new: str) -> BrokenPack:
    file = alter_pack(folder, old, new)
    with pytest.raises(BrokenPack) as refused:
        read_pack(file)
    assert str(refused.value.file) in str(refused.value)
    return refused.value


def test_every_pack_that_ships_says_that_it_is_a_demonstration():
    for pack in list_packs():
        assert not pack.official
        assert "not the official one" in pack.label("pack.statement", "en")
        assert "არა ოფიციალური" in pack.label("pack.statement", "ka")


def test_the_head_of_the_pack_says_that_its_numbers_are_invented():
    assert "INVENTED" in (SHIPPED / "pack.toml").read_text(encoding="utf-8").split("[pack]")[0]


def test_a_pack_holds_from_its_day():
    assert load_pack(date(2015, 5, 1)).key == "demonstration/2015-05-01"
    with pytest.raises(NoPack):
        load_pack(date(2015, 4, 30))


def test_a_pack_is_found_by_what_a_rating_keeps_of_it():
    pack = load_pack(date(2026, 1, 1))
    assert open_pack(pack.key) is pack
    with pytest.raises(NoPack):
        open_pack("demonstration/1999-01-01")


def test_an_official_pack_comes_before_a_demonstration(tmp_path):
    shutil.copytree(SHIPPED.parent, tmp_path / "demonstration")
    folder = tmp_path / "ministry" / SHIPPED.name
    shutil.copytree(SHIPPED, folder)
    text = (folder / "pack.toml").read_text(encoding="utf-8")
    text = text.replace('name = "demonstration"', 'name = "ministry"')
    (folder / "pack.toml").write_text(text.replace("\nofficial = false", "\nofficial = true"))
    assert load_pack(date(2026, 1, 1), tmp_path).official


def test_the_checksum_changes_with_any_number(tmp_path):
    file = alter_pack(tmp_path, "coefficient = 0.6", "coefficient = 0.61")
    assert read_pack(file).checksum != load_pack(date(2026, 1, 1)).checksum


@pytest.mark.parametrize(
    "question", ["F1", "F2", "F2_reasons", "durables", "television", "refrigerator"]
)
def test_what_no_methodology_may_use_is_refused_with_file_and_key(tmp_path, question):
    fault = refuse(tmp_path, 'question = "E1"', f'question = "{question}"')
    assert fault.key == "welfare.electricity.question"
    assert question in str(fault) and "count" in str(fault)


def test_the_opinion_of_the_agent_may_not_even_be_a_condition(tmp_path):
    fault = refuse(tmp_path, 'blank = "D1=2"', 'blank = "F1=2"')
    assert fault.key == "welfare.land.blank"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('question = "E1"', 'question = "E9"', "welfare.electricity.question"),
        ('question = "E1"', 'question = "filling_date"', "welfare.electricity.question"),
        ('question = "E1"\n', 'question = "E1"\nblank = "always"\n', "welfare.electricity.blank"),
        ('question = "A10"\ncode = "1"', 'question = "A10"\ncode = "9"', "welfare.parquet.code"),
        ('blank = "D1=2"', 'blank = "D1=7"', "welfare.land.blank"),
        ('blank = "D1=2"', 'blank = "D9"', "welfare.land.blank"),
        ("coefficient = 0.6", 'coefficient = "0.6"', "welfare.salary.coefficient"),
        ("coefficient = 0.6", "coeficient = 0.6", "welfare.salary"),
        ('id = "water"', 'id = "gas"', "gas"),
        ("from_years = 0", "from_years = 1", "needs.bands"),
        ("from_years = 7", "from_years = 3", "needs.bands"),
        ("weight = 0.7\n", "weight = 0\n", "needs.age_0_3.weight"),
        ('born = "birth_date"', 'born = "surname"', "needs.born"),
        ("[parameters.scale]\nnumber = 35000", "[parameters.scale]\nnumber = 0", "scale"),
        ("[parameters.base]", "[parameters.basis]", "parameters.bas"),
        ("\nofficial = false", '\nofficial = "no"', "pack.official"),
        ("editions = [2015-05-01]", "editions = [2014-01-01]", "pack.editions"),
        ('form = "family_declaration"', 'form = "application"', "pack.editions"),
        ("from = 2015-05-01", "from = 2015-06-01", "pack.from"),
        ('name = "demonstration"', 'name = "demonstration"\ncolour = 1', "pack.colour"),
    ],
)
def test_a_mistake_in_a_pack_is_reported_with_its_key(tmp_path, old, new, key):
    assert key in refuse(tmp_path, old, new).key


def test_a_pack_without_its_wording_is_refused(tmp_path):
    file = alter_pack(tmp_path, "", "")
    labels = file.with_name("labels.ka.toml")
    lines = labels.read_text(encoding="utf-8").splitlines()
    labels.write_text("\n".join(line for line in lines if not line.startswith("salary")))
    with pytest.raises(BrokenPack) as refused:
        read_pack(file)
    assert (refused.value.file, refused.value.key) == (labels, "line.salary")


def test_broken_toml_is_reported_with_the_file(tmp_path):
    assert "pack.toml" in str(refuse(tmp_path, "[pack]", "[pack"))
