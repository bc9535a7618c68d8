"""Paper as it came: batches, files, pages, and the documents that the pages make.

A page is read once and never changed. A version of a document is a choice of
pages: a corrected leaf that is scanned again makes a new version that shares the
other pages with the one before.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.store.models.base import Row


class Source(StrEnum):
    """How paper came in."""

    UPLOAD = "upload"
    FOLDER = "folder"
    COMMAND = "command"
    DEMONSTRATION = "demonstration"


class FileState(StrEnum):
    """What became of a file."""

    WAITING = "waiting"
    """To be read; its step tells how far that is."""
    READ = "read"
    """Its pages stand in the store; some may be unreadable."""
    FAULTY = "faulty"
    """It could not be opened at all."""
    REPEAT = "repeat"
    """The same bytes came before; a person chooses."""
    SET_ASIDE = "set_aside"
    """A repeat that a person chose not to read again."""


class DocumentState(StrEnum):
    """Where a document is on its way; transitions stand in cases/states.py."""

    RECEIVED = "received"
    """The program checks it next: its pages are joined, or people named somebody anew."""
    UNIDENTIFIED = "unidentified"
    """Pages that belong to no form; the archivist looks."""
    RESCAN = "rescan"
    """The image is at fault: the archivist scans again."""
    REVIEW = "review"
    """An operator decides fields."""
    SECOND_REVIEW = "second_review"
    """Another person decides the fields that need two, blind to the first."""
    SETTLE = "settle"
    """Two people disagree: a coordinator decides."""
    CONFIRM_RETURN = "confirm_return"
    """A coordinator confirms the faults that go back to the agent."""
    CONFIRM_REJECTION = "confirm_rejection"
    """A coordinator confirms the rejection of an application."""
    ASK_APPLICANT = "ask_applicant"
    """Its applicant completes it."""
    READY = "ready"
    """Nothing is open: to be authorised."""
    AUTHORISED = "authorised"
    """Its record stands in the registry."""
    RETURNED = "returned"
    """With the agent; a corrected scan makes a new version."""
    REJECTED = "rejected"
    NEW_DECLARATION = "new_declaration"
    """Two people confirmed an unclear correction: a new declaration must be filled."""
    DISCARDED = "discarded"
    """A person put it aside, with a reason."""


class Batch(Row):
    """Files that came together."""

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    source: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    """Name of whoever brought it; `system` for the watched folder."""
    files: Mapped[list["File"]] = relationship(back_populates="batch", order_by="File.id")


class Original(Row):
    """Bytes that came in, once each; two that bring the same at once meet here."""

    __tablename__ = "original"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    received_at: Mapped[datetime]


class File(Row):
    """One file of a batch; its bytes lie among the originals under their SHA-256."""

    __tablename__ = "file"
    __table_args__ = (Index("ix_file_sha256", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), index=True)
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("original.sha256"))
    size: Mapped[int]
    state: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
    repeat_of_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    """The first file with the same bytes."""
    for_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    """The document that this file is a new scan of, where a person said so."""
    scanner: Mapped[str | None]
    """The machine it was scanned with, as far as anybody said; thresholds may be its own."""
    fault_code: Mapped[str | None]
    fault_detail: Mapped[str | None]
    batch: Mapped[Batch] = relationship(back_populates="files")
    pages: Mapped[list["Page"]] = relationship(back_populates="file", order_by="Page.index")


class Page(Row):
    """One scanned side, as read; never changed afterwards."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("file_id", "index"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"))
    index: Mapped[int]
    """In its file, from 0."""
    status: Mapped[str]
    """A `PageStatus` of the reader."""
    reason: Mapped[str]
    detail: Mapped[str]
    form: Mapped[str | None]
    edition: Mapped[date | None]
    page: Mapped[int | None]
    sheet: Mapped[int | None]
    serial: Mapped[int]
    quality: Mapped[dict[str, Any] | None]
    text: Mapped[str | None]
    """What is printed on a page of somebody else; None on pages of our forms."""
    fingerprint: Mapped[bytes | None]
    """The pen's ink, 60 rows of 42 bytes, very coarse."""
    width_px: Mapped[int | None]
    height_px: Mapped[int | None]
    file: Mapped[File] = relationship(back_populates="pages")
    readings: Mapped[list["Reading"]] = relationship(back_populates="page", order_by="Reading.id")


class Reading(Row):
    """One field as first read from one page; never changed."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("page_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    field: Mapped[str]
    """Id of the field: `members[3].C3_07`."""
    state: Mapped[str]
    reason: Mapped[str]
    value: Mapped[dict[str, Any] | None]
    """`{"is": …}` with a text, a list of codes or a truth value; None if none was read."""
    confidence: Mapped[float]
    review: Mapped[bool]
    region_px: Mapped[list[Any]]
    """Four corners in the page as decoded."""
    marks: Mapped[list[Any]]
    """[code, state, confidence] of each printed code."""
    correction: Mapped[dict[str, Any] | None]
    candidates: Mapped[list[Any]]
    drawn: Mapped[bool] = mapped_column(default=False)
    """Drawn for a look, should it pass unseen: only so silent errors can be counted.

    Accepted, or unsure of who somebody is, which a register may confirm.
    """
    page: Mapped[Page] = relationship(back_populates="readings")


class PaperDocument(Row):
    """One paper document through all its versions; or pages that belong to no form."""

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_unit", "unit_id", "id"),
        Index("ix_document_unit_state", "unit_id", "state", "id"),
        Index("ix_document_serial", "form", "edition", "serial"),
        Index("ix_document_use", "form", "edition", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str | None]
    edition: Mapped[date | None]
    serial: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("family_case.id"), index=True)
    state: Mapped[str]
    state_since: Mapped[datetime]
    due: Mapped[date | None]
    """Last day of what its state waits for, where the law sets one."""
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)
    """Counts every change; a page shown earlier is known by it."""
    simulated: Mapped[bool] = mapped_column(default=False)
    """It came in a demonstration batch."""
    versions: Mapped[list["Version"]] = relationship(
        back_populates="document", order_by="Version.number"
    )

    @property
    def current(self) -> "Version":
        """The newest version: the one that counts."""
        return self.versions[-1]


class Version(Row):
    """A document as scanned at one time."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    """From 1."""
    created_at: Mapped[datetime]
    run: Mapped[int] = mapped_column(default=0)
    """Number of the newest check; its findings count."""
    disposition: Mapped[str | None]
    law_day: Mapped[date | None]
    law_edition: Mapped[str | None]
    case_code: Mapped[str | None] = mapped_column(index=True)
    """The family code as read or entered."""
    doubts: Mapped[int] = mapped_column(default=0)
    """Fields and findings that a person must decide, after the newest check."""
    document: Mapped[PaperDocument] = relationship(back_populates="versions")
    pages: Mapped[list["VersionPage"]] = relationship(
        back_populates="version", order_by="VersionPage.position"
    )


class VersionPage(Row):
    """A page's place in one version."""

    __tablename__ = "version_page"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), primary_key=True, index=True)
    position: Mapped[int]
    """From 0; the first page with a field counts."""
    repeated: Mapped[bool] = mapped_column(default=False)
    """An earlier page of the version shows the same side."""
    version: Mapped[Version] = relationship(back_populates="pages")
    page: Mapped[Page] = relationship()
