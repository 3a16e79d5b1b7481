"""For tests in which work waits for a worker, as it does in an installation."""

WAITING = {
    "default": {"BACKEND": "keti.jobs.actions.backend.JobBackend"},
    "at_once": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
}
