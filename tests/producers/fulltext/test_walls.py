"""What comes in the place of an article, in any language, and articles that look like it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from producers.article.build import make_article
from producers.fulltext import RepeatedTexts, extract
from producers.parse import Entry
from schemas.article import Article

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)
FEED = "https://post.example/feed"


def made(html: str, title: str, teaser: str = "", language: str = "en", number: int = 1) -> Article:
    link = f"https://post.example/n/{number}"
    entry = Entry(guid=str(number), title=title, link=link, summary=teaser, language=language)
    return make_article(entry, FEED, extract(html, link), NOW)


def page(title: str, *paragraphs: str, tag: str = "main", head: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head>"
        f"<body><{tag}><h1>{title}</h1>{text}</{tag}></body></html>"
    )


WALLS = {
    "it": page(
        "La tua privacy",
        "Noi e i nostri fornitori archiviamo informazioni su un dispositivo e trattiamo dati personali per annunci, "
        "misure e sviluppo dei prodotti. Puoi cambiare le tue preferenze quando vuoi, qui sotto.",
    ),
    "pl": page(
        "Szanujemy Twoją prywatność",
        "Razem z zaufanymi partnerami przechowujemy pliki na Twoim urządzeniu, aby dopasować reklamy i mierzyć ruch. "
        "Klikając przycisk poniżej, wyrażasz zgodę na przetwarzanie danych w tych celach.",
    ),
    "sv": page(
        "Vi värnar om din integritet",
        "För att kunna visa innehåll och annonser som passar dig sparar vi uppgifter om hur du använder tjänsten. "
        "Du kan när som helst ändra dig under inställningar.",
    ),
    "ja": page(
        "ご利用にあたって",
        "当サイトでは利便性の向上と広告の配信のために閲覧情報を保存します。同意する場合は下のボタンを押してください。",
    ),
    "tr": page(
        "Verileriniz ve siz",
        "İş ortaklarımızla birlikte cihazınızda bilgi saklıyor, size uygun reklam göstermek için kullanıyoruz. "
        "Seçiminizi dilediğiniz zaman değiştirebilirsiniz.",
    ),
}
ANNOUNCED = {
    "it": ("Il ponte riapre lunedì", "Il sindaco ha confermato la riapertura del ponte dopo i lavori."),
    "pl": ("Most znów otwarty", "Burmistrz potwierdził otwarcie mostu po remoncie."),
    "sv": ("Bron öppnar igen", "Borgmästaren bekräftar att bron öppnar på måndag."),
    "ja": ("橋の再開は月曜日", "市長は工事の終了を確認した。"),
    "tr": ("Köprü pazartesi açılıyor", "Belediye başkanı onarımın bittiğini doğruladı."),
}


@pytest.mark.parametrize("language", WALLS)
def test_a_request_for_consent_in_any_language_is_no_article(language: str) -> None:
    title, teaser = ANNOUNCED[language]
    assert made(WALLS[language], title, teaser, language).text == teaser


@pytest.mark.parametrize("language", WALLS)
def test_in_the_same_place_the_article_is_read(language: str) -> None:
    title, teaser = ANNOUNCED[language]
    text = f"{teaser} {title}: {teaser}"
    assert made(page(title, text, text), title, teaser, language).text.startswith(teaser)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Hoppsan", "Sidan som du letar efter finns inte längre kvar, eller så har den flyttats till en annan adress."),
        ("Seite nicht gefunden", "Leider gibt es unter dieser Adresse nichts. Vielleicht hilft Ihnen unsere Suche."),
        ("404", "We looked everywhere. Try the front page, where you will find all of today’s news from the region."),
        ("Attendi", "Stiamo verificando la tua connessione prima di procedere. Servono solo pochi secondi."),
        ("One step", "Please complete the puzzle below so that we know that a person is reading this website."),
        ("Page introuvable", "Le contenu que vous cherchez a été supprimé ou déplacé. Retournez à l’accueil du site."),
    ],
)
def test_what_is_not_there_and_tests_of_readers_are_no_article(title: str, text: str) -> None:
    teaser = "Council members voted for a second museum wing on Thursday."
    assert made(page(title, text), "Second museum wing approved", teaser).text == teaser


def test_a_long_page_of_something_else_is_no_article() -> None:
    terms = "You accept that the provider stores what you enter and passes it on where the law demands it. " * 40
    teaser = "Council members voted for a second museum wing on Thursday."
    assert made(page("Terms of use", terms), "Second museum wing approved", teaser).text == teaser


def test_articles_behind_one_wall_stay_several() -> None:
    made_of = [
        made(WALLS["it"], title, f"{title}, dice il comune.", "it", number)
        for number, title in enumerate(["Il ponte riapre lunedì", "Sciopero dei tram domani", "Nuova scuola in centro"])
    ]
    assert len({article.text for article in made_of}) == 3
    assert len({article.id for article in made_of}) == 3


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        (
            "Just a moment: why the mayor stopped the debate",
            "The mayor stopped the debate on the harbour with the words “just a moment”, and asked for the figures.",
            "Nobody on the council had them. The debate goes on next week, she said, when everybody has read them.",
        ),
        (
            "We use cookies, says baker, and sells out",
            "A baker who wrote “we use cookies to lure you in” on his window has sold out for the third day in a row.",
            "The baker, Tom Hill, says that he accepts all orders. His cookies policy: two a head, no exceptions.",
        ),
        (
            "Are you a robot? Pupils ask their new teacher",
            "Pupils of a school in the north met their new teacher on Monday, a machine of the size of a cupboard.",
            "“Are you a robot?” was the first question that the pupils asked. It said that it was a teacher.",
        ),
        (
            "Museum finds page not found since 1820",
            "A page of the town’s chronicle that was not found in two hundred years has turned up in the museum.",
            "The page lay in a cupboard, said the museum. The chronicle is whole again, and can be seen from May.",
        ),
        (
            "Nach dem Unfall: Zugang verweigert",
            "Nach dem Unfall am Hafen ist Helfern der Zugang verweigert worden, sagte ein Sprecher der Feuerwehr.",
            "Der Zugang war nach dem Unfall durch einen Zaun versperrt. Die Stadt will das bis Montag ändern.",
        ),
    ],
)
@pytest.mark.parametrize("tag", ["article", "div"])
def test_an_article_that_speaks_of_such_things_keeps_its_page(title: str, first: str, second: str, tag: str) -> None:
    assert second in made(page(title, first, second, tag=tag), title, "In short.").text
    assert second in made(page(title, first, second, tag="article"), "", "").text


def test_a_page_under_its_announced_title_need_not_repeat_it() -> None:
    html = page("Five things", "The tide comes at six. Boats leave at seven, and bring bread to both of the islands.")
    assert made(html, "Five things").text.startswith("The tide")


def test_without_a_feeds_words_the_page_itself_is_believed() -> None:
    html = page("Ponte", "Il ponte riapre lunedì, ha detto il sindaco dopo la visita al cantiere con gli ingegneri.")
    assert made(html, "").text.startswith("Il ponte riapre")


def test_one_text_behind_several_addresses_of_a_host_is_no_article_where_nothing_else_can_tell() -> None:
    texts = RepeatedTexts()
    wall = extract(WALLS["tr"], FEED)
    came = [
        texts.came_from_another(address, wall.text)
        for address in ("https://post.example/1", "https://post.example/1", "https://other.example/1")
    ]
    assert came == [False, False, False]
    assert texts.came_from_another("https://post.example/2", wall.text)
    entry = Entry(link="https://post.example/n/2", title="Köprü", summary="")
    assert make_article(entry, FEED, wall, NOW).text == wall.text
    assert make_article(entry, FEED, replace(wall, repeated=True), NOW).text == ""
    spoken_of = Entry(link="https://post.example/n/2", title="Cihazınızda bilgi saklıyor")
    assert make_article(spoken_of, FEED, replace(wall, repeated=True), NOW).text == wall.text
