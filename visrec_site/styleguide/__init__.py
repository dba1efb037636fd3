"""Every component in every state, by day and by night: what there is, and what it is called.

A component is a partial of templates/partials. Its states are described in a module of this package, in `PIECES`; a
test fails for a partial that has none.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from visrec_site.styleguide import boards, chrome, laboratory, pictures, searching, taste, words
from visrec_site.styleguide.piece import Piece

PIECES: tuple[Piece, ...] = (
    *chrome.PIECES,
    *words.PIECES,
    *searching.PIECES,
    *pictures.PIECES,
    *boards.PIECES,
    *taste.PIECES,
    *laboratory.PIECES,
)
BUTTONS = ("button", "button--accent", "button--quiet", "button--danger")
SCHEMES = ("light", "dark")
TOKEN = re.compile(r"^    --([a-z]+)([\w-]*): (.+?);$", re.MULTILINE | re.DOTALL)
# Attributes that name another element: made unique, for a page may hold an id once only.
NAMES = re.compile(r'\b(id|for|form|aria-labelledby|aria-describedby|list)="([^"]+)"')
LANDMARK = re.compile(r'(<(?:nav|section|search|aside|div|ul)\b[^>]*\baria-label=")([^"]*)"')
SECTION = re.compile(r"(</?)section\b")  # a landmark where it stands; here there would be two of each
ACTION = re.compile(r'\b(action|formaction|hx-get|hx-post)="[^"]*"')
WRAPPED = {"<li": '<ul class="sample__list">{}</ul>', "<tr": '<table class="figures"><tbody>{}</tbody></table>'}


@dataclass(frozen=True, slots=True)
class Shown:
    """A state of a piece, drawn once for each scheme."""

    state: str
    sides: list[tuple[str, SafeString]]


@login_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    if not request.user.is_staff:
        raise Http404
    context = {
        "tokens": tokens(),
        "sheets": sheets(),
        "buttons": BUTTONS,
        "letters": "Aa 图 3,141",
        "shown": [(piece, about(piece.template), drawn(piece, request)) for piece in PIECES],
    }
    return render(request, "pages/styleguide.html", context)


def drawn(piece: Piece, request: HttpRequest) -> list[Shown]:
    return [
        Shown(state, [(scheme, sample(piece, state, scheme, request)) for scheme in SCHEMES]) for state in piece.states
    ]


def sample(piece: Piece, state: str, scheme: str, request: HttpRequest) -> SafeString:
    """A state as it looks, harmless: it leads nowhere, asks for nothing, and repeats no name of another sample."""
    html: str = render_to_string(piece.template, piece.states[state], request)
    mark = f"{piece.name}-{list(piece.states).index(state)}-{scheme}"
    html = NAMES.sub(lambda found: f'{found[1]}="{" ".join(f"{mark}-{name}" for name in found[2].split())}"', html)
    html = LANDMARK.sub(lambda found: f'{found[1]}{found[2]} · {mark}"', html)
    html = ACTION.sub("", html).replace("autofocus", "")
    html = SECTION.sub(r"\1div", html)
    start = re.sub(r"\{#.*?#\}|\s+", "", html[:400])[:3]
    html = WRAPPED.get(start, "{}").format(html)
    for box in reversed(piece.within):
        html = f'<div class="{box}">{html}</div>'
    return mark_safe(html)  # noqa: S308 our own templates, with words of our own


@cache
def about(template: str) -> str:
    """The sentence a partial begins with: what it shows, and its variables."""
    text = (Path(settings.BASE_DIR) / "templates" / template).read_text()
    return text.partition("{#")[2].partition("#}")[0].strip()


@cache
def tokens() -> dict[str, list[tuple[str, str]]]:
    """First word of a custom property → (name, value) of all that begin with it, from the sheet itself."""
    path = finders.find("css/tokens.css")
    root = Path(str(path)).read_text().partition(":root:lang")[0]
    found: dict[str, list[tuple[str, str]]] = {}
    for first, rest, value in TOKEN.findall(root):
        kind = "colour" if "oklch" in value else first
        found.setdefault(kind, []).append((f"--{first}{rest}", " ".join(value.split())))
    rest = [kind for kind in found if len(found[kind]) == 1]
    return found | {"more": [token for kind in rest for token in found.pop(kind)]}


@cache
def sheets() -> list[str]:
    """The sheets of components that are not on every page."""
    site = Path(str(finders.find("css/site.css"))).read_text()
    folder = Path(str(finders.find("css/components")))
    return [
        f"css/components/{path.name}" for path in sorted(folder.glob("*.css")) if f"components/{path.name}" not in site
    ]
