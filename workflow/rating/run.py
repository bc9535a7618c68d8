"""Rates a family once its declaration stands in the registry (order 02-150, annex 3, art. 7)."""

from validation.parameters import value_on
from workflow.acts import Act
from workflow.cases.families import change_case_state
from workflow.errors import NotFound
from workflow.jobs.outbox import hash_input, request_step
from workflow.jobs.queue import StepName
from workflow.jobs.work import Commit, Work
from workflow.rating.engine import Score, Unscored, rate
from workflow.rating.faults import MemberElsewhere, NoLimit, NotScored
from workflow.rating.pack import Pack
from workflow.rating.pack_files import load_pack
from workflow.store.families import find_case
from workflow.store.knowing import DECLARATION, list_memberships, list_numbers, stands
from workflow.store.models.decisions import RegistryRecord
from workflow.store.models.families import ENDED, CaseState, Rating
from workflow.store.ratings import find_rating_of, find_record, is_newest_record
from workflow.store.session import Session

_SCORING = "order-02-150/annex-3/art-7(1)"
_LIMIT = "benefits/score_limit"


def rate_family(work: Work, record_id: int) -> Commit:
    """The handler of `rate_family`: arithmetic of a moment, done where it is written."""

    def commit(act: Act) -> None:
        rate_record(act, record_id)

    return commit


def rate_record(act: Act, record_id: int) -> Rating:
    """Rate a declaration under the methodology and the limit of today; once a methodology.

    Ages are those on the day of filling. Raises NotScored where an answer that counts is
    not known, MemberElsewhere where another family declares a member too, NoPack or NoLimit
    where nothing holds today.
    """
    record, pack = find_record(act.session, record_id), load_pack(act.today)
    known = find_rating_of(act.session, record_id, pack.checksum)
    if known is not None:
        return known
    _demand_no_duplicates(act.session, record)
    rating = _store_rating(act, record, pack, _score(record, pack))
    if is_newest_record(act.session, record):
        _go_on(act, rating)
    return rating


def is_eligible(rating: Rating) -> bool:
    """Whether the score is low enough: below the limit, not at it."""
    return rating.score < rating.limit


def _demand_no_duplicates(session: Session, record: RegistryRecord) -> None:
    """Raises MemberElsewhere with the codes of the families that declare a member too."""
    own = () if record.case_id is None else (record.case_id,)
    found = list_memberships(session, list(list_numbers(record.values)), own)
    codes = {
        case.family_code or f"case:{case.id}"
        for row, case in found
        if row.form == DECLARATION and stands(row, case)
    }
    if codes:
        raise MemberElsewhere(f"member_elsewhere: {', '.join(sorted(codes))}")


def _score(record: RegistryRecord, pack: Pack) -> Score:
    if record.form != pack.form or record.edition not in pack.editions:
        raise NotScored(f"{pack.key} does not know {record.form}/{record.edition}")
    scored = rate(record.values, pack, record.law_day)
    if isinstance(scored, Unscored):
        raise NotScored(": ".join(filter(None, (scored.code, ", ".join(scored.fields)))))
    return scored


def _store_rating(act: Act, record: RegistryRecord, pack: Pack, scored: Score) -> Rating:
    limit = value_on(_LIMIT, act.today)
    if limit is None or limit.number is None:
        raise NoLimit(act.today.isoformat())
    if record.case_id is None:
        raise NotFound(f"the case of record:{record.id}")
    rating = Rating(
        record_id=record.id,
        case_id=record.case_id,
        pack=pack.key,
        pack_checksum=pack.checksum,
        official=pack.official,
        score=scored.score,
        limit=int(limit.number),
        lines=[line.describe() for line in scored.lines],
        law_day=act.today,
        rated_at=act.now,
    )
    act.session.add(rating)
    act.session.flush()
    act.record("rating:make", f"rating:{rating.id}", after=_describe(rating), law=_SCORING)
    return rating


def _describe(rating: Rating) -> dict[str, object]:
    return {
        "rating": rating.id,
        "pack": rating.pack,
        "pack_checksum": rating.pack_checksum,
        "official": rating.official,
        "score": rating.score,
        "limit": rating.limit,
        "eligible": is_eligible(rating),
    }


def _go_on(act: Act, rating: Rating) -> None:
    """Take the case on: to its assignment, or to its end.

    An older declaration moves nothing, nor is a family rated back into the registry that
    it has left, or past the protocol that ended its application.
    """
    case = find_case(act.session, rating.case_id)
    if case.state in ENDED:
        return
    if not is_eligible(rating):
        change_case_state(act, case, CaseState.NOT_ELIGIBLE, _SCORING)
        return
    change_case_state(act, case, CaseState.ELIGIBLE, _SCORING)
    told = hash_input(rating.pack_checksum, str(rating.score))
    request_step(act, StepName.OPEN_ASSIGNMENT, f"rating:{rating.id}", told)
