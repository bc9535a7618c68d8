"""What people decide on a document's page, and what the page tells of it afterwards."""

from html import unescape
from io import BytesIO

import pytest

from tests.acting import Begin
from tests.web.conftest import SignIn
from tests.web.trail import list_events
from tests.web.visiting import Server, Visitor, sign_in_by_hand
from tests.workflow.cases.conftest import KNOWN_CODE, Desk
from tests.workflow.cases.papers import (
    DOUBTFUL,
    LOST,
    UNSEEN,
    store_paper,
    store_strays,
)
from validation.registers import Register
from workflow.acts import Act
from workflow.cases.checking import take_in_version
from workflow.registers.services import keep_services
from workflow.settings import RegisterAddress
from workflow.store.documents import find_document
from workflow.store.models.paper import DocumentState, File, FileState
from workflow.store.models.registers import UnreachedRegister
from workflow.store.session import Store


def decide(visitor: Visitor, desk: Desk, document_id: int, name: str, **fields: object) -> int:
    revision = desk.find(document_id).revision
    path = f"/documents/{document_id}/{name}"
    return visitor.submit(path, revision=revision, **fields).status_code


def test_a_confirmed_return_starts_the_agents_time_and_gives_a_note(
    faulty: int, desk: Desk, sign_in: SignIn
) -> None:
    coordinator = sign_in("coordinator")
    assert "Draft" in coordinator.get(f"/documents/{faulty}/return-note").text
    assert decide(coordinator, desk, faulty, "confirm") == 302
    assert desk.state(faulty) is DocumentState.RETURNED
    note = coordinator.get(f"/documents/{faulty}/return-note").text
    assert "Draft" not in note
    for words in (
        "10 Mar 2026",
        "A10",
        "The answer is missing.",
        "Order 01-14, annex 1",
        KNOWN_CODE,
    ):
        assert words in note, words


def test_a_note_asks_for_signatures_only_where_only_signatures_lack(
    desk: Desk, sign_in: SignIn
) -> None:
    document_id = desk.check(changes={"agent_signature": UNSEEN})
    assert desk.state(document_id) is DocumentState.CONFIRM_RETURN
    note = sign_in("coordinator").get(f"/documents/{document_id}/return-note").text
    assert "Have it signed here: " in note
    assert "cross out" not in note


def test_a_document_that_goes_nowhere_has_no_note(desk: Desk, sign_in: SignIn) -> None:
    document_id = desk.check()
    assert sign_in("coordinator").get(f"/documents/{document_id}/return-note").status_code == 404


def test_whoever_is_slower_is_told_and_nothing_changes(
    faulty: int, desk: Desk, sign_in: SignIn
) -> None:
    coordinator = sign_in("coordinator")
    assert decide(coordinator, desk, faulty, "confirm") == 302
    late = coordinator.submit(f"/documents/{faulty}/confirm", revision=0)
    assert late.status_code == 409
    assert "It has changed meanwhile" in late.text
    assert len(desk.trail(faulty, "document:state")) == 2


def test_a_decision_without_its_revision_is_refused(
    faulty: int, desk: Desk, sign_in: SignIn
) -> None:
    answer = sign_in("coordinator").submit(f"/documents/{faulty}/confirm")
    assert answer.status_code == 403
    assert desk.state(faulty) is DocumentState.CONFIRM_RETURN


@pytest.mark.parametrize("name", ["refute", "discard"])
def test_what_needs_a_reason_is_not_done_without_one(
    faulty: int, desk: Desk, sign_in: SignIn, name: str
) -> None:
    coordinator = sign_in("coordinator")
    assert decide(coordinator, desk, faulty, name, reason="  ") == 302
    assert "Write the reason first." in coordinator.get(f"/documents/{faulty}").text
    assert desk.state(faulty) is DocumentState.CONFIRM_RETURN


