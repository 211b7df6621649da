import type { Tracing } from './tracing.js';

/** HTTP statuses from here on are errors (RFC 9110, section 15). */
const ERRORS = 400;

/** The part of a receiver's answer that matters here. */
interface Replied {
  readonly status: number;
}

/**
 * Puts a span around every call of a web hook; the receiver may continue its trace. It is a trace of its own, and no
 * part of a request's: a case runs for days, on any instance, and the audit log tells whose request began it.
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
