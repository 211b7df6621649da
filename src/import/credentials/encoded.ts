/** Credentials that are recognised by what their encoding contains. */

/** Whether a text is the base64url of a JSON object that names an algorithm: the header of a JWS or JWE. */
export function isJoseHeader(encoded: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'alg' in header && typeof header.alg === 'string';
  } catch {
    return false;
  }
}

/** Whether a text is the base64 of `user:password` (RFC 7617). */
export function isUserAndPassword(encoded: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]+$/.test(Buffer.from(encoded, 'base64').toString('utf8'));
}

/** Whether a text is the base64 of a Discord id: the first part of a bot's token. */
export function isDiscordId(encoded: string): boolean {
  return /^\d{17,20}$/.test(Buffer.from(encoded, 'base64').toString('latin1'));
}
