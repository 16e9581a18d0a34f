import { expect, test } from './fixtures';

test('a stream is stopped with a message', async ({ home, plex }) => {
  await plex.play({ rating_key: 33 });
  await home.getByRole('button', { name: /^Stop Harbor of Hanoi/ }).click();
  const dialog = home.getByRole('dialog', { name: 'Stop this stream?' });
  await expect(dialog.getByLabel('Message to the player')).toBeFocused();
  await home.keyboard.type('Bedtime.');
  await dialog.getByRole('button', { name: 'Stop the stream' }).click();
  await expect(home.getByText('Plex was told to stop Harbor of Hanoi.')).toBeVisible();
  await expect(home.getByRole('article')).toHaveCount(0);
  expect((await plex.terminations()).at(-1)?.reason).toBe('Bedtime.');
});

test('what Plex says against it stays in the dialog', async ({ home, plex }) => {
  await plex.play({ rating_key: 33 });
  await expect(home.getByRole('article')).toBeVisible();
  await plex.direct('fault', { mode: 403, path: 'terminate' });
  await home.getByRole('button', { name: /^Stop Harbor of Hanoi/ }).click();
  const dialog = home.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Stop the stream' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Plex Pass');
  await home.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(home.getByRole('article')).toBeVisible();
});

test('a stream that ends under the dialog is said', async ({ home, plex }) => {
  const { session } = await plex.play({ rating_key: 33 });
  await home.getByRole('button', { name: /^Stop Harbor of Hanoi/ }).click();
  await plex.direct('stop', { session });
  await expect(home.getByRole('dialog').getByText('This stream has ended meanwhile.')).toBeVisible();
  await expect(home.getByRole('button', { name: 'Stop the stream' })).toBeDisabled();
});
