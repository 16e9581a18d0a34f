import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, SIZES, watch, type Watch } from './fixtures';
import type { Demo } from './house';
import { shake } from './shake';

/** Asks the service as whoever is signed in on the page, or with a key. */
export async function ask<Data>(page: Page, demo: Demo, query: string, variables: object = {}): Promise<Data> {
  const response = await page.request.post(`${demo.url}graphql`, { data: { query, variables }, headers: { origin: demo.url.slice(0, -1) } });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

type Guest = { page: Page; watched: Watch; context: BrowserContext; id: string };

/** A browser in which a user of the demo is a guest. */
export async function asGuest(browser: Browser, admin: Page, demo: Demo, username: string): Promise<Guest> {
  const { users } = await ask<{ users: { id: string; username: string }[] }>(admin, demo, '{ users { id username } }');
  const id = users.find((user) => user.username === username)?.id ?? '';
  const { createApiKey } = await ask<{ createApiKey: { secret: string } }>(admin, demo, 'mutation ($user: ID!) { createApiKey(name: "guest", role: GUEST, userId: $user) { secret } }', { user: id });
  const key = createApiKey.secret;
  const { width, height } = SIZES[1];
  const context = await browser.newContext({ extraHTTPHeaders: { 'x-api-key': key }, viewport: { width, height }, locale: 'en-GB' });
  const page = await context.newPage();
  await shake(page);
  const watched = await watch(page, demo.url);
  // The browser sends no headers of ours with a socket; its first message may carry the key too.
  await page.routeWebSocket('**/graphql', (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const told = JSON.parse(String(message)) as { type: string; payload?: object };
      server.send(told.type === 'connection_init' ? JSON.stringify({ ...told, payload: { ...told.payload, apikey: key } }) : message);
    });
  });
  return { page, watched, context, id };
}
