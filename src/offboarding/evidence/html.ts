/** HTML that has been escaped, and may stand in a page as it is. */
export interface Html {
  readonly html: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text with the characters escaped that have a meaning in HTML. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] as string);

/** Template of a piece of a page: every value that is not HTML already is escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const filled = parts.map((part, at) => part + (at < values.length ? shown(values[at]) : ''));
  return { html: filled.join('') };
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join('');
  if (typeof value === 'object' && value !== null && 'html' in value) return String(value.html);
  return value === null || value === undefined ? '' : escaped(String(value));
}

/** The longest word that is not broken: a kind, a state, a moment. Ids and hashes are longer. */
const SHORT = 26;

/** A table cell. One short word stays on its line; only cells with longer words are broken within words. */
function cell(value: unknown): Html {
  const words = typeof value === 'string' ? value.split(' ') : [];
  if (words.some((word) => word.length > SHORT)) return html`<td class="id">${value}</td>`;
  const isOne = typeof value === 'number' || words.length === 1;
  return isOne ? html`<td class="s">${value}</td>` : html`<td>${value}</td>`;
}

/** A section of a page with a heading and an anchor. */
export function part(id: string, title: string, ...contents: readonly Html[]): Html {
  return html`<h2 id="${id}">${title}</h2>\n${contents}`;
}

/** A table with a caption and headers, for screen readers. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly unknown[])[],
): Html {
  if (rows.length === 0) return html`<h3>${caption}</h3><p>None.</p>`;
  return html`<table><caption>${caption}</caption><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody></table>`;
}

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%;margin:1rem 0 2rem}caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}.id,li{overflow-wrap:anywhere}
th{background:#f2f2f2;white-space:nowrap}.s{white-space:nowrap}h2{border-bottom:2px solid #1a1a1a;margin-top:3rem}nav a{margin-right:1rem}.bad{color:#a40000;font-weight:600}@media print{body{margin:0}thead{display:table-header-group}}`;

/** A page that stands alone: no scripts, nothing loaded from elsewhere. */
export function page(title: string, body: Html): string {
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style></head>\n<body>${body.html}</body></html>\n`;
}
