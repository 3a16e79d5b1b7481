"""Who gives, records and withdraws a consent; who reads the list."""

from keti.accounts.models import Person
from keti.groups.permissions import may_manage, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme


def is_own(act: Act, person: Person) -> bool:
    """The person acts."""
    return act.by.public_id == person.public_id


def may_answer(act: Act, programme: Programme, person: Person) -> Verdict:
    """People answer for themselves; the secretariat records what they wrote, with the paper."""
    if is_own(act, person):
        return YES
    if act.seat is None:
        return no("consents.only-ones-own")
    principal(act, programme)
    verdict = may_manage(act, programme)
    if verdict and act.evidence is None:
        return no("consents.paper-needed")
    return verdict
