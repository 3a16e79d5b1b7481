"""For what a version of a report was taken. Pure."""

from enum import StrEnum


class Use(StrEnum):
    """For what a version was taken, in the order in which a text comes so far."""

    COMMENT = "comment"
    REVIEW = "review"
    APPROVAL = "approval"
    PUBLISHED = "published"
