// The page's style sheet. Everything with a colour names a variable, so that the dark page is one block.

const PALETTE_LIGHT = `
  --ground: #fdfdfc; --panel: #f5f5f2; --ink: #1f2328; --ink-soft: #5b626b; --rule: #e4e4df;
  --rule-strong: #b9b9b1; --accent: #1b6a8f; --danger: #b3261e; --danger-ground: #fdf1ef;
  --warning-ground: #fbf6e7; --warning: #9a7300; --picture-ground: transparent;
  --keyword: #8b3a9e; --string: #2d7040; --number: #a1500f; --title: #1f5fa8; --type: #94681a;
  --comment: #7b818a;
  --black: #1f2328; --red: #b3261e; --green: #2d7040; --yellow: #94681a; --blue: #1f5fa8;
  --magenta: #8b3a9e; --cyan: #147585; --white: #8d939b;
`;

const PALETTE_DARK = `
  --ground: #16181c; --panel: #1e2126; --ink: #dfe2e6; --ink-soft: #9aa1ab; --rule: #2d3138;
  --rule-strong: #565c66; --accent: #6cb8dc; --danger: #f28b82; --danger-ground: #2c1d1e;
  --warning-ground: #29251a; --warning: #d9b45a; --picture-ground: #f3f3f0;
  --keyword: #c99adb; --string: #8fc79b; --number: #e0a872; --title: #83b4ee; --type: #d9b97a;
  --comment: #7f8792;
  --black: #6b727c; --red: #f28b82; --green: #8fc79b; --yellow: #d9b97a; --blue: #83b4ee;
  --magenta: #c99adb; --cyan: #77c5d1; --white: #dfe2e6;
`;

const PAGE = `
:root {
  color-scheme: light dark;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
*, ::before, ::after { box-sizing: border-box; }
html { scrollbar-width: thin; scrollbar-color: var(--rule-strong) transparent; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.0625rem/1.65 var(--sans); }
main, header { max-width: 56rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.5rem; color: var(--ink-soft); font-size: .85rem; }
main { padding-bottom: 5rem; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: .06em; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2.2em 0 .6em; text-wrap: balance; }
h1 { font-size: 2.1rem; letter-spacing: -.02em; margin-top: .5rem; }
h2 { font-size: 1.45rem; letter-spacing: -.01em; }
h3 { font-size: 1.15rem; }
h4 { font-size: 1rem; }
p, ul, ol, blockquote, table, .formula { margin: 0 0 1em; }
.prose { overflow-wrap: break-word; }
.prose img { max-width: 100%; height: auto; }
.prose li > p { margin-bottom: .4em; }
blockquote { margin-left: 0; padding-left: 1.1em; border-left: 3px solid var(--rule-strong); color: var(--ink-soft); }
hr { border: 0; border-top: 1px solid var(--rule); margin: 2.5em 0; }
.formula { overflow: auto hidden; padding: .35rem 0; text-align: center; }
math { font-size: 1.08em; }

code, pre, .label { font-family: var(--mono); font-variant-ligatures: none; tab-size: 2; }
:not(pre) > code { font-size: .87em; background: var(--panel); border-radius: .25em; padding: .12em .32em; }
pre, .html, table, .formula { scrollbar-width: thin; }
pre { margin: 0; font-size: .78rem; line-height: 1.55; overflow-x: auto; }
.prose pre { background: var(--panel); border-radius: .5rem; padding: .9rem 1.1rem; margin-bottom: 1em; }

.cell { margin: 1.4rem 0; }
.source { position: relative; background: var(--panel); border-left: 3px solid var(--rule-strong); border-radius: .2rem .5rem .5rem .2rem; }
.source > pre { padding: .95rem 1.1rem; }
.source.failed { border-left-color: var(--danger); }
.label { display: block; padding: 0 .9rem .4rem; text-align: right; color: var(--comment); font-size: .7rem; white-space: nowrap; user-select: none; }
summary { cursor: pointer; color: var(--ink-soft); font-size: .85rem; }
.output { margin: .8rem 0 0; padding: 0 1.1rem 0 calc(1.1rem + 3px); max-width: 100%; }
pre.output { max-height: 34rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.output pre { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 34rem; overflow: auto; }
.stderr, .error { padding-top: .7rem; padding-bottom: .7rem; border-radius: .5rem; }
.stderr { background: var(--warning-ground); }
.error { background: var(--danger-ground); color: var(--danger); }
.note { color: var(--ink-soft); font-size: .9rem; }
.html { overflow-x: auto; font-size: .95rem; }
.picture { display: block; max-width: 100%; height: auto; background: var(--picture-ground); border-radius: .4rem; }
.figure { margin: 0; width: 100%; }
.output:has(> .figure) { padding-left: 0; padding-right: 0; }

table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; display: block; max-width: 100%; overflow-x: auto; }
th, td { padding: .4em .9em; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
thead th { border-bottom-color: var(--rule-strong); }
[align="right"], [style*="text-align:right"] { text-align: right; }

.hljs-keyword, .hljs-literal, .hljs-variable.language_ { color: var(--keyword); }
.hljs-string, .hljs-regexp, .hljs-attr + .hljs-string { color: var(--string); }
.hljs-number { color: var(--number); }
.hljs-title, .hljs-title.function_ { color: var(--title); }
.hljs-title.class_, .hljs-type, .hljs-built_in { color: var(--type); }
.hljs-comment, .hljs-meta { color: var(--comment); font-style: italic; }
.hljs-subst { color: var(--ink); }

.t-bold { font-weight: 700; }
.t-dim { opacity: .65; }
.t-italic { font-style: italic; }
.t-underline { text-decoration: underline; }
.t-ground { color: var(--ground); }
.t-on-ink { background: var(--ink); }

@media (min-width: 70rem) { /* room beside the column */
  .label { position: absolute; top: 1.05rem; right: calc(100% + 1rem); padding: 0; }
}
@media (max-width: 40rem) {
  body { font-size: 1rem; }
  main, header { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.7rem; }
  .source { margin-left: -1rem; margin-right: -1rem; border-radius: 0; }
  .source > pre { padding: .8rem 1rem; font-size: .8rem; }
  .output { padding-left: 0; padding-right: 0; }
  .stderr, .error { padding-left: .8rem; padding-right: .8rem; }
}
@media print {
  body { font-size: 10.5pt; }
  pre.output, .output pre { max-height: none; }
  .source, .figure, .picture { break-inside: avoid; }
}
`;

const TERMINAL_COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** The style sheet of a page. */
export function styleSheet(): string {
  const terminal = TERMINAL_COLOURS.map((name) =>
    `.t-${name}, .t-bright-${name} { color: var(--${name}); }\n` +
    `.t-on-${name}, .t-on-bright-${name} { background: var(--${name}); }\n`
  ).join("");
  return `:root {${PALETTE_LIGHT}}\n` +
    `@media (prefers-color-scheme: dark) { :root {${PALETTE_DARK}} }\n` +
    PAGE + terminal;
}
