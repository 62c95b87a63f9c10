import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers one HTTP request. May throw: the server then answers 500. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
