import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector was told of it. */
export interface SpanHeard {
  readonly name: string;
  /** INTERNAL, SERVER or CLIENT. */
  readonly kind: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
}

/** A name and a value, as OTLP writes them in JSON. */
interface Pair {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What is looked at of `ExportTraceServiceRequest` (https://github.com/open-telemetry/opentelemetry-proto). */
interface Exported {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Pair[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<SpanHeard, 'kind' | 'attributes' | 'failed'> & {
        readonly kind: number;
        readonly attributes: readonly Pair[];
        readonly status: { readonly code: number };
      })[];
    }[];
  }[];
}

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT'];
const FAILED = 2;

const recordOf = (pairs: readonly Pair[]) =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]));

/** A collector of traces on this machine, which takes OTLP over HTTP and keeps it. */
export class Collector {
  /** What came, each with its path and media type. */
  readonly heard: { readonly path: string; readonly type: string; readonly body: string }[] = [];

  /** The HTTP status that it answers with. */
  status = 200;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param answers false: it takes what comes, and never says so */
  static async start(answers = true): Promise<Collector> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const collector = new Collector(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url: path = '', headers } = request;
        // What is text in protobuf is found in it as it is; each byte stays one character.
        const body = Buffer.concat(chunks).toString('latin1');
        collector.heard.push({ path, type: headers['content-type'] ?? '', body });
        if (answers) response.writeHead(collector.status).end();
      });
    });
    return collector;
  }

  /** All that came, to look for what must not be in it. */
  get text(): string {
    return this.heard.map(({ body }) => body).join('\n');
  }

  /** What is said of who traces. */
  get resource(): Readonly<Record<string, unknown>> {
    return recordOf(this.exported()[0]?.resource.attributes ?? []);
  }

  /** The spans that came as JSON, in the order in which they ended. */
  get spans(): SpanHeard[] {
    const spans = this.exported().flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    return spans.map(({ name, kind, traceId, spanId, parentSpanId, attributes, status }) => ({
      name,
      kind: KINDS[kind] ?? '',
      traceId,
      spanId,
      parentSpanId,
      attributes: recordOf(attributes),
      failed: status.code === FAILED,
    }));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private exported() {
    return this.heard.flatMap(({ body }) => (JSON.parse(body) as Exported).resourceSpans);
  }
}
