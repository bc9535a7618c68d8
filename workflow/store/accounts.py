"""What signing in and the management of people ask of the store."""

from uuid import uuid4

from sqlalchemy import func, select

from workflow.acts import Act
from workflow.store.fetching import fetch_row
from workflow.store.models.people import User
from workflow.store.session import Session


def find_user_by_id(session: Session, user_id: int) -> User:
    """The person with an id; raises NotFound."""
    return fetch_row(session, User, user_id, "user")


def find_user_by_session_key(session: Session, key: str) -> User | None:
    """The person whose sessions carry the key; none once their sessions were ended."""
    return session.scalar(select(User).where(User.fs_uniquifier == key))


def find_user_by_sign_in_name(session: Session, name: str) -> User | None:
    """The person with a user name or an e-mail address, in whatever case it is written."""
    wanted = name.strip().lower()
    column = User.email if "@" in wanted else User.username
    return session.scalar(select(User).where(func.lower(column) == wanted))


def end_sessions(user: User) -> None:
    """Let no cookie sign a person in any more, on whatever machine it was kept."""
    user.fs_uniquifier = uuid4().hex


def set_password(act: Act, user: User, password_hash: str) -> None:
    """Give a person another password; all sessions of theirs end."""
    user.password = password_hash
    end_sessions(user)
    act.record("user:password", f"user:{user.id}")
