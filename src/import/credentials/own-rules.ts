import type { Finding } from './preset.js';

/**
 * Rules for credentials that the preset does not know (a test says which does which). Each names the form its
 * issuer documents. What is only an identifier has no rule: AWS access key ids, client ids, key ids,
 * fingerprints, UUIDs, digests and ARNs are how a source names a credential without giving it away.
 */
const RULES: readonly (readonly [name: string, pattern: string])[] = [
  // RFC 7519: header and payload are base64url of JSON objects, so both begin with eyJ.
  ['json-web-token', String.raw`\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}`],
  // HashiCorp Vault: service, batch and recovery tokens; before 1.10 `s.` and 24 characters.
  ['vault', String.raw`\bhv[sbr]\.[\w-]{24,}|\b[sbr]\.(?=[A-Za-z]*\d)[A-Za-z0-9]{24}\b`],
  ['terraform-cloud', String.raw`\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,}`],
  // RFC 7468 and OpenSSH: the preset wants a whole, well-formed block; a part of one is as bad.
  [
    'private-key',
    String.raw`-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])*[A-Za-z0-9+/=]{16}`,
  ],
  ['putty-private-key', String.raw`PuTTY-User-Key-File-\d`],
  ['age-secret-key', String.raw`\bAGE-SECRET-KEY-1[0-9A-Z]{58}`],
  ['google-api-key', String.raw`\bAIza[\w-]{35}`],
  ['google-oauth', String.raw`\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}|(?<![\w/])1//0[\w-]{30,}`],
  // Azure storage and Service Bus keys, shared access signatures, Entra client secrets.
  ['azure', String.raw`\b(?:AccountKey|SharedAccessKey)\s*=\s*[A-Za-z0-9+/]{40,}=*`],
  ['azure-sas', String.raw`[?&;]sig=[A-Za-z0-9%+/=]{40,}`],
  ['entra-client-secret', String.raw`(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])`],
  ['gitlab', String.raw`\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[\w-]{20,}`],
  ['stripe', String.raw`\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/=]{24,}`],
  ['slack', String.raw`\bxox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,}`],
  ['slack-webhook', String.raw`hooks\.slack\.com/(?:workflows|triggers)/[A-Za-z0-9/]{20,}`],
  ['github', String.raw`\b(?:gh[pousr]_[A-Za-z0-9_.-]{36,}|github_pat_[A-Za-z0-9_]{60,})`],
  ['npm', String.raw`\bnpm_[A-Za-z0-9]{36}`],
  ['pypi', String.raw`\bpypi-AgE[\w-]{50,}`],
  ['rubygems', String.raw`\brubygems_[0-9a-f]{48}`],
  ['crates-io', String.raw`\bcio[A-Za-z0-9]{32}\b`],
  ['docker-hub', String.raw`\bdckr_(?:pat|oat)_[\w-]{20,}`],
  ['digitalocean', String.raw`\bdo[opr]_v1_[0-9a-f]{64}`],
  ['atlassian', String.raw`\bATATT3[\w=-]{60,}|\bATCTT3[\w=-]{60,}`],
  ['hugging-face', String.raw`\bhf_[A-Za-z]{34}\b`],
  ['databricks', String.raw`\bdapi[0-9a-f]{32}(?:-\d)?\b`],
  ['openai', String.raw`\bsk-(?:proj|svcacct|admin)-[\w-]{40,}|\bsk-[A-Za-z0-9]{48}\b`],
  ['anthropic', String.raw`\bsk-ant-[\w-]{40,}`],
  ['linear', String.raw`\blin_(?:api|oauth)_[A-Za-z0-9]{32,}`],
  ['grafana', String.raw`\bgl(?:sa|c)_[A-Za-z0-9_=+/]{32,}`],
  ['new-relic', String.raw`\bNRAK-[A-Z0-9]{27}`],
  ['pulumi', String.raw`\bpul-[0-9a-f]{40}\b`],
  ['doppler', String.raw`\bdp\.(?:pt|st|sa|ct|scim|audit)\.(?:[\w-]+\.)?[A-Za-z0-9]{40,}`],
  ['shopify', String.raw`\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}`],
  ['telegram-bot', String.raw`(?<!\d)\d{8,10}:AA[\w-]{33}(?![\w-])`],
  // RFC 7617 and RFC 6750: what an Authorization header carries.
  ['authorization-header', String.raw`\b(?:Bearer|Basic|bearer|basic) (?=[A-Za-z._~+/-]*\d)[\w.~+/-]{20,}=*`],
  [
    'aws-secret',
    String.raw`(?:[sS]ecret_?[aA]ccess_?[kK]ey|SECRET_ACCESS_KEY)\W{1,6}[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])`,
  ],
  // RFC 3986, section 3.2.1: a password in a URL of any scheme. Placeholders are none.
  [
    'url-password',
    String.raw`\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s/?#:@"'<>]{0,100}:(?![*xX.]+@|<|\{|\$|%)[^\s/?#@"'<>]{4,200}@[\w[]`,
  ],
  // A value under a name that means "the value": `"password": "…"`, as the JSON of an attribute has it.
  [
    'named-secret',
    String.raw`"(?:[a-z_]*_)?(?:[pP]assword|[pP]asswd|[cC]lient_?[sS]ecret|[pP]rivate_?[kK]ey|[sS]ecret_?[kK]ey|[aA]ccess_?[tT]oken|[rR]efresh_?[tT]oken)" ?: ?"(?![*xX.•]+"|<|\{|\$|\[|[A-Za-z]+://)(?=[^"\s]*\d)(?=[^"\s]*[A-Za-z])(?!\d{4}-\d\d-\d\d)[^"\s]{8,}"`,
  ],
];

/** All rules as one pattern, so that a text is gone over once; the name of a group tells which rule it was. */
const ALL = new RegExp(RULES.map(([name, pattern]) => `(?<${group(name)}>${pattern})`).join('|'), 'g');
const NAMES = new Map(RULES.map(([name]) => [group(name), name]));

function group(name: string): string {
  return name.replaceAll('-', '_');
}

/** What Tendril's own rules find in a text. */
export function ownFindings(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(ALL)) {
    const matched = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined);
    const rule = NAMES.get(matched?.[0] ?? '') ?? 'credential';
    found.push({ start: match.index, end: match.index + match[0].length, rule });
  }
  return found;
}
