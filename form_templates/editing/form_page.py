"""One edition of a form as a page of Markdown: what it is, what it asks, where it comes from."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

from form_templates.loading import TEMPLATE_FILE
from form_templates.model import (
    CELL_KINDS,
    MARK_KINDS,
    Cardinality,
    CorrectionRule,
    FaultsGoTo,
    Format,
    Kind,
)
from form_templates.specification import Question, Role, Section, Template

_OF_RULE = {
    CorrectionRule.DECLARATION: "crossed with X and answered anew; representative and agent sign",
    CorrectionRule.AGENT_ALONE: "crossed with X and answered anew; the agent signs alone",
    CorrectionRule.NONE: "the law names no way to put it right",
}
_OF_FAULTS = {
    FaultsGoTo.AGENT: "goes back to the agent",
    FaultsGoTo.REJECTION: "is rejected",
    FaultsGoTo.APPLICANT: "is a question to the applicant",
}
_OF_ROLE = {
    Role.FORM: "a form that carries answers",
    Role.SEPARATOR: "a sheet that parts two documents in a pile",
    Role.BATCH_COVER: "a sheet on top of a pile that says what is in it",
    Role.ATTACHMENT_COVER: "a sheet before the papers of others that belong to it",
}
_OF_MARK = {Kind.CIRCLE: "circle", Kind.CHECK: "cross", Kind.BUBBLE: "fill"}
_ABOUT_THE_FILE = re.compile(r"\s*The keys are explained in \S+")


def write_page(template: Template, pictures: Mapping[str, str]) -> str:
    """The page of an edition; pictures are named by what stands under them."""
    parts = [
        f"# {template.label('title', 'en')}",
        f"{template.label('title')}",
        "\n".join(_list_facts(template)),
        *_write_about(template),
        "## What it asks",
        "_ours_: the sources leave the codes or the layout open, and these are the project's.",
        *(part for section in template.sections for part in _write_section(template, section)),
        *_show_pages(pictures),
    ]
    return "\n\n".join(parts) + "\n"


def _list_facts(template: Template) -> Iterator[str]:
    """What holds for the whole form, one row each."""
    yield "| | |"
    yield "|---|---|"
    yield f"| form, edition | `{template.key.form}`, {template.key.edition.isoformat()} |"
    yield f"| what it is | {_OF_ROLE[template.role]} |"
    yield f"| law | `{template.law}` |"
    if not template.placed:
        yield f"| act that is printed | {_escape(template.label('act', 'en'))} |"
        yield f"| number in the page code | {template.number} |"
    yield f"| a wrong answer | {_OF_RULE[template.correction_rule]} |"
    yield f"| a paper with faults | {_OF_FAULTS[template.faults_go_to]} |"
    for name, found in (("family code", template.case_field), ("day", template.day_field)):
        if found:
            yield f"| {name} | `{found}` |"
    for section in template.sections:
        if section.group is not None:
            yield f"| table `{section.group}` | {_count_rows(template, section, section.group)} |"


def _count_rows(template: Template, section: Section, group: str) -> str:
    return (
        f"section {section.id}: {section.rows} on its page, {section.continuation_rows} on each "
        f"continuation sheet; {template.default_rows[group]} are printed unless told otherwise"
    )


def _write_about(template: Template) -> Iterator[str]:
    """The comment at the head of the template: sources, and what they leave open."""
    if template.folder is None:
        return
    about = read_head(template.folder / TEMPLATE_FILE)
    if about:
        yield "## Where it comes from"
        yield from about


def read_head(file: Path) -> list[str]:
    """The paragraphs of the comment that a file begins with.

    A line above indented ones is their heading; lines that begin with a dash are a list.
    Where the keys are explained is of no interest to whoever does not read the file.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    head = [line[1:].removeprefix(" ") for line in takewhile(lambda x: x.startswith("#"), lines)]
    paragraphs = re.split(r"\n\s*\n", "\n".join(head))
    joined = (_join_lines(one.splitlines()) for one in paragraphs if one.strip())
    return [text for text in (_ABOUT_THE_FILE.sub("", one).strip() for one in joined) if text]


def _join_lines(lines: list[str]) -> str:
    first, rest = lines[0], lines[1:]
    if rest and not first.startswith((" ", "- ")) and all(line.startswith("  ") for line in rest):
        first = f"**{first.strip()}.**"
    text, listing = first.strip(), False
    for line in rest:
        ends_list = listing and not line.startswith((" ", "- "))
        listing = line.lstrip().startswith("- ") or (listing and not ends_list)
        between = "\n" if line.lstrip().startswith("- ") else "\n\n" if ends_list else " "
        text += between + line.strip()
    return text


def _write_section(template: Template, section: Section) -> Iterator[str]:
    title = template.label(f"section.{section.id}", "en")
    yield f"### {title} (`{section.id}`)"
    texts = [template.label(f"text.{section.id}.{n + 1}", "en") for n in range(section.paragraphs)]
    yield from (f"> {text}" for text in texts)
    if section.foot_signature:
        yield f"The {section.foot_signature.value} signs at the foot of each page of it."
    if section.questions:
        yield "\n".join(_write_table(template, section))


def _write_table(template: Template, section: Section) -> Iterator[str]:
    yield "| id | question | answer | besides | law |"
    yield "|---|---|---|---|---|"
    for question in section.questions:
        name = question.id if section.group is None else f"{section.group}[n].{question.id}"
        yield _join_cells(
            f"`{name}`",
            _say_twice(template, f"field.{question.id}"),
            "<br>".join(_describe_answer(template, question)),
            "<br>".join(_list_traits(template, question)),
            f"`{question.law}`",
        )


def _join_cells(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _say_twice(template: Template, key: str) -> str:
    """A wording in both languages."""
    return f"{_escape(template.label(key, 'en'))}<br>{_escape(template.label(key))}"


def _describe_answer(template: Template, question: Question) -> Iterator[str]:
    """How the question is answered; below it the codes, one a line."""
    if question.kind in MARK_KINDS:
        many = "all that fit" if question.cardinality is Cardinality.MANY else "one"
        yield f"{_OF_MARK[question.kind]} {many}:"
        for code in question.codes:
            key = f"option.{question.id}.{code}"
            english, georgian = template.label(key, "en"), template.label(key)
            yield f"`{code}` {_escape(english)} · {_escape(georgian)}"
    elif question.kind in CELL_KINDS:
        cells = "+".join(map(str, question.cells))
        plain = question.format is Format.PLAIN
        yield f"{question.kind.value}, {cells} cells" + ("" if plain else f": {question.format}")
    elif question.write_at:
        yield f"text behind code `{question.write_at}`"
    else:
        yield question.kind.value


def _list_traits(template: Template, question: Question) -> Iterator[str]:
    """What else holds for a question, in as few words as can be."""
    yield "required" if question.required else "may stay empty"
    if question.correction_rule is not template.correction_rule:
        yield f"when wrong: {_OF_RULE[question.correction_rule]}"
    if question.critical:
        yield "entered by two people"
    if question.agency:
        yield "from the agency's data"
    if question.lexicon:
        yield f"compared with {question.lexicon.replace('_', ' ')}"
    if question.assumed:
        yield "_ours_"


def _show_pages(pictures: Mapping[str, str]) -> Iterable[str]:
    shown = [f"![{name}]({file})" for name, file in pictures.items()]
    return ["## Its pages", *shown] if shown else []


def _escape(words: str) -> str:
    return " ".join(words.replace("|", r"\|").split())
