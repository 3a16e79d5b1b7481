from django.urls import path

from keti.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/waiting/<str:token>/", views.waiting, name="waiting"),
    path("jobs/<str:job_id>/", views.job, name="job"),
    path("jobs/<str:job_id>/again/", views.again, name="again"),
]
POLICY = {"waiting": "token", "job": "signed-in", "again": "signed-in"}
