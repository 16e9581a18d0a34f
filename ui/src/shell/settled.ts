import { useDebouncedValue } from '@mantine/hooks';

const PAUSE = 200;
/** From so many letters on, titles are looked for. */
export const ENOUGH = 2;

/** What was written, once nothing has been added for a moment. */
export function useSettled(text: string): string {
  return useDebouncedValue(text, PAUSE)[0];
}
