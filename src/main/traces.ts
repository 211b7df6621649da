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
import { TellingExporter } from './traces/telling-exporter.js';
import { TracerTracing } from './traces/tracer-tracing.js';

/** What is traced, and sent somewhere. */
export interface Traces {
  readonly tracing: Tracing;
  /** Sends what is left, and waits for it no longer than {@link STOP_MILLIS}. Twice is the same as once. */
  stop(): Promise<void>;
}

/** How long a collector may take for what is left when the service stops, in milliseconds. */
const STOP_MILLIS = 2000;

/**
 * Traces with OpenTelemetry, and sends what is traced to a collector by OTLP. To be loaded only where that is wanted:
 * this brings a dozen packages. What OpenTelemetry's other variables say (headers, sampler, resource, batches) it
 * reads itself; what it finds wrong with them is in the log.
 *
 * @throws ConfigError for an endpoint or a protocol that is none
 */
export function startTraces(config: TracesConfig, log: Logger): Traces {
  const { origin } = endpointOf(config);
  const exporter = new TellingExporter(exporterOf(config), origin, log);
  const says = (message: string) => log.warn(message);
  const silent = () => {};
  const hearing = { error: says, warn: says, info: silent, debug: silent, verbose: silent };
  // Only while it begins: later it would repeat itself, and what it said could be of anything.
  diag.setLogger(hearing, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const provider = new BasicTracerProvider({
    resource: resourceOf(),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  diag.disable();
  log.info({ collector: origin, protocol: config.protocol }, 'traces are sent');
  const tracing = new TracerTracing(provider.getTracer('tendril', programVersion()));
  const late = () =>
    log.warn({ collector: origin }, 'stopped before the collector had taken the last traces');
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

/** Who traces: what the environment says counts most. */
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
