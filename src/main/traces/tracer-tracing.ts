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

/** Traces with a tracer of OpenTelemetry. Nothing of it is global: what else uses its API is not traced by us. */
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
    return kind === 'CALL' ? ROOT_CONTEXT : this.live();
  }

  /**
   * What runs, if it is traced. What a request has set off may go on for days after it is answered: that is no part
   * of it any more.
   */
  private live(): Context | undefined {
    const context = this.running.getStore();
    return context !== undefined && trace.getSpan(context)?.isRecording() === true ? context : undefined;
  }
}

/** The caller's trace. Its `tracestate` is left behind: any text may be in it. */
function callersContext(traceparent: string | undefined): Context {
  const caller = traceparent === undefined ? null : parseTraceParent(traceparent);
  return caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true });
}

class TracerSpan implements Span {
  constructor(private readonly span: OpenSpan) {}

  /** Also of a span that is not sampled, which it says: so the receiver need not trace it either. */
  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    const sampled = (traceFlags & TraceFlags.SAMPLED) === 0 ? '00' : '01';
    return `00-${traceId}-${spanId}-${sampled}`;
  }

  end({ name, attributes, failed = false }: SpanEnd = {}): void {
    const { span } = this;
    if (name !== undefined) span.updateName(name);
    if (attributes !== undefined) span.setAttributes({ ...attributes });
    // Without a message: it could repeat what was asked.
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
}
