from django.urls import path

from keti.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/<str:job_id>/", views.job, name="job"),
    path("jobs/<str:job_id>/again/", views.again, name="again"),
]
POLICY = {"job": "signed-in", "again": "signed-in"}
