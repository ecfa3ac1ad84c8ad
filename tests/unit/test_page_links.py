"""Links of a page: all attributes of all elements that hold addresses."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from markdown import Markdown

from mkdocs_impldays.checks.built import BuiltPage, built_problems
from mkdocs_impldays.fest.addresses import is_link_target
from mkdocs_impldays.pages.extension import ConvertedPage, PageExtension
from mkdocs_impldays.pages.links import (
    URL_ATTRIBUTES,
    Addresses,
    PageLinks,
    is_site_address,
    urls_in,
)
from mkdocs_impldays.pages.stash import Stash


@dataclass
class SiteFile:
    src_uri: str
    url: str

    def url_relative_to(self, other: str) -> str:
        return f"{'../' * other.count('/')}{self.url}"


FILES = [
    SiteFile("a/b.md", "a/b/"),
    SiteFile("map.md", "map/"),
    SiteFile("1.png", "1.png"),
    SiteFile("2.png", "2.png"),
]


def links() -> PageLinks:
    return PageLinks(FILES[0], Addresses(FILES))


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ('<a href="/map/">a</a>', '<a href="../../map/">a</a>'),
        ("<a href=/map/>a</a>", '<a href="../../map/">a</a>'),
        ("<A class=x HREF = '/map/#a'>a</A>", '<A class=x HREF = "../../map/#a">a</A>'),
        ('<a title="a > b" href="/map/">a</a>', '<a title="a > b" href="../../map/">a</a>'),
        ('<a data-href="/map/">a</a>', '<a data-href="/map/">a</a>'),
        (
            '<video poster="/1.png" src="/2.png"></video>',
            '<video poster="../../1.png" src="../../2.png"></video>',
        ),
        (
            '<img src="/1.png" srcset="/1.png 1x, /2.png 2x">',
            '<img src="../../1.png" srcset="../../1.png 1x, ../../2.png 2x">',
        ),
        ('<img srcset="/1.png,">', '<img srcset="../../1.png,">'),
        ("<form action=/map/><button formaction='/map/'>", None),
        ('<object data="/1.png"></object>', '<object data="../../1.png"></object>'),
        ('<i data="/1.png"></i>', '<i data="/1.png"></i>'),
        ('<q cite="/map/">a</q>', '<q cite="../../map/">a</q>'),
        (
            '<a ping="/map/ /a/b/" href="#x">a</a>',
            '<a ping="../../map/ ../../a/b/" href="#x">a</a>',
        ),
        ('<body background="/1.png">', '<body background="../../1.png">'),
        ('<use xlink:href="/1.png#x"/>', '<use xlink:href="../../1.png#x"/>'),
        ('<base href="/map/">', '<base href="/map/">'),
        (
            '<!-- <a href="/map/"> --><a href="/map/">',
            '<!-- <a href="/map/"> --><a href="../../map/">',
        ),
        ('<a href="https://a.eu/?a=1&amp;b">a</a>', '<a href="https://a.eu/?a=1&amp;b">a</a>'),
        ('<a href="https://[">a</a>', '<a href="https://[">a</a>'),
        ("<a href>a</a>", "<a href>a</a>"),
        ('<a href="/map/', '<a href="/map/'),
    ],
)
def test_all_links_of_raw_html_lead_to_the_right_place(typed: str, right: str | None) -> None:
    if right is None:
        right = '<form action="../../map/"><button formaction="../../map/">'
    assert links().resolved(typed) == right


@pytest.mark.parametrize("name", sorted(URL_ATTRIBUTES))
def test_a_dead_link_is_found_in_each_attribute(name: str) -> None:
    element = "object" if name == "data" else "x"
    page = links()
    page.resolved(f'<{element} {name}="/no/">')
    assert page.dead == ["/no/"]
    built = {"index.html": f'<title>a</title><{element} {name}="/no/">'}
    found = [problem.message for problem in built_problems(built, files=built)]
    assert found == ['"/no/" leads to nothing on this site. Correct it.']


@pytest.mark.parametrize("attribute", ["href", "action", "formaction", "xlink:href", "src"])
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " VBScript:x", "java&Tab;script:x", "data:text/html,x"]
)
def test_a_link_that_runs_a_script_is_found(attribute: str, address: str) -> None:
    built = {"index.html": f'<title>a</title>\n<x {attribute}="{address}">'}
    found = [(each.line, each.check) for each in built_problems(built, files=built)]
    assert found == [(2, "script-link")]


def test_a_link_to_a_page_about_scripts_is_good() -> None:
    links = '<a href="https://a.test/javascript:x">a</a> <a href="javascript">b</a>'
    built = {"index.html": f"<title>a</title>{links}"}
    assert list(built_problems(built, files={*built, "javascript"})) == []


@pytest.mark.parametrize(
    ("ways", "circle"),
    [
        ({"a": "./"}, ["a"]),
        ({"a": "/a/"}, ["a"]),
        ({"a": "../b/", "b": "/c/", "c": "/b/"}, ["b", "c"]),
        ({"a": "/b/", "b": "https://a.test/a/"}, []),
        ({"a": "https://a.test/["}, []),
        ({"a": "/b/"}, []),
    ],
)
def test_pages_that_redirect_in_a_circle_are_found(ways: dict[str, str], circle: list[str]) -> None:
    refresh = '<title>a</title>\n<meta http-equiv="refresh" content="0; url={}"><a href="{}">b</a>'
    pages = {f"{name}/index.html": refresh.format(to, to) for name, to in ways.items()}
    found = built_problems(pages, files={*pages, "b/index.html"})
    what = "redirects to this page again. Correct the address. [dead-link]"
    assert [str(each) for each in found] == [
        f'{name}/index.html:2: "{ways[name]}" {what}' for name in circle
    ]


def test_braces_are_found_in_each_attribute() -> None:
    html = "".join(f'<x {name}="{{{{ {name} }}}}">' for name in URL_ATTRIBUTES)
    assert len(BuiltPage(html).braces) == len(URL_ATTRIBUTES)


def test_all_links_of_an_element_are_found_in_built_pages() -> None:
    html = '<img src="/1.png" srcset="/2.png 1x, /3.png 2x" longdesc=/4/>'
    assert [href for href, _ in BuiltPage(html).links] == ["/1.png", "/2.png", "/3.png", "/4/"]


@pytest.mark.parametrize(
    ("value", "urls"),
    [
        ("/a.png", ["/a.png"]),
        ("/a.png 1x, /b.png 2x", ["/a.png", "/b.png"]),
        ("/a,b.png 100w,/c.png", ["/a,b.png", "/c.png"]),
        (" , /a.png, ", ["/a.png"]),
        ("", []),
    ],
)
def test_the_pictures_of_a_srcset_are_parted_as_browsers_do(value: str, urls: list[str]) -> None:
    assert urls_in("srcset", value) == urls


def test_attribute_lists_and_elements_with_markdown_in_them_are_resolved() -> None:
    extension = PageExtension(Stash())
    extension.page = ConvertedPage(links())
    md = Markdown(extensions=["attr_list", "md_in_html", extension])
    html = md.convert(
        '![a](/1.png){: srcset="/2.png 2x" }\n\n'
        '<video poster="/1.png" src="/2.png" markdown="1">*a*</video>\n'
    )
    assert 'src="../1.png"' in html  # from the source, for the engine to resolve
    assert 'srcset="../../2.png 2x"' in html
    assert 'poster="../../1.png"' in html
    assert '"../../2.png"' in html


@pytest.mark.parametrize(
    "address",
    ["//evil.eu/", "/\\evil.eu/", "/\t/evil.eu/", "/\n\\evil.eu/", "evil/", "https://evil.eu/"],
)
def test_an_address_of_another_host_is_not_one_of_the_site(address: str) -> None:
    assert not is_site_address(address)


@pytest.mark.parametrize(
    "address",
    ["/.//evil.eu/", "/..//evil.eu", "/a//b/", "/%2e//evil.eu/", "/a/../b", "/.", "/a/.."],
)
def test_a_link_in_a_text_has_no_path_that_browsers_change(address: str) -> None:
    assert not is_link_target(address)


@pytest.mark.parametrize(
    "address", ["/", "/a.b/", "/a/?x=//y#/../z", "#a", "/.well-known/x", "/a..b"]
)
def test_a_link_in_a_text_may_lead_to_these(address: str) -> None:
    assert is_link_target(address)
    assert is_site_address(address) == address.startswith("/")


@pytest.mark.parametrize(
    "address", ["/.//evil.eu/", "/./", "/a/..//evil.eu/", "/%2F/evil.eu", "//"]
)
def test_no_link_is_made_one_to_another_host(address: str) -> None:
    page = links()
    for html in (page.resolved(f'<a href="{address}">'), page.as_source(address) or address):
        assert "//evil" not in html.replace(address, "")
    assert page.resolved('<a href="/map/">') == '<a href="../../map/">'


@pytest.mark.parametrize(
    "piece", ["<a ", '<a "="', "<a x='", '<a x="', "<!--", "<a =", "<a" + " x" * 9, "<a x= "]
)
def test_reading_attributes_takes_time_that_grows_with_the_text(piece: str) -> None:
    def once(number: int) -> float:
        begin = time.process_time()
        links().resolved(piece * number)
        return time.process_time() - begin

    def seconds(number: int) -> float:  # of a machine that does other work, the best of five
        return min(once(number) for _ in range(5))

    assert seconds(16_000) < 8 * max(seconds(4_000), 0.01)
