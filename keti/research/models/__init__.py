"""Nodes of the research and what is said of them (`nodes`); what stands behind a case (`cases`)."""

from keti.research.models.cases import (
    CaseApproval,
    FactCheck,
    Provenance,
    named,
    unit_called,
)
from keti.research.models.nodes import (
    STANDING,
    TAKEN_UP,
    Edition,
    Link,
    Node,
    NodeQuerySet,
    Uptake,
)

__all__ = [
    "STANDING",
    "TAKEN_UP",
    "CaseApproval",
    "Edition",
    "FactCheck",
    "Link",
    "Node",
    "NodeQuerySet",
    "Provenance",
    "Uptake",
    "named",
    "unit_called",
]
