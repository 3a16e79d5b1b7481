"""Acts of planning: a programme is founded (`founding`), its charter is drafted (`drafting`)."""

from keti.planning.actions.founding import (
    Founding,
    found_programme,
    manager_of,
    register_founder,
)

__all__ = ["Founding", "found_programme", "manager_of", "register_founder"]
