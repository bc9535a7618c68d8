from pathlib import Path

from form_templates import catalog
from form_templates.editions import Loss
from form_templates.model import TemplateKey
from tests.form_templates.two_editions import FORM, KA, NEW, OLD, TEMPLATE, make_editions
from validation.typed_values import Json
from workflow.printing.late_records import carry_to_newest

KINDS = 'id = "circumstance_kinds"\nkind = "circle"\ncardinality = "many"'
VALUES: dict[str, Json] = {"house": "12ა", "circumstance_kinds": ["3"], "family_decision": "2"}


def test_a_record_of_the_newest_edition_stays_as_it_is() -> None:
    key = catalog.load("application").key
    carried = carry_to_newest({"reason": "1", "no_such_field": "x"}, key)
    assert (carried.key, carried.values, carried.lost) == (
        key,
        {"reason": "1", "no_such_field": "x"},
        {},
    )


def test_a_record_of_an_older_edition_is_told_in_the_terms_of_the_newest(tmp_path: Path) -> None:
    make_editions(
        tmp_path,
        (TEMPLATE, KINDS, KINDS.replace("many", "one")),
        (KA, '2 = "უარს ამბობს დახმარებაზე"', '2 = "თანახმაა"'),
    )
    carried = carry_to_newest(VALUES, TemplateKey(FORM, OLD), tmp_path)
    assert carried.key == TemplateKey(FORM, NEW)
    assert carried.values == {"house": "12ა", "circumstance_kinds": "3"}
    assert carried.lost == {"family_decision": Loss.OTHER_CODE}