@pytest.mark.parametrize(
    ("name", "state"),
    [("refute", DocumentState.REVIEW), ("discard", DocumentState.DISCARDED)],
)
def test_a_reason_stands_in_the_trail(
    faulty: int, desk: Desk, sign_in: SignIn, name: str, state: DocumentState
) -> None:
    assert (
        decide(sign_in("coordinator"), desk, faulty, name, reason=" the answer\nis there ") == 302
    )
    assert desk.state(faulty) is state
    reasons = [told.after["reason"] for told in desk.trail(faulty, "document:state")]
    assert "the answer is there" in reasons


def test_an_image_that_no_scanner_would_better_is_kept(desk: Desk, sign_in: SignIn) -> None:
    document_id = desk.check(changes={"A10": LOST})
    assert desk.state(document_id) is DocumentState.RESCAN
    assert decide(sign_in("archivist"), desk, document_id, "keep-image") == 302
    assert desk.state(document_id) is DocumentState.REVIEW


def test_a_kept_image_tells_where_the_document_really_went(desk: Desk, sign_in: SignIn) -> None:
    with desk.act() as act:
        document = store_paper(act.session, "family_declaration", act.now)
        act.session.delete(document.current.pages[1])
        act.session.flush()
        act.session.expire(document.current)
        take_in_version(act, document)
        document_id = document.id
    archivist = sign_in("archivist")
    assert decide(archivist, desk, document_id, "keep-image") == 302
    page = archivist.get(f"/documents/{document_id}").text
    assert desk.state(document_id) is DocumentState.CONFIRM_RETURN
    assert "is now: Confirm return." in unescape(page)


def test_a_ready_document_is_authorised_where_all_its_values_are_seen(
    desk: Desk, sign_in: SignIn
) -> None:
    document_id = desk.check(changes={"A10": DOUBTFUL})
    assert desk.review(document_id, "operator", A10="1") is DocumentState.READY
    operator = sign_in("operator")
    page = operator.get(f"/documents/{document_id}").text
    assert f'href="/review/{document_id}/summary"' in page
    assert f'action="/documents/{document_id}/authorise"' not in page
    revision = desk.find(document_id).revision
    operator.submit(f"/review/{document_id}/authorise", revision=revision)
    assert desk.state(document_id) is DocumentState.AUTHORISED
    assert "The paper lies at" in operator.get(f"/documents/{document_id}").text


@pytest.mark.parametrize(
    ("given_up", "state", "told"),
    [
        (False, DocumentState.RECEIVED, "registers are asked about these people first"),
        (True, DocumentState.REVIEW, "more is known of these people now than at the check"),
    ],
)
def test_who_authorises_a_paper_that_is_ready_no_more_is_told_why_it_was_not_entered(
    desk: Desk, sign_in: SignIn, given_up: bool, state: DocumentState, told: str
) -> None:
    document_id = desk.check(changes={"A10": DOUBTFUL})
    assert desk.review(document_id, "operator", A10="1") is DocumentState.READY
    with desk.act() as act:
        keep_services(act, [RegisterAddress(Register.BORDER, "https://registers.example")])
        if given_up:
            give_up(act, find_document(act.session, document_id).current.id)
    operator = sign_in("operator")
    revision = desk.find(document_id).revision
    assert operator.submit(f"/review/{document_id}/authorise", revision=revision).status_code == 302
    assert desk.state(document_id) is state
    assert told in unescape(operator.get(f"/documents/{document_id}").text)


def give_up(act: Act, version_id: int) -> None:
    """The service of border crossings gave no answer about anybody."""
    act.session.add(
        UnreachedRegister(
            version_id=version_id,
            register=Register.BORDER.value,
            code="register_unreached",
            given_up_at=act.now,
        )
    )


def test_a_new_scan_is_received_for_the_document(
    faulty: int, desk: Desk, store: Store, sign_in: SignIn
) -> None:
    scans = [(BytesIO(b"one scan"), "one.pdf"), (BytesIO(b"two"), "two.pdf")]
    path = f"/documents/{faulty}/scan-again"
    assert sign_in("archivist").submit(path, files=scans).status_code == 302
    with store.read() as session:
        files = session.query(File).filter_by(for_document_id=faulty).order_by(File.id).all()
    assert [(file.name, file.state) for file in files] == [
        ("one.pdf", FileState.WAITING),
        ("two.pdf", FileState.WAITING),
    ]


