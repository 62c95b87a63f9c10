import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

export interface SandboxOptions {
  /** The folder that the build wrote (dist/sandbox): the pages, and a folder of assets named after their hash. */
  assetsDir: string;
}

interface Asset {
  body: Buffer;
  gzipped: Buffer | undefined;
  etag: string;
  headers: Record<string, string>;
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

// Nothing from elsewhere, and nothing inline but styles, which the editor writes for its themes and its layout. A socket to
// this origin is 'self' too.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** By their paths, their files. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['/', 'index.html'],
  ['/demo', 'demo.html'],
]);

/**
 * Serves the sandbox at `/`, the demo of live status at `/demo`, and their assets below `/sandbox/`, for GET and HEAD. Returns whether it has taken the
 * request; anything else is left untouched. The files are read here, once, and only their exact paths are answered, so that
 * no path of a request ever reaches the file system.
 */
export function createSandbox(
  options: SandboxOptions,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const assets = readAssets(options.assetsDir);

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const isPage = PAGES.has(path);
    if (!isPage && !path.startsWith('/sandbox/')) return false;

    const asset = assets.get(path);
    if (asset) sendAsset(request, response, asset);
    else sendText(request, response, isPage ? 'The sandbox is not built: run `npm run build`.' : 'Not found');
    return true;
  };
}

function readAssets(folder: string): Map<string, Asset> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.gz') && extname(entry.name) in contentTypes)
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [urlPath(relative(folder, file)), readAsset(file)]));
}

function urlPath(file: string): string {
  for (const [path, page] of PAGES) if (file === page) return path;
  return `/sandbox/${file.split(sep).join('/')}`;
}

function readAsset(file: string): Asset {
  const body = readFileSync(file);
  const extension = extname(file);
  return {
    body,
    gzipped: existsSync(`${file}.gz`) ? readFileSync(`${file}.gz`) : undefined,
    etag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    headers: {
      'content-type': contentTypes[extension] ?? 'application/octet-stream',
      // An asset's folder is named after its content; the page names the folder, so it is asked for each time.
      'cache-control': extension === '.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...securityHeaders,
    },
  };
}

function sendAsset(request: IncomingMessage, response: ServerResponse, asset: Asset): void {
  const isGzip = asset.gzipped !== undefined && acceptsGzip(request.headers['accept-encoding']);
  const body = isGzip && asset.gzipped ? asset.gzipped : asset.body;
  const etag = `"${asset.etag}${isGzip ? '-gzip' : ''}"`;
  const headers = { ...asset.headers, etag };
  if (matches(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    ...(isGzip && { 'content-encoding': 'gzip' }),
    'content-length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function sendText(request: IncomingMessage, response: ServerResponse, text: string): void {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...securityHeaders };
  response.writeHead(404, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(request.method === 'HEAD' ? undefined : text);
}

/** RFC 9110, section 12.5.3: a coding with the weight 0 is refused. */
function acceptsGzip(header: string | string[] | undefined): boolean {
  return String(header ?? '')
    .split(',')
    .some((coding) => /^\s*gzip\s*(;|$)/i.test(coding) && !/;\s*q=0(\.0*)?\s*$/i.test(coding));
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}
