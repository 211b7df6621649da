import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpClient } from '../../../src/client/http/http-client.js';

/** A client of a service that answers as it is told. */
export interface Fake extends AsyncDisposable {
  readonly url: string;
  readonly client: HttpClient;
}

/** Starts a service that answers every request with `listener`. */
export async function fakeService(listener: RequestListener): Promise<Fake> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    client: new HttpClient(url, 'token'),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with a page for people, as a proxy does where a person has to sign in. */
export const signInPage: RequestListener = (request, response) => {
  request.resume();
  response.setHeader('Content-Type', 'text/html').end('<!doctype html>\n<title>Sign in</title>\n');
};

/** Begins an answer and breaks the connection, when it has the whole request. */
export const breakOff =
  (status: number, begin: string): RequestListener =>
  (request, response) => {
    request.resume().once('end', () => {
      response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write(begin, () => response.destroy());
    });
  };

/** Breaks the connection without an answer, when it has the whole request. */
export const hangUp: RequestListener = (request, response) => {
  request.resume().once('end', () => response.destroy());
};
