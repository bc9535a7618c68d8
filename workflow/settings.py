"""Where the program keeps its things and what it talks to, from the environment."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from environs import Env, EnvError, validate

from validation.registers import Register
from workflow.errors import WorkflowFault

LOOK_SHARE = 0.002
"""One accepted answer in 500: a look or none at a declaration."""


class WrongSetting(WorkflowFault):
    """A variable of the environment that says nothing we can go by."""

    code = "wrong_setting"
    message = "A setting cannot be used; change it."


@dataclass(frozen=True, slots=True)
class RegisterAddress:
    """Where the service of a register is asked."""

    register: Register
    url: str
    token: str = field(default="", repr=False)
    """What it knows us by; sent as a bearer token where there is one."""
    seconds: float = 10.0
    """How long an answer may take."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations."""

    data: Path
    """Folder of all that outlives the program: originals, pictures, seals, the database."""
    database_url: str
    """SQLAlchemy's; SQLite in the data folder by default, `postgresql://…` otherwise."""
    redis_url: str | None
    """None: a private redis-server is started."""
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_proxy: str | None = None
    """Address of the server with HTTPS before us: its word for where requests came from holds."""
    workers: int = 2
    lease_seconds: int = 60
    """A worker that gives no sign for so long has lost its step."""
    review_lease_seconds: int = 600
    """A person who does nothing for so long gives the document back."""
    busy_seconds: float = 15.0
    """How long a transaction waits for another one."""
    look_share: float = 0.0
    """Of the answers that the program accepts, drawn by lot for a person to look at."""
    training_crops: bool = False
    """Whether single cells with what people read in them may be taken out to train with."""
    register_addresses: tuple[RegisterAddress, ...] = ()
    """Services of registers that are asked about the people on a paper; by default none."""

    @property
    def originals(self) -> Path:
        """Scans as they came, under their SHA-256; never changed."""
        return self.data / "originals"

    @property
    def pictures(self) -> Path:
        """Pictures of pages; made anew from the originals when they are missing."""
        return self.data / "pictures"

    @property
    def prints(self) -> Path:
        """Printed forms as PDF, under their SHA-256."""
        return self.data / "prints"

    @property
    def extracts(self) -> Path:
        """Extracts of registers as they were imported, under their SHA-256."""
        return self.data / "extracts"

    @property
    def inbox(self) -> Path:
        """The watched folder."""
        return self.data / "inbox"

    @property
    def seals(self) -> Path:
        """Exported seals of the audit trail, one line each."""
        return self.data / "seals.jsonl"


def read_settings() -> Settings:
    """The settings of this machine; every one has a default that works. Raises WrongSetting."""
    try:
        return _read_environment(Env(prefix="BLANKI_"))
    except EnvError as error:
        raise WrongSetting(str(error)) from error


def _read_environment(env: Env) -> Settings:
    data = Path(env.str("DATA", "") or _default_data()).expanduser().absolute()
    lease_seconds = env.int("LEASE_SECONDS", 60)
    return Settings(
        data=data,
        database_url=env.str("DATABASE_URL", "") or f"sqlite:///{data / 'blanki.sqlite'}",
        redis_url=Env().str("REDIS_URL", "") or None,
        host=env.str("HOST", "127.0.0.1"),
        port=env.int("PORT", 8000),
        trusted_proxy=_read_proxy(env),
        workers=env.int("WORKERS", 2),
        lease_seconds=lease_seconds,
        review_lease_seconds=env.int("REVIEW_LEASE_SECONDS", 600),
        busy_seconds=env.float("BUSY_SECONDS", 15.0),
        look_share=env.float("LOOK_SHARE", LOOK_SHARE),
        training_crops=env.bool("TRAINING_CROPS", False),
        register_addresses=tuple(_read_addresses(env, lease_seconds)),
    )


def _read_proxy(env: Env) -> str | None:
    """An address, in the way that a connection's own is written: no name, no network."""
    said = env.str("TRUSTED_PROXY", "").strip()
    try:
        return str(ip_address(said)) if said else None
    except ValueError as error:
        raise EnvError(f'"BLANKI_TRUSTED_PROXY" must be one IP address: {error}') from error


def _read_addresses(env: Env, lease_seconds: int) -> Iterator[RegisterAddress]:
    """The services that the environment names: `BLANKI_REGISTER_CIVIL_URL` and so on."""
    seconds = _read_seconds(env, lease_seconds)
    for register in Register:
        name = f"REGISTER_{register.name}"
        url = env.str(f"{name}_URL", "")
        if url:
            token = env.str(f"{name}_TOKEN", "").strip()
            yield RegisterAddress(register, url, token, seconds)


def _read_seconds(env: Env, lease_seconds: int) -> float:
    """How long a service may take: a step gives no sign meanwhile, and keeps its lease."""
    limits = validate.Range(
        min=0,
        max=lease_seconds,
        min_inclusive=False,
        max_inclusive=False,
        error="Must be more than {min} and less than BLANKI_LEASE_SECONDS, {max}.",
    )
    default = min(10.0, lease_seconds / 2)
    return env.float("REGISTER_SECONDS", default, validate=limits)


def _default_data() -> str:
    """$XDG_DATA_HOME/blanki, else ~/.local/share/blanki."""
    return (Env().str("XDG_DATA_HOME", "") or "~/.local/share") + "/blanki"
