import type { Page } from '@playwright/test';
import { expect, look, lookEverywhere, signIn, test, watch } from './fixtures';
import { Service } from './house';

const FRIEND = 1_000_102;

/** Plex's own page: who is there says that it is them, or just goes back. */
async function throughPlex(page: Page, approve: (code: string) => Promise<unknown>, button = 'Sign in with Plex'): Promise<string> {
  await page.route('https://app.plex.tv/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Plex</title>' }));
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL('https://app.plex.tv/**');
  const said = new URLSearchParams(new URL(page.url()).hash.slice(2));
  await approve(said.get('code') ?? '');
  const back = said.get('forwardUrl') ?? '';
  await page.goto(back);
  return back;
}

// SEC-01: whoever shares the server comes in by Plex, as what they are, and only where that is allowed.
test('a friend signs in with Plex once the owner allows it, and sees what is theirs', async ({ page, plex, browser }) => {
  test.slow();
  const service = await Service.start({ plex });
  try {
    const own = await watch(page, service.url);
    own.ignore(/request to https:\/\/app\.plex\.tv/);
    await page.goto(`${service.url}history?q=Harbor`);
    await expect(page.getByText('For the owner of the media server')).toBeVisible();
    await lookEverywhere(page, 'plex-door');

    // Not approved, then approved by somebody who may not.
    await throughPlex(page, async () => undefined);
    await expect(page.getByText('Plex has not heard from you yet')).toBeVisible();
    await lookEverywhere(page, 'plex-waiting');
    await page.getByRole('button', { name: 'I have done that' }).click();
    await expect(page.getByText('Plex has not heard from you yet')).toBeVisible();
    await page.goto(`${service.url}history?q=Harbor`);
    const back = await throughPlex(page, (code) => plex.direct('approve_code', { code, user: FRIEND }));
    expect(back).toBe(`${service.url}sign-in?by=plex`);
    await expect(page.getByRole('alert').filter({ hasText: 'ask the owner' })).toBeVisible();
    await lookEverywhere(page, 'plex-refused');

    // The owner allows it, to guests and to this one.
    const other = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
    const owner = await other.newPage();
    const theirs = await watch(owner, service.url);
    await signIn(owner, service.url);
    await owner.goto(`${service.url}users`);
    await owner.getByRole('button', { name: 'Guests' }).click();
    const dialog = owner.getByRole('dialog', { name: 'Signing in with Plex' });
    await expect(dialog.getByRole('checkbox', { name: /owner comes in/ })).toBeChecked();
    await lookEverywhere(owner, 'plex-guests');
    await dialog.getByRole('checkbox', { name: /come in as guests/ }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toHaveCount(0);
    await owner.getByRole('rowheader').getByRole('link', { name: /dana/i }).click();
    await owner.getByRole('button', { name: 'Edit' }).click();
    const choices = owner.getByRole('dialog');
    await choices.getByRole('checkbox', { name: /guest/i }).check();
    await choices.getByRole('button', { name: 'Save' }).click();
    await expect(choices).toHaveCount(0);

    await page.goto(`${service.url}history?q=Harbor`);
    await throughPlex(page, (code) => plex.direct('approve_code', { code, user: FRIEND }));
    await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
    expect(new URL(page.url()).searchParams.get('q')).toBe('Harbor');
    await page.goto(`${service.url}users`);
    await expect(page.getByRole('rowheader')).toHaveCount(1);
    await expect(page.getByRole('button', { name: 'Guests' })).toHaveCount(0);

    // The way is over when the owner says so.
    await owner.getByRole('button', { name: 'Edit' }).click();
    await owner.getByRole('dialog').getByRole('checkbox', { name: /guest/i }).uncheck();
    await owner.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(owner.getByRole('dialog')).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect([...own.complaints, ...theirs.complaints]).toEqual([]);
    await other.close();
  } finally {
    await service.end();
  }
});

test('the owner signs in with Plex, beside the account with a password', async ({ page, plex }) => {
  const service = await Service.start({ plex });
  try {
    const watched = await watch(page, service.url);
    watched.ignore(/request to https:\/\/app\.plex\.tv/);
    await page.goto(`${service.url}sign-in?by=plex`);
    await expect(page.getByRole('alert').filter({ hasText: 'Nobody set out from this tab' })).toBeVisible();
    await throughPlex(page, (code) => plex.direct('approve_code', { code }));
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
    await page.getByRole('button', { name: /^You, / }).first().click();
    await expect(page.getByText('Administrator')).toBeVisible();
    expect(watched.complaints).toEqual([]);
  } finally {
    await service.end();
  }
});

// ACT-01: nobody has to know an address or a token.
for (const viewport of [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]) {
  test(`a first start finds the server by Plex, ${viewport.width} wide`, async ({ page, plex }) => {
    await plex.direct('stop_all');
    await plex.play({ rating_key: 33 });
    const service = await Service.start({ env: { TAUTULLI_PLEXTV_URL: plex.about.plextv } });
    try {
      const watched = await watch(page, service.url);
      watched.ignore(/request to https:\/\/app\.plex\.tv/);
      await page.setViewportSize(viewport);
      await signIn(page, service.url);
      await page.goto(`${service.url}setup`);
      await expect(page.getByRole('heading', { name: 'Connect your Plex server' })).toBeVisible();
      await look(page, `find-server-${viewport.width}`, true);
      await throughPlex(page, (code) => plex.direct('approve_code', { code }), 'Find it with Plex');
      const server = page.getByRole('group', { name: plex.about.name });
      await expect(server.getByRole('radio').first()).toBeChecked();
      await look(page, `find-server-found-${viewport.width}`, true);
      const address = page.getByLabel('Address', { exact: true });
      await expect(address).toHaveValue(/^https?:/);
      // Its token stays with the service, whatever address is chosen.
      await address.fill(plex.about.pms);
      await expect(page.getByText('Plex gives the token for it.')).toBeVisible();
      await page.getByRole('button', { name: 'Test connection' }).click();
      await expect(page.getByText('It works')).toBeVisible();
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'You are all set' })).toBeVisible();
      await page.getByRole('button', { name: 'See who is watching' }).click();
      await expect(page.getByRole('article')).toContainText('Harbor of Hanoi');
      expect(watched.complaints).toEqual([]);
    } finally {
      await plex.direct('stop_all');
      await service.end();
    }
  });
}

// ACT-01: a token that Plex refuses is renewed by Plex itself.
test('a refused token is renewed with Plex', async ({ page, plex }) => {
  const service = await Service.start({ plex });
  try {
    const watched = await watch(page, service.url);
    watched.ignore(/request to https:\/\/app\.plex\.tv/);
    await signIn(page, service.url);
    await plex.direct('fault', { mode: 401 });
    await plex.direct('ws', { kind: 'close' });
    await page.getByRole('button', { name: 'Give it a new token' }).click({ timeout: 20_000 });
    const dialog = page.getByRole('dialog', { name: `A new token for ${plex.about.name}` });
    await expect(dialog.getByRole('button', { name: 'Renew it with Plex' })).toBeVisible();
    await lookEverywhere(page, 'token-by-plex');
    await plex.direct('fault_clear');
    const back = await throughPlex(page, (code) => plex.direct('approve_code', { code }), 'Renew it with Plex');
    expect(back).toBe(`${service.url}token?by=plex`);
    await expect(page.getByText(`${plex.about.name} accepts the new token.`)).toBeVisible();
    await expect(dialog).toHaveCount(0);
    expect(new URL(page.url()).pathname).toBe('/');
    expect(watched.complaints).toEqual([]);
  } finally {
    await service.end();
  }
});
