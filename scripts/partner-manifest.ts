import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Kind, parse, print } from 'graphql';

const SOURCE = 'operations/partner.graphql';
const TARGET = 'gateway/partners/acme-health.json';

const document = parse(await readFile(SOURCE, 'utf8'), { noLocation: true });
const operations = document.definitions.map((definition) => {
  if (definition.kind !== Kind.OPERATION_DEFINITION || definition.name === undefined)
    throw new Error(`${SOURCE} must hold nothing but named operations`);
  const body = print(definition);
  const id = createHash('sha256').update(body).digest('hex');
  return { id, name: definition.name.value, type: definition.operation, body };
});
const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
const text = `${JSON.stringify(manifest, null, 2)}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else await writeFile(TARGET, text);
