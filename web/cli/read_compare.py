"""Sets what was read of a simulated paper beside what was written on it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click


def load_truth(path: Path) -> Mapping[str, Any]:
    """The file that `blanki simulate --truth` wrote; anything else is a mistake of usage."""
    try:
        truth = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as fault:
        raise click.UsageError(f"{path}: {fault}") from fault
    if not isinstance(truth, dict) or not {"form", "edition", "fields"} <= truth.keys():
        raise click.UsageError(f"{path}: what `blanki simulate --truth` writes is needed")
    return truth


def compare_with_truth(result: Mapping[str, Any], truth: Mapping[str, Any]) -> Iterator[str]:
    """How much of a document was read as it was written; below it every field that was not.

    What is left to a person is no mistake, whatever the program would have guessed.
    """
    if (result["form"], result["edition"]) != (truth["form"], truth["edition"]):
        yield f"  the truth is that of {truth['form']} {truth['edition']}"
        return
    seen, meant = result["fields"], truth["fields"]
    left = [name for name in meant if name in seen and seen[name]["review"]]
    values = {name: seen.get(name, {}).get("value") for name in meant if name not in left}
    wrong = [n for n, value in values.items() if _plain(value) != _plain(meant[n]["value"])]
    right = len(values) - len(wrong)
    yield f"  {right} of {len(meant)} fields as written; {len(left)} left to a person; " + (
        f"{len(wrong)} differ:" if wrong else "none differs"
    )
    for name in wrong:
        yield f"    {name}: written {_plain(meant[name]['value'])!r}, read {_plain(values[name])!r}"


def _plain(value: object) -> object:
    """The value without the empty cells beside it; nothing written and nothing read are one."""
    value = value.strip() if isinstance(value, str) else value
    return None if value in ("", [], False) else value
