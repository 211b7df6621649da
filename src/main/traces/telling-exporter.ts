import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';

/**
 * Sends spans as another exporter does, and tells in the log, in plain words, when the collector does not take them,
 * and when it does again: once each, however many spans are lost between.
 */
export class TellingExporter implements SpanExporter {
  private lost = 0;

  /** @param collector its address, without anything secret */
  constructor(
    private readonly exporter: SpanExporter,
    private readonly collector: string,
    private readonly log: Logger,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.exporter.export(spans, (result) => {
      if (result.code === ExportResultCode.SUCCESS) this.taken();
      else this.refused(spans.length, result.error);
      // It is told: whoever hands them over is not to say it again.
      done({ code: ExportResultCode.SUCCESS });
    });
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  private taken(): void {
    const { collector, lost } = this;
    if (lost > 0) this.log.info({ collector, lost }, 'the collector takes traces again');
    this.lost = 0;
  }

  private refused(spans: number, error: Error | undefined): void {
    const { collector, lost } = this;
    this.lost += spans;
    if (lost > 0) return;
    this.log.warn(
      { collector, why: reasonOf(error) },
      'the collector does not take traces; they are thrown away until it does, and nothing else is different',
    );
  }
}

/** A code of the network, or an HTTP status; what a collector answered is not repeated. */
function reasonOf(error: Error | undefined): unknown {
  const { code } = (error ?? {}) as { code?: unknown };
  return code ?? error?.message ?? 'no reason given';
}
