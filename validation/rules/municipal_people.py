"""The people of a municipal application: who asks, and for whom.

Gurjaani's programme of 2015, arts. 4, 9, 10 and 12(4)-(5). Who may ask and for whom is for
the commission to judge (art. 11): what speaks against it is a warning.
"""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.paper import Paper, count_age
from validation.rules.parts import Row
from validation.rules.registry import Breach, rule

_FORM = ("municipal_application",)
_GROUP = "beneficiaries"
_ASKED = "application_date"
_OF_CHILDREN = ("many_children", "breadwinner", "lone_parent", "disabled_child")
_NAMES_CHILDREN = ("newborn", *_OF_CHILDREN)
_FOR_OTHERS = ("parent", "guardian", "sibling")
_ROLES = {
    "disabled_child": (("parent", "guardian", "sibling"), "gurjaani-programme-2015/art-9(2)(b)"),
    "breadwinner": (("parent", "guardian"), "gurjaani-programme-2015/art-9(3)(b)"),
}
"""Benefit -> who may ask for it, where its list of papers says so."""


@rule(
    "beneficiaries_are_named",
    law="gurjaani-programme-2015/art-9",
    forms=_FORM,
    assumed=True,
    meets=("G01", "G03", "G11", "G12", "G14"),
)
def beneficiaries_are_named(paper: Paper) -> Iterator[Breach]:
    """Whoever asks for a child, or for somebody else, names them."""
    for_children = paper.meaning("benefit") in _NAMES_CHILDREN
    for_others = paper.meaning("applicant_role") in _FOR_OTHERS
    if (for_children or for_others) and paper.table(_GROUP).is_unused:
        yield Breach(f"{_GROUP}[1].surname")


@rule(
    "beneficiary_named_once",
    law="gurjaani-programme-2015/art-10",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("G03", "G11"),
)
def beneficiary_named_once(paper: Paper) -> Iterator[Breach]:
    """Nobody is named twice: some benefits are paid by the number of children."""
    first: dict[str, Row] = {}
    for row in paper.table(_GROUP).rows:
        number = row.text("personal_number")
        if number is not None and first.setdefault(number, row) is not row:
            other = first[number].field("personal_number")
            yield Breach(row.field("personal_number"), {"other": other})


@rule(
    "children_are_minors",
    law="gurjaani-programme-2015/art-9",
    forms=_FORM,
    severity=Severity.WARNING,
    meets=("G03", "G11", "G12", "G14"),
)
def children_are_minors(paper: Paper) -> Iterator[Breach]:
    """The children that a benefit is asked for have not come of age."""
    years, asked = paper.legal_value("gurjaani/child_age"), paper.day(_ASKED)
    if years is None or years.number is None or paper.meaning("benefit") not in _OF_CHILDREN:
        return
    for row in paper.table(_GROUP).rows:
        age = count_age(row.day("birth_date"), asked)
        if age is not None and age >= years.number:
            about = {"age": str(age), "years": str(years.number)}
            yield Breach(row.field("birth_date"), about, assumed=years.assumed)


@rule(
    "children_are_counted",
    law="gurjaani-programme-2015/art-10",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("G03", "G11"),
)
def children_are_counted(paper: Paper) -> Iterator[Breach]:
    """As many children are named as are counted."""
    counted, table = paper.number("minor_children"), paper.table(_GROUP)
    is_sure = bool(table.rows) and not table.is_doubtful
    if paper.meaning("benefit") not in _OF_CHILDREN or counted is None or not is_sure:
        return
    if len(table.rows) != counted:
        about = {"named": str(len(table.rows)), "counted": str(counted)}
        yield Breach(paper.field("minor_children"), about)


@rule(
    "newborn_in_time",
    law="gurjaani-programme-2015/art-12(5)",
    forms=_FORM,
    severity=Severity.WARNING,
    meets=("G01", "T24"),
)
def newborn_in_time(paper: Paper) -> Iterator[Breach]:
    """The help for a newborn child is paid within its first year: it is not asked for later."""
    term, asked = paper.legal_value("deadlines/newborn_payment"), paper.day(_ASKED)
    if term is None or asked is None or paper.meaning("benefit") != "newborn":
        return
    for row in paper.table(_GROUP).rows:
        born = row.day("birth_date")
        last = paper.due_on("newborn_payment", born)
        if born is None or last is None or born > paper.today:
            continue
        if last < asked:
            about = {"born": born.isoformat(), "years": str(term.number)}
            yield Breach(row.field("birth_date"), about, term.law, term.assumed)


@rule(
    "gift_age_is_reached",
    law="gurjaani-programme-2015/art-10(12)",
    forms=_FORM,
    severity=Severity.WARNING,
    meets=("G16",),
)
def gift_age_is_reached(paper: Paper) -> Iterator[Breach]:
    """Who is given the gift for the oldest has reached its age."""
    least, asked = paper.legal_value("gurjaani/aged_gift_age"), paper.day(_ASKED)
    if least is None or least.number is None or paper.meaning("benefit") != "aged_gift":
        return
    born = [(row.field("birth_date"), row.day("birth_date")) for row in paper.table(_GROUP).rows]
    if paper.meaning("applicant_role") == "person_assisted":
        born = [(paper.field("applicant_birth_date"), paper.day("applicant_birth_date"))]
    for field, day in born:
        age = count_age(day, asked)
        if age is not None and age < least.number:
            about = {"age": str(age), "years": str(least.number)}
            yield Breach(field, about, assumed=least.assumed)


@rule(
    "adult_asks",
    law="gurjaani-programme-2015/art-12(4)",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R002-12.4",),
)
def adult_asks(paper: Paper) -> Iterator[Breach]:
    """An adult asks: the benefit of a minor is paid to an adult of the family or a guardian."""
    years = paper.legal_value("gurjaani/child_age")
    age = count_age(paper.day("applicant_birth_date"), paper.day(_ASKED))
    if age is None or years is None or years.number is None or age >= years.number:
        return
    about = {"age": str(age), "years": str(years.number)}
    yield Breach(paper.field("applicant_birth_date"), about)


@rule(
    "role_fits_benefit",
    law="gurjaani-programme-2015/art-9",
    forms=_FORM,
    severity=Severity.WARNING,
    assumed=True,
    meets=("G11", "G14"),
)
def role_fits_benefit(paper: Paper) -> Iterator[Breach]:
    """Who asks for a child's benefit is one of those whom its list of papers names."""
    role = paper.meaning("applicant_role")
    allowed, article = _ROLES.get(paper.meaning("benefit") or "", ((), None))
    if allowed and role is not None and role not in allowed:
        named = tuple(f"role_{one}" for one in allowed)
        yield Breach(paper.field("applicant_role"), {"allowed": named}, article)
