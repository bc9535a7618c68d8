import re
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.acting import Begin
from tests.web.conftest import SignIn
from tests.web.trail import list_events
from tests.workflow.registered import POOR, RICH, register_case, register_record
from workflow.acts import Act
from workflow.assignment.opening import open_assignment
from workflow.jobs.work import Work
from workflow.rating.run import rate_record
from workflow.settings import Settings
from workflow.store.families import find_case
from workflow.store.models.families import FamilyCase, IssuedPrint
from workflow.store.prints import list_prints
from workflow.store.ratings import list_assignments
from workflow.store.session import Store

CODE = "0123456789"
APPLIED = {
    "applicant_surname": "ბერიძე",
    "applicant_is_member": "1",
    "municipality": "გორი",
    "members[1].surname": "ბერიძე",
}
READERS = {"operator", "coordinator", "supervisor"}
VIEWS = {
    "/families": READERS,
    "/families/{case}": READERS,
    "/ratings/{rating}": READERS,
    "/prints/{print}.pdf": READERS,
}


@dataclass(frozen=True)
class Family:
    """A family that was rated, with its assignment form printed."""

    case_id: int
    rating_id: int
    print_id: int

    def fill(self, path: str) -> str:
        """An address with the family's numbers."""
        return path.format(case=self.case_id, rating=self.rating_id, print=self.print_id)


@pytest.fixture
def family(app: Flask, act: Begin, store: Store, settings: Settings) -> Family:
    """A poor family: applied, declared, rated under the limit."""
    with act() as doing:
        case = register_case(doing, CODE)
        register_record(doing, case, "application", APPLIED)
        record = register_record(doing, case, "family_declaration", POOR)
        rating = rate_record(doing, record.id)
        ids = case.id, rating.id
    commit = open_assignment(Work(store, settings, lambda: None), ids[1])
    with act() as doing:
        commit(doing)
        (opened,) = list_assignments(doing.session, ids[0])
        return Family(*ids, opened.print_id)


def move_elsewhere(store: Store, case_id: int) -> None:
    with store.write() as session:
        find_case(session, case_id).unit_id = 2


def list_actions(store: Store, subject: str) -> list[tuple[str, str]]:
    with store.read() as session:
        return [(event.actor, event.action) for event in list_events(session, subject)]


@pytest.mark.parametrize("who", ["archivist", *sorted(READERS), "administrator"])
def test_families_open_by_role(family: Family, sign_in: SignIn, who: str) -> None:
    visitor = sign_in(who)
    opened = {path for path in VIEWS if visitor.get(family.fill(path)).status_code == 200}
    assert opened == {path for path, roles in VIEWS.items() if who in roles}


@pytest.mark.parametrize(
    ("who", "status"),
    [("archivist", 403), ("operator", 302), ("coordinator", 302), ("supervisor", 403)],
)
def test_declarations_are_printed_by_role(
    family: Family, sign_in: SignIn, who: str, status: int
) -> None:
    answer = sign_in(who).submit(f"/families/{family.case_id}/prints")
    assert answer.status_code == status


def test_nobody_finds_the_family_of_another_unit(
    family: Family, store: Store, sign_in: SignIn
) -> None:
    move_elsewhere(store, family.case_id)
    operator = sign_in("operator")
    views = [family.fill(path) for path in VIEWS if "{" in path]
    assert {operator.get(path).status_code for path in views} == {404}
    assert operator.submit(f"/families/{family.case_id}/prints").status_code == 404
    for path in ("/families", f"/families?code={CODE}"):
        assert f"/families/{family.case_id}" not in operator.get(path).text
    seen = {who for subject in ("case", "print") for who, _ in list_actions(store, f"{subject}:1")}
    assert "operator" not in seen


def test_who_sees_a_family_its_rating_or_its_print_is_recorded(
    family: Family, store: Store, sign_in: SignIn
) -> None:
    operator = sign_in("operator")
    operator.get(f"/families/{family.case_id}")
    operator.get(f"/ratings/{family.rating_id}")
    operator.get(f"/prints/{family.print_id}.pdf")
    looks = list_actions(store, f"case:{family.case_id}")
    assert looks.count(("operator", "case:read")) == 2
    assert ("operator", "print:read") in list_actions(store, f"print:{family.print_id}")


def test_the_list_shows_codes_states_and_scores_but_no_names(
    family: Family, sign_in: SignIn
) -> None:
    page = sign_in("operator").get("/families").text
    assert CODE in page
    assert "Eligible" in page and "Demonstration" in page
    assert "ბერიძე" not in page


def test_a_family_is_found_by_its_code_and_state(family: Family, sign_in: SignIn) -> None:
    operator = sign_in("operator")
    link = f'href="/families/{family.case_id}"'
    assert link in operator.get(f"/families?code={CODE}").text
    assert link not in operator.get("/families?code=9999999999").text
    assert link in operator.get("/families?state=eligible").text
    assert link not in operator.get("/families?state=assigned").text


def test_screens_of_the_list_neither_repeat_nor_lose_a_family(
    app: Flask, act: Begin, sign_in: SignIn
) -> None:
    with act() as doing:
        codes = [register_case(doing, f"{number:010d}").family_code for number in range(60)]
    operator = sign_in("operator")
    first = operator.get("/families").text
    onward = re.search(r'href="(/families\?before=\d+)"', first)
    assert onward
    shown = [re.findall(r">(\d{10})</a>", page) for page in (first, operator.get(onward[1]).text)]
    assert shown[0] + shown[1] == codes[::-1]


