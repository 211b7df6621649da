/**
 * What a span may say: a closed list, of names and numbers that we choose. It has no place for what was asked,
 * answered or sent, so that none of it leaves by this way. Names are those of OpenTelemetry's semantic conventions
 * (https://opentelemetry.io/docs/specs/semconv/); `tendril.` begins our own.
 */
export interface Attributes {
  /** A method that everybody knows, or `_OTHER`. */
  readonly 'http.request.method'?: string;
  /** A place as routers write it: `/webhooks/actions/:id`. Left out where there is none. */
  readonly 'http.route'?: string | undefined;
  /** Left out where nobody waited for the answer. */
  readonly 'http.response.status_code'?: number | undefined;
  readonly 'url.scheme'?: 'http';
  /** Without the query, and with REDACTED in the place of what a caller chose. */
  readonly 'url.path'?: string;
  readonly 'graphql.operation.type'?: OperationType | undefined;
  /** Only of a trusted document: any other name is a text of the caller's. */
  readonly 'graphql.operation.name'?: string | undefined;
  readonly 'db.system.name'?: DatabaseSystem;
  /** The method of the store's port: `entities`, `journal.auditEvents`, `draft.commit`. */
  readonly 'db.operation.name'?: string;
  /** A code of ours, an HTTP status, or `_OTHER`. */
  readonly 'error.type'?: string | undefined;
  /** Under which the log has the request. */
  readonly 'tendril.request_id'?: string;
  /** The state of the graph that it is about. */
  readonly 'tendril.revision'?: number | undefined;
}

export type OperationType = 'query' | 'mutation' | 'subscription';

/** Store engines, as the conventions name them. */
export type DatabaseSystem = 'sqlite' | 'neo4j';

/** A span that begins. */
export interface SpanStart {
  readonly name: string;
  /**
   * SERVER: what somebody asked for; it begins a trace, or goes on with the caller's. INTERNAL and CLIENT: a part
   * of what runs; where nothing does that is traced, there is no such span. CALL: what we ask of somebody else by
   * HTTP, whatever runs; it begins a trace, and they go on with it.
   */
  readonly kind: 'SERVER' | 'INTERNAL' | 'CLIENT' | 'CALL';
  readonly attributes: Attributes;
  /** Of a SERVER: the header of that name (W3C Trace Context, https://www.w3.org/TR/trace-context/). */
  readonly traceparent?: string | undefined;
}

/** What is known of a span only at its end. */
export interface SpanEnd {
  /** Instead of the name that it began with. */
  readonly name?: string | undefined;
  readonly attributes?: Attributes;
  /** It went wrong, and not by the caller's fault. */
  readonly failed?: boolean;
}

export interface Span {
  /** The header of that name for whoever is to go on with this span (W3C Trace Context); null: nothing is traced. */
  readonly traceparent: string | null;
  /** Once. */
  end(ending?: SpanEnd): void;
}

/** Says what takes how long, and as a part of what. */
export interface Tracing {
  /**
   * Begins a span and runs something in it: what is begun there, now or later, is a part of it. Whoever begins a span
   * ends it.
   */
  span<T>(beginning: SpanStart, run: (span: Span) => T): T;
}

export const NO_SPAN: Span = { traceparent: null, end() {} };

/** Where nobody wants to know. */
export const NO_TRACING: Tracing = { span: (_beginning, run) => run(NO_SPAN) };
