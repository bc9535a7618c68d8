"""What a scanned page is to the document that it belongs to."""

from form_templates.specification import Role
from ocr.foreign import is_foreign
from workflow.cases.decided import load_template
from workflow.store.models.paper import VersionPage

ATTACHMENT = "attachment"


def name_page_state(place: VersionPage) -> str:
    """What became of a page; a paper of others is none of ours, but at home behind its cover."""
    if place.repeated:
        return "repeated"
    template = load_template(place.version.document)
    covered = template is not None and template.role is Role.ATTACHMENT_COVER
    page = place.page
    return ATTACHMENT if covered and is_foreign(page.status, page.reason) else page.status
