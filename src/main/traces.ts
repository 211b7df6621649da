import { DiagLogLevel, diag } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { Tracing } from '../api/tracing/tracing.js';
import { withDeadline } from '../async/with-deadline.js';
import { ConfigError, type TracesConfig } from '../config.js';
import { programVersion } from '../model/version.js';
import { LoggingExporter } from './traces/logging-exporter.js';
import { TracerTracing } from './traces/tracer-tracing.js';

/** Tracing, and the way to end it. */
export interface Traces {
  readonly tracing: Tracing;
  /** Sends the last spans, and waits for that no longer than {@link STOP_MILLIS}. A second call does nothing. */
  stop(): Promise<void>;
}

/** How long to wait until the collector has received the last spans when the service stops, in milliseconds. */
const STOP_MILLIS = 2000;

/**
 * Starts tracing with OpenTelemetry, which sends spans to a collector by OTLP. This module is loaded only where something
 * is traced, because it brings a dozen packages. OpenTelemetry itself reads its other variables (headers, sampler,
 * resource, batches); its warnings about them go into the log.
 *
 * @throws ConfigError for an invalid endpoint or protocol
 */
export function startTraces(config: TracesConfig, log: Logger): Traces {
  const { origin } = endpointOf(config);
  const exporter = new LoggingExporter(exporterOf(config), origin, log);
  const warn = (message: string) => log.warn(message);
  const silent = () => {};
  const diagnostics = { error: warn, warn, info: silent, debug: silent, verbose: silent };
  // Warnings are logged only during the start: later ones would repeat, and could contain anything.
  diag.setLogger(diagnostics, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const provider = new BasicTracerProvider({
    resource: resourceOf(),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  diag.disable();
  log.info({ collector: origin, protocol: config.protocol }, 'traces are sent');
  const tracing = new TracerTracing(provider.getTracer('tendril', programVersion()));
  const late = () =>
    log.warn({ collector: origin }, 'stopped before the collector had accepted the last traces');
  return { tracing, stop: () => inTime(provider.shutdown(), late) };
}

function endpointOf({ endpoint }: TracesConfig): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new ConfigError(
    'OTEL_EXPORTER_OTLP_ENDPOINT is an http or https address, such as http://127.0.0.1:4318, and was set to something else.',
  );
}

function exporterOf(config: TracesConfig): SpanExporter {
  const { href: url } = endpointOf(config);
  if (config.protocol === 'http/protobuf') return new ProtobufExporter({ url });
  if (config.protocol === 'http/json') return new JsonExporter({ url });
  throw new ConfigError(
    'OTEL_EXPORTER_OTLP_PROTOCOL is http/protobuf or http/json, and was set to something else; for Tendril alone set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL, and the port that takes it.',
  );
}

/** The resource of the spans. The environment takes precedence. */
function resourceOf(): Resource {
  const ours = resourceFromAttributes({ 'service.name': 'tendril', 'service.version': programVersion() });
  return defaultResource()
    .merge(ours)
    .merge(detectResources({ detectors: [envDetector] }));
}

/** Waits for work that may fail, but not for long. The exporter has reported why it failed. */
function inTime(sending: Promise<void>, onTimeout: () => void): Promise<void> {
  return withDeadline(
    sending.catch(() => {}),
    { millis: STOP_MILLIS, onTimeout },
  );
}
