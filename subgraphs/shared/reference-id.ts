/**
 * The id in an entity representation (`_entities`), or `undefined`. A representation is JSON that GraphQL does not check: its id
 * can be anything.
 */
export function referenceId(reference: object): string | undefined {
  const id: unknown = 'id' in reference ? reference.id : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
