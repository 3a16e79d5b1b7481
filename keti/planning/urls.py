from django.urls import path

from keti.planning import views

app_name = "planning"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("start/new/", views.templates, name="new"),
    path("start/new/<str:name>/", views.new, name="template"),
    path("start/founded/<slug:slug>/", views.founded, name="founded"),
]
POLICY = {
    "start": "public",
    "new": "signed-in",
    "template": "signed-in",
    "founded": "signed-in",
}
