from django.urls import path

from keti.media.views import mine, recordings, speakers, subtitles

app_name = "media"
BASE = "p/<slug:slug>/media/"
ONE = f"{BASE}<str:recording_id>/"
TRACK = f"{ONE}subtitles/<slug:language>/"
urlpatterns = [
    path(BASE, recordings.listing, name="recordings"),
    path(f"{BASE}recordings.<str:form>", recordings.export, name="export"),
    path(f"{BASE}new/", recordings.new, name="new"),
    path(f"{BASE}mine/", mine.mine, name="mine"),
    path(f"{BASE}mine/answer/", mine.answer, name="answer"),
    path(ONE, recordings.recording, name="recording"),
    path(f"{ONE}mend/", recordings.mend, name="mend"),
    path(f"{ONE}approve/", recordings.approve, name="approve"),
    path(f"{ONE}withdraw/", recordings.withdraw, name="withdraw"),
    path(f"{ONE}film/", recordings.film, name="film"),
    path(f"{ONE}speakers/", speakers.name, name="name_speaker"),
    path(f"{ONE}speakers/<str:speaker_id>/", speakers.speaker, name="speaker"),
    path(f"{ONE}speakers/<str:speaker_id>/remove/", speakers.remove, name="remove_speaker"),
    path(f"{ONE}subtitles.<slug:language>.<str:form>", subtitles.export, name="subtitles"),
    path(TRACK, subtitles.track, name="track"),
    path(f"{TRACK}import/", subtitles.bring, name="import"),
    path(f"{TRACK}shift/", subtitles.shift, name="shift"),
    path(f"{TRACK}review/", subtitles.review, name="review"),
]
POLICY = {
    "recordings": "seat",
    "export": "seat",
    "new": "seat",
    "mine": "seat",
    "answer": "seat",
    "recording": "seat",
    "mend": "seat",
    "approve": "seat",
    "withdraw": "seat",
    "film": "seat",
    "name_speaker": "seat",
    "speaker": "seat",
    "remove_speaker": "seat",
    "subtitles": "seat",
    "track": "seat",
    "import": "seat",
    "shift": "seat",
    "review": "seat",
}
