"""What somebody asks of the trail: the words of the form, and the filter that they mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from web.wording import WORDS, word_subject
from workflow.acts import TBILISI
from workflow.store.trail import EventFilter

_NUMBERED = re.compile(r"(\D+?)\W*(?:no\.\s*)?(\d+)")
_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; the form shows it again."""

    subject: str
    """`document:9`, whatever words it was typed in."""
    actor: str
    action: str
    day: str
    """As typed."""

    @property
    def subject_words(self) -> str:
        """The subject as the form shows it."""
        return word_subject(self.subject) if self.subject else ""

    def list_faults(self) -> dict[str, str]:
        """Field -> what is wrong with what was typed."""
        if self.day and read_day(self.day) is None:
            return {"day": _("Give the day as 2.3.2026")}
        return {}

    def find_wanted(self) -> EventFilter:
        """The events that are meant."""
        day = read_day(self.day)
        start = datetime.combine(day, time(), TBILISI) if day else None
        return EventFilter(
            subject=self.subject or None,
            actor=self.actor or None,
            action=self.action or None,
            start=start,
            end=start + timedelta(days=1) if start else None,
        )


def read_question(args: Mapping[str, str]) -> Question:
    """What the form, or the link of an event, asks for."""
    typed = {key: args.get(key, "").strip() for key in ("subject", "actor", "action", "day")}
    return Question(**typed | {"subject": read_subject(typed["subject"])})


def read_subject(typed: str) -> str:
    """`document 9` in the reader's language as the trail writes it; all else stays as it is."""
    said = _NUMBERED.fullmatch(typed)
    if said is None:
        return typed
    kinds = {str(words).casefold(): kind for kind, words in WORDS["subject"].items()}
    kind = kinds.get(said[1].casefold(), said[1])
    return f"{kind}:{said[2]}" if kind in WORDS["subject"] else typed


def read_day(typed: str) -> date | None:
    """A day as people here write it, or as machines do; None where it is neither.

    The first and the last day that can be written at all reach, in UTC, beyond them.
    """
    said = _DAY.fullmatch(typed)
    try:
        day = date(int(said[3]), int(said[2]), int(said[1])) if said else date.fromisoformat(typed)
    except ValueError:
        return None
    return day if date.min < day < date.max else None
