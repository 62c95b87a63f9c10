/** The sandbox page, put together: read this first, each import is one concern of the page. */
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { createRoot } from 'react-dom/client';
import manifest from '../../partners/acme-health.json' with { type: 'json' };
import 'graphiql/style.css';
import './sandbox.css';
import { createSend } from './create-send.ts';
import { DEMO_PASSWORD, demoAccounts } from './demo-accounts.ts';
import { installEditorWorkers } from './editor-workers.ts';
import { createExamplesPlugin } from './examples-plugin.tsx';
import { operationText } from './examples.ts';
import { createLiveSubscriptions } from './live-subscriptions.ts';
import { openSubscription } from './open-subscription.ts';
import { createOwnStorage } from './own-storage.ts';
import { createPost, fetchInPlainWords } from './post-operation.ts';
import { createRememberedIds } from './remembered-ids.ts';
import { SandboxPage } from './sandbox-page.tsx';
import { createSignIn } from './sign-in.ts';
import { createIdOfStored } from './stored-operations.ts';

const endpoint = new URL('/graphql', location.href);
const subscriptionUrl = endpoint.href.replace(/^http/, 'ws');

installEditorWorkers();
const signIn = createSignIn({
  post: createPost(endpoint.href, fetchInPlainWords),
  operationText,
  now: Date.now,
  storage: sessionStorage,
});
const ids = createRememberedIds(Date.now);
const live = createLiveSubscriptions({
  open: openSubscription,
  now: Date.now,
  onEvent: ids.learn,
});
let activeTabId = '';
const send = createSend({
  http: createGraphiQLFetcher({ url: endpoint.href, fetch: fetchInPlainWords }),
  live,
  subscriptionUrl,
  signIn,
  ids,
  activeTabId: () => activeTabId,
  idOfStored: createIdOfStored(manifest),
});

// A signed-in patient is the patient of the examples that follow.
signIn.store.watch(() => {
  const state = signIn.store.get();
  if (state.status === 'signed-in') ids.learn({ me: state.session.person });
});

// A link such as /?as=doctor@example.com opens the page signed in; it can name demo accounts only.
const wanted = demoAccounts.find(({ email }) => email === new URLSearchParams(location.search).get('as'));
if (wanted && signIn.store.get().status === 'signed-out') void signIn.signIn(wanted.email, DEMO_PASSWORD);

const container = document.getElementById('page');
if (!container) throw new Error('page.html has no #page');
createRoot(container).render(
  <SandboxPage
    send={send}
    signIn={signIn}
    live={live}
    plugins={[createExamplesPlugin(ids)]}
    storage={createOwnStorage(localStorage, 'caregraph:')}
    onTabsChange={(tabs) => {
      activeTabId = tabs.activeId;
      live.tabsChanged(tabs);
    }}
  />,
);