def test_a_new_scan_that_came_before_leads_to_where_one_chooses(
    faulty: int, sign_in: SignIn
) -> None:
    archivist = sign_in("archivist")
    path = f"/documents/{faulty}/scan-again"
    archivist.submit(path, files=[(BytesIO(b"a scan"), "one.pdf")])
    again = archivist.submit(path, files=[(BytesIO(b"a scan"), "two.pdf")])
    assert "/intake/batches/" in again.location
    page = archivist.get(again.location).text
    assert "so it is not read by itself" in page
    assert "Read it again" in page


def test_a_new_scan_without_a_file_is_asked_for_again(faulty: int, sign_in: SignIn) -> None:
    archivist = sign_in("archivist")
    archivist.submit(f"/documents/{faulty}/scan-again")
    page = archivist.get(f"/documents/{faulty}").text
    assert "Choose the file of the new scan first." in page


def test_a_version_tells_what_it_changed(faulty: int, desk: Desk, sign_in: SignIn) -> None:
    desk.scan_again(faulty)
    page = sign_in("operator").get(f"/documents/{faulty}/versions/2").text
    changed = page[page.index("Answers that changed") : page.index("Mended")]
    assert changed.count('<th scope="row"') == 1
    assert "A10" in changed
    assert "The answer is missing." in page[page.index("Mended") :]
    assert (
        "This is the first version."
        in sign_in("operator").get(f"/documents/{faulty}/versions/1").text
    )


def test_pages_that_belong_to_no_form_are_shown_all_the_same(
    desk: Desk, act: Begin, sign_in: SignIn
) -> None:
    with act() as doing:
        document = store_strays(doing.session, doing.now)
        take_in_version(doing, document)
    coordinator = sign_in("coordinator")
    for path in ("", "/versions/1", "/trail"):
        page = coordinator.get(f"/documents/{document.id}{path}")
        assert page.status_code == 200
        assert "No known form" in page.text and "Scan 1" in page.text


def test_an_unknown_version_is_not_found(faulty: int, sign_in: SignIn) -> None:
    assert sign_in("operator").get(f"/documents/{faulty}/versions/7").status_code == 404


def test_the_history_goes_from_scan_to_decision(
    faulty: int, desk: Desk, store: Store, sign_in: SignIn
) -> None:
    decide(sign_in("coordinator"), desk, faulty, "confirm")
    page = sign_in("supervisor").get(f"/documents/{faulty}/trail").text
    told = ["Checked by the rules", "Received → Confirm return", "Confirm return → Returned"]
    places = [page.replace("&rarr;", "→").index(words) for words in told]
    assert places == sorted(places)
    with store.read() as session:
        file = session.query(File).first()
        events = list_events(session, f"document:{faulty}")
    assert file and file.sha256 in page
    assert "Order 02-150, annex 3, article 6(1)" in page
    assert [e.actor for e in events if e.action == "trail:read"] == ["supervisor"]


def test_who_only_looked_is_shown_on_demand(faulty: int, sign_in: SignIn) -> None:
    sign_in("operator").get(f"/documents/{faulty}")
    supervisor = sign_in("supervisor")
    assert "Looked at" not in supervisor.get(f"/documents/{faulty}/trail").text
    assert "Looked at" in supervisor.get(f"/documents/{faulty}/trail?looks=1").text


def test_a_page_of_one_document_works_without_a_script(
    faulty: int, browser: object, server: Server
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")  # type: ignore[attr-defined]
    page = context.new_page()
    sign_in_by_hand(page, server.url, "coordinator")
    page.goto(f"{server.url}/documents/{faulty}")
    page.click("text=Refute: the paper is not at fault")
    page.fill("#refute-reason", "It is answered")
    page.click("button:text-is('Refute')")
    assert "Refuted. The document's state is now: To review." in page.inner_text("main")
    context.close()
