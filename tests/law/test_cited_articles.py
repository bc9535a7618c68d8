from datetime import date

from tests.validation.papers import DAY, Plain, load_form, read_paper
from validation.documents import validate_document
from validation.findings import Finding

TOO_EARLY: dict[str, Plain] = {"grounds": ["5"], "warning_date": date(2015, 11, 1)}
ANNEX = "order-02-150/annex-3"


def find(form: str, code: str, values: dict[str, Plain]) -> list[Finding]:
    template = load_form(form)
    found = validate_document(template, read_paper(template, values), DAY).findings
    return [finding for finding in found if finding.code == code]


def test_a_protocol_is_judged_by_the_article_in_force_on_its_day() -> None:
    values = TOO_EARLY | {"filling_date": date(2015, 11, 20)}
    [finding] = find("termination_protocol", "warning_a_month_before", values)
    assert (finding.law, finding.assumed) == ("order-01-14/annex-1/art-14(7)(b)", False)


def test_an_older_protocol_is_judged_by_the_older_order_as_it_is_assumed() -> None:
    values = TOO_EARLY | {"warning_date": date(2014, 3, 1), "filling_date": date(2014, 3, 20)}
    [finding] = find("termination_protocol", "warning_a_month_before", values)
    assert (finding.law, finding.assumed) == ("order-141/annex-1", True)


def test_what_needs_the_registry_is_said_by_the_article_of_each_kind() -> None:
    found = find("correction_request", "needs_registry", {"correction_kinds": ["2", "3", "4"]})
    articles = [f"{ANNEX}/art-12(3)", f"{ANNEX}/art-12(4)", f"{ANNEX}/art-12(8)"]
    assert [finding.law for finding in found] == articles
