from django.urls import path

from keti.meetings.views import (
    arranging,
    correcting,
    inviting,
    lists,
    minutes,
    papers,
    recording,
)

app_name = "meetings"
BASE = "p/<slug:slug>/meetings/"
ONE = f"{BASE}<str:meeting_id>/"
urlpatterns = [
    path(BASE, lists.listing, name="list"),
    path(f"{BASE}export.<str:form>", lists.listing_file, name="list_file"),
    path(f"{BASE}for/<str:duty_id>/", arranging.led, name="for"),
    path(f"{BASE}plan/<str:duty_id>/", arranging.plan, name="plan"),
    path(f"{BASE}call/", arranging.call, name="call"),
    path(f"{BASE}items/<str:item_id>/", minutes.item, name="item"),
    path(ONE, minutes.meeting, name="meeting"),
    path(f"{ONE}move/", arranging.move, name="move"),
    path(f"{ONE}cancel/", arranging.cancel, name="cancel"),
    path(f"{ONE}invite/", inviting.invite, name="invite"),
    path(f"{ONE}invite/<str:whom>/back/", inviting.uninvite, name="uninvite"),
    path(f"{ONE}announce/", arranging.announce, name="announce"),
    path(f"{ONE}meeting.ics", arranging.calendar, name="ics"),
    path(f"{ONE}notice/<str:form>/", papers.invitation, name="notice"),
    path(f"{ONE}record/", recording.record, name="record"),
    path(f"{ONE}pictures/", recording.add_picture, name="add_picture"),
    path(f"{ONE}pictures/<str:sha256>/", recording.picture, name="picture"),
    path(f"{ONE}original/", minutes.original, name="original"),
    path(f"{ONE}confirm/", minutes.confirm, name="confirm"),
    path(f"{ONE}attendance/", correcting.attendance, name="attendance"),
    path(f"{ONE}docx/", minutes.download, {"form": "docx"}, name="docx"),
    path(f"{ONE}pdf/", minutes.download, {"form": "pdf"}, name="pdf"),
]
POLICY = {pattern.name: "seat" for pattern in urlpatterns}
