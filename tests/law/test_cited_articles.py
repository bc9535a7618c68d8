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


def test_the_papers_of_a_benefit_are_asked_for_by_the_article_of_its_list() -> None:
    asked: dict[str, Plain] = {"application_date": date(2015, 11, 20), "documents": ["1"]}
    for code, article in (("1", "art-9(5)"), ("5", "art-9(10)"), ("20", "art-9(9)")):
        values = asked | {"benefit": code}
        [finding] = find("municipal_application", "benefit_papers_enclosed", values)
        assert finding.law == f"gurjaani-programme-2015/{article}"


def test_what_is_missing_is_named_in_the_order_of_the_list() -> None:
    values: dict[str, Plain] = {"application_date": date(2015, 11, 20), "benefit": "5"}
    values |= {"documents": ["12"]}
    [finding] = find("municipal_application", "benefit_papers_enclosed", values)
    assert finding.parameters["missing"] == ("paper_patient_identity", "paper_invoice")


def test_a_stranger_asks_for_a_repeated_assessment_under_its_own_article() -> None:
    for reason, article in (("1", "art-2(1)"), ("2", "art-13(1)")):
        values: dict[str, Plain] = {"reason": reason, "applicant_is_member": "2"}
        [finding] = find("application", "applicant_may_speak", values)
        assert finding.law == f"{ANNEX}/{article}"


def test_who_hinders_an_inspection_is_asked_for_the_duties_that_the_order_means() -> None:
    [finding] = find("termination_protocol", "obstruction_breaks_duty", {"grounds": ["4"]})
    assert finding.parameters == {"duties": "duties_as_meant"}
