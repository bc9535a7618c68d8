"""What does not fit on paper is refused before anything is drawn."""

from typing import ClassVar


class LayoutFault(Exception):
    """A form does not fit on paper as its template asks, or has no such page or table."""

    code: ClassVar[str] = "does_not_fit"
    retry: ClassVar[bool] = False
    message: ClassVar[str] = "Shorten the wording, or give it more room in the template."

    def __init__(self, form: object, detail: str, key: str = "") -> None:
        super().__init__(form, detail, key)
        self.form = form
        self.detail = detail
        self.key = key
        """Section, or section and question, as `decision.family_decision`; empty for a page."""

    def __str__(self) -> str:
        return ": ".join(part for part in (str(self.form), self.key, self.detail) if part)
