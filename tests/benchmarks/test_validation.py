from benchmarks.declarations import invent_declarations, load_declaration
from benchmarks.validation import run
from validation.documents import validate_document


def test_each_way_of_checking_has_its_figures() -> None:
    result = run(["--declarations", "11"])
    assert [row[1] for row in result.rows] == [11, 11, 2]
    for _, _, milliseconds, a_second, many in result.rows:
        assert isinstance(milliseconds, float) and isinstance(a_second, float)
        assert abs(milliseconds * a_second - 1000) < 1e-6
        assert isinstance(many, float) and abs(many - milliseconds * 100) < 1e-6


def test_the_slowest_rules_are_named_with_their_share() -> None:
    (slowest,) = run(["--declarations", "11"]).more
    shares = [row[2] for row in slowest.rows]
    assert len(shares) == 5 and shares == sorted(shares, key=lambda share: -float(share or 0))


def test_the_same_seed_invents_the_same_declarations_and_no_two_alike() -> None:
    first, again = (list(invent_declarations(6, 3)) for _ in range(2))
    assert first == again
    assert len({str(document.fields) for document, _ in first}) == len(first)


def test_some_declarations_are_faulty_and_some_are_not() -> None:
    checked = [
        validate_document(load_declaration(), document, day)
        for document, day in invent_declarations(40, 1)
    ]
    assert len({document.disposition for document in checked}) > 2
