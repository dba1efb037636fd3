from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from catalog import queries, redirects, services
from catalog.models import Image
from catalog.viewers import ViewerRequest


@login_not_required
@require_POST
def like(request: ViewerRequest, image_id: int) -> HttpResponse:
    """Like a picture, or with `liked=false` take the like back. Open to anonymous visitors."""
    image = get_object_or_404(Image.objects.visible_to(request.viewer), pk=image_id)
    wanted = request.POST.get("liked") != "false"
    try:
        (services.like if wanted else services.unlike)(viewer=request.viewer, image=image)
    except services.NotKept as told:
        return _not_kept(request, image, str(told))
    if not request.htmx:
        messages.info(request, _("Liked. More like this is on its way.") if wanted else _("Like taken back."))
        return redirects.back(request, otherwise=image.get_absolute_url(), anchor=f"image-{image_id}")
    cards = queries.cards([image_id], request.viewer)
    response = render(request, "partials/liked.html", {"card": cards[0], "wide": "wide" in request.GET})
    return trigger_client_event(response, "reacted", {"image": image_id, "liked": wanted})


def _not_kept(request: ViewerRequest, image: Image, told: str) -> HttpResponse:
    """The button as it was, and why."""
    if not request.htmx:
        messages.info(request, told)
        return redirects.back(request, otherwise=image.get_absolute_url(), anchor=f"image-{image.pk}")
    card = queries.cards([image.pk], request.viewer)[0]
    return render(request, "partials/liked.html", {"card": card, "wide": "wide" in request.GET, "told": told})
