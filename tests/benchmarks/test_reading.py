from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.measured.counting import count_kinds
from benchmarks.measured.gallery import pick_worst, write_gallery
from benchmarks.measured.observation import Observation
from benchmarks.measured.outcomes import Outcome, judge_outcome
from benchmarks.measured.plan import FULL, QUICK, plan_tasks
from benchmarks.measured.reliability import count_reliability
from benchmarks.reading import measure_beside, run
from benchmarks.result import Result
from benchmarks.simulated import Compared
from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.model import FieldSpec, Kind
from ocr.readings import FieldReading, FieldState, Reason, Value
from ocr.simulation.intents import FieldTruth
from ocr.simulation.styles import Style


def observe(confidence: float, right: bool = True, silent: bool = False) -> Observation:
    return Observation(
        part="ordinary",
        style="measuring",
        level=1,
        seed=7,
        form="invented page",
        field="B1",
        kind=Kind.CIRCLE,
        scenario="plain",
        row="",
        meant="read 2",
        seen="read (none) <2>",
        confidence=confidence,
        right=right,
        to_review=not silent and not right,
        needed=False,
        silent=silent,
        outcome=Outcome.SETTLED,
        personal_number=False,
        written=True,
        crop=b"png",
    )


def find_spec(name: str) -> FieldSpec:
    pages = lay_out(catalog.load("family_declaration"))
    return next(f for page in pages for f in page.template.fields if f.id == name)


def compare(
    due: str, became: str, value: Value = "2", review: bool = False, cautious: tuple[str, ...] = ()
) -> Compared:
    spec = find_spec("A9")
    truth = FieldTruth(
        "A9", 1, 1, "plain", "", FieldState.READ, Reason.NONE, "2", due, cautious=cautious
    )
    quad = ((0.0, 0.0),) * 4
    seen = FieldReading(spec, FieldState.READ, Reason.NONE, value, 0.99, review, quad)
    return Compared(1, 7, truth, seen, became)


@pytest.mark.parametrize(
    ("compared", "outcome"),
    [
        (compare("accepted", "accepted"), Outcome.SETTLED),
        (compare("accepted", "accepted", value="3"), Outcome.ACCEPTED_WRONGLY),
        (compare("return_to_agent", "accepted"), Outcome.ACCEPTED_WRONGLY),
        (compare("accepted", "needs_review", review=True), Outcome.PROPOSED),
        (compare("accepted", "needs_review", value="3", review=True), Outcome.PERSON),
        (compare("accepted", "return_to_agent", review=True), Outcome.GRAVER),
        (compare("new_declaration_required", "return_to_agent", review=True), Outcome.MILDER),
        (
            compare("return_to_agent", "needs_review", review=True, cautious=("needs_review",)),
            Outcome.SETTLED,
        ),
    ],
)
def test_each_end_of_a_field_has_its_name(compared: Compared, outcome: Outcome) -> None:
    assert judge_outcome(compared) is outcome


def test_a_confidence_that_promises_too_much_shows_in_its_bin_and_in_the_error() -> None:
    fields = [observe(0.97), observe(0.97, right=False), observe(0.9999), observe(0.9999)]
    table = count_reliability(fields).rows
    assert [row[3:5] for row in table] == [("0.95 to 0.99", 2), ("0.999 to 1", 2), ("all", 4)]
    assert table[0][6] == pytest.approx(50.0)
    assert table[-1][-1] == pytest.approx(100 * (0.5 * 0.47 + 0.5 * 0.0001))


def test_the_gallery_begins_with_silent_errors_and_says_that_it_is_simulated(
    tmp_path: Path,
) -> None:
    page = tmp_path / "gallery.html"
    write_gallery(pick_worst([observe(0.5), observe(0.99, right=False, silent=True)]), page)
    text = page.read_text(encoding="utf-8")
    assert text.index("Silent errors") < text.index("<b>silent</b>") < text.index("Accepted")
    assert "Simulated paper" in text
    assert "&lt;2&gt;" in text


def test_both_styles_and_all_levels_are_planned_and_no_paper_twice() -> None:
    tasks = plan_tasks(QUICK, None)
    assert {(t.job.style, t.job.level) for t in tasks} >= {
        (style, level) for style in (Style.MEASURING, Style.GUARD) for level in range(4)
    }
    assert len(set(tasks)) == len(tasks)


def test_no_hand_comes_at_two_levels() -> None:
    seeds: dict[tuple[object, ...], set[int]] = {}
    for task in plan_tasks(FULL, Path("mnist")):
        paper = task.part, task.job.style, task.job.form, task.job.edition, task.job.seed
        seeds.setdefault(paper, set()).add(task.job.level)
    assert all(len(levels) == 1 for levels in seeds.values())


def test_digits_are_counted_apart_where_anything_is_written() -> None:
    written = replace(observe(0.99), part="documents", kind=Kind.DIGITS)
    empty = replace(written, written=False)
    counted = {row[1]: row[3] for row in count_kinds([written, empty, empty]).rows}
    assert counted == {"digits": 3, "digits, of them written": 1}


def test_the_full_run_reads_marks_enough_for_its_smallest_figure() -> None:
    pages = [t for t in plan_tasks(FULL, None) if t.job.dense and t.job.level < 3]
    assert 30 * sum(t.job.style is Style.MEASURING for t in pages) > 75_000


def test_a_smoke_run_reads_both_styles_at_all_levels(tmp_path: Path) -> None:
    gallery = tmp_path / "worst.html"
    result = run(["--smoke", "--gallery", str(gallery)])
    assert {row[:3] for row in result.rows} >= {
        (style, "ordinary", str(level)) for style in ("measuring", "guard") for level in range(4)
    }
    assert all(isinstance(row[3], int) and row[3] >= 25 for row in result.rows)
    assert "data:image/png" in gallery.read_text(encoding="utf-8")
    titles = [table.title for table in result.more if isinstance(table, Result)]
    assert any("Codes" in title for title in titles)


def test_a_benchmark_that_fails_beside_costs_none_of_the_others() -> None:
    told = measure_beside("of_nothing")
    assert "of_nothing" in told.title and "ModuleNotFoundError" in str(told.rows)
