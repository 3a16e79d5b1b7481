"""Pictures of texts under work: kept cleaned, once for whoever put them in. Other rooms' acts call
these."""

from collections.abc import Iterable

from keti.documents.actions.keeping import keep_produced
from keti.documents.models import StoredFile
from keti.documents.permissions import may_keep
from keti.documents.rules.doc1.schema import files_of, read
from keti.documents.rules.pictures import Picture
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.programmes.models import Programme


def keep_picture_once(act: Act, programme: Programme, picture: Picture) -> StoredFile:
    """Keep a cleaned picture; one this person put into the programme before is the one that is
    kept. Refuses what is beyond a quota."""
    standing = StoredFile.objects.filter(
        programme=programme,
        sha256=picture.sha256,
        mime=picture.mime,
        by_id=act.by.public_id,
    ).first()
    if standing:
        return standing
    may_keep(act, programme, len(picture.data)).or_refuse()
    name = f"{picture.sha256[:12]}.{picture.mime.rpartition('/')[2]}"
    return keep_produced(act, programme=programme, name=name, mime=picture.mime, data=picture.data)


def require_pictures(programme: Programme, docs: Iterable[str]) -> None:
    """Refuses documents that are none, or that show pictures nobody keeps."""
    shown = {sha for text in docs for sha in files_of(read(text))}
    if not shown:
        return
    kept = StoredFile.objects.filter(programme=programme, sha256__in=shown)
    if shown - set(kept.values_list("sha256", flat=True)):
        raise Refused("documents.picture-not-kept")
