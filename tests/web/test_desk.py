import re
from io import BytesIO
from typing import Any

import pytest

from tests.acting import Begin, Clock
from tests.web.conftest import SignIn
from tests.web.papers import list_files, mark_read, receive, set_step
from tests.web.visiting import Visitor
from workflow.acts import Actor
from workflow.contents import ContentStore
from workflow.reception.troubles import Trouble, write_troubles
from workflow.settings import Settings
from workflow.store.models.paper import FileState, Page, Source
from workflow.store.models.work import StepState
from workflow.store.session import Store

JSON = {"Accept": "application/json"}


@pytest.fixture
def batch(store: Store, settings: Settings, people: dict[str, Actor], clock: Clock) -> int:
    """Three files, of which the last repeats the first."""
    files = {"one.pdf": b"%PDF 1", "two.pdf": b"%PDF 2", "one again.pdf": b"%PDF 1"}
    return receive(store, settings, people["operator"], clock, files)


def send(visitor: Visitor, *files: tuple[str, bytes], **fields: Any) -> Any:
    parts = [(BytesIO(content), name) for name, content in files]
    return visitor.submit("/intake/upload", files=parts, **fields)


def test_files_sent_from_a_browser_become_a_batch_of_ones_unit(
    sign_in: SignIn, store: Store, settings: Settings, people: dict[str, Actor]
) -> None:
    operator = sign_in("operator")
    answer = send(operator, ("scans/a.pdf", b"%PDF a"), ("b.pdf", b"%PDF b"), label=" Monday ")
    assert (answer.status_code, answer.location) == (303, "/intake/batches/1")
    with store.read() as session:
        files = list_files(session, 1)
        assert [(f.name, f.state) for f in files] == [("a.pdf", "waiting"), ("b.pdf", "waiting")]
        batch = files[0].batch
        assert (batch.label, batch.unit_id) == ("Monday", people["operator"].unit_id)
        assert (batch.source, batch.created_by) == (Source.UPLOAD, "operator")
        originals = ContentStore(settings.originals)
        assert originals.path(files[0].sha256).read_bytes() == b"%PDF a"
    assert "Monday" in operator.get(answer.location).text


def test_the_script_of_the_page_is_told_where_the_batch_is(sign_in: SignIn) -> None:
    answer = sign_in("operator").post(
        "/intake/upload",
        data={"csrf_token": "", "files": [(BytesIO(b"%PDF"), "a.pdf")]},
        headers=JSON | {"X-CSRFToken": ""},
    )
    assert answer.status_code == 400
    operator = sign_in("operator")
    token = operator.take_token()
    answer = operator.post(
        "/intake/upload",
        data={"csrf_token": token, "files": [(BytesIO(b"%PDF"), "a.pdf")]},
        headers=JSON,
    )
    assert (answer.status_code, answer.json) == (201, {"location": "/intake/batches/1"})


def test_sending_no_file_is_said_at_the_field(sign_in: SignIn) -> None:
    answer = send(sign_in("operator"), ("", b""))
    assert answer.status_code == 422
    assert 'href="#files">Choose at least one file' in answer.text


def test_an_archivist_sends_and_a_supervisor_only_looks(sign_in: SignIn) -> None:
    assert send(sign_in("archivist"), ("a.pdf", b"a")).status_code == 303
    supervisor = sign_in("supervisor")
    assert 'type="file"' not in supervisor.get("/intake").text
    assert send(supervisor, ("b.pdf", b"b")).status_code == 403


def test_a_batch_of_another_unit_is_not_found(sign_in: SignIn, batch: int, store: Store) -> None:
    other = sign_in("other_unit_operator")
    assert "A batch" not in other.get("/intake").text
    with store.read() as session:
        repeat = list_files(session, batch)[2].id
    places = (f"batches/{batch}", f"batches/{batch}/progress", f"files/{repeat}")
    assert [other.get(f"/intake/{place}").status_code for place in places] == [404] * 3
    choice = other.submit(f"/intake/files/{repeat}/choice", choice="read")
    assert choice.status_code == 404


def test_the_batch_page_tells_of_pages_documents_and_what_became_no_document(
    sign_in: SignIn, batch: int, act: Begin
) -> None:
    with act() as doing:
        file = list_files(doing.session, batch)[0]
        document = mark_read(doing, file, "read", "read", "blank", "unreadable")
    page = sign_in("operator").get(f"/intake/batches/{batch}").text
    assert "4 pages" in page
    assert f'href="/documents/{document.id}"' in page
    assert "To review" in page
    assert "Page 3" in page
    assert "Nothing is on it." in page
    assert "A part of the file is missing" in page


def test_the_batch_page_names_who_brought_it_and_leads_to_pages_of_no_known_form(
    sign_in: SignIn, batch: int, act: Begin
) -> None:
    with act() as doing:
        stray = mark_read(doing, list_files(doing.session, batch)[0], "read")
        stray.form = stray.edition = None
    page = sign_in("operator").get(f"/intake/batches/{batch}").text
    assert re.search(rf'href="/documents/{stray.id}">No known form', page)
    assert re.search(r"sent from a browser, (Archivist|Operator)<", page)


def test_a_file_that_cannot_be_opened_says_why_and_what_to_do(
    sign_in: SignIn, batch: int, act: Begin
) -> None:
    with act() as doing:
        file = list_files(doing.session, batch)[0]
        file.state, file.fault_code = FileState.FAULTY, "encrypted"
        set_step(doing.session, f"file:{file.id}", StepState.DONE)
    page = sign_in("operator").get(f"/intake/batches/{batch}").text
    assert "The PDF opens only with a password" in page
    assert "Save it without one and send it again." in page


