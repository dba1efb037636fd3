"""Two languages, both complete: what is said, who gets which, and nothing said past the translators."""

import ast
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import make_image
from visrec_site import translations

CHINESE = {"headers": {"Accept-Language": "zh-CN,zh;q=0.9"}}
HAN = re.compile(r"[\u4e00-\u9fff]")
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
# Not for people (engine, commands), samples (style guide), English by choice (the API), messages already (models).
APART = {"migrations", "engine", "demo", "management", "api", "rest", "models", "styleguide"}
PYTHON = [
    file
    for folder in translations.FOLDERS
    for file in sorted((settings.BASE_DIR / folder).rglob("*.py"))
    if not APART & set(file.parts)
]
# Names, units, codes and figures are the same in every language.
SAME_EVERYWHERE = {
    "API", "CSV", "JSON", "nDCG@10", "nDCG", "Fréchet", "IP", "ISO", "SHA-256", "MAP", "MRR", "Gini", "Markdown", "ZIP",
    "MB", "URL", "VisRec", "English",
}  # fmt: skip


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_everything_that_is_said_has_a_translation(language):
    missing = translations.unfinished(translations.in_step(language))

    assert missing == [], "run `.venv/bin/python manage.py translations`, fill in what is empty, and run it again"


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    from babel.messages.mofile import read_mo
    from babel.messages.pofile import read_po

    written, compiled = translations.path(language), translations.path(language).with_suffix(".mo")

    assert _texts(read_mo, compiled) == _texts(read_po, written)


def _texts(read, path) -> dict:
    with path.open("rb") as file:
        return {_flat(message.id): _flat(message.string) for message in read(file) if message.id}


def _flat(string) -> tuple:
    return (string,) if isinstance(string, str) else tuple(string)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(path.parents[1])))
def test_no_template_says_anything_past_the_translators(path):
    text = re.sub(r"\{% comment.*?endcomment %\}|\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"\{% (blocktrans\w*).*?\{% end\1 %\}", "", text, flags=re.DOTALL)
    words = Words()
    words.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL))

    assert words.said == []


class Words(HTMLParser):
    """What a template would show by itself: its text, and attributes that are read out."""

    READ_OUT = ("title", "alt", "placeholder", "aria-label", "aria-description")

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.silent += tag in ("code", "kbd", "script", "style")
        for name, value in attrs:
            if name in self.READ_OUT:
                self._hear(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("code", "kbd", "script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._hear(data)

    def _hear(self, text: str) -> None:
        words = re.findall(r"(?<![\w@.=-])[A-Za-z]{2,}[\w@-]*(?![\w@.]*=)", text)
        if set(words) - SAME_EVERYWHERE:
            self.said.append(text.strip())


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_code_says_anything_past_the_translators(path):
    assert list(untranslated(ast.parse(path.read_text()))) == []


TOLD = {
    "messages.success",
    "messages.error",
    "messages.info",
    "messages.warning",
    "forms.ValidationError",
    "ValidationError",
}
NAMED = {"label", "help_text", "verbose_name", "verbose_name_plural", "short_description", "description", "empty_label"}
NAMING = {"CharField", "ChoiceField", "IntegerField", "BooleanField", "FileField", "display", "action", "Field"}


def untranslated(tree: ast.AST):
    """Sentences handed as they are to what shows them to people."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        values = list(node.args) if name in TOLD else []
        if name.rpartition(".")[2] in NAMING:
            values += [keyword.value for keyword in node.keywords if keyword.arg in NAMED]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value:
                yield f"line {node.lineno}: {value.value}"


def test_a_browser_gets_its_language(db):
    chinese = Client(**CHINESE).get("/search/")
    other = Client(headers={"Accept-Language": "fi"}).get("/search/")

    assert '<html lang="zh-hans"' in chinese.content.decode()
    assert "搜索" in chinese.content.decode()
    assert '<html lang="en"' in other.content.decode()
    assert "Accept-Language" in chinese["Vary"]


def test_a_choice_outlives_the_browsers_wish(db):
    client = Client(**CHINESE)

    answer = client.post("/language", {"language": "en", "next": "/search/"})

    assert answer["Location"] == "/search/"
    assert '<html lang="en"' in client.get("/search/").content.decode()
    assert answer.cookies["django_language"]["max-age"] > 60 * 60 * 24 * 300


def test_a_choice_leads_nowhere_else(db):
    assert Client().post("/language", {"language": "en", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_numbers_and_plurals_fit_the_language(make_user):
    from django.template.loader import render_to_string
    from django.utils import translation

    card = {"likes": 1}
    with translation.override("zh-hans"):
        chinese = render_to_string("partials/likes.html", {"card": card})
    with translation.override("en"):
        one, many = (render_to_string("partials/likes.html", {"card": {"likes": n}}) for n in (1, 2))

    assert "1 人喜欢" in chinese
    assert ("1 person likes this" in one, "2 people like this" in many) == (True, True)


@pytest.mark.parametrize("path", ["/", "/search/?q=无", "/upload/", "/accounts/settings/", "/lab/dreams/", "/admin/"])
def test_a_page_in_chinese_holds_no_english(make_user, client_of, path):
    client = client_of(make_user("管理员", is_staff=True, is_superuser=True))
    make_image(owner=make_user("画家"), title="静物")

    page = Words()
    page.feed(client.get(path, **CHINESE).content.decode())

    assert [text for text in page.said if not HAN.search(text)] == []


def test_errors_of_the_api_follow_the_header_and_keep_their_type(db):
    english, chinese = Client().get("/api/v1/images/1/").json(), Client(**CHINESE).get("/api/v1/images/1/").json()

    assert english["type"] == chinese["type"] == "/problems/not-found"
    assert HAN.search(chinese["title"])
    assert not HAN.search(english["title"])
