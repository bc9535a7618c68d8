from datetime import date

from form_templates.model import TemplateKey
from tests.acting import Begin, Clock
from tests.workflow.cases.papers import store_strays
from tests.workflow.registered import POOR, register_case, register_record
from workflow.store.documents import find_document
from workflow.store.models.families import IssuedPrint
from workflow.store.session import Store
from workflow.store.usage import EditionUse, count_uses

DECLARATION = TemplateKey("family_declaration", date(2015, 5, 1))
OLDER = TemplateKey("family_declaration", date(2012, 3, 1))


def test_nothing_is_used_in_an_empty_store(store: Store) -> None:
    with store.read() as session:
        assert count_uses(session) == {}


def test_editions_of_one_form_are_counted_apart(store: Store, act: Begin, clock: Clock) -> None:
    begun = clock()
    with act() as doing:
        case = register_case(doing)
        register_record(doing, case, DECLARATION.form, POOR)
    clock.advance(days=3)
    with act() as doing:
        late = register_record(doing, case, DECLARATION.form, POOR, serial=5)
        find_document(doing.session, late.document_id).edition = OLDER.edition
        doing.session.add(
            IssuedPrint(
                case_id=case.id,
                form=OLDER.form,
                edition=OLDER.edition,
                serial=5,
                rows={},
                values={},
                sha256="0" * 64,
                printed_at=doing.now,
                printed_by="system",
            )
        )
    with store.read() as session:
        uses = count_uses(session)
    assert uses == {
        DECLARATION: EditionUse(papers=1, records=2, prints=0, last_paper=begun),
        OLDER: EditionUse(papers=1, records=0, prints=1, last_paper=clock()),
    }


def test_pages_that_belong_to_no_form_count_nowhere(store: Store, act: Begin) -> None:
    with act() as doing:
        store_strays(doing.session, doing.now)
    with store.read() as session:
        assert count_uses(session) == {}
