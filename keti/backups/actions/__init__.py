"""A backup is made (`making`), read again (`checking`), asked for every night (`nightly`), put back
(`restoring`); what was put back is let go (`resuming`). The key that signs is changed (`keys`)."""

from keti.backups.actions.checking import check
from keti.backups.actions.keys import change_key
from keti.backups.actions.making import Made, make
from keti.backups.actions.nightly import back_up_due
from keti.backups.actions.restoring import restored, suits
from keti.backups.actions.resuming import resume

__all__ = ["Made", "back_up_due", "change_key", "check", "make", "restored", "resume", "suits"]
