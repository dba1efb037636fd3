from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog import queries, redirects, services
from catalog.models import Image
from catalog.viewers import ViewerRequest


@login_required
@require_POST
def tags(request: ViewerRequest, image_id: int) -> HttpResponse:
    """Correct a picture's tags in place: `remove` and `put_back` are slugs, `add` is what was typed."""
    picture = get_object_or_404(Image.objects.editable_by(request.viewer), pk=image_id)
    context, status = {}, 200
    try:
        context = _corrected(request, picture)
    except services.InvalidValue as invalid:
        context, status = {"problem": str(invalid), "typed": request.POST.get("add", "")}, 422
    if request.htmx:
        card = queries.image_page(image_id, request.viewer)
        return render(request, "partials/tags.html", context | {"card": card}, status=status)
    if said := context.get("problem") or context.get("said"):
        messages.info(request, said)
    return redirects.back(request, otherwise=picture.get_absolute_url())


def _corrected(request: ViewerRequest, picture: Image) -> dict[str, str]:
    """Do what was asked; returns what to say about it, and how to undo it. Raises InvalidValue."""
    if slug := request.POST.get("remove"):
        gone = services.remove_tag(image=picture, slug=slug)
        said = _("“%(tag)s” is taken off.") % {"tag": gone.tag.name} if gone else ""
        return {"said": said, "undo": "put_back", "slug": slug} if gone else {}
    if slug := request.POST.get("put_back"):
        services.put_tag_back(image=picture, slug=slug)
        return {}
    added = services.add_tag(image=picture, name=request.POST.get("add", ""))
    return {"said": _("“%(tag)s” is added.") % {"tag": added.name}, "undo": "remove", "slug": added.slug}
