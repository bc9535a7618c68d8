from dataclasses import replace
from datetime import date

from form_templates.model import TemplateKey
from tests.validation.papers import DAY, load_form, read_paper
from validation.disposition import Disposition
from validation.documents import validate_document
from validation.rules.catalog import list_rules

KEY = TemplateKey("school_request", date(2015, 5, 1))


def test_a_form_that_no_rule_speaks_of_waits_for_a_person_under_its_own_law() -> None:
    template = replace(load_form("information_sheet"), key=KEY)
    checked = validate_document(template, read_paper(template, {"handing_date": DAY}), DAY)
    (found,) = checked.findings
    assert not list_rules(KEY.form)
    assert (found.code, found.law) == ("form_without_rules", template.law)
    assert checked.disposition is Disposition.NEEDS_REVIEW
