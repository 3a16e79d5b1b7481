"""Pure rules: a template filled in (`template`), a plan compared, classed, applied, worded."""

from keti.planning.rules.template import Blank, blanks, filled, renamed, shifted

__all__ = ["Blank", "blanks", "filled", "renamed", "shifted"]
