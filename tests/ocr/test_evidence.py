from dataclasses import replace

from form_templates import catalog
from form_templates.layout import lay_out
from form_templates.model import Signer
from ocr.corrections import CellRow, Presence
from ocr.evidence import CellEvidence, explain_signatures
from ocr.written import WrittenState

FIELDS = {f.id: f for p in lay_out(catalog.load("family_declaration")) for f in p.template.fields}
PRESENT, ABSENT = Presence.PRESENT, Presence.ABSENT


def written(name: str, state: WrittenState = WrittenState.READ) -> CellEvidence:
    row = CellRow(state, "100" if state is WrittenState.READ else None)
    return CellEvidence(
        spec=FIELDS[name],
        answer=row,
        anew=CellRow(WrittenState.EMPTY),
        ink_beside=False,
        confidence=1.0,
        doubtful=False,
    )


def signed(name: str, presence: Presence) -> dict:
    return {place: presence for place in FIELDS[name].correction_signatures.values()}


def test_a_signature_on_a_shared_card_belongs_to_the_crossed_answer():
    struck = written("members[1].C3_01", WrittenState.STRUCK)
    clean = written("members[1].C3_02")
    bearing = explain_signatures([struck, clean], signed("members[1].C3_01", PRESENT))
    assert set(bearing["members[1].C3_01"].values()) == {PRESENT}
    assert set(bearing["members[1].C3_02"].values()) == {ABSENT}


def test_a_signature_on_a_card_without_any_crossing_bears_on_all_its_answers():
    answers = [written("members[1].C3_01"), written("members[1].C3_02")]
    bearing = explain_signatures(answers, signed("members[1].C3_01", PRESENT))
    assert all(set(seen.values()) == {PRESENT} for seen in bearing.values())


def test_a_signature_without_a_crossing_does_not_bear_on_cells_that_no_pen_touched():
    answers = [written("members[1].C3_01"), written("members[1].C3_02", WrittenState.EMPTY)]
    bearing = explain_signatures(answers, signed("members[1].C3_01", PRESENT))
    assert set(bearing["members[1].C3_01"].values()) == {PRESENT}
    assert set(bearing["members[1].C3_02"].values()) == {ABSENT}


def test_a_signature_on_a_card_without_any_ink_asks_one_question():
    names = [f"members[1].C3_{number:02}" for number in range(1, 6)]
    answers = [written(name, WrittenState.EMPTY) for name in names]
    bearing = explain_signatures(answers, signed(names[0], PRESENT))
    assert [name for name in names if PRESENT in bearing[name].values()] == names[:1]


def test_a_crossing_in_doubt_leaves_the_signature_to_every_answer_of_its_card():
    unsure = replace(written("members[1].C3_01", WrittenState.STRUCK), doubtful=True)
    clean = written("members[1].C3_02")
    places = signed("members[1].C3_01", PRESENT)
    assert PRESENT in explain_signatures([unsure, clean], places)["members[1].C3_02"].values()


def test_an_answer_surely_crossed_claims_the_signature_though_its_new_value_is_in_doubt():
    struck = written("members[1].C3_01", WrittenState.STRUCK)
    unsure = replace(struck, surely_spoilt=True, doubtful=True)
    clean = written("members[1].C3_02")
    bearing = explain_signatures([unsure, clean], signed("members[1].C3_01", PRESENT))
    assert set(bearing["members[1].C3_02"].values()) == {ABSENT}


def test_a_crossing_on_one_card_explains_nothing_on_the_next():
    struck = written("members[1].C3_01", WrittenState.STRUCK)
    other = written("members[2].C3_01")
    places = signed("members[1].C3_01", PRESENT) | signed("members[2].C3_01", PRESENT)
    bearing = explain_signatures([struck, other], places)
    assert set(bearing["members[2].C3_01"].values()) == {PRESENT}


def test_an_answer_in_the_correction_cells_counts_as_a_crossing():
    anew = replace(written("members[1].C3_01"), anew=CellRow(WrittenState.READ, "200"))
    assert anew.crossed and not written("members[1].C3_01").crossed


def test_only_the_signers_of_the_rule_are_asked():
    bearing = explain_signatures([written("filling_date")], signed("filling_date", ABSENT))
    assert set(bearing["filling_date"]) == {Signer.AGENT}
