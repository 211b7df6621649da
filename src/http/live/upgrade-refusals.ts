import type { ErrorCode } from '../../model/errors.js';
import { JSON_TYPE } from '../media-types.js';

/** Why a request does not become a WebSocket. Pages never see it, but whoever tries by hand or by program does. */
export interface Refusal {
  /** As a status line has it. */
  readonly status: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export const STOPPING: Refusal = {
  status: '503 Service Unavailable',
  code: 'UNAVAILABLE',
  message: 'The service stops. Connect again in a moment.',
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

/** The answer as it goes over the line: Express has no part in a request to become a WebSocket. */
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
