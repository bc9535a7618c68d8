"""How far the program is trusted: thresholds, what people found of it, whether it drifts."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ocr.thresholds import ReadKind
from web.access import allow
from web.context import begin_act, find_settings, read_clock, read_rows
from web.documents.listing import name_forms
from web.numbers import read_key
from web.page_parts import name_page_language
from web.trust.diagram import draw_diagram
from web.trust.standing import list_standing
from web.trust.words import CONCLUSIONS, KINDS, MEASURES
from workflow.errors import NotFound
from workflow.store.models.people import RoleName
from workflow.store.trust import find_enforcement, list_sets
from workflow.trust.calibration import measure_calibration
from workflow.trust.confirmed import measure_confirmed
from workflow.trust.drift import watch_drift
from workflow.trust.gathering import gather_confirmed, gather_evidence, gather_readings
from workflow.trust.keeping import enforce_set, load_thresholds

blueprint = Blueprint("trust", __name__)

RECENT, BEFORE = timedelta(days=30), timedelta(days=90)
"""What is compared: the last days, and those before them."""
MOST_PAGES = 2000
"""The newest, that drift is sought in: somebody waits for the page; the command line takes more."""
_SHIPPED = "shipped"


@blueprint.get("/trust")
@allow(RoleName.SUPERVISOR, RoleName.ADMINISTRATOR)
def show_trust() -> str:
    """Thresholds in force and learned, reliability by kind, drift; nobody's data."""
    now = read_clock()
    start = now - RECENT - BEFORE
    with read_rows() as session:
        evidence = gather_evidence(session, start)
        readings = gather_readings(session, start, MOST_PAGES)
        standing = find_enforcement(session)
        calibrations = [measure_calibration(kind, evidence) for kind in ReadKind]
        return render_template(
            "trust/show.html",
            standing=list_standing(load_thresholds(session)),
            sets=list_sets(session),
            in_force=standing.set_id if standing else None,
            diagrams=[(found, draw_diagram(found)) for found in calibrations if found.n],
            confirmed=measure_confirmed(gather_confirmed(session, start)),
            simulated=evidence.simulated,
            drifts=[one for one in watch_drift(readings, now - RECENT) if one.chance is not None],
            share_drawn=find_settings().look_share,
            days=(RECENT.days, BEFORE.days),
            kinds=KINDS,
            measures=MEASURES,
            conclusions=CONCLUSIONS,
            titles=name_forms(name_page_language()),
        )


@blueprint.post("/trust/enforcement")
@allow(RoleName.ADMINISTRATOR)
def enforce() -> ResponseReturnValue:
    """Puts a learned set in force, or what the program came with."""
    learned = request.form.get("set", type=read_key)
    if learned is None and request.form.get("set") != _SHIPPED:
        raise NotFound
    with begin_act() as act:
        enforce_set(act, learned)
    flash(_("In force for all paper read from now on."), "success")
    return redirect(url_for("trust.show_trust"), 303)
