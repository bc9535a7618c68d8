"""Whose family a person may see, and the record that somebody looked."""

from web.access import check_unit
from web.context import begin_act
from workflow.store.families import find_case
from workflow.store.models.families import FamilyCase
from workflow.store.models.people import RoleName
from workflow.store.session import Session

READERS = (RoleName.OPERATOR, RoleName.COORDINATOR, RoleName.SUPERVISOR)
"""Who may see the families of their unit."""
PRINTERS = (RoleName.OPERATOR, RoleName.COORDINATOR)
"""Who prints forms for the visits of agents."""


def find_own_case(session: Session, case_id: int) -> FamilyCase:
    """A family of the person's unit; raises NotFound for any other as for none."""
    case = find_case(session, case_id)
    check_unit(case.unit_id)
    return case


def record_case_look(case_id: int) -> None:
    """Records that the person sees a family, before anything of it is shown."""
    with begin_act() as act:
        find_own_case(act.session, case_id)
        act.record("case:read", f"case:{case_id}")
