"""The header under which a file is saved."""

from django.utils.http import content_disposition_header

from keti.kernel.texts import one_line


def attachment(name: str, *, inline: bool = False) -> str:
    """`Content-Disposition` for a download called `name`, or for a file shown in place (`inline`);
    on one line, whatever the name holds."""
    return content_disposition_header(not inline, one_line(name)) or "attachment"
