"""Pictures that are put into a draft."""

from django.db import transaction

from keti.documents.actions import keep_picture_once
from keti.documents.models import StoredFile
from keti.documents.rules.pictures import Picture
from keti.kernel.acts import Act
from keti.reports import permissions
from keti.reports.models import Report


@transaction.atomic
def keep_picture(act: Act, *, report: Report, picture: Picture) -> StoredFile:
    """Keep a cleaned picture for a draft; one this person put into the programme before is the one
    that is kept.

    Refuses whoever may not write the draft, and what is beyond a quota. Leaves no line in the
    ledger: what shows it is said by the version frozen at submission.
    """
    permissions.may_edit(act, report).or_refuse()
    return keep_picture_once(act, report.programme, picture)
