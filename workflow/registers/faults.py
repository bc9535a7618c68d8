"""What can be wrong with extracts and services of registers; nothing was changed then."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.errors import WorkflowFault


class RegisterFault(WorkflowFault):
    """Something a register was asked for, or gave, cannot be used."""

    code = "register_fault"
    message = "The register gave nothing that can be used."


class ExtractFault(RegisterFault):
    """An extract that is refused as a whole."""

    code = "extract_fault"
    message = "The extract was refused; nothing was imported."


class WrongEncoding(ExtractFault):
    """Characters in another encoding than those that a file can name by itself."""

    code = "extract_encoding"
    message = (
        "The extract is not in UTF-8. Save it as “CSV UTF-8” or as XLSX; nothing was imported."
    )


class WrongColumns(ExtractFault):
    """Headings that are missing, or stand twice."""

    code = "extract_columns"
    message = "The headings are not those of this register; nothing was imported."


class WrongFormat(ExtractFault):
    """A file that is neither CSV nor XLSX, or a broken one."""

    code = "extract_format"
    message = "This cannot be read as CSV or XLSX; nothing was imported."


class NoRows(ExtractFault):
    """An extract without one good row: everybody would count as unknown to the register."""

    code = "extract_empty"
    message = "The extract names nobody; nothing was imported."


class WrongDay(ExtractFault):
    """An extract that describes a day still to come, or one before our law begins."""

    code = "extract_day"
    message = "An extract cannot describe this day; nothing was imported."


class OtherDay(ExtractFault):
    """A file that was imported before, as what describes another day."""

    code = "extract_other_day"
    message = (
        "The same file was imported for another day, and an edition keeps its day; nothing was "
        "imported. If it does describe both days, save it with an empty line at its end, then "
        "import it again."
    )


class ExtractChanged(ExtractFault):
    """The file became another one while it was read."""

    code = "extract_changed"
    retry = True
    message = "The file changed while it was read; nothing was imported. Import it again."


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why one row of an extract is bad."""

    line: int
    """In the file, the heading being line 1."""
    column: str
    """Empty where the row as a whole is bad."""
    reason: str

    def __str__(self) -> str:
        """As people read it."""
        return ": ".join(part for part in (f"line {self.line}", self.column, self.reason) if part)


class BadRows(ExtractFault):
    """Rows that do not say what their columns ask for."""

    code = "extract_rows"
    message = "The extract has bad rows; nothing was imported."

    def __init__(self, faults: Sequence[RowFault], bad: int) -> None:
        super().__init__(f"{bad} rows; the first: {faults[0]}")
        self.faults = tuple(faults)
        """The first of them."""
        self.bad = bad
        """How many rows there are in all."""


class ServiceFault(RegisterFault):
    """A service that gave no answer that can be used."""

    code = "register_service"


class ServiceUnreached(ServiceFault):
    """No answer came, or not in time, or the service says that it cannot answer now."""

    code = "register_unreached"
    retry = True
    message = "The register's service does not answer; it is asked again."


class ServiceRefused(ServiceFault):
    """The service does not want to answer us, or sends us elsewhere."""

    code = "register_refused"
    message = "The register's service refuses to answer. See its address and token."


class ServiceGarbled(ServiceFault):
    """An answer of another form than agreed."""

    code = "register_garbled"
    message = "The register's service answers in another form than agreed; nothing was kept."


class ServiceElsewhere(ServiceFault):
    """A service that other workers ask, and whose address this one was not given."""

    code = "register_elsewhere"
    retry = True
    message = (
        "This worker has no address of the register's service, another one has; the step waits "
        "for that one. Give all workers the same addresses."
    )


class WrongAddress(ServiceFault):
    """An address that cannot be asked, or would send personal data in the clear."""

    code = "register_address"
    message = "The address of a register's service cannot be used."
