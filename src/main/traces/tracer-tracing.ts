import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  type Span as OpenSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { NO_SPAN, type Span, type SpanEnd, type SpanStart, type Tracing } from '../../api/tracing/tracing.js';

/** Traces with a tracer of OpenTelemetry. It is not registered globally, so other users of its API are not traced. */
export class TracerTracing implements Tracing {
  private readonly running = new AsyncLocalStorage<Context>();

  constructor(private readonly tracer: Tracer) {}

  span<T>({ name, kind, attributes, traceparent }: SpanStart, run: (span: Span) => T): T {
    const parent = this.parentOf(kind, traceparent);
    if (parent === undefined) return run(NO_SPAN);
    const as = SpanKind[kind === 'CALL' ? 'CLIENT' : kind];
    const span = this.tracer.startSpan(name, { kind: as, attributes: { ...attributes } }, parent);
    return this.running.run(trace.setSpan(parent, span), () => run(new TracerSpan(span)));
  }

  private parentOf(kind: SpanStart['kind'], traceparent: string | undefined): Context | undefined {
    if (kind === 'SERVER') return callersContext(traceparent);
    return kind === 'CALL' ? ROOT_CONTEXT : this.openContext();
  }

  /**
   * The context of the span that runs, if it is still open. Work that a request has started may go on for days after
   * the answer, and does not belong to its trace then.
   */
  private openContext(): Context | undefined {
    const context = this.running.getStore();
    return context !== undefined && trace.getSpan(context)?.isRecording() === true ? context : undefined;
  }
}

/** The trace of the caller, without its `tracestate`, which may contain any text. */
function callersContext(traceparent: string | undefined): Context {
  const caller = traceparent === undefined ? null : parseTraceParent(traceparent);
  return caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true });
}

class TracerSpan implements Span {
  constructor(private readonly span: OpenSpan) {}

  /** The trace context for calls to other services. A span that is not sampled has one too, which says so. */
  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    const sampled = (traceFlags & TraceFlags.SAMPLED) === 0 ? '00' : '01';
    return `00-${traceId}-${spanId}-${sampled}`;
  }

  end({ name, attributes, failed = false }: SpanEnd = {}): void {
    const { span } = this;
    if (name !== undefined) span.updateName(name);
    if (attributes !== undefined) span.setAttributes({ ...attributes });
    // There is no message, because it could repeat parts of the request.
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}
