"""The step that checks a paper asks services first, and goes on without those that fail."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.conftest import desk as desk
from tests.workflow.cases.papers import DECLARED, DOUBTFUL, add_version, store_paper
from tests.workflow.registers.conftest import TODAY, Bring
from tests.workflow.registers.extracts import make_row, name_columns, write_csv
from tests.workflow.registers.serving import make_answer, say_json, serve
from validation.disposition import Disposition, Severity
from validation.findings import Finding
from validation.registers import Register
from validation.wording import write_message
from web.documents.findings import restore_finding
from workflow.cases.checking import _make_row, check_document
from workflow.jobs.outbox import request_step
from workflow.jobs.queue import StepName
from workflow.jobs.runner import run_step
from workflow.jobs.work import Work
from workflow.registers.asking import find_answers
from workflow.registers.entries import describe_answer
from workflow.registers.fetching import find_people
from workflow.settings import RegisterAddress, Settings
from workflow.store.documents import find_document
from workflow.store.models.paper import DocumentState
from workflow.store.models.registers import UnreachedRegister
from workflow.store.models.work import Step, StepState
from workflow.store.session import Store

NUMBERS = {
    value
    for field, value in DECLARED.items()
    if field.endswith("personal_number") and isinstance(value, str)
}
FORM = "family_declaration"


def store_declaration(desk: Desk, changes: Mapping[str, Any] | None = None) -> int:
    with desk.act() as act:
        document = store_paper(act.session, FORM, act.now, changes)
        request_step(act, StepName.CHECK_DOCUMENT, f"document:{document.id}", "x")
        return document.id


def ask_of(settings: Settings, *addresses: RegisterAddress) -> Settings:
    return replace(settings, register_addresses=addresses)


def run(desk: Desk, settings: Settings, document_id: int) -> Step:
    """One attempt at the step."""
    step = find_step(desk, document_id)
    run_step(desk.store, settings, step.id, "worker", desk.clock)
    return find_step(desk, document_id)


def find_step(desk: Desk, document_id: int) -> Step:
    with desk.store.read() as session:
        subject = f"document:{document_id}"
        return session.query(Step).filter_by(subject=subject, step="check_document").one()


def fail(handler: BaseHTTPRequestHandler, _: object) -> None:
    say_json(handler, {}, 500)


def test_the_people_on_a_paper_are_asked_about_and_the_answers_kept(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk)
    with serve() as service:
        step = run(desk, ask_of(settings, service.address()), document_id)
    assert step.state == StepState.DONE
    assert [set(asked["personal_numbers"]) for asked in service.asked] == [NUMBERS]
    with desk.store.read() as session:
        found = find_answers(session, NUMBERS)
    assert set(found) == {Register.CIVIL}
    assert set(found[Register.CIVIL]) == NUMBERS
    assert all(answer.entries for answer in found[Register.CIVIL].values())
    (event,) = desk.trail(document_id, "register:ask")
    assert event.after == {"register": "civil", "people": len(NUMBERS)}


def test_nobody_is_asked_where_no_service_is_named(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk)
    assert run(desk, settings, document_id).state == StepState.DONE
    assert desk.trail(document_id, "register:ask") == []


def test_nobody_on_simulated_paper_is_asked_about(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk)
    with desk.act() as act:
        find_document(act.session, document_id).simulated = True
    with serve() as service:
        assert run(desk, ask_of(settings, service.address()), document_id).state == StepState.DONE
    assert service.asked == []


@pytest.mark.parametrize(
    ("form", "field", "people"),
    [
        ("application", "applicant_personal_number", {"01001012345"}),
        ("family_declaration", "representative_personal_number", {"01001012345"}),
        ("information_sheet", "representative_personal_number", set()),
        ("correction_request", "representative_personal_number", set()),
    ],
)
def test_only_papers_that_say_who_belongs_to_a_family_have_people_to_ask_about(
    desk: Desk, form: str, field: str, people: set[str]
) -> None:
    with desk.act() as act:
        document = store_paper(act.session, form, act.now, answers={field: "01001012345"})
        assert find_people(act.session, document).numbers == people


def test_an_answer_about_a_day_before_our_law_does_not_hold_a_paper_up(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk)

    def say(handler: BaseHTTPRequestHandler, asked: Mapping[str, Any]) -> None:
        answers = {each: [] for each in asked["personal_numbers"]}
        say_json(handler, make_answer(answers, as_of="2001-01-01"))

    with serve(say) as service:
        assert run(desk, ask_of(settings, service.address()), document_id).state == StepState.DONE
    assert "register_not_reached" in [code for code, _ in desk.codes(document_id)]


def test_a_number_in_doubt_is_not_asked_about(desk: Desk, settings: Settings) -> None:
    doubtful = "members[2].personal_number"
    document_id = store_declaration(desk, {doubtful: DOUBTFUL})
    with serve() as service:
        run(desk, ask_of(settings, service.address()), document_id)
    (asked,) = service.asked
    assert DECLARED[doubtful] not in asked["personal_numbers"]
    assert DECLARED["members[1].personal_number"] in asked["personal_numbers"]


def test_who_was_asked_about_today_is_asked_about_again_tomorrow(
    desk: Desk, settings: Settings
) -> None:
    with serve() as service:
        asking = ask_of(settings, service.address())
        for _ in range(2):
            run(desk, asking, store_declaration(desk))
        assert len(service.asked) == 1
        desk.clock.advance(days=1)
        run(desk, asking, store_declaration(desk))
        assert len(service.asked) == 2


def test_an_extract_of_today_spares_the_question(
    desk: Desk, settings: Settings, bring: Bring, tmp_path: Path
) -> None:
    rows = [name_columns(Register.CIVIL), make_row(Register.CIVIL)]
    bring(write_csv(tmp_path / "a.csv", rows), Register.CIVIL, TODAY)
    with serve() as service:
        run(desk, ask_of(settings, service.address()), store_declaration(desk))
    assert service.asked == []


def test_a_service_that_fails_is_asked_again_and_the_others_only_once(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk)
    with serve(fail) as broken, serve() as well:
        border = broken.address(register=Register.BORDER)
        asking = ask_of(settings, border, well.address())
        step = run(desk, asking, document_id)
        assert (step.state, step.error_code) == (StepState.PENDING, "register_unreached")
        assert desk.state(document_id) is DocumentState.RECEIVED
        broken.say = lambda handler, asked: say_json(
            handler, make_answer({each: [] for each in asked["personal_numbers"]})
        )
        desk.clock.advance(seconds=2)
        assert run(desk, asking, document_id).state == StepState.DONE
    assert (len(broken.asked), len(well.asked)) == (2, 1)
    assert not [code for code, _ in desk.codes(document_id) if code == "register_not_reached"]


def run_to_the_end(desk: Desk, settings: Settings, document_id: int) -> int:
    """Attempt after attempt; how many there were."""
    for attempt in range(1, 20):
        step = run(desk, settings, document_id)
        if step.state != StepState.PENDING:
            assert step.state == StepState.DONE
            return attempt
        desk.clock.now = max(step.not_before, desk.clock.now + timedelta(seconds=1))
    raise AssertionError("it never ends")


def test_after_the_last_attempt_the_paper_goes_on_and_a_person_is_told(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk)
    with serve(fail) as service:
        attempts = run_to_the_end(desk, ask_of(settings, service.address()), document_id)
    assert attempts == len(service.asked) == 6
    (found,) = (f for f in desk.findings(document_id) if f.code == "register_not_reached")
    assert (found.severity, found.consequence) == ("warning", "needs_review")
    assert found.law == "programme-overview/step-5"
    assert "the civil register" in write_message(restore_finding(found))
    assert "სამოქალაქო რეესტრი" in write_message(restore_finding(found), "ka")
    assert desk.state(document_id) is DocumentState.REVIEW
    with desk.store.read() as session:
        (row,) = session.query(UnreachedRegister)
    assert (row.register, row.code) == ("civil", "register_unreached")
    assert row.people == sorted(NUMBERS)


def test_the_warning_stands_until_a_person_has_looked(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk)
    with serve(lambda handler, _: say_json(handler, [])) as service:
        assert run_to_the_end(desk, ask_of(settings, service.address()), document_id) == 1
    assert desk.review(document_id, "operator") is DocumentState.READY
    assert ("register_not_reached", None) in desk.codes(document_id)


def test_each_register_that_failed_is_named_in_a_warning(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk)
    with serve(lambda handler, _: say_json(handler, {}, 403)) as service:
        registers = (Register.INCOME, Register.CIVIL)
        asking = ask_of(settings, *(service.address(register=each) for each in registers))
        run_to_the_end(desk, asking, document_id)
    found = [f.parameters for f in desk.findings(document_id) if f.code == "register_not_reached"]
    assert found == [
        {"register": [register], "people": sorted(NUMBERS)}
        for register in ("register_civil", "register_income")
    ]


def test_a_version_that_was_checked_asks_nobody(desk: Desk, settings: Settings) -> None:
    document_id = desk.check()
    with serve() as service:
        work = Work(desk.store, ask_of(settings, service.address()), lambda: None, desk.clock)
        check_document(work, document_id)
    assert service.asked == []


def test_a_scan_after_the_decision_asks_nobody(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk)
    run(desk, settings, document_id)
    with desk.act() as act:
        document = find_document(act.session, document_id)
        document.state = DocumentState.AUTHORISED
        add_version(act.session, document, act.now)
    with serve() as service:
        asking = ask_of(settings, service.address())
        check_document(Work(desk.store, asking, lambda: None, desk.clock), document_id)
    assert service.asked == []


def test_the_answers_that_a_finding_rests_on_are_stored_with_it(
    desk: Desk, store: Store, bring: Bring, tmp_path: Path
) -> None:
    rows = [name_columns(Register.CIVIL), make_row(Register.CIVIL)]
    bring(write_csv(tmp_path / "a.csv", rows), Register.CIVIL, TODAY)
    document_id = desk.check()
    with store.read() as session:
        answers = tuple(find_answers(session, NUMBERS)[Register.CIVIL].values())
    finding = Finding(
        code="suggestion",
        field=None,
        severity=Severity.WARNING,
        law="programme-overview/step-5",
        consequence=Disposition.NEEDS_REVIEW,
        evidence=answers,
    )
    with desk.act() as act:
        row = _make_row(desk.find(document_id).current, finding)
        act.session.add(row)
        act.session.flush()
        row_id = row.id
    with store.read() as session:
        kept = session.get_one(type(row), row_id)
        assert kept.evidence == [describe_answer(answer) for answer in answers]
        assert restore_finding(kept) == finding
