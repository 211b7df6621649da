import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';

/**
 * Wraps an exporter of spans, and logs in plain words when the collector does not accept them, and when it does again:
 * once each, however many spans are lost in between.
 */
export class LoggingExporter implements SpanExporter {
  private lost = 0;

  /** @param collector the origin of the collector, without secrets, for the log */
  constructor(
    private readonly exporter: SpanExporter,
    private readonly collector: string,
    private readonly log: Logger,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      if (result.code === ExportResultCode.SUCCESS) this.accepted();
      else this.refused(spans.length, result.error);
      // The failure is logged already, so the caller of the exporter must not log it again.
      done({ code: ExportResultCode.SUCCESS });
    });
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  private accepted(): void {
    const { collector, lost } = this;
    if (lost > 0) this.log.info({ collector, lost }, 'the collector accepts traces again');
    this.lost = 0;
  }

  private refused(spans: number, error: Error | undefined): void {
    const { collector, lost } = this;
    this.lost += spans;
    if (lost > 0) return;
    this.log.warn(
      { collector, why: reasonOf(error) },
      'the collector does not accept traces; they are dropped until it does, and nothing else changes',
    );
  }
}

/** An error code of the network, or an HTTP status. The answer of the collector is not repeated. */
function reasonOf(error: Error | undefined): unknown {
  const { code } = (error ?? {}) as { code?: unknown };
  return code ?? error?.message ?? 'no reason given';
}
