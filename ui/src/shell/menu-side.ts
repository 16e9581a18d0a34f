import { useMediaQuery } from '@mantine/hooks';

const BAR = '(width < 768px)';

/** Where a menu of the rail opens: beside it, or above it where it is a bar, since beside is on top of the other places there. */
export function useMenuSide(): 'right-end' | 'top-end' {
  return useMediaQuery(BAR, matchMedia(BAR).matches) ? 'top-end' : 'right-end';
}
