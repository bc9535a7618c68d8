"""From the files of one edition to a checked Template, or a fault and nothing."""

from dataclasses import dataclass, replace
from pathlib import Path

from form_templates.checking import check_template
from form_templates.errors import UnknownKind, WrongValue
from form_templates.labels import load_labels
from form_templates.model import (
    Cardinality,
    CorrectionRule,
    FaultsGoTo,
    Format,
    Kind,
    Signer,
    TemplateKey,
)
from form_templates.specification import CardStyle, Question, Role, Section, Template
from form_templates.toml_table import TomlTable, read_toml


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a question takes from its section unless it says otherwise."""

    correction_rule: CorrectionRule
    law: str
    assumed: bool


def read_template(folder: Path, key: TemplateKey) -> Template:
    """The edition in a folder, whole and checked."""
    file = folder / "template.toml"
    table = TomlTable(file, "", read_toml(file))
    rule = table.take_choice("correction_rule", CorrectionRule, None)
    sections = tuple(_build_section(t, rule) for t in table.take_tables("sections", ""))
    template = Template(
        key=key,
        number=table.take_count("number"),
        correction_rule=rule,
        faults_go_to=table.take_choice("faults_go_to", FaultsGoTo, None),
        law=table.take_text("law"),
        case_field=table.take_optional_text("case_field"),
        sections=sections,
        labels={},
        default_rows=_build_rows(table.take_table("default_rows")),
        foot_signature_law=table.take_optional_text("foot_signature_law") or "",
        day_field=table.take_optional_text("day_field"),
        role=table.take_choice("role", Role, Role.FORM),
        folder=folder,
    )
    table.refuse_rest()
    check_template(template, file)
    return replace(template, labels=load_labels(template, folder))


def _build_rows(table: TomlTable) -> dict[str, int]:
    """How many rows of each table are printed unless told otherwise."""
    return {name: table.take_count(name) for name in list(table.values)}


def _build_section(table: TomlTable, form_rule: CorrectionRule) -> Section:
    """A section with its questions."""
    inherited = _Inherited(
        correction_rule=table.take_choice("correction_rule", CorrectionRule, form_rule),
        law=table.take_text("law"),
        assumed=table.take_truth("assumed", False),
    )
    section = Section(
        id=table.take_text("id"),
        questions=tuple(
            _build_question(t, inherited) for t in table.take_tables("questions", f"{table.place}.")
        ),
        law=inherited.law,
        new_page=table.take_truth("new_page", False),
        foot_signature=table.take_optional_choice("foot_signature", Signer),
        group=table.take_optional_text("group"),
        rows=table.take_count("rows", 0),
        continuation_rows=table.take_count("continuation_rows", 0),
        card=table.take_choice("card", CardStyle, CardStyle.FLOW),
        paragraphs=table.take_count("paragraphs", 0),
        assumed=inherited.assumed,
    )
    table.refuse_rest()
    return section


def _build_question(table: TomlTable, inherited: _Inherited) -> Question:
    """A question; what it leaves out comes from its section."""
    question = Question(
        id=table.take_text("id"),
        kind=_take_kind(table),
        law=table.take_text("law", inherited.law),
        cardinality=table.take_choice("cardinality", Cardinality, Cardinality.ONE),
        required=table.take_truth("required", True),
        format=table.take_choice("format", Format, Format.PLAIN),
        codes=table.take_texts("codes"),
        cells=table.take_counts("cells"),
        decimals=table.take_count("decimals", 0),
        correction_rule=table.take_choice(
            "correction_rule", CorrectionRule, inherited.correction_rule
        ),
        columns=table.take_count("columns", 1),
        width_mm=table.take_length("width_mm"),
        height_mm=table.take_length("height_mm"),
        lines=table.take_count("lines", 1),
        beside=table.take_truth("beside", False),
        lexicon=table.take_optional_text("lexicon"),
        critical=table.take_truth("critical", False),
        agency=table.take_truth("agency", False),
        assumed=table.take_truth("assumed", inherited.assumed),
        write_at=table.take_optional_text("write_at"),
    )
    table.refuse_rest()
    return question


def _take_kind(table: TomlTable) -> Kind:
    """How the question is answered; the one word a clerk is likeliest to invent."""
    try:
        return table.take_choice("kind", Kind, None)
    except WrongValue as fault:
        raise UnknownKind(fault.file, fault.key, fault.detail) from fault
