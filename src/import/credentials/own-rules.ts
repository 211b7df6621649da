import { isDiscordId, isJoseHeader, isUserAndPassword } from './encoded.js';
import { isReference, looksChosen, looksRandom } from './looks.js';
import type { Finding } from './preset.js';

/** A name, a pattern and, where the pattern alone finds too much, a check of its first group. */
type Rule = readonly [name: string, pattern: RegExp, confirm?: (caught: string) => boolean];

/**
 * Rules for credentials, most of which the preset does not have (a test says which finds what). Each has the form that
 * the issuer documents. Where possible a pattern begins with fixed letters, and a lookbehind checks what comes before
 * them. Repetitions that could backtrack have a limit on their length.
 *
 * Identifiers have no rule: with an AWS access key id alone, client ids, key ids, UUIDs, digests in base 16 and ARNs a
 * source names a credential without revealing it. {@link isReference}, {@link looksChosen} and {@link looksRandom}
 * decide about a value under a key.
 */
const RULES: readonly Rule[] = [
  // RFC 7519: header and payload are base64url of JSON objects, so both begin with eyJ.
  ['json-web-token', /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10}/g],
  // The same with a space or line end after the first brace; JWE has five parts, the second may be empty.
  ['json-web-token', /\b(e(?:yJ|yA|wo|w0|wk)[\w-]{10,4000})\.[\w-]{0,4000}\.[\w-]{10}/g, isJoseHeader],
  // HashiCorp Vault: service, batch and recovery tokens; before 1.10 `s.` and 24 characters.
  ['vault', /\bhv[sbr]\.[\w-]{24,}|\b[sbr]\.(?=[A-Za-z]*\d)[A-Za-z0-9]{24}\b/g],
  ['terraform-cloud', /\.atlasv1\.(?<=\b[A-Za-z0-9]{14}\.atlasv1\.)[\w=-]{60,}/g],
  // RFC 7468, RFC 1421 and RFC 4880 (with header lines) and OpenSSH: the preset finds only complete, well-formed
  // blocks, but a part of one is as bad. So is a text with only the first line: the others may follow in a list.
  [
    'private-key',
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])*(?:[A-Za-z0-9+/=]{16}|(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|MessageID): )/g,
  ],
  [
    'private-key',
    /-----BEGIN (?<=(?:^|["\0])\s*-----BEGIN )[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?=(?:\s|\\[nr])*(?:$|["\0]))/g,
  ],
  ['putty-private-key', /PuTTY-User-Key-File-\d/g],
  ['age-secret-key', /\bAGE-SECRET-KEY-1[0-9A-Z]{58}/g],
  ['google-api-key', /\bAIza[\w-]{35}/g],
  ['google-oauth', /\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}|(?<![\w/])1\/\/0[\w-]{30,}/g],
  // Azure storage and Service Bus keys, shared access signatures, Entra client secrets.
  ['azure', /\b(?:AccountKey|SharedAccessKey)\s*=\s*[A-Za-z0-9+/]{40,}=*/g],
  // The key of a storage account by itself is 64 bytes in base64.
  ['azure', /==(?<=(?<![\w+/=:-])[A-Za-z0-9+/]{86}==)(?![\w+/=])/g],
  ['azure-sas', /[?&;]sig=[A-Za-z0-9%+/=]{40,}/g],
  ['entra-client-secret', /Q~(?<=(?<![\w~.-])[\w~.-]{3}\dQ~)[\w~.-]{31,34}(?![\w~.-])/g],
  ['gitlab', /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[\w-]{20,}/g],
  ['stripe', /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/=]{24,}/g],
  ['slack', /\bxox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,}/g],
  ['slack-webhook', /hooks\.slack\.com\/(?:workflows|triggers)\/[A-Za-z0-9/]{20,}/g],
  ['github', /\b(?:gh[pousr]_[A-Za-z0-9_.-]{36,}|github_pat_[A-Za-z0-9_]{60,})/g],
  ['npm', /\bnpm_[A-Za-z0-9]{36}/g],
  ['npmrc', /_(?:authToken|auth|password) ?= ?[\w+/=-]{16,}/g],
  ['pypi', /\bpypi-AgE[\w-]{50,}/g],
  ['rubygems', /\brubygems_[0-9a-f]{48}/g],
  ['crates-io', /\bcio[A-Za-z0-9]{32}\b/g],
  ['docker-hub', /\bdckr_(?:pat|oat)_[\w-]{20,}/g],
  ['digitalocean', /\bdo[opr]_v1_[0-9a-f]{64}/g],
  ['atlassian', /\bATATT3[\w=-]{60,}|\bATCTT3[\w=-]{60,}/g],
  ['hugging-face', /\bhf_[A-Za-z]{34}\b/g],
  ['databricks', /\bdapi[0-9a-f]{32}(?:-\d)?\b/g],
  ['openai', /\bsk-(?:proj|svcacct|admin)-[\w-]{40,}|\bsk-[A-Za-z0-9]{48}\b/g],
  ['anthropic', /\bsk-ant-[\w-]{40,}/g],
  ['linear', /\blin_(?:api|oauth)_[A-Za-z0-9]{32,}/g],
  ['grafana', /\bgl(?:sa|c)_[A-Za-z0-9_=+/]{32,}/g],
  ['new-relic', /\bNRAK-[A-Z0-9]{27}/g],
  ['pulumi', /\bpul-[0-9a-f]{40}\b/g],
  ['doppler', /\bdp\.(?:pt|st|sa|ct|scim|audit)\.(?:[\w-]+\.)?[A-Za-z0-9]{40,}/g],
  ['shopify', /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/g],
  ['telegram-bot', /:AA(?<=(?<!\d)\d{8,10}:AA)[\w-]{33}(?![\w-])/g],
  ['okta', /\bSSWS 00[\w-]{30,}/g],
  ['sentry', /\bsntry[usa]_[\w+/=]{40,}/g],
  ['notion', /\bsecret_[A-Za-z0-9]{43}\b|\bntn_[A-Za-z0-9]{40,}/g],
  ['postman', /\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}/g],
  ['circleci', /\bCCI(?:PAT|PRJ)_[A-Za-z0-9]{22}_[0-9a-f]{40}/g],
  ['discord', /\b([MNO][\w-]{23,27})\.[\w-]{6}\.[\w-]{27,40}/g, isDiscordId],
  ['discord-webhook', /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,}/g],
  // RFC 7617 and RFC 6750: what an Authorization header carries.
  ['authorization-header', /\b[Bb]asic ([A-Za-z0-9+/]{8,2000}={0,2})(?![\w-])/g, isUserAndPassword],
  ['authorization-header', /\b[Bb]earer (?=[A-Za-z._~+/-]*\d)([\w.~+/-]{20,4000})=*/g, looksRandom],
  [
    'aws-secret',
    /(?:[sS]ecret_?[aA]ccess_?[kK]ey|SECRET_ACCESS_KEY)["'\s:=,;>]{1,6}(?![0-9a-f]{40})[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])/g,
  ],
  // The line of the file that AWS issues with a new key: its id and its secret.
  ['aws-secret', /\bA[KS]IA[A-Z0-9]{16}["'\s:=,;|]{1,4}(?![0-9a-f]{40})[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g],
  // The beginnings of tokens of AWS STS in their two present forms.
  ['aws-session', /\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz)[\w+/=]{100,}/g],
  // RFC 3986, section 3.2.1: a password in a URL of any scheme, except placeholders.
  [
    'url-password',
    /:\/\/(?<=\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}:\/\/)[^\s/?#:@"'<>]{0,100}:(?![*xX.]+@|<|\{|\$|%)[^\s/?#@"'<>]{4,200}@[\w[]/g,
  ],
  // A value under a key that means the secret itself: `"password": "…"`, as in the JSON of an attribute.
  [
    'named-secret',
    /(?:passw(?:or)?d|passphrase|(?:client|api|app)[_-]?secret|(?:private|secret)[_-]?key|(?:access|refresh)[_-]?token)" ?: ?"(?![*xX.•]+"|<|\{|\$|\[|[A-Za-z]+:\/\/|\d{4}-\d\d-\d\d)([^"\s]{8,})"/gi,
    (value) => !isReference(value) && looksChosen(value),
  ],
  // Keys that may also mean the name of a secret: only where the value does not look like a name.
  [
    'named-secret',
    /(?:api[_-]?key|secret|token)" ?: ?"(?![*xX.•]+"|<|\{|\$|\[|[A-Za-z]+:\/\/|\d{4}-\d\d-\d\d)([^"\s]{16,})"/gi,
    (value) => !isReference(value) && looksRandom(value),
  ],
];

/**
 * The findings of Tendril's own rules in a text. Each rule scans the text by itself: the engine skips quickly to its
 * fixed letters, which is several times as fast as all rules in one pattern.
 */
export function ownFindings(text: string): Finding[] {
  const found: Finding[] = [];
  for (const [rule, pattern, confirm] of RULES) {
    for (const match of text.matchAll(pattern)) {
      if (confirm !== undefined && !confirm(match[1] ?? '')) continue;
      found.push({ start: match.index, end: match.index + match[0].length, rule });
    }
  }
  return found;
}
