"""Header: where the family lives, who speaks for it, how it is reached."""

from collections.abc import Iterator

from validation.disposition import Severity
from validation.rules.member_lists import list_all_numbers, list_bearers
from validation.rules.paper import Paper
from validation.rules.registry import Breach, rule

_DECLARATION = ("family_declaration",)
_NUMBER = "representative_personal_number"
_SPEAKER = {"surname": "representative_surname", "first_name": "representative_name"}
"""Question about a member -> the question about the representative."""
_PLACE = ("settlement", "street")


@rule(
    "sms_consent_asked",
    law="order-01-14/annex-1/art-5(4)",
    forms=_DECLARATION,
    decides=("sms_consent",),
    meets=("R003-5.4",),
)
def sms_consent_asked(paper: Paper) -> Iterator[Breach]:
    """Where a mobile number stands, the representative has said yes or no to messages."""
    if paper.is_answered("phone_mobile") and paper.is_empty("sms_consent"):
        yield Breach(paper.field("sms_consent"), {"other": "phone_mobile"})


@rule(
    "sms_needs_mobile",
    law="order-01-14/annex-1/art-5(4)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-5.4",),
)
def sms_needs_mobile(paper: Paper) -> Iterator[Breach]:
    """Whoever agrees to messages has given a mobile number."""
    if paper.meaning("sms_consent") == "yes" and paper.is_empty("phone_mobile"):
        yield Breach(paper.field("phone_mobile"), {"other": "sms_consent"})


@rule(
    "representative_is_adult",
    law="order-01-14/annex-1/art-2(1)(d)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    meets=("R003-2.1.d",),
)
def representative_is_adult(paper: Paper) -> Iterator[Breach]:
    """A representative who is a member has come of age."""
    for member in list_bearers(paper, paper.text(_NUMBER)):
        if paper.family.find(member.row).minor:
            yield Breach(paper.field(_NUMBER), {"row": str(member.row)})


@rule(
    "representative_is_member",
    law="order-01-14/annex-1/art-2(1)(d)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-2.1.d", "R003-3.5"),
)
def representative_is_member(paper: Paper) -> Iterator[Breach]:
    """A representative who is no member shows the papers of a legal one."""
    number, everyone = paper.text(_NUMBER), list_all_numbers(paper)
    if number is not None and everyone and number not in everyone:
        yield Breach(paper.field(_NUMBER))


@rule(
    "representative_named_alike",
    law="order-01-14/annex-1/art-5(3)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-5.3",),
)
def representative_named_alike(paper: Paper) -> Iterator[Breach]:
    """A representative who is a member bears the name that stands with the member."""
    for member in list_bearers(paper, paper.text(_NUMBER)):
        for question, told in _SPEAKER.items():
            names = paper.text(told), member.text(question)
            if None not in names and names[0] != names[1]:
                yield Breach(paper.field(told), {"other": member.field(question)})


@rule(
    "address_names_place",
    law="order-01-14/annex-1/art-5(3)",
    forms=_DECLARATION,
    severity=Severity.WARNING,
    assumed=True,
    meets=("R003-5.3",),
)
def address_names_place(paper: Paper) -> Iterator[Breach]:
    """The address names a settlement or a street beside the municipality.

    What an address consists of, the order does not say: villages have no streets, and the
    settlement of a district of Tbilisi needs no words.
    """
    if paper.is_answered("municipality") and all(map(paper.is_empty, _PLACE)):
        yield Breach(paper.field(_PLACE[0]), {"other": "municipality"})