def test_what_is_wrong_with_a_whole_file_is_not_told_again_for_each_page(
    sign_in: SignIn, batch: int, act: Begin
) -> None:
    with act() as doing:
        file = list_files(doing.session, batch)[0]
        file.state, file.fault_code = FileState.FAULTY, "damaged"
        for index, reason in enumerate(("damaged", "damaged", "too_many_pixels")):
            doing.session.add(
                Page(
                    file=file, index=index, status="unreadable", reason=reason, detail="", serial=0
                )
            )
    page = sign_in("operator").get(f"/intake/batches/{batch}").text
    assert page.count("The file is damaged") == 1
    assert "The page has too many pixels" in page
    assert "0 of 3 files done, 1 came before, 1 cannot be opened" in page


def test_a_repeat_names_the_first_and_can_be_read_again(
    sign_in: SignIn, batch: int, store: Store
) -> None:
    operator = sign_in("operator")
    page = operator.get(f"/intake/batches/{batch}").text
    with store.read() as session:
        first, _, repeat = (file.id for file in list_files(session, batch))
    assert f'href="/intake/batches/{batch}#file-{first}">one.pdf' in page
    assert "Set it aside" in page
    answer = operator.submit(f"/intake/files/{repeat}/choice", choice="read")
    assert answer.location == f"/intake/batches/{batch}#file-{repeat}"
    with store.read() as session:
        assert list_files(session, batch)[2].state == FileState.WAITING


def test_a_repeat_is_set_aside_twice_and_read_after_all(
    sign_in: SignIn, batch: int, store: Store
) -> None:
    operator = sign_in("operator")
    with store.read() as session:
        path = f"/intake/files/{list_files(session, batch)[2].id}/choice"
    choices = ["set_aside", "set_aside", "read"]
    assert [operator.submit(path, choice=c).status_code for c in choices] == [303] * 3
    assert operator.submit(path, choice="burn").status_code == 404


def test_a_step_that_failed_says_why_and_is_tried_again_from_the_page(
    sign_in: SignIn, batch: int, act: Begin, store: Store
) -> None:
    with act() as doing:
        file = list_files(doing.session, batch)[0]
        step = set_step(doing.session, f"file:{file.id}", StepState.FAILED, "disk_full")
    operator = sign_in("operator")
    for path in ("/intake", f"/intake/batches/{batch}"):
        page = operator.get(path).text
        assert "There is no room left on the disk" in page
        assert f"/steps/{step.id}/retry" in page
    place = operator.get(f"/intake/files/{file.id}").location
    assert place == f"/intake/batches/{batch}#file-{file.id}"
    answer = operator.submit(f"/steps/{step.id}/retry", next=f"/intake/batches/{batch}")
    assert (answer.status_code, answer.location) == (303, f"/intake/batches/{batch}")
    assert "It is tried again." in operator.get(answer.location).text
    again = operator.submit(f"/steps/{step.id}/retry")
    assert again.status_code == 403


def test_a_failed_step_of_another_unit_is_not_found(
    sign_in: SignIn, batch: int, act: Begin
) -> None:
    with act() as doing:
        file = list_files(doing.session, batch)[0]
        step = set_step(doing.session, f"file:{file.id}", StepState.FAILED, "disk_full")
    other = sign_in("other_unit_operator")
    assert "no room left" not in other.get("/intake").text
    assert other.submit(f"/steps/{step.id}/retry").status_code == 404


def test_progress_tells_what_changed_and_is_silent_where_nothing_did(
    sign_in: SignIn, batch: int, act: Begin
) -> None:
    operator = sign_in("operator")
    path = f"/intake/batches/{batch}/progress"
    first = operator.get(path, headers=JSON)
    assert first.json["under_way"] is True
    assert first.json["summary"].strip() == "0 of 3 files done, 1 came before"
    unchanged = operator.get(path, headers=JSON | {"If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304
    with act() as doing:
        one, two, _ = list_files(doing.session, batch)
        mark_read(doing, one, "read")
        mark_read(doing, two, "read")
    changed = operator.get(path, headers=JSON | {"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.json["under_way"] is False
    assert changed.json["summary"].strip() == "2 of 3 files done, 1 came before"
    assert "1 page" in changed.json["files"][str(one.id)]


def test_the_list_goes_on_by_the_last_batch_seen(
    sign_in: SignIn, store: Store, settings: Settings, people: dict[str, Actor], clock: Clock
) -> None:
    for number in range(26):
        receive(store, settings, people["operator"], clock, {"a.pdf": b"%d" % number})
    operator = sign_in("operator")
    newest = operator.get("/intake").text
    assert newest.count("/intake/batches/") == 25
    assert 'href="/intake?before=2"' in newest
    oldest = operator.get("/intake?before=2").text
    assert oldest.count("/intake/batches/") == 1
    assert 'rel="next"' not in oldest


def test_the_watched_folder_and_what_stays_in_it_are_shown(
    sign_in: SignIn, settings: Settings
) -> None:
    write_troubles(settings, [Trouble("big.tif", "file_too_large")])
    page = sign_in("operator").get("/intake").text
    assert str(settings.inbox) in page
    assert "big.tif" in page
    assert "The file is too large" in page


def test_simulated_paper_is_announced_on_every_page(
    sign_in: SignIn, store: Store, settings: Settings, people: dict[str, Actor], clock: Clock
) -> None:
    operator = sign_in("operator")
    assert "The paper here is simulated" not in operator.get("/intake").text
    receive(store, settings, people["operator"], clock, {"a.pdf": b"a"}, Source.DEMONSTRATION)
    assert "The paper here is simulated" in operator.get("/intake").text
    assert "The paper here is simulated" in sign_in("administrator").get("/people").text
