"""The forms of work of this room."""

from keti.kernel.bound import Binding

WORKS = (
    Binding("call", "intake:publish"),
    Binding("admission", "intake:close", rail="applications"),
    Binding("appointment", "intake:of_duty", rail="groups"),
    Binding("founding", "intake:of_duty", rail="groups"),
)
