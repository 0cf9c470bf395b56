"""A small e-paper as a browser saves it: page files and article files, for tests to bend."""

from __future__ import annotations

from pathlib import Path

PAPER = "江州日报"


def page_file(label: str, section: str, links: list[tuple[str, str]]) -> str:
    items = "".join(f'<li><a href="{address}">{title}</a></li>' for address, title in links)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{PAPER}-{PAPER}网</title>
<style>.a {{ content: "样式" }}</style><script>var x = "脚本";</script></head><body>
<div class="nav"><a href="#">上一版</a><a href="#">下一版</a> 2024年12月01日 星期日</div>
<p class="left ban">第{label}版：{section}</p>
<div class="news"><ul class="news-list">{items}</ul></div>
<div class="footer">版权所有</div></body></html>"""


def article_file(title: str, body: str, label: str = "01", author: str = "") -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}--{PAPER}</title>
</head><body><div class="tools">放大 缩小 默认</div>
<div class="article"><h3></h3><h1>{title}</h1><h2></h2>
<p class="sec">{author}<span class="date">《{PAPER}》（2024年12月01日　第 {label} 版）</span></p>
<div id="ozoom"><!--enpcontent-->{body}<!--/enpcontent--></div></div>
<div class="pages">上一篇 下一篇</div></body></html>"""


def put(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def flat_paper(folder: Path, pages: int = 1) -> list[Path]:
    """Pages with two articles each, all in one folder; the page files in order."""
    files = []
    for number in range(1, pages + 1):
        names = [f"content_{number}{at}.html" for at in (1, 2)]
        links = [(name, f"第{number}页的第{at}条新闻") for at, name in enumerate(names, 1)]
        label = f"{number:02}"
        files.append(put(folder / f"node_{label}.html", page_file(label, "要闻", links)))
        for name, title in links:
            body = f"<p>　　{title}说，今天的天气很好。</p>"
            put(folder / name, article_file(title, body, label))
    return files
