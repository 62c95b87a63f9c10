// The protocol between Prisma's command line and its schema engine: JSON-RPC 2.0, one message a line.
import { createInterface } from 'node:readline';

const PRINT_IDS = 1e9; // apart from the ids of the command line
const ENGINE_ERROR = 4466;

/** Answers the requests on `input` with what `call(method, params)` gives, one after the other, until the input ends. */
export async function serveJsonRpc({ input, output, call }) {
  const send = (message) => output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  for await (const line of createInterface({ input })) {
    const { id, method, params } = JSON.parse(line);
    if (method === undefined) continue; // the answer to a "print" of ours
    try {
      sendResult(send, { id, method, result: await call(method, params) });
    } catch (error) {
      send({ id, error: errorOf(error) });
    }
  }
}

/** A diff is not part of the answer: the command line is asked to print it. */
function sendResult(send, { id, method, result }) {
  if (method !== 'diff') return send({ id, result });
  if (result.stdout != null) send({ id: PRINT_IDS + id, method: 'print', params: { content: result.stdout } });
  return send({ id, result: { ...result, stdout: null } });
}

function errorOf(error) {
  const data = {
    is_panic: false,
    message: String(error?.message ?? error),
    error_code: error?.code ?? null,
    meta: error?.meta ?? null,
  };
  return { code: ENGINE_ERROR, message: 'An error happened. Check the data field for details.', data };
}
