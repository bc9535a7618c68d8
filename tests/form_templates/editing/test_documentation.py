import re
from pathlib import Path

import pytest
from PIL import Image

from form_templates import catalog
from form_templates.editing.documentation import document_forms, write_texts
from form_templates.editing.form_page import read_head
from form_templates.editing.inspection import inspect_edition
from form_templates.labels import WORDS
from form_templates.toml_lines import read_lines
from tests.form_templates.small_form import SOUND, write_edition, write_placed

DOCS = Path(__file__).parents[3] / "docs" / "forms"
AGAIN = "run `./blanki form document -o docs/forms`"
TEXTS = write_texts()


@pytest.mark.parametrize("name", TEXTS)
def test_the_pages_say_what_the_templates_say(name: str) -> None:
    file = DOCS / name
    assert file.exists() and file.read_text(encoding="utf-8") == TEXTS[name], AGAIN


def test_there_are_no_pages_of_forms_that_are_gone() -> None:
    assert {file.name for file in DOCS.glob("*.md")} == {*TEXTS, "template-file.md"}


def test_every_link_of_the_pages_leads_somewhere_and_every_picture_is_shown() -> None:
    named = {link for text in TEXTS.values() for link in re.findall(r"\]\(([^)]+)\)", text)}
    assert [link for link in named if not (DOCS / link).is_file()] == [], AGAIN
    assert {f"pictures/{file.name}" for file in (DOCS / "pictures").iterdir()} <= named, AGAIN


def test_pictures_are_small() -> None:
    assert [f for f in (DOCS / "pictures").iterdir() if f.stat().st_size > 60_000] == []


def test_every_question_and_code_stands_on_its_page() -> None:
    for key in catalog.list_templates():
        template = catalog.load(key.form, key.edition)
        page = TEXTS[f"{key.form}-{key.edition}.md"]
        for section, question in template.questions():
            name = f"{section.group}[n].{question.id}" if section.group else question.id
            (row,) = (line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
            assert question.law in row and ("_ours_" in row) is question.assumed
            for code in question.codes:
                assert f"`{code}` " in row


def test_documents_are_written_with_pictures_and_old_pictures_go(tmp_path: Path) -> None:
    write_edition(tmp_path / "forms", template=SOUND)
    write_placed(tmp_path / "forms")
    (tmp_path / "docs" / "pictures").mkdir(parents=True)
    old = tmp_path / "docs" / "pictures" / "paper-2020-02-01-9.png"
    old.write_bytes(b"")
    files = list(document_forms(tmp_path / "forms", tmp_path / "docs"))
    assert not old.exists() and all(file.exists() for file in files)
    assert {"README.md", "paper-2020-02-01.md", "sheet-2021-03-01-1.png"} <= {f.name for f in files}
    for file in files:
        if file.suffix == ".png":
            with Image.open(file) as picture:
                assert picture.width > 250


def test_the_head_of_a_template_becomes_paragraphs_and_lists(tmp_path: Path) -> None:
    file = tmp_path / "template.toml"
    file.write_text(
        "# The source:\n# an order.\n#\n# What is open\n#   The codes\n#   are ours.\n#\n"
        "# It asks:\n# - one,\n#   long;\n# - two.\n# No more\n# of it.\n#\n"
        "# The keys are explained in docs/x.md.\n\nnumber = 1 # no head\n# nor this\n",
        encoding="utf-8",
    )
    assert read_head(file) == [
        "The source: an order.",
        "**What is open.** The codes are ours.",
        "It asks:\n- one, long;\n- two.\n\nNo more of it.",
    ]


def test_the_guide_explains_every_key_that_a_shipped_template_uses() -> None:
    guide = (DOCS / "template-file.md").read_text(encoding="utf-8")
    shipped = [catalog.load(key.form, key.edition) for key in catalog.list_templates()]
    files = [template.folder / "template.toml" for template in shipped if template.folder]
    used = {key.rpartition(".")[2] for f in files for key in read_lines(f.read_text("utf-8"))}
    tables = {section.group for template in shipped for section in template.sections}
    sections = {section.id for template in shipped for section in template.sections}
    questions = {question.id for template in shipped for _, question in template.questions()}
    unexplained = {key for key in used if f"`{key}" not in guide and f" {key}`" not in guide}
    assert unexplained - tables - sections - questions - {"default_rows"} == set()


def test_the_table_in_the_guide_is_sound(tmp_path: Path) -> None:
    guide = (DOCS / "template-file.md").read_text(encoding="utf-8")
    template, wording = re.findall(
        r"```toml\n(.+?)```", guide.split("### A table, whole")[1], re.S
    )[:2]
    head = 'number = 400\ncorrection_rule = "none"\nfaults_go_to = "agent"\nlaw = "order-1"\n'
    words = "".join(f'{word} = "{word}"\n' for word in WORDS)
    wording = wording.replace("[word]\n", f'title = "t"\nact = "a"\n[word]\n{words}')
    wording = wording.replace("[field]\n", '[field]\nfoot_signature = "f"\n')
    folder = write_edition(tmp_path, template=head + template, ka=wording, en=wording)
    assert inspect_edition(folder) == ()
