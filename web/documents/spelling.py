"""How pages spell what findings name: fields as the paper calls them, days as people write them."""

import re
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from flask_babel import gettext as _

from form_templates import catalog
from form_templates.specification import Template
from web.review.questions import find_asked, name_field

_AS_WRITTEN = frozenset({"characters", "file", "printed", "read", "title"})
"""Parameters that quote paper or files: whatever they look like, they stay."""
_NOT_THERE = "-"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = {"en": "d MMM y", "ka": "dd.MM.y"}
_QUOTED = {
    "en": "\N{LEFT DOUBLE QUOTATION MARK}%s\N{RIGHT DOUBLE QUOTATION MARK}",
    "ka": "\N{DOUBLE LOW-9 QUOTATION MARK}%s\N{LEFT DOUBLE QUOTATION MARK}",
}


@dataclass(frozen=True, slots=True)
class Speller:
    """Writes the values of findings for readers of one language, beside one paper."""

    template: Template | None
    """Names its fields and sections; None for a paper of no known form."""
    language: str

    def __call__(self, parameter: str, value: str) -> str:
        """A value as people read it; what is neither field nor day stays as it is."""
        if parameter in _AS_WRITTEN:
            return value
        if value == _NOT_THERE:
            return ""
        day = _read_day(value)
        if day is not None:
            return self._write_day(day)
        if parameter == "section":
            return self._name_section(value)
        if parameter == "editions":
            return ", ".join(map(self._name_page, value.split(", ")))
        return self._name_field(value)

    def _name_field(self, value: str) -> str:
        if self.template is None or find_asked(self.template, value) is None:
            return value
        name = name_field(self.template, value, self.language)
        label = f"{name.code} {name.label}".strip().rstrip(":")
        return self._quote(f"{name.row}: {label}" if name.row else label)

    def _name_section(self, value: str) -> str:
        if self.template is None or all(value != s.id for s in self.template.sections):
            return value
        return self._quote(self.template.label(f"section.{value}", self.language))

    def _name_page(self, value: str) -> str:
        """A page that a scan may be: the title of its form, its edition, its number."""
        edition, _slash, page = value.rpartition("/")
        key = {str(key): key for key in catalog.list_templates()}.get(edition)
        if key is None:
            return value
        title = catalog.load(key.form, key.edition).label("title", self.language)
        about = _("edition of %(day)s, page %(page)s", day=self._write_day(key.edition), page=page)
        return f"{self._quote(title)} ({about})"

    def _write_day(self, day: date) -> str:
        return format_date(day, _DAYS[self.language], locale=self.language)

    def _quote(self, words: str) -> str:
        return _QUOTED[self.language] % words


def _read_day(value: str) -> date | None:
    """The day that stands as YYYY-MM-DD; eight digits alone are a number, not a day."""
    if not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
