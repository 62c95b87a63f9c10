import type { Handler } from './handler.ts';
import { sendJson } from './send-json.ts';

/** What answers a path; `methods` undefined when the handler judges the method itself. */
export interface Route {
  readonly handle: Handler;
  readonly methods?: readonly string[];
}

/** Builds the choice of a handler by path. What no route knows is 404, in JSON as everything else. */
export function createRouter(routes: ReadonlyMap<string, Route>): Handler {
  return (request, response) => {
    const { url = '/', method = '' } = request;
    const end = url.indexOf('?');
    const route = routes.get(end === -1 ? url : url.slice(0, end));
    if (route === undefined) {
      sendJson(response, 404, { error: 'There is nothing at this path.' });
      return;
    }
    if (route.methods === undefined || route.methods.includes(method)) return route.handle(request, response);
    response.setHeader('allow', route.methods.join(', '));
    sendJson(response, 405, { error: 'The method is not allowed here.' });
  };
}
