"""What became of promises, what shows it, and what units are given."""

from keti.promises.actions.exhibits import Exhibited, exhibit, withdraw_exhibit
from keti.promises.actions.giving import Given, confirm_benefit, give, withdraw_benefit
from keti.promises.actions.settling import settle

__all__ = [
    "Exhibited",
    "Given",
    "confirm_benefit",
    "exhibit",
    "give",
    "settle",
    "withdraw_benefit",
    "withdraw_exhibit",
]
