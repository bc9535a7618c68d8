"""Which registers have a service: the settings of those who ask, told to all through the store."""

from collections.abc import Iterable

from validation.registers import Register
from workflow.acts import Act
from workflow.settings import RegisterAddress
from workflow.store.models.registers import ServicesInUse
from workflow.store.registers import list_services
from workflow.store.session import Session
from workflow.store.work import take_turn

_SUBJECT = "register:services"


def find_services(session: Session) -> tuple[Register, ...]:
    """The registers that are asked over HTTP, in their order."""
    return tuple(map(Register, list_services(session)))


def list_asked_services(
    session: Session, addresses: Iterable[RegisterAddress]
) -> tuple[Register, ...]:
    """The registers that are to be asked: by whoever has these addresses, or by another."""
    own = (address.register for address in addresses)
    return tuple(dict.fromkeys((*own, *find_services(session))))


def keep_services(act: Act, addresses: Iterable[RegisterAddress]) -> None:
    """Keep which registers can be asked from now on; where it is known already, do nothing."""
    _keep(act, frozenset(address.register for address in addresses))


def add_services(act: Act, addresses: Iterable[RegisterAddress]) -> None:
    """Keep that these registers can be asked too.

    What other workers ask stays: of two with unlike settings neither undoes the other's word.
    """
    own, known = {address.register for address in addresses}, set(find_services(act.session))
    if not own <= known:
        _keep(act, frozenset(own | known))


def _keep(act: Act, named: frozenset[Register]) -> None:
    registers = [register.value for register in Register if register in named]
    if registers == list(list_services(act.session)):
        return
    take_turn(act.session, _SUBJECT, act.now)
    before = list(list_services(act.session))
    if registers != before:
        act.session.add(ServicesInUse(registers=registers, since=act.now))
        act.record(_SUBJECT, _SUBJECT, before={"registers": before}, after={"registers": registers})
