import pytest

from form_templates import catalog
from form_templates.editions import Loss, map_values, name_column
from form_templates.model import PRESENCE_KINDS
from tests.form_templates.two_editions import (
    DECLARATION,
    DECLARED,
    EN,
    KA,
    TEMPLATE,
    Edit,
    make_editions,
)

DECISION = 'id = "family_decision"\nkind = "circle"\ncodes = ["1", "2", "3", "4"]'
KINDS = 'id = "circumstance_kinds"\nkind = "circle"\ncardinality = "many"'
HOUSE = 'id = "house"\nkind = "letters"\nrequired = false\ncells = [5]'
MANY = '\ncardinality = "many"'
FLAT = 'id = "flat"\nkind = "digits"\nrequired = false\nformat = "integer"\ncells = [4]'
TEXT_HOUSE = 'id = "house"\nkind = "text"\nrequired = false\n'
REFUSES = '2 = "უარს ამბობს დახმარებაზე"'


def carry(folder, values, *edits: Edit):
    return map_values(values, *make_editions(folder, *edits))


def test_what_stays_the_same_is_carried_over(tmp_path):
    values = {"family_code": "0123456789", "flat": 7, "circumstance_kinds": ["1", "3"]}
    mapped = carry(tmp_path, values)
    assert (mapped.values, mapped.lost) == (values, {})


@pytest.mark.parametrize("key", catalog.list_templates(), ids=str)
def test_an_edition_loses_nothing_to_itself_but_signatures(key):
    template = catalog.load(key.form, key.edition)
    answers = {
        (f"{section.group}[2].{q.id}" if section.group else q.id): q
        for section, q in template.questions()
    }
    values = {id_: list(q.codes[:1]) or "x" for id_, q in answers.items()}
    mapped = map_values(values, template, template)
    assert set(mapped.lost) == {i for i, q in answers.items() if q.kind in PRESENCE_KINDS}
    assert set(mapped.lost.values()) <= {Loss.ON_ITS_PAPER}


@pytest.mark.parametrize(
    ("field", "value", "edits", "loss"),
    [
        ("house", "12", [(TEMPLATE, 'id = "house"', 'id = "building"')], Loss.NO_QUESTION),
        ("no_such_field", "1", [], Loss.NO_QUESTION),
        ("foot_signature.p1s1", True, [], Loss.NO_QUESTION),
        ("members[1].flat", 7, [], Loss.NO_QUESTION),
        ("agent_signature", True, [], Loss.ON_ITS_PAPER),
        ("house", "12ა", [(TEMPLATE, HOUSE, HOUSE.replace("letters", "digits"))], Loss.OTHER_KIND),
        ("flat", 7, [(TEMPLATE, FLAT, FLAT.replace("integer", "money"))], Loss.OTHER_FORMAT),
        ("flat", 7, [(TEMPLATE, FLAT, FLAT.replace('"integer"', '"code"'))], Loss.OTHER_FORMAT),
        ("family_decision", "2", [(KA, REFUSES, '2 = "თანახმაა დახმარებაზე"')], Loss.OTHER_CODE),
        (
            "family_decision",
            "2",
            [(KA, REFUSES, '2 = "უარს ამბობს <"')],
            Loss.OTHER_CODE,
        ),
        (
            "circumstance_kinds",
            ["1", "3"],
            [(TEMPLATE, KINDS, KINDS.replace("many", "one"))],
            Loss.NOT_ONE_ANSWER,
        ),
        (
            "circumstance_kinds",
            [],
            [(TEMPLATE, KINDS, KINDS.replace("many", "one"))],
            Loss.NOT_ONE_ANSWER,
        ),
    ],
)
def test_what_is_not_certainly_the_same_is_lost_with_a_reason(tmp_path, field, value, edits, loss):
    if field == "house" and loss is Loss.NO_QUESTION:
        edits = [*edits, (KA, "house =", "building ="), (EN, "house =", "building =")]
    mapped = carry(tmp_path, {field: value, "family_code": "0123456789"}, *edits)
    assert mapped.lost == {field: loss}
    assert mapped.values == {"family_code": "0123456789"}


def test_a_code_that_is_printed_no_more_loses_the_answers_that_have_it(tmp_path):
    edits = [(TEMPLATE, DECISION, DECISION.replace('"2", ', ""))]
    edits += [(KA, REFUSES, ""), (EN, '2 = "Declines the assistance"', "")]
    old, new = make_editions(tmp_path, *edits)
    assert map_values({"family_decision": "2"}, old, new).lost == {"family_decision": Loss.NO_CODE}
    assert map_values({"family_decision": "1"}, old, new).values == {"family_decision": "1"}


@pytest.mark.parametrize(
    ("field", "value", "edits", "carried"),
    [
        ("house", "12", [(TEMPLATE, HOUSE, TEXT_HOUSE)], "12"),
        (
            "agent_code",
            "123456",
            [
                (
                    TEMPLATE,
                    'id = "agent_code"\nkind = "digits"',
                    'id = "agent_code"\nkind = "letters"',
                )
            ],
            "123456",
        ),
        ("family_decision", "2", [(KA, REFUSES, '2 = "უარს  ამბობს დახმარებაზე."')], "2"),
        (
            "family_decision",
            "2",
            [(TEMPLATE, DECISION, DECISION + MANY)],
            ["2"],
        ),
        ("circumstance_kinds", ["3"], [(TEMPLATE, KINDS, KINDS.replace("many", "one"))], "3"),
        ("family_decision", "2", [(TEMPLATE, DECISION, DECISION.replace("circle", "check"))], "2"),
        ("municipality", "გორი", [(KA, 'municipality = "', 'municipality = "ახალი ')], "გორი"),
    ],
)
def test_what_means_the_same_is_carried_in_the_new_shape(tmp_path, field, value, edits, carried):
    mapped = carry(tmp_path, {field: value}, *edits)
    assert (mapped.values, mapped.lost) == ({field: carried}, {})


def test_a_printed_code_that_asks_something_else_carries_nothing(tmp_path):
    old, new = make_editions(
        tmp_path, (KA, 'B3 = "ფიზ', 'B3 = "ახალი ფიზ'), form=DECLARATION, old=DECLARED
    )
    mapped = map_values({"members[2].B3": ["1"], "members[2].B4": ["3"]}, old, new)
    assert mapped.lost == {"members[2].B3": Loss.OTHER_QUESTION}
    assert mapped.values == {"members[2].B4": ["3"]}


@pytest.mark.parametrize(
    ("field", "column"),
    [("A10", "A10"), ("members[12].C3_07", "members.C3_07"), ("foot_signature.p1s1",) * 2],
)
def test_a_field_is_an_answer_in_its_column(field, column):
    assert name_column(field) == column
