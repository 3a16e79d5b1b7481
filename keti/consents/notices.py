"""Who is told: of a withdrawal the secretariat, without the name; of a consent recorded from paper
whoever gave it."""

from django.urls import reverse

from keti.consents import queries
from keti.consents.enums import Purpose
from keti.consents.models import Consent
from keti.groups.queries import able, people
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post


def withdrawn(act: Act, consent: Consent) -> None:
    """The secretariat stops using what is printed or posted already, by purpose, and looks whether
    another record is of the same human. The name stands in its list alone."""
    programme, purpose = consent.programme, Purpose(consent.purpose)
    alike = queries.alike(programme, consent.person, purpose)
    told = both(f"consents.withdrawn-{purpose}")
    if alike:
        more = both("consents.alike-still", count=len(alike))
        told = Text(told.zh + more.zh, told.en + more.en)
    letter = Letter(
        "consents.withdrawn",
        f"consent-withdrawn:{consent.public_id}",
        both("consents.told-withdrawn-subject", programme=programme.title),
        told,
        _page(alike[0]) if alike else reverse("consents:consents", args=[programme.slug]),
    )
    desk = people(able(programme, "manage", act.recorded_at))
    others = [one for one in desk if one.public_id != act.by.public_id]
    post(programme, letter, to=others, at=act.recorded_at)


def _page(consent: Consent) -> str:
    """The person's page in the secretariat's list, where a withdrawal is recorded."""
    return reverse("consents:person", args=[consent.programme.slug, consent.person.public_id])


def recorded(act: Act, consent: Consent) -> None:
    """What was recorded for somebody is told to them: they may withdraw it."""
    facts = {"programme": consent.programme.title, "wording": consent.wording}
    letter = Letter(
        "consents.recorded",
        f"consent-recorded:{consent.public_id}",
        both("consents.told-recorded-subject", **facts),
        both("consents.told-recorded", **facts),
        reverse("site:me"),
    )
    post(consent.programme, letter, to=[consent.person], at=act.recorded_at)
