from html.parser import HTMLParser

import pytest

from mkdocs_impldays.output.opengraph import Picture, Preview, Previews

PICTURE = Picture("assets/impldays/paris-2018-card.png", 'RustFest "Paris" & co', 1200, 630)
SITE = "https://rustfest.eu/paris/"


class _Metas(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("property") or values.get("name")
        if tag == "meta" and name:
            self.found.append((name, values["content"] or ""))


def _tags(
    *,
    title: str = "impl Days",
    language: str = "en",
    site_url: str | None = SITE,
    head: str = "",
    picture: Picture | None = PICTURE,
) -> list[tuple[str, str]]:
    previews = Previews("RustFest", language, picture, site_url)
    reader = _Metas()
    reader.feed(previews.tags(Preview(title, "Open time.", site_url), head=head))
    return reader.found


def test_each_tag_is_there_once_and_addresses_are_whole() -> None:
    tags = _tags()
    assert len(dict(tags)) == len(tags)
    values = dict(tags)
    image = f"{SITE}assets/impldays/paris-2018-card.png"
    assert values["og:image"] == values["twitter:image"] == image
    assert values["og:url"] == SITE
    assert values["twitter:card"] == "summary_large_image"
    assert (values["og:image:width"], values["og:image:height"]) == ("1200", "630")


def test_texts_arrive_as_typed() -> None:
    values = dict(_tags(title="RustFest<Zurich> \"&\" 'Freunde'"))
    assert values["og:title"] == values["twitter:title"] == "RustFest<Zurich> \"&\" 'Freunde'"
    assert values["og:image:alt"] == values["twitter:image:alt"] == 'RustFest "Paris" & co'


def test_a_tag_that_the_page_has_already_is_not_written_again() -> None:
    head = "<meta content='x' property=og:title><META name=\"Twitter:Card\" content='summary'>"
    names = [name for name, _ in _tags(head=head)]
    assert "og:title" not in names
    assert "twitter:card" not in names
    assert "og:type" in names


OWN = '<meta property="og:image" content="https://rustfest.eu/own.png?a=1&amp;b=2">'


def test_a_picture_of_the_page_s_own_is_not_described_as_ours() -> None:
    tags = _tags(head=OWN)
    assert [name for name, _ in tags if name.startswith("og:image")] == []
    assert dict(tags)["twitter:image"] == "https://rustfest.eu/own.png?a=1&b=2"
    assert "twitter:image:alt" not in dict(tags)
    values = dict(_tags(head=f'{OWN}<meta content="A > B" property="og:image:alt">'))
    assert values["twitter:image:alt"] == "A > B"


def test_a_picture_for_twitter_alone_keeps_its_own_words() -> None:
    names = [name for name, _ in _tags(head='<meta name="twitter:image" content="https://a.b/c">')]
    assert "twitter:image:alt" not in names
    assert "og:image:alt" in names


def test_a_title_of_the_page_s_own_is_the_same_everywhere() -> None:
    values = dict(_tags(head='<meta property="og:title" content="It is &quot;on&quot;">'))
    assert values["twitter:title"] == 'It is "on"'


def test_a_tag_within_a_comment_is_none() -> None:
    assert "og:title" in dict(_tags(head='<!-- <meta property="og:title" content="x"> -->'))


def test_without_the_sites_address_nothing_relative_is_written() -> None:
    values = dict(_tags(site_url=None))
    assert not {"og:image", "og:url", "twitter:image", "og:image:alt"} & set(values)
    assert values["twitter:card"] == "summary"


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", "en_US"), ("en-GB", "en_GB"), ("de", "de_DE"), ("uk", "uk_UA"), ("pt-BR", "pt_BR")],
)
def test_a_language_gets_the_country_it_is_likely_meant_for(language: str, locale: str) -> None:
    assert dict(_tags(language=language))["og:locale"] == locale
