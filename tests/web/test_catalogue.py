from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from web.catalogue import compile_catalogue, extract_texts, find_gaps, read_catalogue

TEXTS = {"Sign in": "შესვლა", "Page %(number)s": "გვერდი %(number)s"}
PAGES = ("%(num)s page", "%(num)s pages")


@pytest.fixture
def texts() -> Catalog:
    made = Catalog(locale="ka")
    for text in TEXTS:
        made.add(text)
    made.add(PAGES)
    return made


@pytest.fixture
def whole() -> Catalog:
    made = Catalog(locale="ka", fuzzy=False)
    for text, translated in TEXTS.items():
        made.add(text, translated)
    made.add(PAGES, ("%(num)s გვერდი",))
    return made


def test_a_whole_catalogue_has_no_gaps(texts: Catalog, whole: Catalog) -> None:
    assert list(find_gaps(texts, whole)) == []


def test_a_text_that_is_not_in_the_catalogue_is_named(texts: Catalog, whole: Catalog) -> None:
    texts.add("Sign out")
    assert list(find_gaps(texts, whole)) == ["missing: 'Sign out'"]


def test_a_text_that_no_page_says_any_more_is_named(texts: Catalog, whole: Catalog) -> None:
    whole.add("Sign out", "გამოსვლა")
    assert list(find_gaps(texts, whole)) == ["no page says it: 'Sign out'"]


@pytest.mark.parametrize("translated", ["", None])
def test_a_text_without_translation_is_named(
    texts: Catalog, whole: Catalog, translated: str | None
) -> None:
    whole["Sign in"].string = translated
    assert list(find_gaps(texts, whole)) == ["not translated: 'Sign in'"]


def test_a_plural_without_translation_is_named(texts: Catalog, whole: Catalog) -> None:
    whole[PAGES].string = ("",)
    assert list(find_gaps(texts, whole)) == ["not translated: '%(num)s page'"]


def test_a_fuzzy_translation_is_none(texts: Catalog, whole: Catalog) -> None:
    whole["Sign in"].flags.add("fuzzy")
    assert list(find_gaps(texts, whole)) == ["fuzzy: 'Sign in'"]


def test_a_translation_that_loses_a_number_is_named(texts: Catalog, whole: Catalog) -> None:
    whole["Page %(number)s"].string = "გვერდი %(page)s"
    [gap] = find_gaps(texts, whole)
    assert "number" in gap


def test_texts_are_found_in_programs_and_templates(tmp_path: Path) -> None:
    (tmp_path / "templates" / "desk").mkdir(parents=True)
    (tmp_path / "routes.py").write_text('flash(_("Saved"))\nlazy_gettext("Later")\n')
    (tmp_path / "templates" / "desk" / "a.html").write_text(
        '{{ _("Files") }} {{ ngettext("%(num)s page", "%(num)s pages", n) }}'
    )
    found = {message.id for message in extract_texts(tmp_path) if message.id}
    assert found == {"Saved", "Later", "Files", PAGES}


def test_what_is_compiled_can_be_read_again(tmp_path: Path, whole: Catalog) -> None:
    from gettext import GNUTranslations

    compiled = tmp_path / "messages.mo"
    compiled.write_bytes(compile_catalogue(whole))
    with compiled.open("rb") as opened:
        assert GNUTranslations(opened).gettext("Sign in") == "შესვლა"


def test_the_catalogue_of_the_pages_can_be_read() -> None:
    from web.catalogue import find_file

    assert read_catalogue(find_file())["Sign in"].string == "შესვლა"
