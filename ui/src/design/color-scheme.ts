import { useMantineColorScheme } from '@mantine/core';

/** The theme and how it is changed. Mantine would pause transitions by a style element, which our policy forbids. */
export function useColorScheme() {
  return useMantineColorScheme({ keepTransitions: true });
}
