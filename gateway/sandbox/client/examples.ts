import frontend from '../../../operations/frontend.graphql';
import mobile from '../../../operations/mobile.graphql';
import partner from '../../../operations/partner.graphql';
import { exampleVariables } from './example-variables.ts';
import { readExamples } from './read-examples.ts';
import type { Example } from './read-examples.ts';

export interface ExampleGroup {
  title: string;
  /** Who sends these operations. */
  sender: string;
  examples: readonly Example[];
  /** What the header pane opens with, as JSON text. */
  headers: string;
}

const partnerHeaders = JSON.stringify({ 'x-api-key': 'demo-partner-key' }, undefined, 2);

/** Every operation that the clients send today, as their files had it when the page was built. */
export const exampleGroups: readonly ExampleGroup[] = [
  { title: 'Frontend', sender: 'the web frontends', examples: readExamples(frontend), headers: '' },
  { title: 'Mobile', sender: 'the mobile apps', examples: readExamples(mobile), headers: '' },
  {
    title: 'Partner',
    sender: 'partner systems, by the id of the stored operation',
    examples: readExamples(partner),
    headers: partnerHeaders,
  },
];

const openedAtFirst = ['FindDoctors', 'Me', 'Slots', 'Book', 'MyAppointments', 'Confirm'];

/** The tabs of a first visit: the way of an appointment, from the search to its confirmation. */
export function firstTabs(): { query: string; variables: string }[] {
  const all = exampleGroups.flatMap((group) => group.examples);
  return openedAtFirst.flatMap((name) => {
    const example = all.find((candidate) => candidate.name === name);
    return example ? [{ query: example.query, variables: exampleVariables(name) }] : [];
  });
}

/** The text of an operation by its name. Throws when no client sends it. */
export function operationText(name: string): string {
  const example = exampleGroups.flatMap((group) => group.examples).find((candidate) => candidate.name === name);
  if (!example) throw new Error(`operations/ holds no ${name}`);
  return example.query;
}
