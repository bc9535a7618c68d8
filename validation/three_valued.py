"""Yes, no or unknown: what was not read is None, and None decides nothing."""


def either(*answers: bool | None) -> bool | None:
    """Whether one of several things is so: unknown unless one surely is, or none."""
    known = True
    for answer in answers:
        if answer:
            return True
        known = known and answer is not None
    return False if known else None


def both(*answers: bool | None) -> bool | None:
    """Whether all of several things are so: unknown unless all surely are, or one is not."""
    if False in answers:
        return False
    return None if None in answers else True


def opposite(answer: bool | None) -> bool | None:
    """Whether a thing is not so."""
    return None if answer is None else not answer
