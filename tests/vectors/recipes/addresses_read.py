"""Vectors of what an address tells, of pasted texts, of hosts that look like others and of defanged addresses."""

from app.domain.platform import platform_list
from tests.vectors.recipe import VectorFile

ONION = "p53lf57qovyuvwsc6xnrppyply3vtqm7l6pcobkmyqsiofyeznfu5uqd"
TOPIC = "c12fe1c06bba254a9dc9f519b335aa7c1367a88a"
TYPED = (
    "https://t.me/+AbC_d", "https://t.me/s/Channel_A/12", "t.me/channel_a", "https://t.me/c/12345/6", "https://t.me/",
    "tg://resolve?domain=channel_a&post=12", "tg://join?invite=AbC", "https://web.telegram.org/k/#@name",
    "https://open.kakao.com/o/gAbC", "kakaoopen://join?l=_x&r=EW", "KAKAOTALK://x", "https://pf.kakao.com/_abc/123",
    "intent://resolve?domain=channel_a&post=12#Intent;scheme=tg;end",
    "intent://join?l=_x#Intent;package=com.kakao.talk;scheme=kakaoopen;end", "https://discord.gg/AbC",
    "https://discord.com/channels/1/2/3", "https://chat.whatsapp.com/AbC", "line://ti/g/x",
    "https://twitter.com/name/status/123?s=20", "https://x.com/name", "https://x.com/search?q=a", "https://t.co/aB1",
    "https://www.instagram.com/reel/AbC/?igsh=x", "https://instagram.com/someone", "instagram.com/direct/t/1",
    "https://www.facebook.com/groups/1/posts/2", "https://fb.watch/abc/", "https://facebook.com/profile.php?id=1",
    "https://www.threads.net/@a/post/B", "https://vm.tiktok.com/Z1/", "https://www.tiktok.com/@a/video/12",
    "https://youtu.be/aB3-_xyz012", "https://www.youtube.com/@someone",
    "https://www.youtube.com/results?search_query=a", "https://www.reddit.com/r/a/comments/b/c",
    "https://a.tumblr.com/post/1", "https://someone.tistory.com", "https://someone.tistory.com/12",
    "https://m.blog.naver.com/someone/123", "https://blog.naver.com/someone", "https://cafe.naver.com/somecafe/12",
    "https://cafe.naver.com/f-e/cafes/1/articles/2", "https://cafe.naver.com/somecafe",
    "https://m.dcinside.com/board/board_a/12", "https://gall.dcinside.com/mgallery/board/lists/?id=a",
    "https://www.fmkorea.com/123456789", "https://theqoo.net/hot", "https://arca.live/b/a/1",
    "https://drive.google.com/file/d/AbC_1/view", "https://drive.google.com/drive/folders/AbC", "https://1drv.ms/f/a",
    "https://mega.nz/file/AbC", "https://mega.nz/file/AbC#key", "https://mega.nz/",
    "https://www.mediafire.com/folder/a", "https://www.wedisk.co.kr/view?contentsID=123456",
    "https://www.wedisk.co.kr/", "https://m.filenori.com/list?a=b", "https://www.google.co.kr/search?q=a",
    "https://google.com/url?q=https://a.example", "https://search.naver.com/?query=a",
    "https://www.bing.com/images/search?q=a", "https://bit.ly/3abc", "naver.me/abc", "https://han.gl/a",
    "https://chzzk.naver.com/live/a", "https://play.sooplive.co.kr/a/1", "https://us02web.zoom.us/j/1",
    "https://www.xvideos.com/video.abc/title", "https://kr.pornhub.com/view_video.php?viewkey=abc",
    "https://site.example/", "https://site.example/a", "https://site.example/bbs/board.php?bo_table=a&wr_id=1",
    "https://site.example/bbs/board.php?bo_table=a", "https://site.example/?document_srl=1",
    "site.example/board/view?no=1", f"http://{ONION}.onion/x", "http://192.168.0.1:8080/x", "192.168.0.1/x",
    "https://[2001:db8::1]:8443/x", "https://[2001:db8::1]/", "site.kr:8080/x", "https://t.me:8080/a_channel",
    "https://xn--nstagram-shh.com/x", "https://іnstagram.com/x", "https://tеlegram.org", "https://nаver.com/a",
    "https://pаypal.example/", "https://ínstagram.com/p/1", "https://하하.kr/", "https://xn--2q8ba.kr/x",
    "https://www.instagram.com@site.example/p/1", "https://user:secret@site.example/", "hxxps://site[.]example/1",
    "hxxp[:]//t(dot)me/channel_a/1", "t[.]me/+AbC", f"magnet:?xt=urn:btih:{TOPIC}&dn=a", "magnet:?dn=a",
    "ed2k://|file|a|1|A|/", "ftp://site.example/a", "javascript:alert(1)", "data:text/html,a", "mailto:a@site.example",
    "about:blank", "", " ", "그냥 글이에요", "텔레그램 방 이름: 하늘", "ID:someone", "a@naver.com", "@someone",
    "했어요.그래서",
    "3.5",
    "https://", "https://exa mple.com", "https://localhost/a", "https://a..b/", "https://%zz.example", "http://",
    "site.example", " https://site.example/a \n", "\u00a0https://site.example/a", "999.999.999.999/x",
    "X.com/name_a", "https://mega.nz/file/AbC#k", "https://mega.nz/file/AbC#",
)  # fmt: skip
TEXTS = (
    "https://a.example/1입니다", "https://a.example/1", " https://a.example/1 \n", "", "그냥 글이에요. 주소는 몰라요",
    "야 이거 봐 https://t.me/+AbC 여기랑 https://a.example/1입니다. 그리고(https://b.example/(1)) naver.com에서 봄ㅠㅠ",
    "https://a.example/1\nhttps://a.example/2\r\n\r\n https://a.example/3 ",
    "1. https://a.kr/1\n2. https://a.kr/2\n- https://a.kr/1", "https://namu.wiki/w/홍길동은", "https://a.example/w/가",
    "https://a.example/?q=로", "https://a.example/?q=한국어로", "https://a.example/글/1을 보세요", "naver.com/글입니다",
    "naver.com입니다.", "a.co.kr:8080입니다", "https://한글.kr입니다", "했어요.그래서 갔어요",
    "제 메일은 a@naver.com 이에요",
    "파일.txt 3.5점 사진.jpg", "버전 1.2.3", "ok.good", "hxxps://bad[.]example/1, hxxp://c(dot)kr/2", "h**p://a.example/1",
    "hxxps[:]//a[.]example", "http[://]a.example/1", f"토렌트 magnet:?xt=urn:btih:{TOPIC}&dn=x 이거",
    "tg://resolve?domain=abc 보세요", "kakaoopen://join?l=_x&r=EW", "https://a.kr/1https://b.kr/2,https://c.kr/3",
    "t.me/abc,t.me/def;t.me/ghi", "https://web.archive.org/web/2020/https://a.kr/1", "https://a.kr/?u=https://b.kr/",
    "[여기](https://a.kr/1)", "<https://a.kr/1>", '"https://a.kr/1"', "“https://a.kr/1”", "『https://a.kr/1』에서",
    "https://a.kr/(1)", "(https://a.kr/(1))", "https://a.kr/1)입니다", "https://a.kr/?a=[1]", "[https://a.kr/]",
    "한글도메인.kr 봤어요", "www.naver.com", "http://192.168.0.1:8080/x", "192.168.0.1:8080", "192.168.0.1",
    "https://[2001:db8::1]:80/x", "링크https://a.kr/1요", "https://", "http:// 없음", "magnet:?", "http://localhost",
    "https://a.kr/1입니다.그리고https://b.kr/2", "https://a.kr/😭😭", "https://a.kr/1ㅠㅠㅠ", "youtu.be/abc?si=1~~",
    "https://a.kr/1...", "https://a.kr/1?!", "https://a.kr/\u200b", "\u200bhttps://a.kr/1\u200b 글",
    "\u202ehttps://a.kr/1\u202c", "https://a.kr/1\u3000https://a.kr/2", "https://a.kr/1|https://a.kr/2",
    "[홍길동] [오후 3:12] 이거 너 아니야?\n[홍길동] [오후 3:12] https://a.kr/1\n[나] [오후 3:13] 어디서 봤어",
    "홍길동 : t.me/abc 들어가면 있대요\n방 이름은 하늘", "https://user:pw@naver.com/a", "HTTPS://A.EXAMPLE/1",
    "site.moe/1 x.y", "/a/b", "이거 그냥 글이에요", "xhttps://a.kr/1", "https://a.kr/입니다 글",
    "https://naver.com글자 그리고",
    "a.b/c", "https://" + "a" * 300 + ".example/", "." * 500, "a." * 300, "은" * 300 + "https://a.kr/1",
)  # fmt: skip
HOSTS = (
    "instagram.com", "xn--nstagram-shh.com", "xn--nstagram-b2a.com", "www.xn--nstagram-shh.com", "xn--tlegram-7gg.org",
    "xn--2q8ba.kr", "xn--n3h.example", "xn--80ak6aa92e.com", "xn--", "xn--a", "xn--pokxncvks.example", "xn--0.pt",
    "xn--99999999.example", "xn--zzzzzzzzzzzzzzzzzzzz.example", "xn--nver-53d.com", "xn--ggle-55da.com",
    "xn--nstagram-p2g.com", "a.example", "", "xn--a-ecp.ru", "xn--mller-kva.example", "xn--80aaa2a.example",
    "xn--" + "a" * 59 + ".example",
    # Where a step of Punycode (RFC 3492) turns: the last hyphen, the longest label, points that are none, the bias.
    "xn--a-b-dma.example", "xn--" + "a" * 63 + "-2sf.example", "xn--" + "a" * 64 + "-3vf.example", "xn--hb9b.example",
    "xn--ib9b.example", "xn--jb9b.example", "xn--yy0c.example", "xn--zy0c.example", "xn--0y0c.example",
    "xn--dn32g.example", "xn--en32g.example", "xn--fn32g.example", "xn--yq3j049g.example", "xn--h-5ia89dh043n.example",
    "xn--u-zv8e011fg524a.example",
)  # fmt: skip


