import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeToken } from '../../src/http/tokens.js';
import type { Draft } from '../import/support.js';
import { until } from './until.js';

const MAIN = new URL('../../src/main.js', import.meta.url).pathname;

/** What an instance answers. */
export interface Answered<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  /** The header `Retry-After`; null where there is none. */
  readonly retryAfter: string | null;
}

/** The service as a process of its own, as people run it. */
export class ServiceProcess {
  /** All that it has written, on both outputs. */
  said = '';
  /** Where it listens. */
  url = '';

  private constructor(
    readonly child: ChildProcess,
    readonly token: string,
    /** Speaks for somebody else, who approves. */
    readonly approver: string,
  ) {}

  /**
   * Starts the service and waits until it listens.
   *
   * @param folder where the file of its tokens is written
   */
  static async start(folder: string, environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const { token, entry } = makeToken('test', ['ADMIN']);
    const approver = makeToken('approver', ['APPROVER']);
    const tokens = join(folder, `${entry.sha256}.json`);
    writeFileSync(tokens, JSON.stringify([entry, approver.entry]), { mode: 0o600 });
    const { PATH = '' } = process.env;
    const env = { PATH, TENDRIL_PORT: '0', TENDRIL_TOKENS: tokens, ...environment };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const service = new ServiceProcess(child, token, approver.token);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        service.said += text;
      });
    }
    while (service.url === '') {
      if (service.hasEnded) throw new Error(`The service ended: ${service.said}`);
      service.url = /listens on (\S+) /.exec(service.said)?.[1] ?? '';
      await sleep(20);
    }
    return service;
  }

  async get(path: string): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.url}${path}`);
    return { status: response.status, text: await response.text() };
  }

  /** Sends a snapshot to `/import`. */
  import(snapshot: Draft): Promise<Answered> {
    return this.post('/import', snapshot, {});
  }

  /** Asks by GraphQL; `body` has `data` or `errors`. */
  ask(
    query: string,
    headers: Readonly<Record<string, string>> = {},
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<Answered> {
    return this.post('/graphql', { query, variables }, headers);
  }

  /** The code of the first error of an answer; undefined where there is none. */
  static codeOf({ body }: Answered): string | undefined {
    const { errors, error } = body as {
      errors?: { extensions: { code: string } }[];
      error?: { code: string };
    };
    return errors?.[0]?.extensions.code ?? error?.code;
  }

  /** Waits until readiness is this status, and gives what it says. */
  async untilReady(status: number): Promise<Record<string, unknown>> {
    const { text } = await until(
      () => this.get('/health/ready'),
      (answer) => answer.status === status,
    );
    return JSON.parse(text) as Record<string, unknown>;
  }

  /** Waits until a metric without labels has a value. */
  async untilMetric(name: string, value: number): Promise<void> {
    await until(
      () => this.metric(name),
      (now) => now === value,
    );
  }

  /** Waits until a metric without labels is at least as high. */
  async untilBeyond(name: string, value: number): Promise<void> {
    await until(
      () => this.metric(name),
      (now) => now >= value,
    );
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise((resolve) => this.child.once('close', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }

  private async metric(name: string): Promise<number> {
    const { text } = await this.get('/metrics');
    return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async post(
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answered> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.token}`,
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown>,
      retryAfter: response.headers.get('retry-after'),
    };
  }
}
