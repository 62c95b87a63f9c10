import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { GraphiQLPlugin } from '@graphiql/react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { exampleVariables } from './example-variables.ts';
import { exampleGroups } from './examples.ts';
import type { Example } from './read-examples.ts';
import type { RememberedIds } from './remembered-ids.ts';
import { useStore } from './use-store.ts';

/** The panel at the side: every operation of the clients by its sender, and the ids that the answers have brought. */
export function createExamplesPlugin(ids: RememberedIds): GraphiQLPlugin {
  return { title: 'Examples', icon: ExamplesIcon, content: () => <ExamplesPanel ids={ids} /> };
}

function ExamplesPanel({ ids }: { ids: RememberedIds }): ReactNode {
  const [search, setSearch] = useState('');
  const open = useOpenExample();
  const isWanted = ({ name }: Example): boolean => name.toLowerCase().includes(search.trim().toLowerCase());
  return (
    <section className="cg-examples" aria-label="Examples">
      <h2>Examples</h2>
      <input
        type="search"
        placeholder="Find an operation"
        aria-label="Find an operation"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="cg-groups">
        {exampleGroups.map(({ title, sender, examples, headers }) => {
          const wanted = examples.filter(isWanted);
          return wanted.length === 0 ? null : (
            <div key={title}>
              <h3 title={`What ${sender} send`}>{title}</h3>
              <ul>
                {wanted.map((example) => (
                  <li key={example.name}>
                    <button type="button" className="cg-example" onClick={() => open(example, headers)}>
                      <span className={`cg-kind cg-${example.kind}`} title={example.kind}>
                        {example.kind.charAt(0).toUpperCase()}
                      </span>
                      {example.name}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
      <RememberedList ids={ids} />
    </section>
  );
}

/** Shows the example in a tab: the one that holds it already, else a new one. */
function useOpenExample(): (example: Example, headers: string) => void {
  const tabs = useGraphiQL((state) => state.tabs);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  const actions = useGraphiQLActions();
  return ({ name, query }, headers) => {
    const index = tabs.findIndex((tab) => tab.query === query);
    if (index >= 0) {
      actions.changeTab(index);
      return;
    }
    const variables = exampleVariables(name);
    actions.addTab();
    actions.updateActiveTabValues({ query, variables, headers, operationName: name });
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    headerEditor?.setValue(headers);
  };
}

function RememberedList({ ids }: { ids: RememberedIds }): ReactNode {
  const remembered = useStore(ids.store);
  return (
    <div className="cg-ids">
      <h3>From earlier answers</h3>
      {remembered.size === 0 ? (
        <p>
          Variables such as <code>{'{{slotId}}'}</code> are filled in from the answers before. Start with FindDoctors.
        </p>
      ) : (
        <dl>
          {[...remembered].map(([name, value]) => (
            <div key={name}>
              <dt>
                <code>{`{{${name}}}`}</code>
              </dt>
              <dd title={value}>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function ExamplesIcon(): ReactNode {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M4 6h2M10 6h10M4 12h2M10 12h10M4 18h2M10 18h10" />
    </svg>
  );
}
