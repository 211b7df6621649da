/** How long to wait for the answer of an issuer, in milliseconds. */
const TIMEOUT = 5000;
/** The longest document that is read, in bytes. */
const LONGEST = 2 ** 20;

/** Gets a JSON document, without redirects and within limits of time and size. Throws every error as it is. */
export async function getJson(url: URL): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url.href} answered ${response.status}.`);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > LONGEST) throw new Error(`${url.href} answered with more than ${LONGEST} bytes.`);
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
}
