from django.db import models


class SimulatedInstant(models.Model):
    """One row at most: where the clock of a play or demo folder stands."""

    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="kernel_one_simulated_instant")
        ]
