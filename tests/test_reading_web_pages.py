"""Pages of the web: where the content stands, what is set aside, ModernGov's meetings."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcsp_nlp.reading.document import Extracted
from kcsp_nlp.reading.limits import Limits
from kcsp_nlp.reading.web.extracting import extract

SHARED = Path(__file__).parents[2] / "shared" / "documents"
PROSE = "The Clerk reported that the hedge had been cut back and that the invoice was in order. "
MINUTES = f"<h2>1. Apologies</h2><p>{PROSE * 4}</p><h2>2. Roads</h2><p>{PROSE * 5}</p>"
NAVIGATION = "<ul><li><a href=/>Home</a><li><a href=/m>Minutes</a></ul>"


def read(page: str) -> Extracted:
    (extracted,) = extract(page.encode(), "may.html", Limits())
    return extracted


def content(extracted: Extracted) -> list[str]:
    """Return the text without the prose that every page has."""
    return [line for line in extracted.text.splitlines() if line and "The Clerk" not in line]


@pytest.mark.parametrize(
    ("page", "lines", "aside"),
    [
        pytest.param(
            f"<header>Anytown</header><nav>{NAVIGATION}</nav><main>{MINUTES}</main>"
            "<aside>News</aside><footer>© 2024</footer>",
            ["## 1. Apologies", "## 2. Roads"],
            {"Anytown", "Home Minutes", "News", "© 2024"},
            id="main",
        ),
        pytest.param(
            f"<div>{NAVIGATION}</div><div role=main>{MINUTES}</div>stray<div>Opening hours</div>",
            ["## 1. Apologies", "## 2. Roads"],
            {"Home Minutes", "stray", "Opening hours"},
            id="main by its role",
        ),
        pytest.param(
            f"<main><article>{MINUTES}</article><div>Rights of the Village Pump</div></main>",
            ["## 1. Apologies", "## 2. Roads"],
            {"Rights of the Village Pump"},
            id="article within main",
        ),
        pytest.param(
            f"<div class=title><h1>Minutes of May</h1></div><main>{MINUTES}</main>",
            ["# Minutes of May", "## 1. Apologies", "## 2. Roads"],
            set(),
            id="the title outside of main",
        ),
        pytest.param(
            '<body class="single"><a class="skip-link screen-reader-text" href=#c>Skip</a>'
            '<div id=masthead class="site-header"><a href=/>Anytown</a></div>'
            "<div id=content><article><header class=entry-header><h1>May</h1>"
            "<div class=entry-meta>Posted on 6 May</div></header>"
            f"<div class=entry-content>{MINUTES}<div class=sharedaddy>Share this: "
            "<a href=t>Twitter</a></div></div><footer class=entry-footer>Posted in "
            "<a href=m>Minutes</a></footer></article></div>"
            f"<div class=widget-area>Recent {NAVIGATION}</div>"
            "<div id=cookie-law-info-bar>We use cookies. <button>Accept</button></div>",
            ["# May", "## 1. Apologies", "## 2. Roads"],
            {
                "Skip",
                "Anytown",
                "Posted on 6 May",
                "Share this: Twitter",
                "Posted in Minutes",
                "Recent Home Minutes",
                "We use cookies. Accept",
            },
            id="WordPress",
        ),
        pytest.param(
            "<div id=header><a href=/>Anytown</a></div><div id=breadcrumb>Home » May</div>"
            "<div id=content><h1 id=page-title>May</h1><div class=node><div class=submitted>by "
            f"admin</div>{MINUTES}</div></div><div id=sidebar-first class=sidebar>{NAVIGATION}"
            "</div><div id=footer>Tel. 01234</div>",
            ["# May", "## 1. Apologies", "## 2. Roads"],
            {"Anytown", "Home » May", "by admin", "Home Minutes", "Tel. 01234"},
            id="Drupal",
        ),
        pytest.param(
            f"<p><a href=i>Home</a> | <a href=m>Minutes</a></p><div>{MINUTES}</div><hr>"
            "<p>Website by Webs</p>",
            ["## 1. Apologies", "## 2. Roads"],
            {"Home | Minutes", "Website by Webs"},
            id="a static page",
        ),
        pytest.param(
            "<table><tr><td colspan=2><h1>Anytown</h1><tr><td><a href=i>Home</a><br>"
            f"<a href=m>Minutes</a><td>{MINUTES}<tr><td colspan=2>Copyright 2003</table>",
            ["# Anytown", "## 1. Apologies", "## 2. Roads"],
            {"Home Minutes", "Copyright 2003"},
            id="a page in a table",
        ),
        pytest.param(
            f"<div class='menu-sidebar'><p>{PROSE * 9}</p></div>",
            [],
            set(),
            id="a name that is not believed",
        ),
        pytest.param(
            f"<div class=banner><h1>Anytown</h1></div><div>{MINUTES}</div>",
            ["# Anytown", "## 1. Apologies", "## 2. Roads"],
            set(),
            id="a banner that holds the title",
        ),
        pytest.param(
            f"<main>{MINUTES}<p>Search <input><select><option>Year</select></p></main>",
            ["## 1. Apologies", "## 2. Roads", "Search"],
            {"Year"},
            id="controls",
        ),
        pytest.param(
            f"<main>{MINUTES}<p>a</p></main><main>b</main>",
            ["## 1. Apologies", "## 2. Roads", "a"],
            {"b"},
            id="two main parts",
        ),
        pytest.param(
            f"<main>Welcome</main><div>{MINUTES}</div>",
            ["Welcome", "## 1. Apologies", "## 2. Roads"],
            set(),
            id="an empty main part",
        ),
    ],
)
def test_content_is_told_from_navigation(page: str, lines: list[str], aside: set[str]) -> None:
    extracted = read(page)
    assert content(extracted) == lines
    assert {each.text for each in extracted.aside} == aside
    assert all(each.reason for each in extracted.aside)
    assert extracted.text.count("The Clerk") == page.count("The Clerk")


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        pytest.param("<del>struck</del>", "deletion", "struck", id="deletion"),
        pytest.param("<p hidden>x</p>", "hidden", "x", id="hidden"),
        pytest.param('<p style="display: none">x</p>', "hidden", "x", id="not displayed"),
        pytest.param('<p style="DISPLAY:none !important">x</p>', "hidden", "x", id="in capitals"),
        pytest.param('<p style="visibility:hidden">x</p>', "hidden", "x", id="not visible"),
        pytest.param('<span aria-hidden="true">x</span>', "hidden", "x", id="not said"),
        pytest.param('<p class="sr-only">x</p>', "hidden", "x", id="said only"),
        pytest.param("<p style='mso-hide:all'>x</p>", "hidden", "x", id="hidden by Word"),
        pytest.param(
            "<div style='mso-element:comment-list'>x</div>", "comment", "x", id="comments of Word"
        ),
        pytest.param("<a class=msocomanchor>", "", "", id="no text"),
        pytest.param("<div style='mso-element:footer'>x</div>", "footer", "x", id="Word's footer"),
        pytest.param("<div style='mso-element:header'>x</div>", "header", "x", id="Word's header"),
    ],
)
def test_what_is_set_aside_within_content(body: str, kind: str, text: str) -> None:
    extracted = read(f"<body><p>{PROSE}</p>{body}")
    assert extracted.text == PROSE.strip() + "\n"
    assert [(each.kind, each.text) for each in extracted.aside] == ([(kind, text)] if kind else [])


def test_text_that_may_be_unfolded_is_read() -> None:
    folded = f"<p hidden=until-found>{PROSE}</p>"
    assert read(folded).text == PROSE.strip() + "\n"
    sections = f"<h2>May</h2><div style='display:none'><p>{PROSE * 8}</p></div>"
    extracted = read(sections)
    assert extracted.text.count("The Clerk") == 8
    assert "unfolds" in extracted.warnings[0]


def test_a_page_saved_by_word() -> None:
    page = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta http-equiv="
        "Content-Type content='text/html; charset=windows-1252'><!--[if gte mso 9]><xml><w:Zoom>"
        "100</w:Zoom></xml><![endif]--><style><!-- p.MsoNormal {margin:0cm;} --></style></head>"
        "<body lang=EN-GB><div class=WordSection1><h1><![if !supportLists]><span style='mso-list:"
        "Ignore'>1.<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Apologies<o:p></o:p></h1>\n"
        "<p class=MsoNormal>The Chair’s\nbrother<o:p></o:p></p>\n<p class=MsoNormal><o:p>&nbsp;"
        "</o:p></p>\n<p class=MsoNormal><b>RESOLVED</b>: to pay <span class=SpellE>Szymon</span>."
        "</p></div></body></html>"
    )
    (extracted,) = extract(page.encode("cp1252"), "may.htm", Limits())
    assert extracted.text == (
        "# 1. Apologies\n\nThe Chair’s brother\n\n**RESOLVED**: to pay Szymon.\n"
    )
    assert (extracted.encoding, extracted.aside) == ("cp1252", ())


MEETING = """
<body><div role="main"><nav>Home</nav><div id="modgov">
<div class="mgHeader"><h1 class="mgMainTitleTxt">Agenda and minutes</h1></div>
<div class="mgSubTitle"><h2 class="mgSubTitleTxt"><a href="mgCommitteeDetails.aspx?ID=1">Harbour
Committee - Monday 4 May 2026 7.00 pm</a></h2></div>
<p>You can view the reports below.</p>
<ul class="mgActionList"><li><a href="mgMeetingAttendance.aspx">Attendance details</a></li></ul>
<div class="mgContent"><p><span class="mgLabel">Venue: </span>Quay House.
<a href="mgLocationDetails.aspx?RID=1">View directions</a></p>
<h2 class="mgSectionTitle">Media</h2><p>Webcast: <a href="https://x/mg_bounce.php">View</a></p>
<table class="mgItemTable" id="mgItemTable"><caption class="mgSectionTitle">Items</caption>
<tr><th class="mgHide">No.</th><th class="mgHide">Item</th></tr>
<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt"><a name="AI1"></a>12.</p></td>
<td><p class="mgAiTitleTxt"><a class="mgAiTitleLnk" href="documents/s1/R.pdf">Dredging
<span class="mgFileSize"><img alt="pdf icon"> PDF 99 KB</span></a></p>
<div class="mgWordPara"><p class="MsoNormal">To consider a report.</p></div>
<p class="mgSubItemTitleTxt">Additional documents:</p>
<ul class="mgBulletList"><li><a href="documents/s2/A.pdf">Annex 1 <span class="mgHide">, item 12
</span></a></li></ul>
<p class="mgSubItemTitleTxt">Decision:</p>
<div class="mgWordPara"><p class="MsoNormal"><b>RESOLVED</b> to dredge.</p></div>
<p class="mgSubItemTitleTxt">Minutes:</p>
<div class="mgWordPara"><p class="MsoNormal">The report was considered ... <a
href="mgAi.aspx?ID=1">view the full minutes text for item 12.</a></p></div>
<li><a href="mgListRecordedVotesShort.aspx?AIID=1">View Recorded Vote</a></li></td></tr>
<tr><td class="mgItemNumberCell"></td><td><p class="mgAiTitleTxt">Closed session</p>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><ul class="mgBulletList">
<li>Nothing was said.</li></ul></div></td></tr>
<tr><td class="mgItemNumberCell"><p>13.</p></td><td><p>Untitled matters</p></td></tr>
<tr><td colspan="2"><p class="mgSectionTitle">PART II</p></td></tr>
</table></div><div class="mgFooter">Help</div></div></div></body>
"""


def test_a_meeting_of_modern_gov() -> None:
    extracted = read(MEETING)
    assert extracted.text == (
        "# Harbour Committee - Monday 4 May 2026 7.00 pm\n\n"
        "Venue: Quay House.\n\n"
        "## 12. Dredging\n\n"
        "To consider a report.\n\n"
        "**Decision:**\n\n"
        "**RESOLVED** to dredge.\n\n"
        "**Minutes:**\n\n"
        "The report was considered ...\n\n"
        "## Closed session\n\n"
        "**Minutes:**\n\n"
        "• Nothing was said.\n\n"
        "## 13.\n\n"
        "Untitled matters\n\n"
        "PART II\n"
    )
    assert "beginning of the minutes of 1 item" in extracted.warnings[0]
    assert [(each.kind, each.text) for each in extracted.aside] == [
        ("navigation", "Home"),
        ("navigation", "Agenda and minutes"),
        ("navigation", "You can view the reports below."),
        ("navigation", "Attendance details"),
        ("navigation", "View directions"),
        ("navigation", "Media"),
        ("navigation", "Webcast: View"),
        ("hidden", "No."),
        ("hidden", "Item"),
        ("navigation", "PDF 99 KB"),
        ("attachment", "Additional documents:"),
        ("attachment", "Annex 1 , item 12"),
        ("navigation", "view the full minutes text for item 12."),
        ("navigation", "View Recorded Vote"),
        ("navigation", "Items"),
        ("navigation", "Help"),
    ]


def test_a_meeting_whose_parts_stand_apart() -> None:
    page = MEETING.replace('id="modgov"', "")
    assert read(page).text == read(MEETING).text
    alone = '<nav>Home</nav><div class="mgContent"><p>Present: A Ash</p></div>'
    assert read(alone).text == "Present: A Ash\n"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages lie outside the project")
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.html")), ids=lambda path: path.name)
def test_real_pages_say_what_their_content_says(path: Path) -> None:
    lxml_html = pytest.importorskip("lxml.html")
    page = lxml_html.fromstring(path.read_bytes())
    meeting = page.xpath("//*[@class='mgSubTitle' or @class='mgContent'] | //article")
    for furniture in page.xpath(
        "//script | //*[@class='mgFileSize' or @class='mgHide' or @class='mgBulletList']"
        " | //p[normalize-space()='Additional documents:'] | //caption[.='Items']"
        " | //h2[.='Media'] | //p[span='Webcast: '] | //a[contains(@href, 'mgAi.aspx') or "
        "contains(@href, 'mgListRecordedVotes') or contains(@href, 'mgLocationDetails')]"
    ):
        furniture.drop_tree()
    for element in page.iter("p", "td", "th", "tr", "li", "br", "h1", "h2", "caption", "div"):
        element.tail = f" {element.tail or ''}"
    said = " ".join(part.text_content() for part in meeting).split()
    (extracted,) = extract(path.read_bytes(), path.name, Limits())
    marks = str.maketrans("", "", "#*|")
    assert extracted.text.translate(marks).split() == " ".join(said).translate(marks).split()
