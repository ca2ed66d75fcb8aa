# SPDX-License-Identifier: Apache-2.0
"""One test for each way in which an article can be wrong."""

import pytest

ARTICLE = {
    "format": 1,
    "slug": "why",
    "title": "Why hips?",
    "summary": "What is known.",
    "published": "2026-11-01",
    "authors": ["A coach"],
    "picture": "lift",
    "sessions": ["short"],
    "claims": [{"id": "helps", "text": "It may help.", "evidence": ["study"]}],
}
PROGRAM = {
    "format": 1,
    "slug": "spring",
    "title": "Spring",
    "summary": "One week.",
    "weeks": [{"sessions": ["short"]}],
}
BODY = "It may help[^helps]. Do the [lift](exercise:lift).\n"


@pytest.fixture
def article(tree):
    """Writes the article with a text or with changed front matter, and hands back the pack."""
    tree.card("study")

    def write(body=BODY, **changes):
        front = {**ARTICLE, **changes}
        tree.article(body, **{name: value for name, value in front.items() if value is not ...})
        return tree

    return write


def the(tree):
    problem = tree.problem
    assert problem.file == "articles/why.md"
    return (problem.field, problem.given)


def test_a_sound_article(article):
    assert article().pack.articles["why"].body == BODY.strip()


def test_a_problem_names_the_line_of_the_file(article):
    tree = article(f"{BODY}\nThen\n<b>more</b>\n")
    lines = (tree.root / "articles/why.md").read_text().split("\n")
    assert {lines[problem.line - 1] for problem in tree.problems} == {"<b>more</b>"}


def test_an_unknown_picture(article):
    tree = article(picture="lfit")
    assert the(tree) == ("picture", "lfit")
    assert "did you mean lift?" in tree.problem.allowed


def test_an_unknown_session(article):
    tree = article(sessions=["short", "shrot"])
    assert the(tree) == ("sessions[1]", "shrot")
    assert "did you mean short?" in tree.problem.allowed


def test_a_session_named_twice(article):
    assert the(article(sessions=["short", "short"])) == ("sessions[1]", "short twice")


def test_updated_before_it_was_published(article):
    assert the(article(updated="2026-10-31")) == ("updated", "2026-10-31")


@pytest.mark.parametrize("given", ["soon", "2026-13-01", "2026-11-01T10:00", "01.11.2026"])
def test_a_date_that_is_none(article, given):
    tree = article(published=given)
    assert the(tree) == ("published", given)
    assert tree.problem.allowed == "a date as YYYY-MM-DD"


def test_a_claim_without_a_card(article):
    claims = [{"id": "helps", "text": "It may help.", "evidence": ["stduy"]}]
    tree = article(claims=claims)
    assert the(tree) == ("claims[0].evidence[0]", "stduy")
    assert "did you mean study?" in tree.problem.allowed


def test_a_claim_that_rests_on_nothing(article):
    claims = [{"id": "helps", "text": "It may help.", "evidence": []}]
    assert the(article(claims=claims))[0] == "claims[0].evidence"


def test_a_claim_that_is_never_cited(article):
    tree = article("Do the lift.")
    assert the(tree) == ("claims[0].id", "helps is never cited")
    assert tree.problem.allowed == "a text that says [^helps]"


def test_a_citation_without_a_claim(article):
    tree = article(f"{BODY}And so[^hlps].")
    assert the(tree) == ("body", "[^hlps]")
    assert "did you mean helps?" in tree.problem.allowed


@pytest.mark.parametrize(
    ("claims", "given", "allowed"),
    [([], "[]", "at least 1 item(s)"), (..., "nothing", "a value: this field is required")],
)
def test_an_article_without_a_claim(article, claims, given, allowed):
    tree = article("It says nothing. Do the [lift](exercise:lift).\n", claims=claims)
    assert the(tree) == ("claims", given)
    assert tree.problem.allowed == allowed


