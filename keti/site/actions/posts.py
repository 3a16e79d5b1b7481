"""Reminders by hand; letters recalled and sent again."""

from django.db import transaction

from keti.duties.models import Obligation
from keti.duties.queries import asked
from keti.groups.queries import minding
from keti.kernel.acts import Act, Subject
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold
from keti.ledger import actions as ledger
from keti.notify.actions import post, send_again
from keti.notify.actions import recall as take_back
from keti.notify.enums import Way
from keti.notify.models import Message
from keti.site import notices, permissions
from keti.site.queries.desk import reminded


@transaction.atomic
def remind(act: Act, *, obligation: Obligation) -> int:
    """Remind whom the duty waits for, by hand. Refuses a vacant or finished duty, and a second
    reminder of it on one day.

    Taken back by: recall (while nobody has it).
    """
    duty = hold(Obligation.objects.all()).select_related("programme").get(pk=obligation.pk)
    programme = duty.programme
    if ledger.repeated(act, "site.reminder.sent", programme=programme):
        return 0
    permissions.may_remind(act, duty).or_refuse()
    last = reminded(programme, [duty]).get(duty.public_id)
    permissions.may_be_reminded(duty, last.at if last else None, act.recorded_at).or_refuse()
    told = minding(asked(duty, act.recorded_at))
    if not told:
        raise Refused("site.nobody-to-remind", title=duty.title)
    letter = notices.reminder_by_hand(act, duty)
    sent = len(post(programme, letter, to=told, at=act.recorded_at, by=act.by))
    ledger.record(
        act,
        "site.reminder.sent",
        programme=programme,
        about=duty.subject(),
        facts={"key": duty.key, "to": "、".join(one.label for one in told), "written": sent},
    )
    return sent


@transaction.atomic
def resend(act: Act, *, message: Message) -> None:
    """Let a letter that failed, or may not have arrived, wait for the post once more.

    It keeps its Message-ID, by which a mailbox knows one that came twice. Refuses who does not
    keep the secretariat, and a letter that went out or still waits.

    Taken back by: recall (while nobody has it).
    """
    programme = message.programme
    if ledger.repeated(act, "site.letter.sent-again", programme=programme):
        return
    permissions.may_resend(act, message).or_refuse()
    was = message.deliveries.filter(way=Way.MAIL).first()
    if not send_again(message, at=act.recorded_at):
        raise Refused("site.letter-needs-no-sending", title=message.subject)
    ledger.record(
        act,
        "site.letter.sent-again",
        programme=programme,
        about=Subject("notify.message", message.public_id, message.recipient_label),
        facts={"was": was.state if was else ""},
    )


@transaction.atomic
def recall(act: Act, *, message: Message, reason: str = "") -> int:
    """Take back all copies of a letter that nobody has yet; returns how many.

    Refuses who neither wrote it nor keeps the secretariat, and a letter that is not held back any
    more. What the letter tells of stands: only the letter is taken back.

    Taken back by: write_letter (written again).
    """
    programme = message.programme
    if ledger.repeated(act, "site.letter.recalled", programme=programme):
        return 0
    permissions.may_recall(act, message).or_refuse()
    taken = take_back(programme, message.key, at=act.recorded_at)
    if not taken:
        raise Refused("site.letter-has-gone", title=message.subject)
    ledger.record(
        act,
        "site.letter.recalled",
        programme=programme,
        about=Subject("notify.message", message.public_id, message.subject),
        facts={"copies": len(taken), "reason": reason},
    )
    return len(taken)
