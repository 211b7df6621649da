/**
 * The attributes that a span may have: a closed list of names and numbers of our choice. None of them can hold content
 * of a request or an answer, so that no content leaves in a trace. The names are those of OpenTelemetry's semantic
 * conventions (https://opentelemetry.io/docs/specs/semconv/); our own begin with `tendril.`.
 */
export interface Attributes {
  /** A known method, or `_OTHER`. */
  readonly 'http.request.method'?: string;
  /** A route with its parameters: `/webhooks/actions/:id`. Absent where no route matched. */
  readonly 'http.route'?: string | undefined;
  /** Absent where the caller did not wait for the answer. */
  readonly 'http.response.status_code'?: number | undefined;
  readonly 'url.scheme'?: 'http';
  /** Without the query string, and with REDACTED for the parts that the caller chose. */
  readonly 'url.path'?: string;
  readonly 'graphql.operation.type'?: OperationType | undefined;
  /** Only of a trusted document: any other name is the caller's text. */
  readonly 'graphql.operation.name'?: string | undefined;
  readonly 'db.system.name'?: DatabaseSystem;
  /** The method of the store's port: `entities`, `journal.auditEvents`, `draft.commit`. */
  readonly 'db.operation.name'?: string;
  /** A code of ours, an HTTP status, or `_OTHER`. */
  readonly 'error.type'?: string | undefined;
  /** The request id in the log. */
  readonly 'tendril.request_id'?: string;
  /** The revision of the graph that was read or written. */
  readonly 'tendril.revision'?: number | undefined;
}

export type OperationType = 'query' | 'mutation' | 'subscription';

/** Store engines, as the conventions name them. */
export type DatabaseSystem = 'sqlite' | 'neo4j';

/** What is known of a span at its start. */
export interface SpanStart {
  readonly name: string;
  /**
   * SERVER: a request to us; it begins a trace, or continues the caller's. INTERNAL and CLIENT: a part of the span that
   * is running; without one there is no such span. CALL: an HTTP request of ours to another service; it always begins a
   * trace, which the other service may continue.
   */
  readonly kind: 'SERVER' | 'INTERNAL' | 'CLIENT' | 'CALL';
  readonly attributes: Attributes;
  /** With SERVER: the header of that name (W3C Trace Context, https://www.w3.org/TR/trace-context/). */
  readonly traceparent?: string | undefined;
}

/** What is known of a span only at its end. */
export interface SpanEnd {
  /** Replaces the name from the start. */
  readonly name?: string | undefined;
  readonly attributes?: Attributes;
  /** Whether it failed, and not through a fault of the caller. */
  readonly failed?: boolean;
}

export interface Span {
  /** The header of that name for a service that continues this trace (W3C Trace Context); null: nothing is traced. */
  readonly traceparent: string | null;
  /** Ends the span. To be called once. */
  end(ending?: SpanEnd): void;
}

/** Records spans. */
export interface Tracing {
  /**
   * Begins a span and runs a function in it: spans that begin there, now or later, are its children. The function has
   * to end the span.
   */
  span<T>(beginning: SpanStart, run: (span: Span) => T): T;
}

export const NO_SPAN: Span = { traceparent: null, end() {} };

/** Tracing that is switched off. */
export const NO_TRACING: Tracing = { span: (_beginning, run) => run(NO_SPAN) };
