import pytest

from form_templates import catalog
from form_templates.editing.changes import Change, ReadingEffect, RulesEffect, Subject
from form_templates.editing.difference import compare_editions
from tests.form_templates.two_editions import (
    DECLARATION,
    DECLARED,
    EN,
    KA,
    TEMPLATE,
    make_editions,
)

FLAT = 'id = "flat"\nkind = "digits"\nrequired = false\nformat = "integer"\ncells = [4]'
DECISION = 'id = "family_decision"\nkind = "circle"\ncodes = ["1", "2", "3", "4"]'
STREET = """\
[[sections.questions]]
id = "street"
kind = "letters"
required = false
cells = [18]
lexicon = "streets"
agency = true
"""
N1 = 'id = "n1_date"\nkind = "digits"\nformat = "date"\ncells = [2, 2, 4]\n'
_S, _C, _R, _E = Subject, Change, ReadingEffect, RulesEffect


def compare(folder, *edits, **which):
    return compare_editions(*make_editions(folder, *edits, **which))


def tell(differences):
    return [(d.subject, d.id, d.change, d.reading, d.rules, d.before, d.after) for d in differences]


@pytest.mark.parametrize("key", catalog.list_templates(), ids=str)
def test_an_edition_does_not_differ_from_itself(key):
    template = catalog.load(key.form, key.edition)
    assert compare_editions(template, template) == ()


def test_the_number_of_an_edition_is_no_difference(tmp_path):
    assert compare(tmp_path) == ()


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            (TEMPLATE, 'faults_go_to = "agent"', 'faults_go_to = "applicant"'),
            (_S.FORM, "", _C.FAULTS_GO_TO, _R.NONE, _E.TRACK, "agent", "applicant"),
        ),
        (
            (TEMPLATE, 'day_field = "visit_date"', 'day_field = "n1_date"'),
            (_S.FORM, "", _C.DAY_FIELD, _R.NONE, _E.DAY, "visit_date", "n1_date"),
        ),
        (
            (TEMPLATE, FLAT, f"{FLAT}\nrequired = true".replace("required = false\n", "")),
            (_S.QUESTION, "flat", _C.REQUIRED, _R.NONE, _E.EMPTY, "false", "true"),
        ),
        (
            (TEMPLATE, FLAT, f"{FLAT}\ncritical = true"),
            (_S.QUESTION, "flat", _C.CRITICAL, _R.NONE, _E.ENTRY, "false", "true"),
        ),
        (
            (TEMPLATE, FLAT, FLAT.replace('"integer"', '"code"')),
            (_S.QUESTION, "flat", _C.FORMAT, _R.OTHERWISE, _E.NOT_CARRIED, "integer", "code"),
        ),
        (
            (TEMPLATE, N1, f'{N1}law = "order-x/art-1"\n'),
            (
                *(_S.QUESTION, "n1_date", _C.LAW, _R.NONE, _E.CITED),
                *("order-02-150/annex-3/art-10(3)", "order-x/art-1"),
            ),
        ),
        (
            (KA, 'flat = "ბინა"', 'flat = "ბინის ნომერი"'),
            (_S.QUESTION, "flat", _C.WORDING, _R.NONE, _E.TO_COMPARE, "ბინა", "ბინის ნომერი"),
        ),
        (
            (KA, '3 = "ავტომანქანა"', '3 = "მანქანა"'),
            (
                *(_S.CODE, "circumstance_kinds.3", _C.WORDING, _R.NONE, _E.NOT_CARRIED),
                *("ავტომანქანა", "მანქანა"),
            ),
        ),
        (
            (KA, '3 = "ავტომანქანა"', '3 = "ავტომანქანა."'),
            (
                *(_S.CODE, "circumstance_kinds.3", _C.WORDING, _R.NONE, _E.NONE),
                *("ავტომანქანა", "ავტომანქანა."),
            ),
        ),
        (
            (TEMPLATE, DECISION, f'{DECISION}\ncorrection_rule = "agent_alone"'),
            (
                *(_S.QUESTION, "family_decision", _C.CORRECTION_RULE, _R.CORRECTIONS, _E.NONE),
                *("none", "agent_alone"),
            ),
        ),
    ],
)
def test_a_change_is_told_with_what_follows_from_it(tmp_path, edit, told):
    found = tell(compare(tmp_path, edit))
    assert told in found
    assert {change for _, _, change, *_ in found} <= {told[2], Change.PLACES}


