"""What `blanki law timeline` prints."""

from collections.abc import Iterable

from validation.timeline import Stop
from web.cli.tables import print_table

_TITLES = ("", "what", "by", "counted", "law", "")


def print_timeline(stops: Iterable[Stop]) -> None:
    """The stops of an application, each with how its day was counted."""
    print_table(_TITLES, map(_describe_stop, stops))


def _describe_stop(stop: Stop) -> list[str]:
    return [
        ", ".join(stop.ids),
        stop.about.en,
        f"{stop.day:%a %Y-%m-%d}",
        f"{stop.value.number} {_name_unit(stop)} after {stop.start:%Y-%m-%d}",
        stop.value.law,
        "; ".join(_list_notes(stop)),
    ]


def _name_unit(stop: Stop) -> str:
    """`working days`, `month`."""
    words = stop.value.unit.replace("_", " ")
    return words.removesuffix("s") if stop.value.number == 1 else words


def _list_notes(stop: Stop) -> Iterable[str]:
    if stop.is_free:
        yield "a day of rest"
    if not stop.counts:
        yield "another source counts"
    if stop.is_beside:
        yield "beside article 11"
    if stop.value.assumed:
        yield "assumed"
