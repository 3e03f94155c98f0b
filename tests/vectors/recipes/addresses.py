"""Vectors of addresses, of pasted images and of what each kind of organisation may read."""

from app.domain.vocabulary import COMPARTMENTS, ORGANISATION_KINDS
from tests.vectors.recipe import VectorFile
from tests.vectors.recipes.letters import letter

SAME = (
    ("https://example.com", (
        "http://example.com/", "HTTP://EXAMPLE.COM", "example.com", " example.com\n", "https://www.example.com./",
        "https://user:secret@example.com:443/#top", "http://m.example.com:80/?utm_source=a&fbclid=b",
        "https://mobile.example.com//", "https://www.m.www.example.com/", "http://example.com:443", "https://example.com:80/",
        "https://example.com/?fbclid=a=b",
    )),
    ("https://example.com/a/b?a=1&b=2", (
        "https://example.com/a/b?b=2&a=1", "https://example.com/a/./x/../b/?b=2&a=1&", "example.com/%61/b?a=1&b=2",
        "hxxps://example[.]com/a/b?b=2&a=1", "https://example.com/a/b?UTM_Medium=x&b=2&&a=1",
    )),
    ("https://example.com:8080/%EA%B0%80?q=%EB%82%98", (
        "example.com:8080/가?q=나", "http://example.com:8080/%ea%b0%80?q=%eb%82%98",
    )),
    ("https://example.com/%25a61?q=100%25", ("https://example.com/%%6161?q=100%", "https://example.com/%25a61?q=100%25")),
    ("https://example.com/a%7Cb%5E?q=%5B1%5D", ("https://example.com/a|b^?q=[1]", "https://example.com/a%7cb%5e?q=%5B1]")),
    ("https://xn--2q8ba.kr", ("https://하하.kr/", "http://XN--2Q8BA.kr")),
    ("https://192.168.0.1/x", ("http://192.168.0.1/x", "http://0xc0a80001/x", "http://192.168.0.1./x")),
    ("https://[2001:db8::1]/x", ("http://[2001:DB8:0::1]/x",)),
    ("https://t.me/channel_a/12", ("https://t.me/s/Channel_A/12", "telegram.me/channel_a/12?single")),
    ("https://t.me/+AbC_d", ("https://t.me/joinchat/AbC_d", "https://t.me/+AbC_d")),
    ("https://x.com/i/status/123", (
        "https://twitter.com/Name/status/123?s=20", "https://mobile.twitter.com/name/statuses/123/photo/1",
        "https://x.com/i/web/status/123",
    )),
    ("https://x.com/name_a", ("https://twitter.com/Name_A", "https://x.com/NAME_A/media")),
    ("https://threads.com/@a/post/B", ("https://www.threads.net/@a/post/B",)),
    ("https://youtube.com/watch?v=aB3-_xyz012", (
        "https://youtu.be/aB3-_xyz012?si=q", "https://m.youtube.com/watch?t=3&v=aB3-_xyz012&list=x",
        "https://www.youtube.com/shorts/aB3-_xyz012", "https://www.youtube-nocookie.com/embed/aB3-_xyz012?rel=0",
    )),
    ("https://instagram.com/p/AbC-1", (
        "https://www.instagram.com/reel/AbC-1/?igsh=x", "https://instagram.com/someone/p/AbC-1",
    )),
    ("https://discord.com/invite/AbC", ("https://discord.gg/AbC", "https://discordapp.com/invite/AbC")),
    ("https://open.kakao.com/o/gAbC", ("https://open.kakao.com/o/gAbC", "open.kakao.com/o/gAbC?x=1")),
    ("https://blog.naver.com/someone/123", (
        "https://m.blog.naver.com/Someone/123", "https://blog.naver.com/PostView.naver?blogId=Someone&logNo=123",
    )),
    ("https://blog.naver.com/%EA%B0%80someone/123", (
        "https://blog.naver.com/PostView.naver?blogId=가Someone&logNo=123",
    )),
    ("https://gall.dcinside.com/board_a/12", (
        "https://gall.dcinside.com/board/view/?id=board_a&no=12&page=1", "https://m.dcinside.com/board/board_a/12",
    )),
    ("https://drive.google.com/open?id=AbC_1", (
        "https://drive.google.com/file/d/AbC_1/view?usp=sharing", "https://drive.google.com/uc?export=x&id=AbC_1",
    )),
    ("magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a", (
        "magnet:?xt=urn:btih:C12FE1C06BBA254A9DC9F519B335AA7C1367A88A&dn=name",
        "MAGNET:?dn=other&xt=urn:btih:YEX6DQDLXISUVHOJ6UM3GNNKPQJWPKEK",
    )),
)  # fmt: skip
DIFFERENT = (
    "https://example.com/A", "https://example.com/a%2Fb", "https://example.com/a/b", "https://example.com/?a=1&a=2",
    "https://example.com/?q=a%2Bb", "https://example.com/?q=a+b", "https://wwww.example.com", "https://www.com/",
    "https://m.kr", "https://example.com/%2541", "https://t.me/+abc_d", "https://t.me/joinchat/12?a=1",
    "https://drive.google.com/drive/folders/AbC", "https://blog.naver.com/PostView.naver?blogId=b/?&logNo=1",
    "https://blog.naver.com/PostView.naver?blogId=.&logNo=1", "https://example.com/?si=1",
    "http://exampleabcdefghij.onion/x", "https://mega.nz/file/AbC#key",
)  # fmt: skip
NO_ADDRESS = (
    "..", "a..", "https://a..b/", "https://.example.com/",
    "", " ", "https://", "ftp://example.com/a", "javascript:alert(1)", "data:text/html,x", "mailto:a@example.com",
    "tg://resolve?domain=a", "file:///etc/passwd", "localhost", "https://exa mple.com", "https://example.com:99999",
    "https://[::1", "magnet:?dn=name", "magnet:?xt=urn:btih:1111111111111111111111111111111!", "그냥 글",
    "https://%zz.example", "about:blank",
    "https://%65xample.com", "https://example％41.com", "https://a%20b.example.com", "https://a*b.example",
    "https://a(b).example", "http://[::%31]/", "ht\ntps:/\\a%41.example",
)  # fmt: skip


