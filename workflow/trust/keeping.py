"""Keeps what was learned, and says which thresholds hold; nothing holds by itself."""

from collections.abc import Iterable

from ocr.thresholds import ReadKind, Threshold, Thresholds, name_network
from workflow.acts import Act, find_legal_day
from workflow.store.models.trust import Enforcement, LearnedThreshold, ThresholdSet
from workflow.store.session import Session
from workflow.store.trust import find_enforcement, find_set
from workflow.trust.judged import Origin
from workflow.trust.learning import Advice, Lesson

_MOVES = (Advice.LOWER, Advice.RAISE)


def keep_lessons(act: Act, lessons: Iterable[Lesson], simulated: bool) -> ThresholdSet | None:
    """Store what moves a threshold as a new set, with what holds besides; None if nothing does.

    The set is in force only once somebody says so.
    """
    moving = [lesson for lesson in lessons if lesson.advice in _MOVES]
    if not moving:
        return None
    rows = {find_origin(row): _copy(row) for row in _list_in_force(act.session)}
    rows |= {lesson.origin: _make_row(lesson) for lesson in moving}
    learned = ThresholdSet(
        learned_at=act.now,
        learned_by=act.actor.name,
        simulated=simulated,
        thresholds=list(rows.values()),
    )
    act.session.add(learned)
    act.session.flush()
    told = {
        "target": ", ".join(sorted({f"{lesson.target:g}" for lesson in moving})),
        "thresholds": [describe_threshold(row) for row in learned.thresholds],
        "simulated": simulated,
    }
    act.record("thresholds:learn", f"thresholds:{learned.id}", after=told)
    return learned


def enforce_set(act: Act, set_id: int | None) -> None:
    """Put a set in force; None brings back what the program comes with.

    What is in force already changes nothing. Raises NotFound for a set there is not.
    """
    if set_id is not None:
        find_set(act.session, set_id)
    standing = find_enforcement(act.session)
    before = standing.set_id if standing else None
    if before == set_id:
        return
    act.session.add(Enforcement(set_id=set_id, enforced_at=act.now, enforced_by=act.actor.name))
    subject = f"thresholds:{set_id if set_id is not None else before}"
    act.record("thresholds:enforce", subject, {"set": before}, {"set": set_id})


def load_thresholds(session: Session) -> Thresholds:
    """The learned thresholds in force."""
    learned = _list_in_force(session)
    if not learned:
        return Thresholds()
    standing = find_enforcement(session)
    assert standing is not None and standing.set_id is not None
    day = find_legal_day(find_set(session, standing.set_id).learned_at)
    return Thresholds(
        tuple(
            Threshold(
                kind=ReadKind(row.kind),
                form=row.form,
                scanner=row.scanner,
                accept_above=row.accept_above,
                target=row.target,
                n=row.n,
                learned_on=day,
            )
            for row in learned
        )
    )


def find_origin(row: LearnedThreshold) -> Origin:
    """The fields that a threshold is about."""
    return Origin(ReadKind(row.kind), row.form, row.scanner)


def describe_threshold(row: LearnedThreshold) -> str:
    """A threshold on one line, as the trail keeps it."""
    where = " ".join(part for part in (row.form, row.scanner) if part)
    return f"{row.kind} {where}".strip() + f": {row.accept_above:g}"


def is_of_present_network(row: LearnedThreshold) -> bool:
    """Whether the network has not changed since: another one's confidences mean other things."""
    return row.network == name_network(ReadKind(row.kind))


def _list_in_force(session: Session) -> list[LearnedThreshold]:
    standing = find_enforcement(session)
    if standing is None or standing.set_id is None:
        return []
    rows = find_set(session, standing.set_id).thresholds
    return [row for row in rows if is_of_present_network(row)]


def _make_row(lesson: Lesson) -> LearnedThreshold:
    return LearnedThreshold(
        kind=lesson.origin.kind.value,
        form=lesson.origin.form,
        scanner=lesson.origin.scanner,
        network=name_network(lesson.origin.kind),
        accept_above=lesson.accept_above,
        target=lesson.target,
        n=lesson.then.n,
        errors=lesson.then.errors,
    )


def _copy(row: LearnedThreshold) -> LearnedThreshold:
    return LearnedThreshold(
        kind=row.kind,
        form=row.form,
        scanner=row.scanner,
        network=row.network,
        accept_above=row.accept_above,
        target=row.target,
        n=row.n,
        errors=row.errors,
    )
