"""A small form that holds a bit of everything, to be spoilt one line at a time."""

import struct
import zlib
from pathlib import Path

import pypdf

from form_templates.labels import WORDS

TEMPLATE = """\
number = 7
correction_rule = "declaration"
faults_go_to = "agent"
law = "order-x"
foot_signature_law = "order-x/art-9"
case_field = "code"

[default_rows]
members = 5

[[sections]]
id = "A"
law = "order-x/art-1"
foot_signature = "representative"

[[sections.questions]]
id = "code"
kind = "digits"
format = "code"
cells = [6]

[[sections.questions]]
id = "A1"
kind = "circle"
law = "order-x/art-1(2)"
cardinality = "many"
codes = ["1", "2"]
columns = 2
required = false

[[sections.questions]]
id = "mark"
kind = "stamp"
width_mm = 40
height_mm = 20.5

[[sections]]
id = "people"
law = "order-x/art-2"
correction_rule = "agent_alone"
group = "members"
rows = 3
continuation_rows = 4
card = "lines"
assumed = true

[[sections.questions]]
id = "name"
kind = "letters"
cells = [12]
lexicon = "first_names"
correction_rule = "none"

[[sections.questions]]
id = "income"
kind = "digits"
format = "money"
cells = [5, 2]
decimals = 2
critical = true
agency = true
beside = true
assumed = false
"""

LABELS = """\
title = "form"
act = "act"
[word]
row_members = "member"
{words}
[section]
A = "a"
people = "b"
[field]
code = "code"
A1 = "a1"
name = "name"
income = "income"
mark = "mark"
foot_signature = "foot"
[note]
A1 = "all that fit"
[short]
A1 = "a"
[option.A1]
1 = "yes"
2 = "no"
""".format(words="\n".join(f'{word} = "{word}"' for word in WORDS))

SOUND = TEMPLATE.replace('card = "lines"\n', "")
"""The same with all wording in its place on paper: lines begin with the number of their column."""


def write_edition(
    root: Path,
    form: str = "paper",
    edition: str = "2020-02-01",
    template: str = TEMPLATE,
    ka: str = LABELS,
    en: str = LABELS,
) -> Path:
    folder = root / form / edition
    folder.mkdir(parents=True)
    (folder / "template.toml").write_text(template, encoding="utf-8")
    (folder / "labels.ka.toml").write_text(ka, encoding="utf-8")
    (folder / "labels.en.toml").write_text(en, encoding="utf-8")
    return folder


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample"
    return text.replace(old, new)


PLACED = """\
correction_rule = "none"
faults_go_to = "applicant"
law = "of others"

[[pages]]
width_mm = 100
height_mm = 60
blank = "blank.pdf"

[[pages.anchors]]
kind = "dot"
region = [2, 2, 5, 5]

[[sections]]
id = "S"
assumed = true

[[sections.questions]]
id = "Q"
kind = "bubble"
codes = ["A", "B"]
page = 1
first = [20, 10, 4, 4]
step_mm = [6, 0]
repeat = 3
repeat_step_mm = [0, 8]

[[sections.questions]]
id = "box"
kind = "signature"
page = 1
region = [50, 40, 40, 12]
"""

PLACED_LABELS = """\
title = "sheet"
section.S = "s"
field.Q = "question"
field.box = "signature"
option.Q.A = "a"
option.Q.B = "b"
"""


_CHUNKS = (b"IHDR" + struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0), b"IDAT")
HUGE_PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    for chunk in _CHUNKS
)
"""The head of a picture that says to be larger than anybody would open."""


def write_placed(
    root: Path, template: str = PLACED, size_mm: tuple[float, float] = (100, 60)
) -> Path:
    """A form of somebody else: one empty page, three rows of bubbles and a box."""
    folder = write_edition(root, "sheet", "2021-03-01", template, PLACED_LABELS, PLACED_LABELS)
    blank = pypdf.PdfWriter()
    blank.add_blank_page(*(side / 25.4 * 72 for side in size_mm))
    blank.write(folder / "blank.pdf")
    return folder
