"""The tasks interface over our own rows: what is enqueued is the public id of a job."""

from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from keti.jobs.enums import JobState
from keti.jobs.models import Job

STATUS = {
    JobState.QUEUED: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.FAILED: TaskResultStatus.FAILED,
}


class JobBackend(BaseTaskBackend):
    """Waits in the table of jobs until a worker takes it; written in the asker's transaction.

    The one task it knows takes the public id of a job, and the job's row is its only record:
    claiming is one UPDATE of one row, so no exclusive transaction is needed on either database.
    """

    supports_get_result = True
    supports_defer = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any]:
        """The job of this id waits, no earlier than the task's `run_after`."""
        self.validate_task(task)
        waiting = Job.objects.filter(public_id=args[0], state=JobState.QUEUED)
        if task.run_after is not None:
            waiting.update(not_before=task.run_after)
        return self._told(task, args[0])

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How the job of this id stands."""
        return self._told(None, result_id)

    def _told(self, task: "Task[Any, Any] | None", public_id: str) -> TaskResult[Any]:
        job = Job.objects.filter(public_id=public_id).first()
        if job is None:
            raise TaskResultDoesNotExist(public_id)
        return TaskResult(
            task=task,  # type: ignore[arg-type]
            id=job.public_id,
            status=STATUS[JobState(job.state)],
            enqueued_at=job.asked_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.started_at,
            args=[job.public_id],
            kwargs={},
            backend=self.alias,
            errors=[],
            worker_ids=[job.worker] * job.attempts,
        )
