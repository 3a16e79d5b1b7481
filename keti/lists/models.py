"""What a person keeps of the lists: what one is asked for, under a name."""

from django.db import models

from keti.accounts.models import Person
from keti.kernel.ids import new_id
from keti.kernel.lines import Line
from keti.programmes.models import Programme


class SavedView(models.Model):
    """What one person asks one list of a programme for, under a name. Nobody else sees it; like
    the wish how to be told it is a preference, and no line of the record tells of it."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    called = Line(max_length=40)
    """The name of the list."""
    title = Line(max_length=60)
    query = Line(max_length=2000, blank=True)
    """What it is asked for, as an address says it."""
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "called", "title"], name="saved_view_once_per_title"
            )
        ]

    def __str__(self) -> str:
        return self.title
