"""Who lets a restored installation run again."""

from keti.accounts.models import Person
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no


def may_resume(act: Act) -> Verdict:
    """Whoever may found keeps the installation."""
    keeps = Person.objects.filter(public_id=act.by.public_id, may_found=True).exists()
    return YES if keeps else no("backups.only-founders")
