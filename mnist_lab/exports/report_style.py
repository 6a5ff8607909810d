"""How a report looks: on a screen, and on paper."""

from mnist_lab.palette import LIGHT

STYLE = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: {LIGHT.window}; color: {LIGHT.text};
  font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }}
main {{ max-width: 820px; margin: 24px auto; padding: 32px 40px 40px; background: {LIGHT.panel};
  border: 1px solid {LIGHT.line}; border-radius: 6px; }}
h1 {{ font-size: 26px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }}
h2 {{ font-size: 18px; margin: 32px 0 8px; padding-bottom: 4px; border-bottom: 1px solid {LIGHT.line};
  overflow-wrap: anywhere; }}
h3 {{ font-size: 15px; margin: 24px 0 6px; }}
p {{ margin: 6px 0; overflow-wrap: anywhere; }}
.muted, figcaption, caption {{ color: {LIGHT.muted}; }}
.note {{ white-space: pre-wrap; border-left: 3px solid {LIGHT.line}; padding-left: 12px; }}
.figures {{ display: flex; flex-wrap: wrap; gap: 12px 40px; margin: 16px 0 8px; }}
.figures div {{ display: flex; flex-direction: column-reverse; }}
.figures dt {{ color: {LIGHT.muted}; font-size: 13px; }}
.figures dd {{ margin: 0; font-size: 26px; font-weight: 600; line-height: 1.2; }}
.figures, table, figcaption {{ font-variant-numeric: tabular-nums; }}
table {{ border-collapse: collapse; font-size: 14px; }}
caption {{ text-align: left; padding-bottom: 6px; font-size: 13px; }}
th, td {{ text-align: right; padding: 3px 10px; border-bottom: 1px solid {LIGHT.line}; vertical-align: top; }}
th {{ font-weight: 600; }}
td {{ white-space: nowrap; }}
.words td, td.words {{ white-space: normal; }}
.named {{ min-width: 10em; }}
table.words {{ width: 100%; }}
.words th, .words td, th.words, td.words {{ text-align: left; overflow-wrap: break-word; }}
.words tbody th {{ width: 14em; font-weight: 400; color: {LIGHT.muted}; }}
.best {{ font-weight: 700; }}
.confusion td, .confusion th {{ text-align: center; min-width: 3.4em; padding: 5px 4px;
  border: 1px solid {LIGHT.line}; }}
figure {{ margin: 8px 0; }}
figure > svg {{ display: block; width: 100%; height: auto; }}
.digits {{ display: grid; grid-template-columns: repeat(8, 1fr); gap: 12px 8px; list-style: none; margin: 12px 0;
  padding: 0; }}
.digits figure {{ margin: 0; text-align: center; }}
.digits img {{ width: 64px; height: 64px; image-rendering: pixelated; border: 1px solid {LIGHT.line}; }}
.digits figcaption {{ font-size: 13px; line-height: 1.3; }}
.digits b {{ color: {LIGHT.text}; }}
pre {{ background: {LIGHT.window}; border: 1px solid {LIGHT.line}; border-radius: 4px; padding: 12px;
  overflow-x: auto;
  font: 12px/1.45 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; }}
.hash {{ font: 12px/1.5 ui-monospace, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }}
.key {{ vertical-align: middle; }}
@page {{ size: A4; margin: 16mm 15mm 18mm; }}
@media print {{
  body {{ background: none; font-size: 10.5pt; }}
  main {{ max-width: none; margin: 0; padding: 0; border: 0; }}
  h1, h2, h3, caption {{ break-after: avoid; }}
  tr, figure, .figures, .digits li {{ break-inside: avoid; }}
  .confusion {{ break-inside: avoid; }}
  .run {{ break-before: page; }}
  pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; border: 0; padding: 0; background: none; }}
  * {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""
"""Of the whole page; nothing in it is fetched from anywhere."""
