from datetime import date

import pytest

from form_templates import catalog
from form_templates.errors import EditionTaken, NumberTaken, TemplateFault
from form_templates.known_forms import find_numbered, list_known, load_known, load_sound
from form_templates.model import TemplateKey
from tests.form_templates.editions import put_edition

SHIPPED = catalog.load("application")
LATER = TemplateKey("application", date(2031, 1, 1))


def test_a_folder_of_ones_own_adds_to_the_forms_that_ship(tmp_path):
    put_edition(tmp_path, LATER, 400)
    assert set(list_known(tmp_path)) == {*catalog.list_templates(), LATER}
    assert load_known(LATER, tmp_path).number == 400
    assert load_known(SHIPPED.key, tmp_path) is SHIPPED


def test_a_page_code_names_editions_of_both(tmp_path):
    put_edition(tmp_path, LATER, 400)
    own, shipped = find_numbered(400, tmp_path), find_numbered(SHIPPED.number, tmp_path)
    assert own is not None and own.key == LATER
    assert shipped is SHIPPED
    assert find_numbered(401, tmp_path) is None


def test_a_copy_of_an_edition_that_ships_changes_nothing(tmp_path):
    put_edition(tmp_path, SHIPPED.key, SHIPPED.number)
    assert find_numbered(SHIPPED.number, tmp_path) is SHIPPED
    assert load_known(SHIPPED.key, tmp_path) is SHIPPED


@pytest.mark.parametrize("file", ["template.toml", "labels.ka.toml"])
def test_an_edition_that_ships_is_not_made_another_one(tmp_path, file):
    changed = put_edition(tmp_path, SHIPPED.key, SHIPPED.number).with_name(file)
    changed.write_text(changed.read_text(encoding="utf-8") + "\n# other\n", encoding="utf-8")
    with pytest.raises(EditionTaken) as fault:
        find_numbered(SHIPPED.number, tmp_path)
    assert str(changed.parent) in str(fault.value) and str(SHIPPED.folder) in str(fault.value)
    with pytest.raises(EditionTaken):
        load_known(SHIPPED.key, tmp_path)
    assert SHIPPED in load_sound(tmp_path)


def test_an_edition_that_ships_is_not_numbered_anew(tmp_path):
    put_edition(tmp_path, SHIPPED.key, 400)
    for number in (400, SHIPPED.number):
        with pytest.raises(EditionTaken):
            find_numbered(number, tmp_path)


def test_a_page_code_that_would_mean_two_forms_is_refused(tmp_path):
    put_edition(tmp_path, LATER, SHIPPED.number)
    with pytest.raises(NumberTaken) as fault:
        find_numbered(SHIPPED.number, tmp_path)
    assert str(SHIPPED.key) in str(fault.value)


def test_a_broken_edition_hides_no_other(tmp_path):
    put_edition(tmp_path, LATER, 400).write_text("number = 400\nlaw = 3\n")
    assert {template.key for template in load_sound(tmp_path)} == set(catalog.list_templates())
    with pytest.raises(TemplateFault):
        find_numbered(400, tmp_path)


def test_no_number_names_a_form_of_others(tmp_path):
    assert find_numbered(0, tmp_path) is None
