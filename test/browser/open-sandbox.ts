import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Locator, Page } from 'playwright-core';

/** The sandbox in a browser of its own, driven as a person would. */
export interface OpenSandbox {
  readonly page: Page;
  /** What the page has asked of anybody but its own origin, and every error on its console. */
  readonly complaints: readonly string[];
  signInAs(label: string): Promise<void>;
  /** Brings a tab to the front. */
  showTab(name: string): Promise<void>;
  /** Opens an example from the panel at the side. */
  openExample(name: string): Promise<void>;
  /** Fills the header pane, which must be empty. */
  writeHeaders(headers: Record<string, string>): Promise<void>;
  /** Presses the run button; for queries and mutations, resolves with the answer that came over HTTP. */
  run(): Promise<unknown>;
  /** The same for a subscription, which answers later. */
  runLive(): Promise<void>;
  /** What the response pane shows. */
  readonly response: Locator;
  /** The strip of live subscriptions. */
  readonly live: Locator;
  close(): Promise<void>;
}

// The last one makes every name unknown: nothing could leave the machine even if the page tried.
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Opens the sandbox with a fresh profile and waits until its editor is there. */
export async function openSandbox(url: string, colorScheme: 'light' | 'dark' = 'light'): Promise<OpenSandbox> {
  const profile = mkdtempSync(join(tmpdir(), 'caregraph-browser-'));
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const viewport = { width: 1440, height: 900 };
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: flags,
    viewport,
    colorScheme,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = listenForComplaints(page, new URL(url));

  await page.goto(url);
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();

  return {
    page,
    complaints,
    ...actions(page),
    response: page.locator('.graphiql-response .view-lines'),
    live: page.getByRole('region', { name: 'Live' }),
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

function actions(
  page: Page,
): Pick<OpenSandbox, 'signInAs' | 'showTab' | 'openExample' | 'writeHeaders' | 'run' | 'runLive'> {
  const runButton = page.locator('.graphiql-execute-button');
  const tab = (name: string): Locator => page.locator(`.graphiql-tab:has(> button[title="${name}"])`);
  const activeTab = (name: string): Locator => tab(name).and(page.locator('[aria-selected="true"]'));
  return {
    signInAs: async (label) => {
      const account = page.getByRole('group', { name: 'Sign in as' }).getByRole('button', { name: label, exact: true });
      await account.click();
      await page.locator('.cg-account[aria-pressed="true"]', { hasText: new RegExp(`^${label}$`) }).waitFor();
      await page.getByText('min left').waitFor();
    },
    showTab: async (name) => {
      await tab(name).locator('.graphiql-tab-button').click();
      await activeTab(name).waitFor();
    },
    openExample: async (name) => {
      const panel = page.getByRole('region', { name: 'Examples' });
      await panel.locator('.cg-example', { hasText: new RegExp(`^[QMS]${name}$`) }).click();
      await activeTab(name).waitFor();
    },
    writeHeaders: async (headers) => {
      await page.getByRole('button', { name: 'Headers' }).click();
      await page.locator('.graphiql-editor-tool .monaco-editor').last().click();
      await page.keyboard.insertText(JSON.stringify(headers));
    },
    run: async () => {
      const answered = page.waitForResponse((answer) => answer.url().endsWith('/graphql'));
      await runButton.click();
      return (await answered).json() as Promise<unknown>;
    },
    runLive: async () => {
      await runButton.click();
      await page.locator('.cg-is-listening').waitFor();
    },
  };
}

function listenForComplaints(page: Page, home: URL): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  const listen = (address: string): void => {
    const { host, protocol } = new URL(address);
    if (host !== home.host && protocol !== 'data:') complaints.push(`request: ${address}`);
  };
  page.context().on('request', (request) => listen(request.url()));
  page.on('websocket', (socket) => listen(socket.url()));
  return complaints;
}