def canonical_url(*, reseal):
    """Addresses that are one, that are not, and that are none."""
    file = VectorFile("canonical_url", "One form for all addresses of one thing.", reseal=reseal)
    for canonical, many in SAME:
        for url in many:
            file.valid("one of several forms", "canonical_url", url=url, output=canonical)
    for url in DIFFERENT:
        file.valid("stays apart from its neighbours", "canonical_url", url=url)
    for url in NO_ADDRESS:
        file.invalid("no address", "canonical_url", url=url)
    both = f"magnet:?xt=urn:btih:{'a' * 40}&xt=urn:btmh:1220{'b' * 64}"
    file.valid("two topics of one thing", "canonical_url", url=both, output=both)
    for url in ("X.com/Name_A", "https://example.com/aX"):
        file.valid("a capital X at an end", "canonical_url", url=url)
    file.invalid("a line break before the host", "canonical_url", url="https:/\n/a%41.example")
    file.invalid("a space that is no plain one", "canonical_url", url="\u00a0https://example.com/a")
    file.invalid("base32 that is none", "canonical_url", url="magnet:?xt=urn:btih:" + "1" * 32)
    for url, poster in (
        (None, "@someone"), ("https://example.com/a", ""), ("https://example.com/a", "@ÉCOLE가"),
        ("https://example.com/a", " @Some One\u3000가"),
        ("https://t.me/Channel_A/12", "@other"), ("https://x.com/Name_A", ""), ("https://x.com/i/status/1", "@Name_A"),
        ("https://youtube.com/@Someone/videos", ""), ("https://example.com:8080/a", "a"),
        ("magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a", "someone"),
    ):  # fmt: skip
        file.valid("what it can be matched by", "match_keys", item={"url": url, "poster": poster})
    file.invalid("no address", "match_keys", item={"url": "그냥 글", "poster": ""})
    return file


