"""What a draft holds."""

from keti.reports import rules
from keti.reports.models import Report
from keti.reports.queries.reading import newest_of


def content_of(report: Report) -> rules.Content:
    """The draft with the documents of its sections. Where it was last saved before drafts held any,
    those of its newest version behind words that nobody changed."""
    content = report.content()
    if report.docs is not None:
        return content
    newest = newest_of(report)
    docs = rules.kept_docs(report.sections, newest.sections) if newest else {}
    return rules.Content(content.sections, content.plan, docs)
