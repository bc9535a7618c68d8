"""The catalogue of translations: whether it is whole, and how it is brought up to date.

`python -m web.catalogue check` fails where a text of the pages has no translation,
`python -m web.catalogue update` writes what is new into the catalogue and compiles it.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent
LANGUAGE = "ka"

_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
_KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_ngettext": (1, 2)}

_HEADER = """\
# Georgian texts of Blanki's pages.
# This file is distributed under the same licence as Blanki: Apache-2.0."""


def extract_texts(folder: Path = WEB) -> Catalog:
    """All texts of the pages that have to be translated."""
    texts = Catalog(locale=LANGUAGE, charset="utf-8")
    found = extract_from_dir(folder, _METHODS, _OPTIONS, keywords=_KEYWORDS)
    for _, _, text, _, context in found:
        texts.add(text, context=context)
    return texts


def find_gaps(texts: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, a line each."""
    for wanted in _list_messages(texts):
        message = catalogue.get(wanted.id, wanted.context)
        if message is None:
            yield f"missing: {_name(wanted)}"
        else:
            yield from _find_faults(message, catalogue)
    for message in _list_messages(catalogue):
        if texts.get(message.id, message.context) is None:
            yield f"no page says it: {_name(message)}"


def compile_catalogue(catalogue: Catalog) -> bytes:
    """The catalogue as the pages load it."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def read_catalogue(file: Path) -> Catalog:
    """The catalogue as people write it."""
    with file.open("rb") as opened:
        return read_po(opened, locale=LANGUAGE)


def find_file(folder: Path = WEB) -> Path:
    """Where the catalogue lies; the compiled one lies beside it."""
    return folder / "translations" / LANGUAGE / "LC_MESSAGES" / "messages.po"


@click.group()
def catalogue() -> None:
    """Translations of the pages."""


@catalogue.command()
def check() -> None:
    """Fail where a text has no translation, or the compiled catalogue is not of this one."""
    file = find_file()
    written = read_catalogue(file)
    gaps = list(find_gaps(extract_texts(), written))
    compiled = file.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != compile_catalogue(written):
        gaps.append(f"{compiled.name} is not what {file.name} compiles to")
    for gap in gaps:
        click.echo(gap)
    sys.exit(bool(gaps))


@catalogue.command()
def update() -> None:
    """Write what is new into the catalogue, drop what no page says, and compile it."""
    file = find_file()
    texts = extract_texts()
    written = read_catalogue(file) if file.exists() else _begin_catalogue()
    written.update(texts, no_fuzzy_matching=True)
    written.obsolete.clear()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, written, width=100, no_location=True, sort_output=True)
    file.with_suffix(".mo").write_bytes(compile_catalogue(read_catalogue(file)))
    click.echo(f"{sum(1 for _ in find_gaps(texts, written))} texts to translate in {file}")


def _begin_catalogue() -> Catalog:
    return Catalog(
        locale=LANGUAGE,
        project="Blanki",
        version="1",
        copyright_holder="Blanki contributors",
        header_comment=_HEADER,
        fuzzy=False,
    )


def _find_faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(strings):
        yield f"not translated: {_name(message)}"
    elif message.fuzzy:
        yield f"fuzzy: {_name(message)}"
    else:
        yield from (f"{fault}: {_name(message)}" for fault in message.check(catalogue))


def _list_messages(texts: Catalog) -> Iterator[Message]:
    return (message for message in texts if message.id)


def _name(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return repr(text)


if __name__ == "__main__":
    catalogue(prog_name="web.catalogue")
