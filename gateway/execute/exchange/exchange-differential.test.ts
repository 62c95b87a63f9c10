import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'undici';
import { createRandom, randomSeed } from '../../../test/gateway/support/random.ts';
import { randomPieces, randomResponse } from '../../../test/support/random-response.ts';
import { startRawServer, writePieces, type RawServer } from '../../../test/support/raw-server.ts';
import { AbortSwitch } from '../../lib/abort-notice.ts';
import { createConnections } from './connections.ts';
import { exchange } from './exchange.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { openingOf, requestText } from './request-text.ts';
import type { HttpResponse } from './response-reader.ts';

const RESPONSES = Number(process.env['EXCHANGE_RESPONSES'] ?? 1_500);
const SEED = randomSeed();
const LIMITS = { most: 1, connectTimeoutMs: 30_000, maxResponseBytes: 1_000_000 };
const TIMEOUT_MS = 30_000;

/** What one of the two refuses and the other takes. */
interface Difference {
  readonly reason: string;
  readonly example: string;
  /** Whether a response has it: in its heads, interim ones included, or in what follows them. */
  readonly isIn: (heads: string, rest: string) => boolean;
}

/** What ours refuses on purpose. */
const OURS_IS_STRICTER: readonly Difference[] = [
  {
    reason:
      'chunks in HTTP/1.0, which knows none: who speaks it passes them on without looking (RFC 9112, section 6.1)',
    example: 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    isIn: (heads) => /HTTP\/1\.0 [^]*\r\ntransfer-encoding:/i.test(heads),
  },
  {
    reason: 'an encoding that is not `chunked`, said once, without a tab behind it: others see another end',
    example: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    isIn: (heads) => /\r\ntransfer-encoding:(?![\t ]*chunked *\r\n)|(\r\ntransfer-encoding:[^]*){2}/i.test(heads),
  },
  {
    reason: 'another version, which has another form, or had none (RFC 9112, section 2.3)',
    example: 'HTTP/2.0 200 OK\r\ncontent-length: 0\r\n\r\n',
    isIn: (heads) => /(^|\n)HTTP\/(?!1\.[01] )/.test(heads),
  },
  {
    reason: 'a control character in the reason (RFC 9112, section 4)',
    example: 'HTTP/1.1 200 O\0K\r\ncontent-length: 0\r\n\r\n',
    isIn: (heads) => /(^|\n)HTTP\/1\.[01] [0-9]{3}[\t\x20-\x7e\x80-\xff]*(?!\r\n)[^\t\n\x20-\x7e\x80-\xff]/.test(heads),
  },
  {
    reason: 'an empty line before the status, which servers alone pass over (RFC 9112, section 2.2)',
    example: '\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
    isIn: (heads) => /(^|\r\n\r\n)[\r\n]+HTTP/.test(heads),
  },
  {
    reason: 'the value of an extension that is half a token, half in quotes (RFC 9112, section 7.1.1)',
    example: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0;a=b"c"\r\n\r\n',
    isIn: (_, rest) => /^[0-9a-f]+;[^\r]*=[^\r";]+"/im.test(rest),
  },
  {
    reason: 'a control character in the value of an extension in quotes (RFC 9110, section 5.6.4)',
    example: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0;a="b\x7f"\r\n\r\n',
    isIn: (_, rest) => /^[0-9a-f]+;[^\r]*="[^\r]*\x7f/im.test(rest),
  },
];

/** What ours takes on purpose. */
const OURS_IS_MILDER: readonly Difference[] = [
  {
    reason: 'an interim response that nobody asked for, whatever it says: it is passed over (RFC 9110, section 15.2)',
    example: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
    isIn: (heads) => /(^|\n)HTTP\/1\.([01] 100|0 1|1 1[^]*\r\nconnection:[^\r]*close[^]*\r\n\r\nHTTP)/i.test(heads),
  },
  {
    reason: 'a length where there is no body: the response ends with its head (RFC 9112, section 6.3)',
    example: 'HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n',
    isIn: (heads) => /(^|\n)HTTP\/1\.[01] (204|304)[^]*\r\ncontent-length:/i.test(heads),
  },
  {
    reason: 'a length behind the body, which is not listened to (RFC 9110, section 6.5.1)',
    example: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\ncontent-length: 5\r\n\r\n',
    isIn: (_, rest) => /(^|\r\n)0+(;[^\r]*)?\r\n([^]+\r\n)?content-length:/.test(rest),
  },
];

type Outcome = { readonly status: number; readonly body: string } | { readonly refused: string };

async function askOurs({ url }: RawServer): Promise<Outcome> {
  const connections = createConnections({ url, clock: () => performance.now(), ...LIMITS });
  try {
    const text = requestText(openingOf(url), '', '{}');
    const read = ({ status, bytes }: HttpResponse) => ({ status, body: bytes.toString('latin1') });
    return await exchange(connections, text, { signal: new AbortSwitch(), timeoutMs: TIMEOUT_MS, read });
  } catch (error) {
    if (!(error instanceof ExchangeFailure)) throw error;
    return { refused: error.end };
  } finally {
    connections.close();
  }
}

async function askUndici({ url }: RawServer): Promise<Outcome> {
  const pool = new Pool(url.origin, { connections: 1 });
  try {
    const { statusCode, body } = await pool.request({ method: 'POST', path: url.pathname, body: '{}' });
    return { status: statusCode, body: Buffer.from(await body.arrayBuffer()).toString('latin1') };
  } catch (error) {
    return { refused: String(error) };
  } finally {
    await pool.destroy();
  }
}

let pieces: readonly string[] = [];
let server: RawServer;

beforeAll(async () => {
  server = await startRawServer(({ socket }) => void writePieces(socket, pieces).then(() => socket.end()));
});

afterAll(() => server.stop());

/** Both are served the same, after which the connection ends. */
function askBoth(served: readonly string[]): Promise<[ours: Outcome, undici: Outcome]> {
  pieces = served;
  return Promise.all([askOurs(server), askUndici(server)]);
}

/** The heads of a response, and what follows them. */
function parted(text: string): [heads: string, rest: string] {
  const heads = /^(?:[\r\n]*HTTP\/1\.[01] 1[^]*?\r\n\r\n)*[\r\n]*[^]*?\r\n\r\n/.exec(text)?.[0] ?? text;
  return [heads, text.slice(heads.length)];
}

/** Whether one of them refuses what the other takes, for a reason that is known. */
function isKnown(text: string, ours: Outcome, undici: Outcome): boolean {
  if ('refused' in ours === 'refused' in undici) return false;
  const known = 'refused' in ours ? OURS_IS_STRICTER : OURS_IS_MILDER;
  return known.some(({ isIn }) => isIn(...parted(text)));
}

describe('an exchange', () => {
  it(
    `gives what undici gives, or nothing: ${RESPONSES} random responses, whole and damaged (seed ${SEED})`,
    async () => {
      const random = createRandom(SEED);
      const seen = { equal: 0, refused: 0, known: 0 };
      const different: string[] = [];

      for (let turn = 0; turn < RESPONSES; turn += 1) {
        const text = randomResponse(random);
        const [ours, undici] = await askBoth(randomPieces(random, text));

        if ('refused' in ours && 'refused' in undici) seen.refused += 1;
        else if (JSON.stringify(ours) === JSON.stringify(undici)) seen.equal += 1;
        else if (isKnown(text, ours, undici)) seen.known += 1;
        else different.push(JSON.stringify([turn, text, ours, undici]).slice(0, 600));
      }

      expect(different).toEqual([]);
      expect(seen.equal).toBeGreaterThan(RESPONSES / 5);
      expect(seen.refused).toBeGreaterThan(RESPONSES / 5);
      expect(seen.known).toBeGreaterThan(0);
    },
    30_000 + RESPONSES * 20,
  );

  it.each(OURS_IS_STRICTER)('refuses $reason; undici does not', async ({ example, isIn }) => {
    const [ours, undici] = await askBoth([example]);

    expect(ours).toEqual({ refused: 'invalid' });
    expect(undici).toHaveProperty('status');
    expect(isIn(...parted(example))).toBe(true);
  });

  it.each(OURS_IS_MILDER)('takes $reason; undici does not', async ({ example, isIn }) => {
    const [ours, undici] = await askBoth([example]);

    expect(ours).toMatchObject({ body: '' });
    expect(undici).toHaveProperty('refused');
    expect(isIn(...parted(example))).toBe(true);
  });
});
