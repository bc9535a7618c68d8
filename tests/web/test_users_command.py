import pytest
from click.testing import CliRunner, Result
from flask_security import verify_password

from web import create_app
from web.cli.main import blanki
from workflow.settings import Settings
from workflow.store.people import find_user, list_roles
from workflow.store.session import Store

ADD = ("users", "add", "nino", "--unit", "1001", "--role")


def call(settings: Settings, *words: str, typed: str = "") -> Result:
    environment = {
        "BLANKI_DATA": str(settings.data),
        "BLANKI_DATABASE_URL": settings.database_url,
    }
    return CliRunner().invoke(blanki, words, input=typed, env=environment)


def opens(settings: Settings, store: Store, password: str) -> bool:
    """Whether the sign-in page would take nino's password."""
    with store.read() as session:
        user = find_user(session, "nino")
    assert user is not None
    with create_app(settings, store).app_context():
        return bool(verify_password(password, user.password or ""))


def test_a_made_password_is_printed_once_and_opens_the_account(
    settings: Settings, store: Store
) -> None:
    added = call(settings, *ADD, "operator", "--role", "archivist", "--name", "ნინო")
    assert added.exit_code == 0
    password = added.output.splitlines()[-1].removeprefix("nino: ")
    assert opens(settings, store, password)
    with store.read() as session:
        user = find_user(session, "nino")
    assert user is not None
    assert (user.name, user.unit.code, list_roles(user)) == (
        "ნინო",
        "1001",
        ("archivist", "operator"),
    )


def test_another_password_closes_the_first(settings: Settings, store: Store) -> None:
    first, second = (
        call(settings, *words).output.splitlines()[-1].removeprefix("nino: ")
        for words in ((*ADD, "operator"), ("users", "password", "nino"))
    )
    assert not opens(settings, store, first)
    assert opens(settings, store, second)


def test_a_typed_password_is_not_printed(settings: Settings, store: Store) -> None:
    typed = "correct horse battery\n"
    added = call(settings, *ADD, "operator", "--ask", typed=typed * 2)
    assert added.exit_code == 0
    assert "horse" not in added.output
    assert opens(settings, store, "correct horse battery")


def test_a_short_password_is_asked_for_again(settings: Settings) -> None:
    added = call(
        settings, *ADD, "operator", "--ask", typed="short\nshort\n" + "long enough now\n" * 2
    )
    assert (added.exit_code, "at least 12" in added.output) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("users", "add", "operator", "--unit", "1001", "--role", "operator"), "already"),
        (("users", "add", "nino", "--unit", "9999", "--role", "operator"), "no unit 9999"),
        (("users", "add", "nino", "--unit", "1001", "--role", "king"), "king"),
        (("users", "add", "nino", "--unit", "1001"), "--role"),
        (("users", "add", "Nino!", "--unit", "1001", "--role", "operator"), "3 to 40"),
        (("users", "deactivate", "nino"), "no user nino"),
        (("users", "password", "nino"), "no user nino"),
    ],
)
def test_a_slip_ends_with_code_2_and_changes_nothing(
    settings: Settings, store: Store, words: tuple[str, ...], said: str
) -> None:
    result = call(settings, *words)
    assert (result.exit_code, said in result.output) == (2, True)
    with store.read() as session:
        assert find_user(session, "nino") is None


def test_a_deactivated_person_stays_in_the_list(settings: Settings) -> None:
    assert call(settings, "users", "deactivate", "operator").exit_code == 0
    (line,) = (
        line
        for line in call(settings, "users", "list").output.splitlines()
        if " operator " in line.replace("\u2502", " ")[:20]
    )
    assert " no " in line
