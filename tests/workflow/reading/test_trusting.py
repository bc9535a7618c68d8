"""What the reading of a file takes over from what was learned, and what it draws by lot."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from form_templates.model import Kind
from ocr.thresholds import ReadKind, name_network
from tests.acting import Begin
from tests.workflow.cases.papers import list_sides
from tests.workflow.reading.desk import Desk
from tests.workflow.reading.scans import scan
from validation.people import says_who
from workflow.reception.receiving import receive_files
from workflow.store.batches import find_batch
from workflow.store.models.paper import Reading, Source
from workflow.store.models.trust import LearnedThreshold, ThresholdSet
from workflow.trust.keeping import enforce_set

STRICT = "strict desk"


def trust_no_digits(act: Begin) -> None:
    """Digits from one scanner are accepted only where no pen was."""
    with act() as doing:
        row = LearnedThreshold(
            kind=ReadKind.DIGITS,
            scanner=STRICT,
            network=name_network(ReadKind.DIGITS),
            accept_above=1.0,
            target=1,
            n=9,
            errors=9,
        )
        learned = ThresholdSet(
            learned_at=doing.now, learned_by="a test", simulated=True, thresholds=[row]
        )
        doing.session.add(learned)
        doing.session.flush()
        enforce_set(doing, learned.id)


def read_page(desk: Desk, number: int, scanner: str | None) -> Sequence[Reading]:
    """The fields of one page that comes from a scanner."""
    batch_id = receive_files(
        desk.store,
        desk.settings,
        desk.archivist,
        desk.clock,
        "test",
        Source.UPLOAD,
        1,
        [("scan.pdf", BytesIO(scan(number)))],
        scanner=scanner,
    )
    with desk.store.read() as session:
        (file,) = find_batch(session, batch_id).files
        assert file.scanner == (scanner.strip() if scanner else None)
    desk.run(file.id)
    with desk.store.read() as session:
        return session.query(Reading).join(Reading.page).filter_by(file_id=file.id).all()


def list_accepted(readings: Sequence[Reading]) -> list[float]:
    """Confidences of written digits that nobody looks at."""
    specs = {spec.id: spec for side in list_sides("application") for spec in side.fields}
    return [
        reading.confidence
        for reading in readings
        if specs[reading.field].kind is Kind.DIGITS and reading.value and not reading.review
    ]


def test_learned_thresholds_hold_for_the_scanner_they_were_learned_of(
    desk: Desk, act: Begin
) -> None:
    trust_no_digits(act)
    usual, strict = read_page(desk, 1, None), read_page(desk, 2, f" {STRICT} ")
    assert min(list_accepted(usual)) < 1
    assert set(list_accepted(strict)) <= {1.0}
    assert any(reading.review for reading in strict)


def test_accepted_answers_are_drawn_by_the_share_of_the_settings(desk: Desk) -> None:
    assert not any(reading.drawn for reading in read_page(desk, 1, None))
    desk.settings = replace(desk.settings, look_share=1.0)
    readings = read_page(desk, 2, None)
    assert any(reading.drawn for reading in readings)
    assert not any(r.drawn for r in readings if r.review and not says_who(r.field))
