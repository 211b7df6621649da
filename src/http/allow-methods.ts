import type { RequestHandler } from 'express';

/**
 * Stands behind the handlers of a path and answers every other method with 405 and the methods that are allowed
 * (RFC 9110, section 15.5.6). It answers OPTIONS with that list.
 *
 * @param methods as the header `Allow` lists them
 */
export function allowMethods(methods: string): RequestHandler {
  return (request, response) => {
    response.setHeader('Allow', methods);
    if (request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    const message = `This path takes ${methods}. Send it that way.`;
    response.status(405).json({ error: { code: 'BAD_INPUT', message } });
  };
}
