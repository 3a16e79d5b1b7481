"""The original of the notice: the scan that a charter's clauses paraphrase."""

from django.db import transaction

from keti.charter.actions import set_notice
from keti.charter.models import CharterVersion
from keti.charter.queries import in_force
from keti.documents.actions import Upload, keep_upload
from keti.kernel.acts import Act
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.planning.permissions import may_attach
from keti.programmes.models import Programme

ATTACHED = "planning.notice.attached"


@transaction.atomic
def attach_notice(act: Act, *, programme: Programme, upload: Upload) -> CharterVersion:
    """Put the original of the notice beside the charter in force, in place of an earlier scan.

    Refuses everybody but the secretariat, and what is no document.

    Taken back by: attach_notice (another scan takes its place).
    """
    hold_row(Programme, programme.pk)
    version = in_force(programme)
    if ledger.repeated(act, ATTACHED, programme=programme):
        return version
    may_attach(act, programme).or_refuse()
    file = keep_upload(act, programme=programme, name=upload.name, data=upload.data, reserved=True)
    before = version.notice.sha256 if version.notice else ""
    set_notice(act, version=version, file=file)
    ledger.record(
        act,
        ATTACHED,
        programme=programme,
        about=programme.subject(),
        facts={"version": version.number, "sha256": file.sha256, "before": before},
    )
    return version
