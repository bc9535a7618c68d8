"""Checks who signs in, and tells the trail."""

from flask import current_app, session
from flask_security import current_user, hash_password, login_user, logout_user

from web.access import NO_ROLE, name_strongest_role
from web.account.accounts import Account, describe_account
from web.account.attempts import Attempts
from web.account.sessions import begin_session
from web.context import find_store, read_clock
from workflow.acts import Act, Actor
from workflow.store.accounts import end_sessions, find_user_by_id, set_password
from workflow.store.session import Session

_STRANGER = Actor("stranger", NO_ROLE)


def find_attempts() -> Attempts:
    """The failed sign-ins that this application remembers."""
    attempts = current_app.extensions["blanki_attempts"]
    assert isinstance(attempts, Attempts)
    return attempts


def sign_in(name: str, password: str, address: str) -> bool:
    """Begin a session; False where name or password is wrong, or the account is closed."""
    account = _find_account(name)
    if not _is_right(account, password):
        find_attempts().note_failure(_name_counted(name), address, read_clock())
        _record_failure(account)
        return False
    assert account is not None
    with find_store().write() as rows:
        _act_of(rows, account).record("user:sign_in", f"user:{account.user_id}")
    find_attempts().forgive(_name_counted(name))
    session.clear()  # nothing of a stranger's session is taken over
    login_user(account)
    begin_session(read_clock())
    return True


def sign_out() -> None:
    """End the session, and the person's others: a copy of its cookie must be worth nothing."""
    with find_store().write() as rows:
        end_sessions(find_user_by_id(rows, current_user.user_id))
        _act_of(rows, current_user).record("user:sign_out", f"user:{current_user.user_id}")
    logout_user()
    session.clear()


def change_password(present: str, wanted: str, address: str) -> bool:
    """Give the person another password; False where the present one is wrong.

    All their other sessions end; this one goes on. A wrong one counts as at the sign-in:
    whoever finds a session open must not guess the password there.
    """
    if not current_user.verify_and_update_password(present):
        find_attempts().note_failure(current_user.username, address, read_clock())
        with find_store().write() as rows:
            subject = f"user:{current_user.user_id}"
            _act_of(rows, current_user).record("user:password_failed", subject)
        return False
    find_attempts().forgive(current_user.username)
    hashed = str(hash_password(wanted))
    with find_store().write() as rows:
        user = find_user_by_id(rows, current_user.user_id)
        set_password(_act_of(rows, current_user), user, hashed)
    login_user(describe_account(user))
    return True


def is_closed(name: str, address: str) -> bool:
    """Whether there were too many wrong passwords for now."""
    return find_attempts().is_closed(_name_counted(name), address, read_clock())


def _find_account(name: str) -> Account | None:
    found = current_app.extensions["security"].datastore.find_user(username=name)
    assert found is None or isinstance(found, Account)
    return found


def _is_right(account: Account | None, password: str) -> bool:
    if account is None or account.password is None:
        hash_password(password)  # an unknown name takes as long as a known one
        return False
    return account.verify_and_update_password(password) and account.active


def _record_failure(account: Account | None) -> None:
    """Tells the trail; an unknown name is not kept: it may be a password in the wrong box."""
    with find_store().write() as rows:
        act = Act(rows, _STRANGER, read_clock())
        subject = f"user:{account.user_id}" if account else "user:unknown"
        name = account.username if account else None
        act.record("user:sign_in_failed", subject, after={"username": name})


def _act_of(rows: Session, account: Account) -> Act:
    role = name_strongest_role(account)
    return Act(rows, Actor(account.username, role, account.user_id, account.unit_id), read_clock())


def _name_counted(name: str) -> str:
    """What failures are counted under: an account's user name and its address are one."""
    account = _find_account(name)
    return account.username if account else name.strip().lower()
