import json

import pypdf
import pytest
from click.testing import CliRunner

from web.cli.main import blanki
from workflow.letters.loading import list_letters, load_letter


def run(*words: str):
    return CliRunner().invoke(blanki, ["letter", *words], prog_name="blanki")


def values_of_a_certificate(**changed: object) -> dict[str, object]:
    values: dict[str, object] = {
        "unit": "Gori",
        "day": "2026-11-02",
        "applicant": "N. B.",
        "personal_number": "00000000017",
        "address": "Gori",
        "family_code": "0000000430",
        "reason": "first_registration",
        "received": "2026-11-02",
        "register": "journal_7",
        "register_number": "302",
        "entry_due": "2026-11-03",
    }
    return values | changed


def test_list_names_every_letter():
    result = run("list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == list(list_letters())


@pytest.mark.parametrize("name", list_letters())
def test_describe_names_every_value(name):
    described = json.loads(run("describe", name).output)
    assert [v["id"] for v in described["values"]] == [v.id for v in load_letter(name).values]


def test_a_sample_is_printed(tmp_path):
    output = tmp_path / "x.pdf"
    assert run("print", "notice_lapse", "-o", str(output), "--sample").exit_code == 0
    assert len(pypdf.PdfReader(output).pages) == 1


def test_values_of_a_file_are_printed(tmp_path):
    (tmp_path / "v.json").write_text(json.dumps(values_of_a_certificate()), encoding="utf-8")
    given = ("-o", str(tmp_path / "x.pdf"), "--values", str(tmp_path / "v.json"))
    assert run("print", "receipt_certificate", *given).exit_code == 0
    assert "00000000017" in pypdf.PdfReader(tmp_path / "x.pdf").pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (json.dumps(values_of_a_certificate(reason="waiver")), "wrong_letter_value: reason"),
        (json.dumps({"unit": "Gori"}), "missing_letter_value: day"),
        (json.dumps(values_of_a_certificate(extra=1)), "unknown_letter_value: extra"),
        ("[]", "an object"),
        ("{", "v.json"),
    ],
)
def test_values_that_do_not_fit_are_a_mistake_of_usage_and_print_nothing(tmp_path, text, said):
    (tmp_path / "v.json").write_text(text, encoding="utf-8")
    output = tmp_path / "x.pdf"
    result = run(
        "print", "receipt_certificate", "-o", str(output), "--values", str(tmp_path / "v.json")
    )
    assert result.exit_code == 2 and said in result.output
    assert not output.exists()


def test_a_letter_needs_a_name_and_either_values_or_the_sample(tmp_path):
    output = ("-o", str(tmp_path / "x.pdf"))
    assert run("print", "no_such_letter", "--sample", *output).exit_code == 2
    assert run("print", "notice_lapse", *output).exit_code == 2
    assert run("describe", "no_such_letter").exit_code == 2
