import type { Page } from '@playwright/test';

/**
 * Makes the world between the page and the service slow, so that a test that counts on its being fast is found out.
 * `SHAKE` names what is slow, several with commas: `parts` (what the page is made of), `answers` (each by another time), `cpu`.
 * Tests that measure time fail then, and only they may.
 */
const SHAKES = (process.env['SHAKE'] ?? '').split(',');

const later = (ms: number) => new Promise((done) => setTimeout(done, ms));

export async function shake(page: Page): Promise<void> {
  if (SHAKES.includes('parts'))
    await page.route('**/assets/**', async (route) => {
      await later(400);
      await route.continue().catch(() => undefined);
    });
  if (SHAKES.includes('answers')) {
    let turn = 0;
    await page.route('**/graphql', async (route) => {
      turn += 1;
      await later((turn * 397) % 900);
      await route.continue().catch(() => undefined);
    });
  }
  if (SHAKES.includes('cpu')) {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
}
