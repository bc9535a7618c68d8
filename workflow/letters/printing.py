"""Prints a letter as PDF/A-2b; the same values give the same bytes."""

import json
from collections.abc import Mapping
from typing import Any

import typst

from form_templates.typeface import FAMILIES, FONTS
from workflow.letters.checking import check_values
from workflow.letters.composing import compose
from workflow.letters.faults import BrokenLetter
from workflow.letters.loading import load_sample
from workflow.letters.model import Letter
from workflow.letters.words import load_words


def print_letter(letter: Letter, values: Mapping[str, object], note: str = "") -> bytes:
    """The letter as a PDF; raises LetterValueFault before anything is printed.

    A note stands at the head of every page: what whoever holds the paper must know.
    """
    return _compile(letter, compose(letter, check_values(letter, values), note))


def print_sample(letter: Letter) -> bytes:
    """The letter with invented values; every page says that they are."""
    return print_letter(letter, load_sample(letter), load_words().words["simulated"])


def _compile(letter: Letter, job: Mapping[str, object]) -> bytes:
    inputs: dict[str, Any] = {"job": json.dumps({**job, "families": FAMILIES})}
    try:
        document = typst.compile(
            letter.layout,
            root=letter.folder.parent,
            font_paths=typst.Fonts(False, False, [FONTS]),
            sys_inputs=inputs,
            format="pdf",
            pdf_standards="a-2b",
            timestamp=0,
        )
    except typst.TypstError as fault:
        raise BrokenLetter(letter.layout, detail=str(fault)) from fault
    assert isinstance(document, bytes), "a PDF is one file"
    return document
