"""The page on coverage: what the sources ask for, and by what the program keeps it."""

from flask import render_template

from validation.coverage import measure_coverage
from validation.parameters import load_law
from validation.requirements import load_requirements
from validation.rules.catalog import list_all_rules
from web.access import signed_in
from web.law.words import MEANS


@signed_in
def show_coverage() -> str:
    """Every requirement of the catalogue with its article and what keeps it."""
    covered = measure_coverage(load_requirements(), list_all_rules(), load_law())
    counts = {
        "total": len(covered),
        "kept": sum(one.is_covered and not one.is_open for one in covered),
        "open": sum(one.is_open for one in covered),
    }
    return render_template("law/coverage.html", covered=covered, counts=counts, means=MEANS)
