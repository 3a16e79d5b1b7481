"""The form of work of this room."""

from keti.kernel.bound import Binding

WORKS = (Binding("video", "duties:for", rail="duties"),)
