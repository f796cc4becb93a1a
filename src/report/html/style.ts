/** The page's style: one measure of light, one of dark, one for paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #f5f6f8; --line: #d5d9e0; --text: #1a1d23; --soft: #565e6c; --link: #0b57d0;
  --converted: #2e7d4f; --inert: #aab2bf; --waived: #7b8aa3; --approximated: #c9a227; --manual: #d9822b; --unknown: #a855a0; --unmapped: #c0392b;
  --error: #b3261e; --warning: #8a6100; --note: #3d6ea8; --errorback: #fdeceb; --changedback: #fff6dd;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161a; --raised: #1e2127; --line: #363b45; --text: #e6e8ec; --soft: #a3abb8; --link: #8ab4f8;
    --converted: #4fae78; --inert: #5b6472; --waived: #8796b0; --approximated: #d9b645; --manual: #e69a4d; --unknown: #c57fbe; --unmapped: #e5675a;
    --error: #f28b82; --warning: #e8bd5a; --note: #8ab4f8; --errorback: #3a1f1e; --changedback: #372e16;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
code, .mono { font: 13px/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--page); padding: 8px; z-index: 2; }
header { border-bottom: 1px solid var(--line); background: var(--raised); padding: 14px 24px 0; }
header h1 { font-size: 20px; margin: 0; }
header h1 a { color: inherit; text-decoration: none; }
header p { margin: 0 0 10px; color: var(--soft); }
nav { display: flex; flex-wrap: wrap; gap: 2px 4px; }
nav[hidden] { display: none; }
nav a { padding: 6px 12px; text-decoration: none; border-radius: 6px 6px 0 0; color: var(--text); }
nav a[aria-current] { background: var(--page); border: 1px solid var(--line); border-bottom-color: var(--page); margin-bottom: -1px; font-weight: 600; }
nav .count { color: var(--soft); font-weight: 400; }
main { padding: 20px 24px 60px; max-width: 1400px; margin: 0 auto; }
h2 { font-size: 18px; margin: 28px 0 8px; }
#view > h2:first-child { margin-top: 0; }
h3 { font-size: 15px; margin: 0 0 4px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px; }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; background: var(--raised); }
.card strong { font-size: 28px; font-variant-numeric: tabular-nums; }
.card small { display: block; color: var(--soft); overflow-wrap: anywhere; }
.card.bad { border-color: var(--error); }
.card.bad strong { color: var(--error); }
.card.good strong { color: var(--converted); }
.notice { border-left: 4px solid var(--note); background: var(--raised); padding: 8px 12px; }
ul.items { list-style: none; padding: 0; margin: 8px 0; display: grid; gap: 8px; }
ul.items > li { border: 1px solid var(--line); border-left: 4px solid var(--note); border-radius: 6px; padding: 10px 14px; break-inside: avoid; }
ul.items > li.bad, ul.items > li.error { border-left-color: var(--error); }
ul.items > li.bad { background: var(--errorback); }
ul.items > li.warning { border-left-color: var(--warning); }
ul.items p { margin: 4px 0; }
.help { white-space: pre-line; }
.help b { color: var(--soft); font-weight: 600; margin-right: 4px; }
.place { color: var(--soft); }
.place code { display: block; color: var(--text); background: var(--raised); border: 1px solid var(--line); border-radius: 4px; padding: 2px 8px; margin-top: 2px; white-space: pre-wrap; }
.tag { font-size: 12px; border: 1px solid var(--line); border-radius: 10px; padding: 0 8px; color: var(--soft); white-space: nowrap; }
.level { font-size: 12px; font-weight: 700; text-transform: uppercase; letter-spacing: .03em; }
.level.error { color: var(--error); } .level.warning { color: var(--warning); } .level.note { color: var(--note); }
table { border-collapse: collapse; width: 100%; margin: 12px 0; }
caption { text-align: left; color: var(--soft); padding: 4px 0; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; font-size: 13px; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
table.outcomes th[scope=row] { font-weight: 400; width: 22%; overflow-wrap: anywhere; }
td.bar { width: 40%; }
.outcomebar { display: block; width: 100%; height: 14px; border-radius: 3px; background: var(--line); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; padding: 0; margin: 8px 0; }
.legend small { color: var(--soft); }
.dot { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 6px; }
.converted { fill: var(--converted); } .dot.converted { background: var(--converted); }
.inert { fill: var(--inert); } .dot.inert { background: var(--inert); }
.waived { fill: var(--waived); } .dot.waived { background: var(--waived); }
.approximated { fill: var(--approximated); } .dot.approximated { background: var(--approximated); }
.manual { fill: var(--manual); } .dot.manual { background: var(--manual); }
.unknown { fill: var(--unknown); } .dot.unknown { background: var(--unknown); }
.unmapped { fill: var(--unmapped); } .dot.unmapped { background: var(--unmapped); }
form.filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; background: var(--page); border-bottom: 1px solid var(--line); padding: 10px 0; }
.filters label { display: grid; font-size: 13px; color: var(--soft); }
.filters fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 2px 12px; }
.filters fieldset label { display: inline-flex; align-items: center; gap: 4px; color: var(--text); }
.filters legend { font-size: 13px; color: var(--soft); padding: 0; }
input[type=search], select, button { font: inherit; color: var(--text); background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 5px 10px; }
input[type=search] { width: 300px; max-width: 70vw; }
button { cursor: pointer; }
.found { color: var(--soft); margin: 8px 0; }
.settings td { font-size: 13.5px; }
.settings td.value { max-width: 340px; }
.settings td.why { width: 32%; }
.outcome { white-space: nowrap; }
summary { cursor: pointer; color: var(--link); }
.host { border: 1px solid var(--line); border-radius: 8px; margin: 12px 0; padding: 10px 14px; break-inside: avoid; }
.host h3 code { font-size: 15px; }
.map { overflow-x: auto; }
.map svg { display: block; min-width: 900px; width: 100%; height: auto; }
.map text { fill: var(--text); font: 12px ui-monospace, Menlo, Consolas, monospace; }
.map .head { fill: var(--soft); font: 600 12px system-ui, sans-serif; }
.map .node { fill: var(--raised); stroke: var(--line); }
.map .link { fill: none; stroke: var(--soft); stroke-width: 1.2; opacity: .65; }
.map .same .across { stroke: var(--converted); opacity: 1; }
.map .changed .node.after { fill: var(--changedback); stroke: var(--approximated); }
.map .changed .across { stroke: var(--approximated); stroke-width: 2; stroke-dasharray: 5 3; opacity: 1; }
.map .withheld .node.after { fill: var(--errorback); stroke: var(--error); }
.map .withheld .across { stroke: var(--error); stroke-width: 2; stroke-dasharray: 2 3; opacity: 1; }
.map .gone .node.after, .map .unused .node.after { fill: none; stroke: var(--soft); stroke-dasharray: 4 3; }
.state { font-weight: 600; }
.state.withheld { color: var(--error); } .state.changed { color: var(--warning); } .state.same { color: var(--converted); } .state.gone, .state.unused { color: var(--soft); }
@media print {
  :root { --page: #fff; --raised: #fff; --text: #000; --soft: #444; --line: #bbb; --link: #000; }
  body { font-size: 11px; }
  nav, form.filters, .skip, button { display: none !important; }
  header { background: none; padding: 0; }
  main { padding: 0; max-width: none; }
  section, tr, .host { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .map { overflow: visible; } .map svg { min-width: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
