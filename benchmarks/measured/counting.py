"""Tables of the benchmark of reading, counted from observations."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import product

from benchmarks.intervals import upper_rate
from benchmarks.measured.observation import Observation
from benchmarks.measured.outcomes import Outcome
from benchmarks.measured.plan import LEVEL_GROUPS, STYLES, USUAL_LEVELS, WORST_LEVEL
from benchmarks.result import Cell, Result
from form_templates.model import MARK_KINDS, Kind
from ocr.readings import MarkState
from ocr.simulation.styles import Style

COLUMNS = (
    "fields",
    "right, %",
    "silent errors",
    "per 1,000, at most (95 %)",
    "to review, %",
    "thereof without need, %",
)
_KIND_NAMES = {
    Kind.CIRCLE: "marks",
    Kind.CHECK: "boxes",
    Kind.BUBBLE: "rings",
    Kind.DIGITS: "digits",
    Kind.LETTERS: "letters",
    Kind.TEXT: "text",
    Kind.SIGNATURE: "signatures",
    Kind.STAMP: "stamps",
}


def count_fields(fields: Sequence[Observation]) -> tuple[Cell, ...]:
    """One row under COLUMNS."""
    total = len(fields)
    silent = sum(o.silent for o in fields)
    clear = [o for o in fields if not o.needed]
    return (
        total,
        _percent(sum(o.right for o in fields), total),
        silent,
        1000 * upper_rate(silent, total),
        _percent(sum(o.to_review for o in fields), total),
        _percent(sum(o.to_review for o in clear), len(clear)),
    )


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def count_marks(observed: Sequence[Observation]) -> Result:
    """Marked questions by style, part and level."""
    marks = [o for o in observed if o.kind in MARK_KINDS]
    rows = []
    for style, part in sorted({(o.style, o.part) for o in marks}, reverse=True):
        group = [o for o in marks if (o.style, o.part) == (style, part)]
        for name, levels in _level_groups(group):
            fields = [o for o in group if o.level in levels]
            rows.append((style, part, name, *count_fields(fields)))
    for style in STYLES:
        usual = [o for o in marks if o.style == style and o.level in USUAL_LEVELS]
        if usual:
            rows.append((style.value, "all", "0-2", *count_fields(usual)))
    return Result(
        "Marked questions",
        ("style", "paper", "level", *COLUMNS),
        tuple(rows),
        notes=(
            "ordinary: a correction in every 25th question; hard: in every eighth;"
            " corrections: something in every third field",
            "silent: the program would take a wrong value by itself; what only a person can put"
            " into effect (return, new declaration) is none",
            "without need: of the questions that the paper itself does not send to a person; all"
            " questions of a card need one where it is signed and nothing on it is crossed",
        ),
    )


def _level_groups(fields: Iterable[Observation]) -> list[tuple[str, tuple[int, ...]]]:
    levels = sorted({o.level for o in fields})
    usual = [level for level in levels if level in USUAL_LEVELS]
    rows: list[tuple[str, tuple[int, ...]]] = [(str(level), (level,)) for level in levels]
    return [*rows, ("0-2", USUAL_LEVELS)] if len(usual) > 1 else rows


def count_kinds(observed: Sequence[Observation]) -> Result:
    """Every kind of field, on the forms of the catalogue."""
    rows = []
    forms = [o for o in observed if o.part in ("documents", "corrections", "lent digits")]
    groups = product(STYLES, _KIND_NAMES.items(), LEVEL_GROUPS.items())
    for style, (kind, name), (label, levels) in groups:
        fields = [o for o in forms if (o.style, o.kind) == (style, kind) and o.level in levels]
        if fields:
            rows.append((style.value, name, label, *count_fields(fields)))
        written = [o for o in fields if o.written]
        if written and kind is Kind.DIGITS:
            rows.append((style.value, f"{name}, of them written", label, *count_fields(written)))
    return Result(
        "Fields of the catalogue's forms, by kind",
        ("style", "kind", "levels", *COLUMNS),
        tuple(rows),
        notes=("letters written by hand always go to a person, and text is read by people only",),
    )


def count_confusion(observed: Sequence[Observation]) -> Result:
    """What each code was and was taken for, whether or not a person looks then."""
    pairs = Counter(
        (o.level == WORST_LEVEL, pair)
        for o in observed
        if o.style == "measuring"
        for pair in o.marks
    )
    states = [state.value for state in MarkState]
    used = [s for s in states if any(s in pair for _, pair in pairs)]
    rows = [
        ("3" if worst else "0-2", meant, *(pairs[worst, (meant, seen)] for seen in used))
        for worst in (False, True)
        for meant in used
        if any(pairs[worst, (meant, seen)] for seen in used)
    ]
    return Result(
        "Codes: what they were (rows) and what they were taken for (columns), before any doubt",
        ("levels", "code", *used),
        tuple(rows),
        notes=("measuring style",),
    )


def count_outcomes(observed: Sequence[Observation]) -> Result:
    """The rows of the correction table, by where their fields ended."""
    rows: list[tuple[Cell, ...]] = []
    corrected = [o for o in observed if o.part == "corrections" and o.row]
    for style, (label, levels) in product(STYLES, (("0-1", (0, 1)), ("2", (2,)))):
        fields = [o for o in corrected if o.style == style and o.level in levels]
        names = sorted({o.row for o in fields}) if style is Style.MEASURING else []
        rows += [
            (style.value, label, name, *_count_outcome([o for o in fields if o.row == name]))
            for name in names
        ]
        if fields:
            rows.append((style.value, label, "all rows", *_count_outcome(fields)))
    return Result(
        "The correction table on whole declarations",
        ("style", "levels", "row", "fields", "right outcome, %", *(o.value for o in Outcome)),
        tuple(rows),
        notes=("right outcome: as due, or read right and confirmed by a person",),
    )


def _count_outcome(fields: Sequence[Observation]) -> tuple[Cell, ...]:
    counts = Counter(o.outcome for o in fields)
    right = sum(count for outcome, count in counts.items() if outcome.is_right)
    return (len(fields), _percent(right, len(fields)), *(counts[outcome] for outcome in Outcome))


def count_numbers(observed: Sequence[Observation]) -> Result:
    """Personal numbers of eleven digits, plainly written."""
    rows: list[tuple[Cell, ...]] = []
    kinds: dict[str, Callable[[Observation], bool]] = {
        "simulated hand": lambda o: o.part == "documents",
        "MNIST's test digits": lambda o: o.part == "lent digits",
    }
    for name, belongs in kinds.items():
        for level in (*USUAL_LEVELS, WORST_LEVEL):
            fields = [
                o
                for o in observed
                if o.personal_number and o.scenario == "plain" and o.level == level and belongs(o)
                if o.style == "measuring"
            ]
            if fields:
                rows.append((name, level, *_count_numbers(fields)))
    return Result(
        "Personal numbers (11 digits) on declarations, without a register",
        ("written in", "level", "numbers", "exact, %", "accepted, %", "accepted and wrong"),
        tuple(rows),
    )


def _count_numbers(fields: Sequence[Observation]) -> tuple[Cell, ...]:
    return (
        len(fields),
        _percent(sum(o.right for o in fields), len(fields)),
        _percent(sum(not o.to_review for o in fields), len(fields)),
        sum(o.silent for o in fields),
    )
