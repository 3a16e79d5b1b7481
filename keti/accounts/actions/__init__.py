"""The acts of the room: people and units, ways to sign in, personal links."""

from keti.accounts.actions.founders import drop_founder, name_founder
from keti.accounts.actions.installation import name_site, set_holidays
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
    enter_person,
    merge_people,
    new_person,
    unite,
)
from keti.accounts.actions.sessions import (
    end_sessions,
    follow_session,
    give_up_mailbox,
    note_sign_in,
    note_use,
    release_address,
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
from keti.accounts.actions.units import correct_organisation, enter_organisation, merge_units
from keti.accounts.actions.waysin import (
    account_for,
    close_way_in,
    drop_way_in,
    make_way_in,
    refreshed_way_in,
    secret_of,
    use_way_in,
)

__all__ = [
    "SOMEBODY_ELSE",
    "Asked",
    "PersonFacts",
    "account_for",
    "close_links",
    "close_way_in",
    "complete_person",
    "correct_organisation",
    "correct_person",
    "drop_founder",
    "drop_way_in",
    "end_sessions",
    "enter_organisation",
    "enter_person",
    "follow_address",
    "follow_session",
    "give_up_mailbox",
    "hashed",
    "join_person",
    "make_duty_link",
    "make_way_in",
    "merge_people",
    "merge_units",
    "name_founder",
    "name_site",
    "new_person",
    "note_sign_in",
    "note_use",
    "open_account",
    "refreshed_way_in",
    "register_founder",
    "release_address",
    "renew_feed",
    "reset_factor",
    "revoke_link",
    "secret_of",
    "set_holidays",
    "unite",
    "use_duty_link",
    "use_way_in",
    "vouch_for",
]
