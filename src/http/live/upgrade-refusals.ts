import type { ErrorCode } from '../../model/errors.js';
import { JSON_TYPE } from '../media-types.js';

/** The answer to a request that may not become a WebSocket. Pages cannot read it; people and programs can. */
export interface Refusal {
  /** The status code and its text, as in a status line. */
  readonly status: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export const STOPPING: Refusal = {
  status: '503 Service Unavailable',
  code: 'UNAVAILABLE',
  message: 'The service is stopping. Connect again in a moment.',
};

export const ELSEWHERE: Refusal = {
  status: '404 Not Found',
  code: 'NOT_FOUND',
  message: 'There are no subscriptions here. Open the WebSocket at /graphql (graphql-transport-ws).',
};

export const FOREIGN: Refusal = {
  status: '403 Forbidden',
  code: 'FORBIDDEN',
  message: 'Pages of this origin may not subscribe here. Name it in TENDRIL_CORS_ORIGINS if they should.',
};

/** The answer as text of HTTP/1.1: Express does not handle requests to become a WebSocket. */
export function answerOf({ status, code, message }: Refusal): string {
  const body = JSON.stringify({ error: { code, message } });
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    `Content-Type: ${JSON_TYPE}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
