"""`python -m bench.defects`: plant every mistake, print and keep the figures."""

from bench.defects import HEAD, section
from bench.language import placed

placed(HEAD, section())
