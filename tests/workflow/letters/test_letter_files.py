import shutil

import pytest

from form_templates.errors import (
    BrokenToml,
    DuplicateId,
    MissingFile,
    MissingKey,
    TemplateFault,
    UnknownKey,
    WrongValue,
)
from workflow.letters.faults import BrokenLetter, UnknownLetter
from workflow.letters.loading import LETTERS, list_letters, load_letter
from workflow.letters.printing import print_sample
from workflow.letters.words import load_words

NAME = "families_to_recheck"


@pytest.fixture
def root(tmp_path):
    shutil.copytree(LETTERS / NAME, tmp_path / NAME)
    shutil.copy(LETTERS / "letterhead.typ", tmp_path)
    return tmp_path


def change(root, file, old, new):
    path = root / NAME / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_letter_of_another_folder_is_printed_like_ours(root):
    assert list_letters(root) == (NAME,)
    assert print_sample(load_letter(NAME, root)) == print_sample(load_letter(NAME))


def test_a_letter_that_is_not_there_is_unknown(root):
    with pytest.raises(UnknownLetter):
        load_letter("score_extract", root)


@pytest.mark.parametrize(
    ("file", "old", "new", "fault", "key"),
    [
        ("letter.toml", 'title = "', "title = ", BrokenToml, ""),
        ("letter.toml", 'title = "', 'heading = "', MissingKey, "title"),
        ("letter.toml", 'kind = "day"', 'kind = "date"', WrongValue, "kind"),
        ("letter.toml", 'id = "day"', 'id = "unit"', DuplicateId, "unit"),
        ("letter.toml", 'id = "day"', 'id = "written"', BrokenLetter, "day"),
        ("letter.toml", 'id = "phone"', 'id = "address"', DuplicateId, "families.address"),
        ("letter.toml", "choices = [", "choice = [", UnknownKey, "choice"),
        ("letter.toml", "law = [", "laws = [", UnknownKey, "laws"),
        ("wording.ka.toml", "{scored}", "{counted}", BrokenLetter, "text.basis"),
        ("wording.ka.toml", "{scored}", "{scored", BrokenLetter, "text.basis"),
        ("wording.ka.toml", "{scored}", "{scored:genitiv}", BrokenLetter, "text.basis"),
        ("wording.ka.toml", "{scored}", "{scored!x}", BrokenLetter, "text.basis"),
        ("wording.ka.toml", "{scored}", "{scored} }", BrokenLetter, "text.basis"),
        ("wording.ka.toml", "phone =", "telephone =", MissingKey, "column.families.phone"),
        ("wording.ka.toml", "sample =", "samples =", MissingKey, "choice.reasons.sample"),
        ("wording.ka.toml", "[label]", 'more = "x"\n[label]', UnknownKey, ""),
        ("wording.ka.toml", "[choice.reasons]", '[choice.reasons]\nmore = "x"', UnknownKey, "more"),
    ],
)
def test_a_broken_letter_names_its_file_and_key(root, file, old, new, fault, key):
    if fault is UnknownKey and key == "":
        old, new = "[column.families]", '[columns]\nmore = "x"\n[column.families]'
    change(root, file, old, new)
    with pytest.raises(fault) as found:
        load_letter(NAME, root)
    assert isinstance(found.value, TemplateFault)
    assert found.value.file == root / NAME / file
    assert key in found.value.key


def test_a_sentence_does_not_speak_a_truth(root):
    change(root, "letter.toml", 'id = "scored"\nkind = "day"', 'id = "scored"\nkind = "truth"')
    with pytest.raises(BrokenLetter) as found:
        load_letter(NAME, root)
    assert (found.value.file.name, found.value.key) == ("wording.ka.toml", "text.basis")


def test_a_letter_without_a_layout_is_not_loaded(root):
    (root / NAME / "letter.typ").unlink()
    with pytest.raises(MissingFile):
        load_letter(NAME, root)


def test_a_layout_that_asks_for_what_is_not_there_prints_nothing(root):
    change(root, "letter.typ", 'say("basis")', "job.text.no_such")
    with pytest.raises(BrokenLetter) as found:
        print_sample(load_letter(NAME, root))
    assert found.value.file.name == "letter.typ" and "no_such" in found.value.detail


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("{month}", "{month", "long_day"),
        ("{month}", "{moon}", "long_day"),
        ("nominative = [", 'nominative = ["x", ', "month.nominative"),
        ("nominative = [", "first = [", "month.nominative"),
    ],
)
def test_days_that_could_not_be_spoken_are_refused_by_their_key(tmp_path, old, new, key):
    text = (LETTERS / "words.ka.toml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "words.ka.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BrokenLetter) as found:
        load_words(tmp_path)
    assert (found.value.file.name, found.value.key) == ("words.ka.toml", key)
