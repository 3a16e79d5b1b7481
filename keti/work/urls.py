from django.urls import path

from keti.work.views import books, issuing, lists, tasks, undoing

app_name = "work"
BOOKS = "p/<slug:slug>/taskbooks/"
TASKS = "p/<slug:slug>/tasks/"
urlpatterns = [
    path(BOOKS, books.listing, name="books"),
    path(f"{BOOKS}export/<str:form>/", lists.books_file, name="books_file"),
    path(f"{BOOKS}for/<str:duty_id>/", books.led, name="books_for"),
    path(f"{BOOKS}issue/<str:duty_id>/", issuing.prepare, name="prepare"),
    path(f"{BOOKS}issue/<str:duty_id>/preview/", issuing.preview, name="preview"),
    path(f"{BOOKS}<str:book_id>/", books.book, name="book"),
    path(f"{BOOKS}<str:book_id>/edit/", issuing.edit, name="edit"),
    path(f"{BOOKS}<str:book_id>/revise/", issuing.revise, name="revise"),
    path(f"{BOOKS}<str:book_id>/accept/", books.accept, name="accept"),
    path(f"{BOOKS}<str:book_id>/decline/", books.decline, name="decline"),
    path(f"{BOOKS}<str:book_id>/void/", undoing.void, name="void"),
    path(f"{BOOKS}<str:book_id>/scan/", books.scan, name="scan"),
    path(f"{BOOKS}<str:book_id>/docx/", books.download, {"form": "docx"}, name="book_docx"),
    path(f"{BOOKS}<str:book_id>/pdf/", books.download, {"form": "pdf"}, name="book_pdf"),
    path(TASKS, tasks.listing, name="tasks"),
    path(f"{TASKS}export/<str:form>/", lists.tasks_file, name="tasks_file"),
    path(f"{TASKS}assign/", tasks.assign, name="assign"),
    path(f"{TASKS}for/<str:duty_id>/", tasks.led, name="tasks_for"),
    path(f"{TASKS}<str:task_id>/", tasks.task, name="task"),
    path(f"{TASKS}<str:task_id>/finish/", tasks.finish, name="finish"),
    path(f"{TASKS}<str:task_id>/decline/", tasks.decline, name="decline_task"),
    path(f"{TASKS}<str:task_id>/reopen/", undoing.reopen, name="reopen"),
    path(f"{TASKS}<str:task_id>/file/", tasks.file, name="task_file"),
]
POLICY = {
    "books": "seat",
    "books_file": "seat",
    "books_for": "seat",
    "prepare": "seat",
    "preview": "seat",
    "book": "seat",
    "edit": "seat",
    "revise": "seat",
    "accept": "seat",
    "decline": "seat",
    "void": "seat",
    "scan": "seat",
    "book_docx": "seat",
    "book_pdf": "seat",
    "tasks": "seat",
    "assign": "seat",
    "tasks_file": "seat",
    "tasks_for": "seat",
    "task": "seat",
    "finish": "seat",
    "decline_task": "seat",
    "reopen": "seat",
    "task_file": "seat",
}
