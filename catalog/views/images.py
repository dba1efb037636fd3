from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from catalog import queries, redirects, services
from catalog.forms import EditForm, RowForm
from catalog.models import Category, Image
from catalog.queries import Card
from catalog.viewers import Viewer, ViewerRequest
from catalog.views.parameters import ids_in
from catalog.views.uploads import render_row

TRAIL = 8


@login_not_required
@vary_on_headers("HX-Request", "HX-Target")
@require_safe
def image(request: ViewerRequest, image_id: int) -> HttpResponse:
    """One picture with everything there is to say about it, and the trail that led here.

    As a page of its own; for htmx its words; for htmx with the target `closeup` all that opens over a list.
    """
    card = _card_or_404(image_id, request.viewer)
    came_by = [step for step in ids_in(request.GET.get("from", "")) if step != image_id][-TRAIL:]
    context = {
        "card": card,
        "trail": _trail(came_by, request.viewer),
        "onward": ",".join(map(str, [*came_by, image_id][-TRAIL:])),
        "category_path": _category_path(card),
        "owner_details": _owner_details(card),
    }
    return render(request, _image_template(request), context)


@login_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ViewerRequest, image_id: int) -> HttpResponse:
    """The owner's form, in place or as a page of its own; `?row=1` is a row of the upload page."""
    picture = get_object_or_404(Image.objects.editable_by(request.viewer), pk=image_id)
    card = _card_or_404(image_id, request.viewer)
    if request.method != "POST":
        return _form_page(request, card, EditForm.of(card))
    in_row = "row" in request.GET
    form = (EditForm if "description" in request.POST else RowForm).of(card, request.POST)
    if not form.is_valid() or not _saved(form, picture, card):
        return _row_note(request, form) if in_row else _form_page(request, card, form, status=422)
    if in_row and request.htmx:
        return HttpResponse(_("Saved."))
    if request.htmx:
        return HttpResponseRedirect(card.url)
    return redirects.back(request, otherwise=card.url)


@login_required
@require_POST
def retry(request: ViewerRequest, image_id: int) -> HttpResponse:
    picture = get_object_or_404(Image.objects.editable_by(request.viewer), pk=image_id)
    services.retry_image(image=picture)
    if request.htmx:
        return render(request, "partials/upload_status.html", {"card": _card_or_404(image_id, request.viewer)})
    return redirects.back(request, otherwise=picture.get_absolute_url())


@login_required
@require_POST
def delete(request: ViewerRequest, image_id: int) -> HttpResponse:
    """Delete a picture; for ten seconds it can be brought back."""
    picture = get_object_or_404(Image.objects.editable_by(request.viewer), pk=image_id)
    card = _card_or_404(image_id, request.viewer)
    services.delete_image(image=picture)
    if request.htmx:
        return render(request, "partials/upload_removed.html", {"card": card})
    return HttpResponseRedirect(f"{reverse('catalog:person', args=[card.owner])}?deleted={image_id}")


@login_required
@require_POST
def undelete(request: ViewerRequest, image_id: int) -> HttpResponse:
    try:
        back = services.undelete_image(image_id=image_id, viewer=request.viewer)
    except services.Duplicate as duplicate:
        messages.info(request, _("The same file has been uploaded again meanwhile; here it is."))
        return redirect(duplicate.image)
    if not back and not Image.objects.owned_by(request.viewer).filter(pk=image_id).exists():
        messages.warning(request, _("It is too late: the picture has been erased."))
        return redirect("catalog:person", request.user.get_username())
    if request.htmx and "row" in request.GET:
        return render_row(request, image_id)
    return redirect("catalog:image", image_id)


def _image_template(request: ViewerRequest) -> str:
    if request.htmx:
        return "partials/closeup.html" if request.htmx.target == "closeup" else "partials/image_words.html"
    return "pages/image.html"


def _card_or_404(image_id: int, viewer: Viewer) -> Card:
    card = queries.image_page(image_id, viewer)
    if card is None:
        raise Http404
    return card


def _trail(ids: list[int], viewer: Viewer) -> list[dict[str, Any]]:
    steps = [card for card in queries.cards(ids, viewer) if card.has_pixels]
    before = [",".join(str(card.id) for card in steps[:place]) for place in range(len(steps))]
    return [
        {"card": card, "href": f"{card.url}?from={way}" if way else card.url}
        for card, way in zip(steps, before, strict=True)
    ]


def _category_path(card: Card) -> list[Category]:
    return list(Category.objects.filter(slug__in=card.category.path).order_by("path")) if card.category else []


def _owner_details(card: Card) -> dict[str, Any] | None:
    """What only the owner may know about the file: its format, its size, and what the camera wrote."""
    if not card.may_edit:
        return None
    names = {
        "camera": _("Camera"),
        "lens": _("Lens"),
        "exposure": _("Exposure"),
        "aperture": _("Aperture"),
        "iso": _("ISO"),
        "focal_length": _("Focal length"),
        "taken": _("Taken"),
    }
    row = Image.objects.values("original_format", "original_size", "exif").get(pk=card.id)
    return {
        "format": row["original_format"],
        "size": row["original_size"],
        "exif": [(name, row["exif"][key]) for key, name in names.items() if row["exif"].get(key)],
    }


def _saved(form: RowForm, picture: Image, card: Card) -> bool:
    """Store the form's changes; False where the service refuses a value, which the form then says beside its field."""
    try:
        services.edit_image(image=picture, **form.changes(card))
    except services.InvalidValue as invalid:
        form.add_error(invalid.field if invalid.field in form.fields else None, str(invalid))
        return False
    return True


def _form_page(request: ViewerRequest, card: Card, form: RowForm, status: int = 200) -> HttpResponse:
    template = "partials/edit_form.html" if request.htmx else "pages/edit.html"
    return render(request, template, {"card": card, "form": form}, status=status)


def _row_note(request: ViewerRequest, form: RowForm) -> HttpResponse:
    return render(request, "partials/row_errors.html", {"form": form}, status=422)
