"""The form of work that needs no room of its own: a file, handed in on the page of its duty."""

from keti.kernel.bound import Binding

WORKS = (Binding("file", "duties:for"),)
