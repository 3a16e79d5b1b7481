"""The acts of the room: people and units, ways to sign in, personal links."""

from keti.accounts.actions.links import (
    close_links,
    hashed,
    make_duty_link,
    revoke_link,
    use_duty_link,
)
from keti.accounts.actions.people import (
    SOMEBODY_ELSE,
    Asked,
    PersonFacts,
    complete_person,
    correct_person,
    enter_organisation,
    enter_person,
    fits,
    new_person,
    unite,
)
from keti.accounts.actions.signing import (
    follow_address,
    join_person,
    open_account,
    register_founder,
    renew_feed,
    reset_factor,
    vouch_for,
)

__all__ = [
    "SOMEBODY_ELSE",
    "Asked",
    "PersonFacts",
    "close_links",
    "complete_person",
    "correct_person",
    "enter_organisation",
    "enter_person",
    "fits",
    "follow_address",
    "hashed",
    "join_person",
    "make_duty_link",
    "new_person",
    "open_account",
    "register_founder",
    "renew_feed",
    "reset_factor",
    "revoke_link",
    "unite",
    "use_duty_link",
    "vouch_for",
]
