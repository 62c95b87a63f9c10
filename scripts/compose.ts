import { readFile, writeFile } from 'node:fs/promises';
import { composeSupergraph } from './compose-supergraph.ts';

const outputs = process.argv.includes('--print') ? undefined : 'supergraph.graphql';
const composed = await composeSupergraph('supergraph.yaml', (path) => readFile(path, 'utf8'));
if (composed.kind === 'failed') {
  console.error(composed.errors.join('\n'));
  process.exit(1);
}
for (const hint of composed.hints) console.error(`hint: ${hint}`);
if (outputs === undefined) process.stdout.write(composed.supergraphSdl);
else await writeFile(outputs, composed.supergraphSdl);
