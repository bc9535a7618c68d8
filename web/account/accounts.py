"""The signed-in person as Flask-Security knows them: values, never rows of an open session."""

from dataclasses import dataclass
from typing import Any

from flask_security import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore

from workflow.store.accounts import (
    find_user_by_id,
    find_user_by_session_key,
    find_user_by_sign_in_name,
)
from workflow.store.models.people import Role, User
from workflow.store.session import Store


@dataclass(eq=False, slots=True)
class Held(RoleMixin):
    """A role that the person holds."""

    name: str


@dataclass(eq=False)
class Account(UserMixin):
    """A person at the time of the request."""

    user_id: int
    username: str
    name: str
    password: str | None
    active: bool
    language: str | None
    unit_id: int
    unit_name: str
    roles: list[RoleMixin]
    fs_uniquifier: str = ""
    """What the person's sessions carry."""


class AccountStore(UserDatastore):
    """Gives Flask-Security the people of the store.

    Each question is a transaction of its own that ends before the answer is given:
    no request ever holds the database because somebody is signed in.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(Account, Held)
        self._store = store

    def find_user(self, case_insensitive: bool = False, **criteria: Any) -> Account | None:
        """The person whose sessions carry a key, or who has a user name."""
        with self._store.read() as session:
            if "fs_uniquifier" in criteria:
                user = find_user_by_session_key(session, criteria["fs_uniquifier"])
            else:
                user = find_user_by_sign_in_name(session, criteria["username"])
            return describe_account(user) if user else None

    def put(self, account: Account) -> Account:
        """Keeps a password that was hashed anew because the old hash had become weak."""
        with self._store.write() as session:
            find_user_by_id(session, account.user_id).password = account.password
        return account

    def commit(self) -> None:
        """Does nothing: every change is committed when it is made."""


def describe_account(user: User) -> Account:
    """A person's row as values."""
    return Account(
        user_id=user.id,
        username=user.username,
        name=user.name,
        password=user.password,
        active=user.active,
        fs_uniquifier=user.fs_uniquifier,
        language=user.language,
        unit_id=user.unit_id,
        unit_name=user.unit.name,
        roles=[_describe_role(role) for role in user.roles],
    )


def _describe_role(role: Role) -> Held:
    return Held(role.name)
