import click
import pytest

from web.cli.read_compare import compare_with_truth, load_truth


def see(value, *, review=False):
    return {"value": value, "review": review}


def compare(seen, **meant):
    form = {"form": "paper", "edition": "2020-02-01"}
    truth = form | {"fields": {name: {"value": value} for name, value in meant.items()}}
    return list(compare_with_truth(form | {"fields": seen}, truth))


def test_all_that_was_read_as_written_is_counted():
    seen = {"a": see("12"), "b": see(["1", "2"]), "c": see(None), "d": see(True)}
    (said,) = compare(seen, a=" 12", b=["1", "2"], c=False, d=True)
    assert said == "  4 of 4 fields as written; 0 left to a person; none differs"


def test_what_differs_is_named_and_what_is_left_to_a_person_is_not():
    seen = {"a": see("13"), "b": see("7", review=True)}
    said = compare(seen, a="12", b="1", gone="x")
    assert said == [
        "  0 of 3 fields as written; 1 left to a person; 2 differ:",
        "    a: written '12', read '13'",
        "    gone: written 'x', read None",
    ]


def test_the_truth_of_another_form_is_told():
    result = {"form": None, "edition": None, "fields": {}}
    truth = {"form": "paper", "edition": "2020-02-01", "fields": {"a": {"value": "1"}}}
    assert list(compare_with_truth(result, truth)) == ["  the truth is that of paper 2020-02-01"]


@pytest.mark.parametrize("text", ["", "[1]", "{}"])
def test_a_file_that_is_no_truth_is_a_mistake_of_usage(tmp_path, text):
    file = tmp_path / "truth.json"
    file.write_text(text)
    with pytest.raises(click.UsageError):
        load_truth(file)
