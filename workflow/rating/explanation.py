"""A rating in words: the stored lines with the wording of the pack that made them."""

from dataclasses import dataclass
from itertools import zip_longest

from workflow.rating.engine import Part
from workflow.rating.faults import NoPack
from workflow.rating.pack import Pack
from workflow.rating.pack_files import open_pack
from workflow.store.models.families import Rating


@dataclass(frozen=True, slots=True)
class WordedLine:
    """One line as a person reads it."""

    part: Part
    label: str
    variable: str
    """Field of the declaration that it comes from; empty for a number of the pack."""
    input: str
    coefficient: str
    amount: str
    total: str
    ends_part: bool
    """The total is that of the whole part."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rating rests on, in one language."""

    title: str
    statement: str | None
    """What must be said wherever the score shows; None for an official methodology."""
    lines: tuple[WordedLine, ...]
    is_pack_unchanged: bool
    """Whether the pack here is, to the byte, the one that the rating was made with."""


def explain_rating(rating: Rating, language: str) -> Explanation:
    """A rating line by line. Of a pack that is gone, ids stand in for the wording."""
    try:
        pack: Pack | None = open_pack(rating.pack)
    except NoPack:
        pack = None
    return Explanation(
        title=_word(pack, "pack.title", language) or rating.pack,
        statement=None if rating.official else _word(pack, "pack.statement", language) or "",
        lines=tuple(
            _word_line(pack, line, language, after is None or after["part"] != line["part"])
            for line, after in zip_longest(rating.lines, rating.lines[1:])
        ),
        is_pack_unchanged=pack is not None and pack.checksum == rating.pack_checksum,
    )


def _word(pack: Pack | None, key: str, language: str) -> str | None:
    return pack.labels[language].get(key) if pack else None


def _word_line(
    pack: Pack | None, line: dict[str, str], language: str, ends_part: bool
) -> WordedLine:
    key = line["label_key"]
    return WordedLine(
        part=Part(line["part"]),
        label=_word(pack, f"line.{key}", language) or key,
        variable=line["variable"],
        input=line["input"],
        coefficient=line["coefficient"],
        amount=line["amount"],
        total=line["total"],
        ends_part=ends_part,
    )