def address_reading(*, reseal):
    """Addresses of every kind, and what are none."""
    file = VectorFile("address_reading", "What one address tells by itself.", reseal=reseal)
    for typed in TYPED:
        file.valid("what is read", "read_address", typed=typed)
    for each in platform_list().platforms:
        file.valid("a first page", "read_address", typed=f"https://{each.host}/")
        for host in each.also:
            file.valid("a first page of another host", "read_address", typed=f"https://{host}/")
        file.valid("something there", "read_address", typed=f"https://{each.host}/abc123/456789?id=987654")
    for typed in ("https://t.me/+AbC", "https://bit.ly/a", "글"):
        file.valid("the kind it shows", "proposed_kind", typed=typed)
    return file


def pasted_text(*, reseal):
    """Texts with addresses in them."""
    file = VectorFile("pasted_text", "A pasted text, taken apart.", reseal=reseal)
    for text in TEXTS:
        file.valid("the addresses in it", "addresses_in", text=text)
        file.valid("the words beside them", "words_beside", text=text)
    return file


def look_alike(*, reseal):
    """Hosts."""
    file = VectorFile("look_alike", "Hosts that look like a known one.", reseal=reseal)
    for host in HOSTS:
        file.valid("its own letters", "spoken_host", host=host)
        file.valid("whom it imitates", "imitated", host=host)
        file.valid("whether it mixes scripts", "mixes_scripts", host=host)
    return file


def refang(*, reseal):
    """Defanged addresses."""
    file = VectorFile("refang", "Defanged addresses made whole.", reseal=reseal)
    for typed, whole in (
        ("hxxps://a[.]example/x[.]y", "https://a.example/x[.]y"), ("hXXp://a(dot)b.kr", "http://a.b.kr"),
        ("hxxps[:]//a.kr", "https://a.kr"), ("http[://]a.kr", "http://a.kr"), ("h**ps://a.kr", "https://a.kr"),
        ("h__p://a{.}kr/", "http://a.kr/"), ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("a[.]kr/1", "a.kr/1"), ("글", "글"), ("hxxp", "hxxp"), ("", ""), ("tg://resolve?domain=a[.]b", "tg://resolve?domain=a[.]b"),
        ("hxxps[:]//a.kr/?u=hxxps[:]//b.kr", "https://a.kr/?u=hxxps[:]//b.kr"),
    ):  # fmt: skip
        file.valid("made whole", "refanged", typed=typed, output=whole)
    return file
