import type { Fetcher } from '@graphiql/toolkit';
import type { GraphiQLPlugin } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { AccountBar } from './account-bar.tsx';
import { firstTabs } from './examples.ts';
import { LiveStrip } from './live-strip.tsx';
import type { LiveSubscriptions, OpenTabs } from './live-subscriptions.ts';
import type { SignIn } from './sign-in.ts';

export interface SandboxPageProps {
  send: Fetcher;
  signIn: SignIn;
  live: LiveSubscriptions;
  plugins: GraphiQLPlugin[];
  /** Where tabs, theme and history are kept from visit to visit; header values never are. */
  storage: globalThis.Storage;
  onTabsChange: (tabs: OpenTabs) => void;
}

/** The whole page. */
export function SandboxPage({ send, signIn, live, plugins, storage, onTabsChange }: SandboxPageProps): ReactNode {
  const [isFirstVisit] = useState(storage.length === 0);
  const tabs = firstTabs();
  return (
    <div className="cg-page">
      <AccountBar signIn={signIn} />
      <main className="cg-editor">
        <GraphiQL
          fetcher={send}
          plugins={[...plugins, HISTORY_PLUGIN]}
          {...(plugins[0] && { visiblePlugin: plugins[0] })}
          storage={storage}
          defaultTabs={tabs}
          // The editor fills in a tab's variables when it is switched to, but not those of the tab it begins with.
          {...(isFirstVisit && tabs[0] && { initialVariables: tabs[0].variables })}
          defaultEditorToolsVisibility
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
          onTabChange={({ tabs, activeTabIndex }) =>
            onTabsChange({ activeId: tabs[activeTabIndex]?.id ?? '', ids: tabs.map((tab) => tab.id) })
          }
        >
          <GraphiQL.Logo>{''}</GraphiQL.Logo>
        </GraphiQL>
      </main>
      <LiveStrip live={live} />
    </div>
  );
}
