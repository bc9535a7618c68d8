import numpy as np
import pytest

from form_templates.typeface import FONTS
from ocr.cells import LETTER_CLASSES
from ocr.letters import decode_letters, read_letters
from ocr.lexicon import build_lexicon, load_lexicon, weigh_words
from ocr.models.training.ageing import WEAR
from ocr.models.training.crops import write_row
from ocr.models.training.letter_writers import ALPHABET, TracedWriter
from ocr.models.training.writers import FontWriter
from ocr.written import WrittenState

NAMES = build_lexicon(["ნინო", "ნანა", "ნანი", "გიორგი", "თამარ", "მარიამ"])
GEORGIAN = FONTS / "NotoSansGeorgian-Regular.ttf"


def see(cells: str, doubts: dict[int, dict[str, float]] | None = None):
    """Probabilities of a network that sees `cells`: _ blank, X struck, O overwritten."""
    signs = {"_": "blank", "X": "struck", "O": "overwritten"}
    seen = np.full((len(cells), len(LETTER_CLASSES)), 1e-5)
    for row, sign in zip(seen, cells, strict=True):
        row[LETTER_CLASSES.index(signs.get(sign, sign))] = 0.999
    for place, shares in (doubts or {}).items():
        seen[place] = 1e-5
        for sign, share in shares.items():
            seen[place, LETTER_CLASSES.index(signs.get(sign, sign))] = share
    return seen.astype(np.float32)


@pytest.mark.parametrize("cells", ["ნინო____", "_ნინო___", "ნინო"])
def test_a_name_of_the_list_is_found_wherever_it_begins(cells: str):
    seen = decode_letters(see(cells), NAMES)
    assert (seen.state, seen.text) == (WrittenState.READ, "ნინო")
    assert seen.confidence > 0.9


def test_the_list_settles_a_letter_that_looks_like_another():
    seen = decode_letters(see("თამარ___", {3: {"ხ": 0.6, "ა": 0.39}}), NAMES)
    assert seen.text == "თამარ"
    assert "თამხრ" in [text for text, _ in seen.candidates]


def test_two_names_that_fit_are_both_offered():
    seen = decode_letters(see("ნანა____", {3: {"ა": 0.5, "ი": 0.45}}), NAMES)
    assert [seen.text, seen.candidates[0][0]] == ["ნანა", "ნანი"]
    assert seen.confidence < 0.6


def test_names_that_look_like_nothing_in_the_cells_are_not_offered():
    seen = decode_letters(see("ნინო____"), NAMES)
    assert {text for text, _ in seen.candidates} == {"ნანი", "ნანა"}


def test_a_name_that_no_list_has_is_read_as_it_stands():
    seen = decode_letters(see("ზვიადაური"), NAMES)
    assert seen.text == "ზვიადაური"


def test_a_word_longer_than_the_cells_is_found_by_its_beginning():
    long = build_lexicon(["მამაიაშვილი", "გიორგაძე"])
    assert decode_letters(see("მამაი"), long).text == "მამაიაშვილი"


def test_without_a_list_a_house_number_keeps_its_digits():
    assert decode_letters(see("12ა__"), None).text == "12ა"


def test_words_apart_keep_their_space():
    assert decode_letters(see("ილია_მეფე"), None).text == "ილია მეფე"


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ("_____", WrittenState.EMPTY),
        ("XXXX_", WrittenState.STRUCK),
        ("ნიXო_", WrittenState.OVERWRITTEN),
        ("ნიOო_", WrittenState.OVERWRITTEN),
    ],
)
def test_what_is_not_written_plainly_has_no_text(cells: str, state: WrittenState):
    seen = decode_letters(see(cells), NAMES)
    assert (seen.state, seen.text) == (state, "")


def test_a_sign_without_a_class_does_not_keep_a_word_from_being_found():
    places = build_lexicon(["ვაკე-საბურთალო", "ისანი-სამგორი"])
    weights = weigh_words(see("ვაკეOსაბურთალო"), places)
    assert weights.argmax() == 0


@pytest.mark.parametrize("name", ["first_names", "surnames", "settlements", "streets"])
def test_the_shipped_lists_load(name: str):
    assert len(load_lexicon(name).words) > 50


def test_printed_surnames_are_read():
    words, rng = load_lexicon("surnames").words[5:400:40], np.random.default_rng(1)
    writer = FontWriter([GEORGIAN], ALPHABET)
    for word in words:
        crops = write_row(writer, word, 14, WEAR[1], rng)
        assert read_letters(crops, "surnames").text == word


def test_written_surnames_are_mostly_suggested():
    words, rng = load_lexicon("surnames").words[3:470:20], np.random.default_rng(2)
    writer = TracedWriter([GEORGIAN])
    found = 0
    for word in words:
        crops = write_row(writer, word, 14, WEAR[1], rng)
        found += read_letters(crops, "surnames").text == word
    assert found > 0.85 * len(words)
