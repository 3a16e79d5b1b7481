"""Who lets a restored installation run again, and who changes its key."""

from keti.accounts.models import Person
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no


def may_resume(act: Act) -> Verdict:
    """Whoever may found keeps the installation."""
    return YES if _keeps(act) else no("backups.only-founders")


def may_change_key(act: Act) -> Verdict:
    """Whoever may found keeps the installation, whose key it is."""
    return YES if _keeps(act) else no("backups.only-founders-change-the-key")


def _keeps(act: Act) -> bool:
    return Person.objects.filter(public_id=act.by.public_id, may_found=True).exists()
