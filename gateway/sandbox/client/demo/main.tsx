/** The demo page, put together. */
import { createRoot } from 'react-dom/client';
import './demo.css';
import { operationText } from '../examples.ts';
import { openSubscription } from '../open-subscription.ts';
import { createPost, fetchInPlainWords } from '../post-operation.ts';
import { createSignIn } from '../sign-in.ts';
import { DemoPage } from './demo-page.tsx';
import { Demo } from './demo.ts';
import { createLosableSockets } from './losable-sockets.ts';

const endpoint = new URL('/graphql', location.href);
const post = createPost(endpoint.href, fetchInPlainWords);
// Each side signs in for as long as the page is open, and is remembered nowhere.
const storage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
const signIn = () => createSignIn({ post, operationText, now: Date.now, storage });

const demo = new Demo({
  patient: signIn(),
  doctor: signIn(),
  post,
  operationText,
  open: openSubscription,
  sockets: createLosableSockets(),
  subscriptionUrl: endpoint.href.replace(/^http/, 'ws'),
});

const container = document.getElementById('page');
if (!container) throw new Error('page.html has no #page');
createRoot(container).render(<DemoPage demo={demo} />);