def test_fewer_cells_leave_no_room_for_long_answers(tmp_path):
    found = compare(tmp_path, (TEMPLATE, FLAT, FLAT.replace("[4]", "[3]")))
    assert (_S.QUESTION, "flat", _C.CELLS, _R.OTHERWISE, _E.NO_ROOM, "4", "3") in tell(found)


@pytest.mark.parametrize(
    ("field", "old", "new", "rules"),
    [
        ("agent_code", "digits", "letters", _E.RETYPED),
        ("house", "letters", "digits", _E.NOT_CARRIED),
    ],
)
def test_answers_survive_another_kind_only_where_they_fit_it(tmp_path, field, old, new, rules):
    line = f'id = "{field}"\nkind = "{{}}"'
    found = compare(tmp_path, (TEMPLATE, line.format(old), line.format(new)))
    assert (_S.QUESTION, field, _C.KIND, _R.OTHERWISE, rules, old, new) in tell(found)


def test_what_only_one_edition_asks_is_told_as_gone_and_come(tmp_path):
    found = compare(
        tmp_path,
        (TEMPLATE, 'id = "street"', 'id = "lane"'),
        *((file, "street =", "lane =") for file in (KA, EN)),
    )
    assert tell(found)[:2] == [
        (_S.QUESTION, "street", _C.REMOVED, _R.LESS, _E.UNANSWERED, "", ""),
        (_S.QUESTION, "lane", _C.ADDED, _R.MORE, _E.UNKNOWN, "", ""),
    ]


def test_codes_that_come_and_go_are_told_by_their_number(tmp_path):
    new = DECISION.replace('"4"', '"5"')
    found = compare(
        tmp_path,
        (TEMPLATE, DECISION, new),
        (KA, '4 = "დევნილთა', '5 = "დევნილთა'),
        (EN, '4 = "Chooses the assistance', '5 = "Chooses the assistance'),
    )
    assert tell(found)[:2] == [
        (_S.CODE, "family_decision.4", _C.REMOVED, _R.LESS, _E.NOT_CARRIED, "", ""),
        (_S.CODE, "family_decision.5", _C.ADDED, _R.MORE, _E.TO_NAME, "", ""),
    ]


def test_codes_in_another_order_are_looked_for_elsewhere(tmp_path):
    edit = (TEMPLATE, DECISION, DECISION.replace('"1", "2"', '"2", "1"'))
    order = (_S.QUESTION, "family_decision", _C.ORDER, _R.ELSEWHERE, _E.NONE)
    assert (*order, "1, 2, 3, 4", "2, 1, 3, 4") in tell(compare(tmp_path, edit))


def test_a_question_asked_elsewhere_is_told_once_and_its_neighbours_only_as_places(tmp_path):
    found = compare(
        tmp_path,
        (TEMPLATE, STREET, ""),
        (TEMPLATE, '[[sections.questions]]\nid = "representative_surname"',
         f'{STREET}\n[[sections.questions]]\nid = "representative_surname"'),
    )  # fmt: skip
    moved, places = found
    assert tell([moved]) == [
        (_S.QUESTION, "street", _C.MOVED, _R.ELSEWHERE, _E.NONE, "header", "header")
    ]
    assert (places.change, places.id) == (Change.PLACES, "header")
    assert "street" in places.questions and "family_code" not in places.questions


def test_a_longer_form_is_told_with_its_pages_and_the_sections_that_moved(tmp_path):
    found = compare(
        tmp_path, (TEMPLATE, 'id = "circumstance"\n', 'id = "circumstance"\nnew_page = true\n')
    )
    assert tell(found)[:2] == [
        (_S.FORM, "", _C.PAGES, _R.ELSEWHERE, _E.NONE, "2", "3"),
        (_S.SECTION, "circumstance", _C.PLACES, _R.ELSEWHERE, _E.NONE, "1", "2"),
    ]


def test_a_reworded_printed_code_is_another_question(tmp_path):
    found = compare(tmp_path, (KA, 'B3 = "ფიზ', 'B3 = "ახალი ფიზ'), form=DECLARATION, old=DECLARED)
    (wording, *rest) = found
    assert (wording.id, wording.rules) == ("members.B3", RulesEffect.NOT_CARRIED)
    assert wording.wording == wording.label == "field.B3"
    assert {difference.change for difference in rest} <= {Change.PLACES}