def test_two_claims_of_one_name(article):
    tree = article(claims=ARTICLE["claims"] * 2)
    assert [(p.field, p.given) for p in tree.problems] == [
        ("claims[0].id", "helps"),
        ("claims[1].id", "helps"),
    ]


def test_a_citation_inside_a_link(article):
    tree = article("[It may[^helps] help](/check/).")
    assert the(tree) == ("body", "help](/check/).")
    assert "after the link" in tree.problem.allowed


@pytest.mark.parametrize(
    "address",
    [
        "exercise:lfit",
        "session:lift",
        "program:short",
        "article:how",
        "evidence:lift",
        "muscle:piriform",
    ],
)
def test_a_link_to_what_is_not_there(article, address):
    assert the(article(f"{BODY}\n[so]({address})")) == ("body", address)


@pytest.mark.parametrize(
    "address",
    [
        "exercise:lift",
        "session:short",
        "program:spring",
        "article:why",
        "evidence:study",
        "muscle:piriformis",
        "/check/",
        "/library/?kind=session",
        "https://example.org/",
    ],
)
def test_a_link_that_leads_somewhere(tree, article, address):
    tree.write("programs/spring.yaml", PROGRAM)
    assert not article(f"{BODY}\n[so]({address})").problems


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "//example.org/",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#115;cript:alert(1)",
        "data:text/html,x",
        "mailto:a@example.org",
        "check",
        "#part",
        "https:",
        "HTTPS:/example.org",
    ],
)
def test_a_link_that_may_not_be(article, address):
    tree = article(f"{BODY}\n[so](<{address}>)")
    assert the(tree)[0] == "body"
    assert "https://" in tree.problem.allowed


def test_an_address_written_out_must_be_https_too(article):
    assert the(article(f"{BODY}\n<http://example.org>")) == ("body", "http://example.org")


def test_a_picture_of_an_unknown_movement(article):
    assert the(article(f"{BODY}\n![So](exercise:lfit)")) == ("body", "exercise:lfit")


@pytest.mark.parametrize("address", ["https://example.org/a.png", "session:short", "/a.png"])
def test_a_picture_of_something_else(article, address):
    tree = article(f"{BODY}\n![So]({address})")
    assert the(tree) == ("body", address)
    assert tree.problem.allowed == "a picture of a movement: exercise:slug"


def test_a_picture_without_a_caption(article):
    assert the(article(f"{BODY}\n![](exercise:lift)")) == ("body", "no caption")


def test_a_picture_among_words(article):
    assert the(article(f"{BODY}\nSee ![it](exercise:lift).")) == ("body", "exercise:lift")


@pytest.mark.parametrize("html", ["a <b>c</b>", "<div>\nx\n</div>", "a <!-- b -->"])
def test_html(article, html):
    problems = article(f"{BODY}\n{html}\n").problems
    assert {(p.field, p.allowed) for p in problems} == {("body", "Markdown without HTML")}


@pytest.mark.parametrize(
    ("text", "given", "allowed"),
    [
        ("# Why", "# Why", "##"),
        ("### Why", "### Why", "##"),
        ("## A\n\n#### B", "#### B", "## or ###"),
    ],
)
def test_headings_go_down_step_by_step(article, text, given, allowed):
    tree = article(f"{BODY}\n{text}\n")
    assert the(tree) == ("body", given)
    assert tree.problem.allowed == f"a heading that begins with {allowed}"


def test_a_link_is_not_unknown_when_only_its_file_is_broken(article):
    tree = article()
    tree.write("exercises/lift.yaml", b"\xff")
    assert {problem.file for problem in tree.problems} == {"exercises/lift.yaml"}


@pytest.mark.parametrize("doi", ["doi:10.1/x", "https://doi.org/10.1000/x", "10.1000/a b"])
def test_the_doi_of_a_card_is_only_the_identifier(tree, doi):
    tree.card("study", source={"citation": "Somebody, 2020.", "doi": doi})
    assert (tree.problem.file, tree.problem.field) == ("evidence/study.yaml", "source.doi")
