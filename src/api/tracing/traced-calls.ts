import type { Tracing } from './tracing.js';

/** From here on HTTP calls an answer an error (RFC 9110, section 15). */
const ERRORS = 400;

/** What is looked at of a receiver's answer. */
interface Replied {
  readonly status: number;
}

/**
 * A span around every call of a web hook, which the receiver's own go on with. It has a trace of its own: cases are
 * carried out for days, by whichever instance is there, and whose request set that off is in the audit log.
 */
export function tracedCalls(tracing: Tracing) {
  return <T extends Replied>(call: (traceparent: string | null) => Promise<T>): Promise<T> => {
    const attributes = { 'http.request.method': 'POST' };
    return tracing.span({ kind: 'CALL', name: 'POST web hook', attributes }, async (span) => {
      try {
        const reply = await call(span.traceparent);
        const failed = reply.status >= ERRORS;
        const attributes = {
          'http.response.status_code': reply.status,
          'error.type': failed ? String(reply.status) : undefined,
        };
        span.end({ failed, attributes });
        return reply;
      } catch (error) {
        span.end({ failed: true, attributes: { 'error.type': '_OTHER' } });
        throw error;
      }
    });
  };
}