def platform(*, reseal):
    """Platforms."""
    file = VectorFile("platform", "Platforms by their addresses.", reseal=reseal)
    for address in ("t.me/a_channel", "x.com/a", "example.com/t.me", "youtube.com/watch?v=aB3-_xyz012", "mega.nz",
                    "someone.tistory.com/1", "discord.gg/a", "notistory.com"):  # fmt: skip
        file.valid("where it is", "platform_of", address=address)
    for host in ("twitter.com", "telegram.dog", "example.com", "x.com"):
        file.valid("what stands for a host", "host_of_record", host=host)
    for parameter in ("utm_x", "UTM_SOURCE", "fbclid", "v", "id", "utm"):
        file.valid("whether it only tracks", "is_tracking", parameter=parameter)
    for address in ("t.me/a_channel/1", "x.com/i/status/1", "x.com/name", "tiktok.com/@a.b", "example.com/@a"):
        file.valid("who posted", "poster_in", address=address)
    for address in ("example.com/a", "youtu.be/aB3-_xyz012", "tiktok.com/@a/video/12?x", "xvideos.com/video.abc/title"):
        file.valid("the one form", "one_form", address=address)
    return file


def image_text(*, reseal):
    """Images pasted as text."""
    file = VectorFile("image_text", "URLs and words, never images.", reseal=reseal)
    long = "QUJD" * 65
    for comment, text, found in (
        ("nothing", "", False),
        ("words", "그 사람이 보낸 글입니다. data: 없음", False),
        ("a sentence with data and a comma", "The data:yes, I have it", False),
        ("an image", "data:image/png;base64,iVBORw0KGgo=", True),
        ("capitals", "DATA:IMAGE/PNG,x", True),
        ("a parameter and no type", "data:;base64,AAAA", True),
        ("an image inside of words", "여기 data:image/jpeg;base64,/9j/4AAQ 있어요", True),
        ("an image inside of an address", "https://example.com/?u=data:image/png;base64,AAAA", True),
        ("256 base64 characters", long[:256], False),
        ("257 base64 characters", long[:257], True),
        ("257, with the other alphabet", ("-_Aa" * 65)[:257], True),
        ("257 between words", "앞 " + long[:257] + " 뒤", True),
        ("256 before an address", (long * 2)[:282] + "https://example.com/", False),
        ("256 and 256, a space between", long[:256] + " " + long[:256], False),
        ("in an address", "https://example.com/" + long, False),
        ("in an address, then again", "https://example.com/" + long + "\n" + long, True),
        ("a long Korean text", "가나다라마바사" * 100, False),
        ("an address without a scheme", "example.com/" + long, True),
    ):
        file.valid(comment, "contains_image", text=text, output=found)
    file.valid("words pass", "check_no_image", text="글", field="account.text")
    file.invalid("an image does not", "check_no_image", text="data:image/png,x", field="account.text")
    return file


def compartment(*, reseal):
    """Letters for each kind."""
    file = VectorFile("compartment", "What each kind of organisation has a need to read.", reseal=reseal)
    consent = {"purposes": ["review"], "pass_on": []}
    for kind in ORGANISATION_KINDS:
        file.valid("what it may be allowed", "compartments_of", kind=kind)
        for allowed in ([], ["contact"], list(COMPARTMENTS)):
            file.valid("what it sees", "sees", kind=kind, allowed_compartments=allowed)
            file.valid("its letter", "letter_for", kind=kind, letter=letter(), consent=consent,
                       allowed_compartments=allowed)  # fmt: skip
    bare = letter(account=None, offender=None, contact=None)
    file.valid("nothing to allow", "letter_for", kind="police", letter=bare, consent=consent,
               allowed_compartments=list(COMPARTMENTS))  # fmt: skip
    file.invalid(
        "an unknown kind", "letter_for", kind="press", letter=letter(), consent=consent, allowed_compartments=[]
    )
    file.invalid("an unknown compartment", "letter_for", kind="police", letter=letter(), consent=consent,
                 allowed_compartments=["items"])  # fmt: skip
    return file
