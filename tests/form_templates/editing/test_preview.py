import io
from pathlib import Path

import pypdf
import pytest

from form_templates import catalog
from form_templates.editing.preview import preview_form
from form_templates.fitting import LayoutFault
from form_templates.parts import Use, list_parts
from form_templates.printing import print_form
from form_templates.whole_form import lay_out_whole
from tests.form_templates.small_form import (
    LABELS,
    PLACED,
    SOUND,
    replaced,
    write_edition,
    write_placed,
)


def read_words(document: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages]


def test_a_preview_shows_every_page_and_names_every_field(tmp_path: Path) -> None:
    write_edition(tmp_path, template=SOUND)
    template = catalog.load("paper", root=tmp_path)
    pages, words = lay_out_whole(template), read_words(preview_form(template))
    assert len(words) == len(pages) > 1
    for page, said in zip(pages, words, strict=True):
        assert {field.id for field in page.template.fields} <= set(said.split())


def test_a_preview_explains_its_colours(tmp_path: Path) -> None:
    write_edition(tmp_path, template=SOUND)
    (first, *_) = read_words(preview_form(catalog.load("paper", root=tmp_path)))
    assert [use.value for use in Use if use.value not in first] == []
    assert "paper/2020-02-01, page 1" in first


def test_a_preview_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    write_edition(tmp_path, template=SOUND)
    template = catalog.load("paper", root=tmp_path)
    assert preview_form(template) == preview_form(template)


def test_the_form_of_others_is_shown_over_its_blank(tmp_path: Path) -> None:
    write_placed(tmp_path)
    (page,) = pypdf.PdfReader(io.BytesIO(preview_form(catalog.load("sheet", root=tmp_path)))).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [100, 60]
    assert {"Q1", "Q2", "Q3", "box"} <= set(page.extract_text().split())


def test_a_form_without_a_blank_is_shown_on_white(tmp_path: Path) -> None:
    anchors = [f'[[pages.anchors]]\nkind = "dot"\nregion = [{x}, 50, 5, 5]\n\n' for x in (2, 92)]
    by_anchors = replaced(PLACED, "[[sections]]", f"{''.join(anchors)}[[sections]]")
    write_placed(tmp_path, replaced(by_anchors, 'blank = "blank.pdf"\n', ""))
    (words,) = read_words(preview_form(catalog.load("sheet", root=tmp_path)))
    assert {"Q1", "Q2", "Q3", "box"} <= set(words.split())


def test_a_form_that_would_not_be_printed_is_shown_all_the_same(tmp_path: Path) -> None:
    crowded = replaced(LABELS, 'people = "b"', f'people = "{"b " * 300}"')
    write_edition(tmp_path, template=SOUND, ka=crowded)
    template = catalog.load("paper", root=tmp_path)
    with pytest.raises(LayoutFault):
        print_form(template)
    assert "members[1].name" in " ".join(read_words(preview_form(template)))


@pytest.mark.parametrize("form", ["family_declaration", "application"])
def test_the_parts_of_a_page_are_the_places_that_describe_names(form: str) -> None:
    for page in lay_out_whole(catalog.load(form)):
        fields = page.template.fields
        places = [r for f in fields for r in (*f.cells, *f.correction_cells)]
        places += [option.region for f in fields for option in f.options]
        places += [f.region for f in fields if not f.cells and not f.options]
        places += [r for f in fields for r in (f.correction_signatures or {}).values()]
        assert {part.region for part in list_parts(page.template)} == {
            *places,
            *page.template.free,
        }
