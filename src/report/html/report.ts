import { createHash } from 'node:crypto';
import type { ReportInput } from '../input.ts';
import { markupText } from '../xml.ts';
import { BROWSER_SCRIPT } from './browser-script.ts';
import { overview } from './overview.ts';
import { pack } from './pack.ts';
import { STYLE } from './style.ts';

/**
 * One file that needs nothing else: no network, no fonts, no storage. The overview is there without scripts; lists and maps
 * are made by the script, a page at a time, from the data in the file, so that an estate of thousands of Ingresses opens at
 * once. The policy lets run and style nothing but what is written here.
 */
export function report(input: ReportInput): string {
  const { tool, target } = input;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(BROWSER_SCRIPT)}'`,
    `style-src '${hashOf(STYLE)}'`,
    // An empty icon, so that a browser does not ask the server for one.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="gateshift ${markupText(tool.version)}">
<title>Ingress to Gateway API</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<div class="title"><h1><a href="#/">Ingress to Gateway API</a></h1>
<p>target ${markupText(target.label)} · Gateway API ${markupText(target.gatewayApi)}, ${markupText(target.channel)} channel · gateshift ${markupText(tool.version)}</p></div>
<nav id="nav" aria-label="Parts of the report" hidden></nav>
</header>
<main id="main" tabindex="-1">
<noscript><p class="notice">Scripts are off: this is the overview. Findings, maps and settings need the script in this file, which loads nothing.</p></noscript>
<div id="overview">
${overview(input)}
</div>
<div id="view" hidden></div>
</main>
<script type="application/json" id="data">${scriptSafe(JSON.stringify(pack(input)))}</script>
<script>${BROWSER_SCRIPT}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Nothing in it can end the script element, and no line separator or half of a pair is left raw. */
function scriptSafe(json: string): string {
  return json.replace(
    /[<>&\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
