/**
 * Tells the editor where its workers are: beside this bundle, so that nothing is fetched from elsewhere.
 * Must run before the first editor is created.
 */
export function installEditorWorkers(): void {
  const files: Record<string, string> = { json: 'json.worker.js', graphql: 'graphql.worker.js' };
  const environment = {
    getWorker: (_id: string, label: string) =>
      new Worker(new URL(files[label] ?? 'editor.worker.js', import.meta.url), { type: 'module', name: label }),
  };
  Object.assign(globalThis, { MonacoEnvironment: environment });
}
