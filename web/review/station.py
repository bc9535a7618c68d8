"""The frame of the work page: the document, how far it is, what comes before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import LazyString

from form_templates.specification import Template
from web.context import find_settings
from web.documents.findings import ShownFinding, show_finding
from web.review.all_answers import AnswerGroup, list_answers
from web.review.open_work import OpenWork, is_same
from web.review.questions import name_field
from web.review.words import KEYS
from workflow.cases.doubts import Doubt
from workflow.cases.reviewing import Hold
from workflow.cases.settling import Need

_RENEW_SECONDS = 60
_RENEWALS_IN_A_LEASE = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One line of what there is to decide."""

    name: str
    url: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Station:
    """What every page of the station shows around the question."""

    document_id: int
    title: str
    state: str
    simulated: bool
    token: int
    renew_seconds: float
    is_blind: bool
    is_settling: bool
    items: tuple[Item, ...]
    previous: str
    next: str
    preload: tuple[str, ...]
    """Pictures that the next open question will need."""
    saved: str
    """Name of the field that was saved just now."""
    keys: Mapping[str, LazyString]
    answers: tuple[AnswerGroup, ...]
    """The way to every field; none where only what is listed may be entered."""

    @property
    def done(self) -> int:
        """How many are decided."""
        return sum(item.done for item in self.items)

    @property
    def opens_answers(self) -> bool:
        """Whether the question stands only among all answers, so that one sees its place there."""
        return not any(item.current for item in self.items) and any(
            answer.current for group in self.answers for answer in group.answers
        )


def build_station(
    work: OpenWork, hold: Hold, current: Doubt | None, language: str, saved: str
) -> Station:
    """The frame around one question, or around none where all is decided."""
    document, shown = work.document, list(work.shown)
    place = _find_place(shown, current)
    around = [link_doubt(document.id, doubt) for doubt in shown]
    after = "" if place is None else next(iter(around[place + 1 :]), "")
    return Station(
        document_id=document.id,
        title=work.template.label("title", language),
        state=document.state,
        simulated=document.simulated,
        token=hold.token,
        renew_seconds=count_renew_seconds(find_settings().review_lease_seconds),
        is_blind=work.is_blind,
        is_settling=work.is_settling,
        items=tuple(
            Item(name_doubt(work, doubt, language), url, doubt not in work.tasks, n == place)
            for n, (doubt, url) in enumerate(zip(shown, around, strict=True))
        ),
        previous=around[place - 1] if place else (around[-1] if place is None and around else ""),
        next=after or ("" if work.tasks else link_doubt(document.id, None)),
        preload=_list_pictures(work.find_open_after(current)),
        saved=name_field(work.template, saved, language).label
        if saved in work.decided.reads
        else "",
        keys=KEYS,
        answers=list_answers(work, current.field if current else None, language),
    )


def count_renew_seconds(lease_seconds: float) -> float:
    """How often a page renews its lease: once a minute, and three times in a short one."""
    return min(_RENEW_SECONDS, lease_seconds / _RENEWALS_IN_A_LEASE)


def link_doubt(document_id: int, doubt: Doubt | None, saved: str = "") -> str:
    """The page of one question, or of the offer to finish; it may tell what was saved."""
    question: dict[str, Any] = {"saved": saved or None}
    if doubt is not None and doubt.need is Need.LOOK:
        question |= {"warning": doubt.codes[0], "about": doubt.field}
    elif doubt is not None:
        question |= {"field": doubt.field}
    return url_for("review.work", document_id=document_id, **question)


def name_doubt(work: OpenWork, doubt: Doubt, language: str) -> str:
    """What a question is called in a list."""
    if doubt.need is Need.LOOK:
        return "; ".join(found.message for found in show_findings(work, doubt, language))
    return _name_in_line(work.template, doubt.field or "", language)


def show_findings(work: OpenWork, doubt: Doubt, language: str) -> tuple[ShownFinding, ...]:
    """The findings that a question comes from."""
    return tuple(
        show_finding(row, work.template, {}, language)
        for row in work.findings
        if row.field == doubt.field and row.code in doubt.codes
    )


def _name_in_line(template: Template, field: str, language: str) -> str:
    name = name_field(template, field, language)
    return f"{name.row}: {name.label}" if name.row else name.label


def _find_place(shown: list[Doubt], current: Doubt | None) -> int | None:
    if current is None:
        return None
    return next((n for n, doubt in enumerate(shown) if is_same(doubt, current)), None)


def _list_pictures(doubt: Doubt | None) -> tuple[str, ...]:
    if doubt is None or doubt.reading_id is None:
        return ()
    return (
        url_for("pictures.show_field", reading_id=doubt.reading_id),
        url_for("pictures.show_page", page_id=doubt.page_id),
    )
