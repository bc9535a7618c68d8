"""What `blanki thresholds` prints."""

from collections.abc import Iterable, Sequence

import click

from ocr.thresholds import ReadKind, find_shipped
from web.cli.tables import print_table
from workflow.store.models.trust import ThresholdSet
from workflow.trust.calibration import Calibration
from workflow.trust.drift import Drift
from workflow.trust.judged import Evidence, Origin
from workflow.trust.keeping import is_of_present_network
from workflow.trust.learning import Lesson

_ADVICE = {"lower": "lower it", "raise": "raise it", "keep": "keep it", "too_few": "too few"}


def print_sets(sets: Iterable[ThresholdSet], in_force: int | None) -> None:
    """The shipped thresholds and every learned set; the one in force is marked."""
    shipped = [[kind.value, _write(find_shipped(kind))] for kind in ReadKind]
    print_table(["kind", "shipped"], shipped)
    titles = ["set", "learned", "paper", "kind", "form", "scanner", "from", "target", "wrong", ""]
    rows = [line for learned in sets for line in _describe_set(learned, in_force)]
    if rows:
        print_table(titles, rows)


def _describe_set(learned: ThresholdSet, in_force: int | None) -> list[list[str]]:
    name = f"{learned.id} (in force)" if learned.id == in_force else str(learned.id)
    paper = "simulated" if learned.simulated else "real"
    return [
        [
            name,
            f"{learned.learned_at:%Y-%m-%d}",
            paper,
            row.kind,
            row.form or "any",
            row.scanner or "any",
            _write(row.accept_above),
            f"{row.target:g}",
            f"{row.errors} of {row.n}",
            "" if is_of_present_network(row) else "of another network: does not hold",
        ]
        for row in learned.thresholds
    ]


def print_lessons(lessons: Sequence[Lesson], evidence: Evidence) -> None:
    """What was learned of each threshold, and from how much."""
    say_what_paper(evidence)
    titles = ["kind", "form", "scanner", "from", "looked at", "wrong", "in 1,000, at most"]
    print_table(
        [*titles, "advice", "then from", "more looks that prove it"],
        [
            [
                *_name_origin(lesson.origin),
                _write(lesson.before),
                str(lesson.now.n),
                str(lesson.now.errors),
                f"{lesson.now.upper:.3g}",
                _ADVICE[lesson.advice],
                _write(lesson.accept_above),
                str(lesson.needed or ""),
            ]
            for lesson in lessons
        ],
    )


def say_what_paper(evidence: Evidence) -> None:
    """Simulated paper is named as such."""
    if evidence.simulated:
        click.echo("simulated paper: it says nothing certain about real paper")


def print_calibration(found: Calibration) -> None:
    """How often readings of each confidence were right."""
    click.echo(f"{found.kind}: {found.n} decided, expected calibration error {found.error:.4f}")
    rows = [
        [
            f"{part.low:g} to {part.high:g}",
            str(part.n),
            f"{part.share:.1%}",
            f"{part.confidence:.4f}",
            f"{part.right:.4f}",
        ]
        for part in found.bins
    ]
    if rows:
        print_table(["confidence", "decided", "share of all", "said", "right"], rows)


def print_drift(found: Iterable[Drift]) -> None:
    """Each figure then and now."""
    print_table(
        ["kind", "form", "scanner", "what", "before", "now", "pages", "chance", ""],
        [_describe_drift(one) for one in found],
    )


def _describe_drift(one: Drift) -> list[str]:
    return [
        *_name_origin(one.origin),
        one.measure,
        f"{one.before.mean:.4f}",
        f"{one.recent.mean:.4f}",
        f"{one.before.pages} / {one.recent.pages}",
        "too few pages" if one.chance is None else f"{one.chance:.2g}",
        "drifting" if one.drifting else "",
    ]


def _name_origin(origin: Origin) -> list[str]:
    return [origin.kind, origin.form or "any", origin.scanner or "any"]


def _write(threshold: float) -> str:
    return f"{threshold:.6g}"
