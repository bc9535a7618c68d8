"""Settings: where the sources contradict each other, what is chosen and what else they say."""

from dataclasses import dataclass
from datetime import date

from validation.law_entries import Choice, Setting
from validation.parameters import Law
from web.law.entries import SETTINGS, choose_words, describe


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One way to read the sources."""

    name: str
    says: str
    laws: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """One contradiction with its options, the chosen one first."""

    id: str
    path: str
    """Name with its folder, as rules read it."""
    about: str
    options: tuple[ShownOption, ...]
    choices: tuple[Choice, ...]
    """Newest first."""
    current: Choice

    def name_option(self, name: str) -> str:
        """What an option says."""
        return next(option.says for option in self.options if option.name == name)


def list_settings(law: Law, today: date, language: str) -> list[ShownSetting]:
    """Every setting; the contradictions of the catalogue, X-01 and on, stand first."""
    found = sorted(law.settings.values(), key=lambda setting: (setting.id[:1] != "X", setting.id))
    return [_show(setting, law, today, language) for setting in found]


def _show(setting: Setting, law: Law, today: date, language: str) -> ShownSetting:
    path, current = SETTINGS + setting.name, setting.choose_on(today)
    options = [
        ShownOption(name, choose_words(option.says, language), option.laws, name == current.option)
        for name, option in setting.options.items()
    ]
    return ShownSetting(
        id=setting.id,
        path=path,
        about=describe(path, law, language),
        options=tuple(sorted(options, key=lambda option: not option.chosen)),
        choices=setting.choices[::-1],
        current=current,
    )
