"""From the files of one edition to a checked Template, or a fault and nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from form_templates.blanks import find_wrong_blanks
from form_templates.checking import find_faults
from form_templates.collisions import find_collisions
from form_templates.errors import MissingFile, Report, TemplateFault, UnknownKind, raise_fault
from form_templates.labels import load_labels
from form_templates.limits import (
    LEAST_BOX_MM,
    MOST_CELLS,
    MOST_CELLS_IN_ALL,
    MOST_CODES,
    MOST_LINES,
    MOST_PARAGRAPHS,
    MOST_ROWS,
)
from form_templates.model import (
    Cardinality,
    CorrectionRule,
    FaultsGoTo,
    Format,
    Kind,
    Signer,
    TemplateKey,
)
from form_templates.places import read_pages, read_questions
from form_templates.specification import CardStyle, Question, Role, Section, Template
from form_templates.toml_lines import locate_fault
from form_templates.toml_table import TomlTable, read_toml
from form_templates.whole_form import lay_out_whole

TEMPLATE_FILE = "template.toml"


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a question takes from its section unless it says otherwise."""

    correction_rule: CorrectionRule
    form_law: str
    """Behind what is ours, and behind nothing else by itself."""
    law: str = ""
    assumed: bool = False


def read_template(folder: Path, key: TemplateKey) -> Template:
    """The edition in a folder, whole and checked; else its first fault, with file, key and line."""
    try:
        template = build_template(folder, key, raise_fault)
        for fault in find_faults(template, folder / TEMPLATE_FILE):
            raise fault
        worded = replace(template, labels=load_labels(template, folder))
        if worded.placed:
            _refuse_misplaced(worded, folder)
        return worded
    except TemplateFault as fault:
        locate_fault(fault)
        raise


def _refuse_misplaced(template: Template, folder: Path) -> None:
    """Raise the first fault of given places; the layout of a flowing form makes its own.

    A blank may be absent: what is read by anchors needs none.
    """
    file = folder / TEMPLATE_FILE
    collisions = find_collisions(template, lay_out_whole(template), file)
    for fault in chain(find_wrong_blanks(template, folder, file), collisions):
        if not isinstance(fault, MissingFile):
            raise fault


def build_template(folder: Path, key: TemplateKey, report: Report) -> Template:
    """What the template file says, without wording and not yet compared with itself.

    Where `report` does not raise, a question that cannot be understood is left out.
    """
    table = TomlTable(folder / TEMPLATE_FILE, "", read_toml(folder / TEMPLATE_FILE), report)
    rule = table.take_choice("correction_rule", CorrectionRule, None)
    pages = read_pages(table)
    law = table.take_text("law")
    above = _Inherited(rule, law)
    sections = tuple(_build_section(t, above) for t in table.take_tables("sections", ""))
    template = Template(
        key=key,
        number=table.take_count("number", 0 if pages else None),
        correction_rule=rule,
        faults_go_to=table.take_choice("faults_go_to", FaultsGoTo, None),
        law=law,
        case_field=table.take_optional_text("case_field"),
        sections=sections,
        labels={},
        default_rows=_build_rows(table.take_table("default_rows")),
        foot_signature_law=table.take_optional_text("foot_signature_law") or "",
        day_field=table.take_optional_text("day_field"),
        pages=pages,
        role=table.take_choice("role", Role, Role.FORM),
        scribble_cancels=table.take_truth("scribble_cancels", False),
        folder=folder,
    )
    table.refuse_rest()
    return template


def _build_rows(table: TomlTable) -> dict[str, int]:
    """How many rows of each table are printed unless told otherwise."""
    return {name: table.take_count(name, None, MOST_ROWS) for name in list(table.values)}


def _build_section(table: TomlTable, above: _Inherited) -> Section:
    """A section with its questions."""
    inherited = _Inherited(
        correction_rule=table.take_choice("correction_rule", CorrectionRule, above.correction_rule),
        form_law=above.form_law,
        law=table.take_optional_text("law") or "",
        assumed=table.take_truth("assumed", False),
    )
    section = Section(
        id=table.take_text("id"),
        questions=tuple(
            question for t in _take_questions(table) for question in _build_questions(t, inherited)
        ),
        law=inherited.law or above.form_law,
        new_page=table.take_truth("new_page", False),
        foot_signature=table.take_optional_choice("foot_signature", Signer),
        group=table.take_optional_text("group"),
        rows=table.take_count("rows", 0, MOST_ROWS),
        continuation_rows=table.take_count("continuation_rows", 0, MOST_ROWS),
        card=table.take_choice("card", CardStyle, CardStyle.FLOW),
        paragraphs=table.take_count("paragraphs", 0, MOST_PARAGRAPHS),
        assumed=inherited.assumed,
    )
    table.refuse_rest()
    return section


def _take_questions(table: TomlTable) -> Iterator[TomlTable]:
    """The tables of the questions; a section of paragraphs alone has none."""
    if not table.has("questions"):
        return iter(())
    return table.take_tables("questions", f"{table.place}.")


def _build_questions(table: TomlTable, inherited: _Inherited) -> tuple[Question, ...]:
    """A question, as often as a placed form repeats it; none where its place is wrong."""
    try:
        questions = read_questions(table, _build_question(table, inherited))
    except TemplateFault as fault:
        table.report(fault)
        return ()
    table.refuse_rest()
    return questions


def _build_question(table: TomlTable, inherited: _Inherited) -> Question:
    """A question; what it leaves out comes from its section."""
    assumed = table.take_truth("assumed", inherited.assumed)
    law = table.take_optional_text("law") or inherited.law
    return Question(
        id=table.take_text("id"),
        kind=table.take_choice("kind", Kind, None, UnknownKind),
        law=law or (inherited.form_law if assumed else ""),
        cardinality=table.take_choice("cardinality", Cardinality, Cardinality.ONE),
        required=table.take_truth("required", True),
        format=table.take_choice("format", Format, Format.PLAIN),
        codes=table.take_texts("codes", MOST_CODES),
        cells=table.take_counts("cells", MOST_CELLS, MOST_CELLS_IN_ALL),
        decimals=table.take_count("decimals", 0),
        correction_rule=table.take_choice(
            "correction_rule", CorrectionRule, inherited.correction_rule
        ),
        columns=table.take_count("columns", 1),
        width_mm=table.take_length("width_mm", LEAST_BOX_MM),
        height_mm=table.take_length("height_mm", LEAST_BOX_MM),
        lines=table.take_count("lines", 1, MOST_LINES),
        beside=table.take_truth("beside", False),
        lexicon=table.take_optional_text("lexicon"),
        critical=table.take_truth("critical", False),
        agency=table.take_truth("agency", False),
        assumed=assumed,
        write_at=table.take_optional_text("write_at"),
    )