def test_a_familys_way_is_told_from_application_to_assignment(
    family: Family, sign_in: SignIn
) -> None:
    page = sign_in("operator").get(f"/families/{family.case_id}").text
    way = page[page.index("documents-timeline") :]
    told = ["Application to", "Rated:", "Printed: Social assistance assignment form"]
    places = [way.index(words) for words in told]
    assert places == sorted(places)
    assert "The form is with the agent" in page
    assert "Last day of the visit" in page


def test_papers_that_a_family_left_with_another_unit_are_told_and_not_linked(
    family: Family, store: Store, sign_in: SignIn
) -> None:
    page = family.fill("/families/{case}")
    assert 'href="/documents/' in sign_in("operator").get(page).text
    move_elsewhere(store, family.case_id)
    seen = sign_in("other_unit_operator").get(page)
    assert seen.status_code == 200 and "in another unit" in seen.text
    assert 'href="/documents/' not in seen.text


def test_what_rests_on_a_demonstration_methodology_says_so_wherever_it_shows(
    family: Family, sign_in: SignIn
) -> None:
    operator = sign_in("operator")
    page = operator.get(f"/families/{family.case_id}").text
    marked = page.count('govuk-tag--yellow">Demonstration')
    assert marked == 4  # the assignment, its print twice, the rating
    rating = operator.get(f"/ratings/{family.rating_id}").text
    assert "No decision about a family may rest on this score." in rating


def test_a_rating_is_explained_line_by_line(family: Family, sign_in: SignIn) -> None:
    page = sign_in("operator").get(f"/ratings/{family.rating_id}").text
    assert page.count("<tr") > 20
    assert "Family member 1: Date of birth" in page
    assert "below it" in page


def test_a_family_that_is_not_eligible_has_no_assignment(
    app: Flask, act: Begin, sign_in: SignIn
) -> None:
    with act() as doing:
        case_id = _rate(doing, "5555555555").id
    page = sign_in("operator").get(f"/families/{case_id}").text
    assert "not below the limit" in page
    assert "Assignment of the allowance" not in page


def _rate(act: Act, code: str) -> FamilyCase:
    case = register_case(act, code)
    rate_record(act, register_record(act, case, "family_declaration", RICH).id)
    return case


def test_a_declaration_for_the_visit_is_printed_with_what_is_known(
    family: Family, store: Store, sign_in: SignIn
) -> None:
    coordinator = sign_in("coordinator")
    coordinator.submit(f"/families/{family.case_id}/prints")
    with store.read() as session:
        newest: IssuedPrint = list_prints(session, family.case_id)[0]
    assert newest.form == "family_declaration"
    assert newest.values["family_code"] == CODE
    assert newest.values["representative_surname"] == "ბერიძე"
    assert newest.rows["members"] == 1
    assert list_actions(store, f"print:{newest.id}") == [("coordinator", "print:issue")]
    opened = coordinator.get(f"/prints/{newest.id}.pdf")
    assert (opened.mimetype, opened.data[:5]) == ("application/pdf", b"%PDF-")
    assert opened.headers["Cache-Control"] == "no-store"
    assert f"copy number {newest.serial}" in coordinator.get(f"/families/{family.case_id}").text


def test_a_button_pressed_twice_prints_one_copy_and_once_more_another(
    family: Family, store: Store, sign_in: SignIn
) -> None:
    coordinator, path = sign_in("coordinator"), f"/families/{family.case_id}"
    coordinator.submit(f"{path}/prints")
    coordinator.submit(f"{path}/prints")
    page = coordinator.get(path).text
    assert "A copy was printed a moment ago." in page
    assert count_declarations(store, family.case_id) == 1
    seen = re.findall(r'name="seen" value="(\d+)"', page)
    coordinator.submit(f"{path}/prints", seen=seen)
    assert count_declarations(store, family.case_id) == 2


def count_declarations(store: Store, case_id: int) -> int:
    with store.read() as session:
        return [each.form for each in list_prints(session, case_id)].count("family_declaration")


def test_a_print_whose_file_is_gone_is_not_found(
    family: Family, settings: Settings, sign_in: SignIn
) -> None:
    for path in settings.prints.rglob("*"):
        if path.is_file():
            path.unlink()
    assert sign_in("operator").get(f"/prints/{family.print_id}.pdf").status_code == 404


@pytest.mark.parametrize("path", ["/families/99", "/ratings/99", "/prints/99.pdf"])
def test_what_is_not_there_is_not_found(family: Family, sign_in: SignIn, path: str) -> None:
    assert sign_in("operator").get(path).status_code == 404


def test_what_had_no_room_on_the_print_is_said(family: Family, act: Begin, sign_in: SignIn) -> None:
    with act() as doing:
        case = find_case(doing.session, family.case_id)
        register_record(doing, case, "application", {**APPLIED, "applicant_surname": "ა" * 80})
    coordinator = sign_in("coordinator")
    coordinator.submit(f"/families/{family.case_id}/prints")
    page = coordinator.get(f"/families/{family.case_id}").text
    assert "Left to the pen, for want of room: " in page
