"""How the report looks on a screen, in the dark and on A4. The colours are chosen for contrast; a test computes it."""

from __future__ import annotations

LIGHT = {
    "paper": "#ffffff",
    "panel": "#f2f5f9",
    "text": "#1a1f26",
    "muted": "#4a5361",
    "line": "#c6ced8",
    "link": "#0a4b85",
    "over": "#0a4b85",
    "under": "#7391b0",
    "mark": "#a03a00",
}
"""`over` and `under` are the bars beyond and before a limit: one hue, dark and light, so that nobody must tell hues
apart; `mark` is the limit itself, which also has a label."""

DARK = {
    "paper": "#14181d",
    "panel": "#1e242c",
    "text": "#e9edf2",
    "muted": "#b4bdc9",
    "line": "#3d4651",
    "link": "#8cc2f5",
    "over": "#8cc2f5",
    "under": "#547799",
    "mark": "#ffb380",
}


def css() -> str:
    """The style sheet of the page."""
    return (
        f":root{{color-scheme:light dark;{_variables(LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}\n{_RULES}"
    )


def _variables(colours: dict[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in colours.items())


_RULES = """\
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--text);font:1rem/1.5 system-ui,"Segoe UI",Roboto,Arial,sans-serif}
header,main,footer{max-width:68rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.375rem;line-height:1.25;margin:3rem 0 .75rem;padding-top:1rem;border-top:2px solid var(--line)}
h3{font-size:1.0625rem;line-height:1.3;margin:1.75rem 0 .5rem}
#overview h2{border:0;margin-top:1.5rem;padding-top:0}
p{margin:.375rem 0;max-width:52rem}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.muted,caption,footer{color:var(--muted)}
.skip{position:absolute;left:-99rem;top:0;padding:.75rem 1rem;background:var(--paper)}
.skip:focus{left:0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:1rem 0 0;padding:0}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0}
.figures div{background:var(--panel);padding:.75rem 1rem;border-radius:.375rem}
.figures dt{color:var(--muted)}
.figures dd{margin:0;font-size:1.5rem;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums}
.figures .main{grid-column:span 2}
.todo{list-style:none;margin:.5rem 0;padding:0;max-width:52rem}
.todo li{display:grid;grid-template-columns:minmax(11rem,max-content) 1fr;column-gap:1rem}
.todo li{padding:.5rem 0;border-bottom:1px solid var(--line)}
.pairs{columns:24rem;margin:.5rem 0;padding-left:1.25rem}
.pairs li{padding:.125rem 0;break-inside:avoid}
#outcomes figure{max-width:52rem}
.done{font-weight:600}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 2.5rem;align-items:start}
figure{margin:.75rem 0 1rem}
figcaption{color:var(--muted);font-size:.9375rem;margin-top:.25rem}
svg{display:block;overflow:visible}
svg text{fill:var(--text);font-size:.8125rem;font-variant-numeric:tabular-nums}
svg .label{font-size:.9375rem}
svg .axis{fill:var(--muted)}
svg .grid{stroke:var(--line)}
svg .base{stroke:var(--muted)}
svg .over{fill:var(--over)}
svg .under{fill:var(--under)}
svg .mark{stroke:var(--mark);stroke-width:2;stroke-dasharray:5 3}
svg text.limit{fill:var(--mark);font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding-bottom:.25rem;font-size:.9375rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{padding:.375rem 1rem .375rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:600;vertical-align:bottom;border-bottom:2px solid var(--muted)}
tbody th{font-weight:400}
tfoot th,tfoot td{font-weight:600;border-bottom:0}
.n{text-align:right}
.n,.d{white-space:nowrap}
details{margin:.25rem 0 1rem}
summary{color:var(--link);cursor:pointer;padding:.25rem 0}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem;margin:.5rem 0}
.facts dt{color:var(--muted)}
.facts dd{margin:0;overflow-wrap:anywhere}
footer{margin-top:3rem;padding-bottom:2rem}
@media screen and (max-width:34rem){
svg .spare{display:none}
h1{font-size:1.5rem}
.todo li{grid-template-columns:1fr}
.facts{grid-template-columns:1fr;gap:0}
.facts dd{margin-bottom:.5rem}
.figures{grid-template-columns:repeat(3,1fr);gap:.5rem}
.figures .main{grid-column:1/-1}
.figures div{padding:.5rem .75rem}
.figures dd{font-size:1.125rem}
.figures .main dd{font-size:1.5rem}
table{font-size:.9375rem}
.wide,.wide tbody,.wide tfoot,.wide tr,.wide th,.wide td,.wide caption{display:block;text-align:left}
.wide thead{position:absolute;clip-path:inset(50%)}
.wide th,.wide td{border:0;padding:.0625rem 0;white-space:normal}
.wide tr{border-bottom:1px solid var(--line);padding:.5rem 0}
.wide tbody th{font-weight:600}
.wide td::before{content:attr(data-head) ": ";color:var(--muted)}
th,td{padding-right:.625rem}
}
@media (forced-colors:active){svg .over,svg .under{fill:CanvasText}}
@media print{
@page{size:A4;margin:16mm 15mm 18mm}
html{font-size:10pt}
body{line-height:1.4}
p{orphans:3;widows:3}
header,main,footer{max-width:none;padding:0}
header{padding-top:0}
h1{font-size:17pt}
h2{font-size:13pt;margin-top:7mm;padding-top:3mm}
h3{font-size:11pt}
h2,h3,caption,thead{break-after:avoid}
h2+p,h3+p{break-after:avoid;break-inside:avoid}
tr,figure,.figures,.todo li,.pair>*{break-inside:avoid}
thead{display:table-header-group}
tfoot{display:table-row-group;break-before:avoid}
th,td{padding-top:.25rem;padding-bottom:.25rem}
footer{margin-top:4mm;padding-bottom:0;break-before:avoid}
.scroll{overflow:visible}
.pair{grid-template-columns:1fr 1fr;gap:0 8mm}
.figures{grid-template-columns:repeat(5,1fr)}
.figures div{border:1px solid var(--line)}
.figures dd{font-size:14pt}
svg text{font-size:7.5pt}
svg .spare{display:none}
svg .label{font-size:8.5pt}
svg *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav,.skip,details:not([open]){display:none}
a{color:inherit;text-decoration:none}
}
"""
