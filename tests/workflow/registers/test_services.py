"""Which services there are, as workers tell it, also where their settings are not alike."""

from contextlib import closing
from datetime import timedelta

from tests.workflow.cases.conftest import Desk
from tests.workflow.cases.conftest import desk as desk
from tests.workflow.cases.papers import DOUBTFUL
from tests.workflow.registers.serving import serve
from tests.workflow.registers.test_asking_again import (
    FIELD,
    FIRST,
    NOT_REACHED,
    enter,
    find_not_reached,
    list_asked,
    review_dwelling,
    say_unknown,
    use,
    work,
)
from tests.workflow.registers.test_checking import NUMBERS, ask_of, run, store_declaration
from validation.registers import Register
from workflow.cases.authorising import authorise
from workflow.jobs.worker import prepare_forks
from workflow.registers.services import find_services, keep_services
from workflow.settings import Settings
from workflow.store.documents import find_document
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.paper import DocumentState
from workflow.store.models.registers import UnreachedRegister
from workflow.store.models.trail import AuditEvent
from workflow.store.models.work import StepState
from workflow.store.session import open_store


def start_worker(desk: Desk, settings: Settings) -> None:
    """What a worker tells all others when it starts."""
    with desk.act() as act:
        keep_services(act, settings.register_addresses)


def list_known(desk: Desk) -> tuple[Register, ...]:
    with desk.store.read() as session:
        return find_services(session)


def enter_record(desk: Desk, document_id: int) -> RegistryRecord | None:
    with desk.act(desk.people[FIRST]) as act:
        return authorise(act, document_id, desk.find(document_id).revision)


def test_a_worker_tells_which_registers_it_asks_before_it_works(
    desk: Desk, settings: Settings
) -> None:
    with serve() as service:
        prepare_forks(use(settings, service), ())
    with closing(open_store(settings.database_url, 5.0)) as other, other.read() as session:
        assert find_services(session) == (Register.BORDER,)


def test_the_trail_tells_when_the_services_change_and_only_then(
    desk: Desk, settings: Settings
) -> None:
    with serve() as service:
        for addresses in ((), (service.address(),), (service.address(),), ()):
            with desk.act() as act:
                keep_services(act, addresses)
    with desk.store.read() as session:
        events = session.query(AuditEvent).filter_by(action="register:services")
        told = [(e.before, e.after) for e in events.order_by(AuditEvent.seq)]
    none, civil = {"registers": []}, {"registers": ["civil"]}
    assert told == [(none, civil), (civil, none)]


def test_a_service_that_is_used_no_more_holds_nothing_up(desk: Desk, settings: Settings) -> None:
    document_id = store_declaration(desk, {FIELD: DOUBTFUL})
    with serve(say_unknown) as service:
        work(desk, use(settings, service), document_id)
    enter(desk, document_id)
    start_worker(desk, settings)
    work(desk, settings, document_id)
    assert desk.state(document_id) is DocumentState.READY
    assert list_known(desk) == ()


def test_a_check_adds_what_its_worker_asks_and_takes_back_nothing(
    desk: Desk, settings: Settings
) -> None:
    with serve() as service:
        border, civil = service.address(register=Register.BORDER), service.address()
        for addresses in ((civil,), (border,), ()):
            document_id = store_declaration(desk)
            with desk.act() as act:
                find_document(act.session, document_id).simulated = True
            run(desk, ask_of(settings, *addresses), document_id)
    assert list_known(desk) == (Register.CIVIL, Register.BORDER)


def test_a_worker_without_an_address_leaves_the_paper_to_one_that_has_it(
    desk: Desk, settings: Settings
) -> None:
    document_id = store_declaration(desk)
    with serve(say_unknown) as service:
        asking = use(settings, service)
        start_worker(desk, asking)
        step = run(desk, settings, document_id)
        assert (step.state, step.error_code) == (StepState.PENDING, "register_elsewhere")
        assert desk.state(document_id) is DocumentState.RECEIVED
        desk.clock.now += timedelta(seconds=2)
        assert run(desk, asking, document_id).state == StepState.DONE
    assert list_asked(service) == [sorted(NUMBERS)]
    assert NOT_REACHED not in desk.codes(document_id)


def test_workers_of_unlike_settings_do_not_send_a_paper_to_and_fro(
    desk: Desk, settings: Settings
) -> None:
    document_id = review_dwelling(desk, settings)
    with serve(say_unknown) as service:
        start_worker(desk, use(settings, service))
        assert enter_record(desk, document_id) is None
        assert work(desk, settings, document_id) == 6  # only the other one ever takes the step
        assert find_not_reached(desk, document_id).parameters["people"] == sorted(NUMBERS)
        with desk.store.read() as session:
            assert session.query(UnreachedRegister).one().code == "register_elsewhere"
        assert desk.review(document_id, FIRST) is DocumentState.READY
        start_worker(desk, use(settings, service))
        assert enter_record(desk, document_id) is not None
    assert service.asked == []
