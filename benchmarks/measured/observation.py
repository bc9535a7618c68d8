"""What became of one field of one simulated paper, small enough to keep a million of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.measured.outcomes import Outcome, judge_outcome
from benchmarks.measured.plan import Task
from benchmarks.simulated import (
    Compared,
    compare_readings,
    judge_fields,
    open_paper,
    read_sides,
    simulate_job,
    tell_reading,
)
from form_templates.model import MARK_KINDS, FieldSpec, Format, Kind, Region
from ocr.readings import FieldState, Reason
from ocr.simulation.document import SimulatedDocument

_CROP_MARGIN_PX = 24
_CROPS_A_JOB = 3


@dataclass(frozen=True, slots=True)
class Observation:
    """One field as it should be read, as it was, and what that means."""

    part: str
    style: str
    level: int
    seed: int
    form: str
    field: str
    kind: Kind
    scenario: str
    row: str
    """Row of the correction table; empty where it has none."""
    meant: str
    seen: str
    """State, reason and value."""
    confidence: float | None
    """None where the page could not be laid straight."""
    right: bool
    to_review: bool
    needed: bool
    """Whether the paper itself belongs before a person, by this field or by its card."""
    silent: bool
    """Wrong, and taken with nobody looking."""
    outcome: Outcome
    personal_number: bool
    written: bool
    """Whether anything stands there at all."""
    marks: tuple[tuple[str, str], ...] = ()
    """State of each code: meant, seen."""
    crop: bytes | None = None
    """PNG of the place, of the few that a gallery may want."""


def observe_task(task: Task) -> list[Observation]:
    """Make the paper, read it, and set every field beside what stands on it."""
    job, ready = task.job, open_paper(task.job)
    document = simulate_job(job, ready)
    pages = read_sides(document, ready.paper.template, ready.shelf)
    judged = judge_fields(ready.paper.template, pages) if job.form else {}
    compared = compare_readings(document, pages, judged)
    specs = {field.id: field for page in ready.paper.pages for field in page.fields}
    disputed = _find_disputed(specs, compared)
    observed = [
        _observe(task, specs[c.truth.field], c, needed=c.asks_review or c.truth.field in disputed)
        for c in compared
    ]
    return list(_attach_crops(observed, compared, document))


def _find_disputed(specs: Mapping[str, FieldSpec], compared: Iterable[Compared]) -> frozenset[str]:
    """Ids of the fields that share a signed place with one that was signed and not crossed.

    The paper does not say which of them was meant to be put right: a person has to look
    at all.
    """
    places = {
        (c.truth.page, c.truth.sheet, place)
        for c in compared
        if c.truth.reason is Reason.SIGNATURES_WITHOUT_CROSS
        for place in _places(specs[c.truth.field])
    }
    return frozenset(
        c.truth.field
        for c in compared
        if any((c.truth.page, c.truth.sheet, p) in places for p in _places(specs[c.truth.field]))
    )


def _places(spec: FieldSpec) -> Iterable[Region]:
    return (spec.correction_signatures or {}).values()


def _observe(task: Task, spec: FieldSpec, c: Compared, needed: bool) -> Observation:
    marks = spec.kind in MARK_KINDS
    return Observation(
        part=task.part,
        style=task.job.style.value,
        level=c.level,
        seed=c.seed,
        form=task.job.form or "invented page",
        field=spec.id,
        kind=spec.kind,
        scenario=c.truth.scenario,
        row=c.truth.row,
        meant=f"{c.truth.state.value} {c.truth.value}",
        seen=tell_reading(c.seen),
        confidence=c.seen.confidence if c.seen else None,
        right=c.right,
        to_review=c.to_review,
        needed=needed,
        silent=c.silent_error,
        outcome=judge_outcome(c),
        personal_number=spec.format is Format.PERSONAL_NUMBER and c.truth.value is not None,
        written=c.truth.state is not FieldState.EMPTY,
        marks=_pair_marks(c) if marks else (),
    )


def _pair_marks(c: Compared) -> tuple[tuple[str, str], ...]:
    if c.seen is None:
        return ()
    seen = {mark.code: mark.state.value for mark in c.seen.marks}
    return tuple((state.value, seen[code]) for code, state in c.truth.marks.items() if code in seen)


def _attach_crops(
    observed: Sequence[Observation], compared: Sequence[Compared], document: SimulatedDocument
) -> Iterator[Observation]:
    """Every silent error, the worst of the wrong ones and the least sure of the accepted."""
    scans = {(side.page, side.sheet): side.scan.picture for side in document.sides}
    wanted = _choose_worst(observed)
    for number, (item, c) in enumerate(zip(observed, compared, strict=True)):
        if number in wanted and c.seen is not None:
            picture = scans[c.truth.page, c.truth.sheet]
            yield replace(item, crop=_cut_png(picture, c.seen.region_px))
        else:
            yield item


def _choose_worst(observed: Sequence[Observation]) -> frozenset[int]:
    silent = [i for i, o in enumerate(observed) if o.silent]
    unsure = sorted(
        (i for i, o in enumerate(observed) if o.confidence is not None and not o.silent),
        key=lambda i: (observed[i].right, observed[i].to_review, observed[i].confidence or 0.0),
    )
    accepted = [i for i in unsure if not observed[i].to_review]
    return frozenset([*silent, *unsure[: _CROPS_A_JOB - 1], *accepted[:1]])


def _cut_png(picture: NDArray[np.uint8], quad: Iterable[tuple[float, float]]) -> bytes:
    points = np.array(list(quad))
    left, top = np.maximum(points.min(axis=0).astype(int) - _CROP_MARGIN_PX, 0)
    right, bottom = points.max(axis=0).astype(int) + _CROP_MARGIN_PX
    coded, png = cv2.imencode(".png", picture[top:bottom, left:right])
    return png.tobytes() if coded else b""
