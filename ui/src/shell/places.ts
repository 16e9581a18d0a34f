import {
  IconActivity,
  IconBooks,
  IconChartBar,
  IconDatabaseImport,
  IconHistory,
  IconHistoryToggle,
  IconHome,
  IconInfoCircle,
  IconSparkles,
  IconUsers,
} from '@tabler/icons-react';

/** The pages that are listed: those that are wanted every day stand first and get a place of their own. */
export const PLACES = [
  { to: '/', name: 'nav.home', icon: IconHome, rank: 'first' },
  { to: '/activity', name: 'nav.activity', icon: IconActivity, rank: 'first' },
  { to: '/history', name: 'nav.history', icon: IconHistory, rank: 'first' },
  { to: '/graphs', name: 'nav.graphs', icon: IconChartBar, rank: 'first' },
  { to: '/added', name: 'nav.added', icon: IconSparkles, rank: 'second' },
  { to: '/libraries', name: 'nav.libraries', icon: IconBooks, rank: 'second' },
  { to: '/users', name: 'nav.users', icon: IconUsers, rank: 'second' },
  { to: '/import', name: 'nav.import', icon: IconDatabaseImport, rank: 'third', admin: true },
  { to: '/revisions', name: 'nav.revisions', icon: IconHistoryToggle, rank: 'third', admin: true },
  { to: '/about', name: 'nav.about', icon: IconInfoCircle, rank: 'third' },
] as const;

export type Place = (typeof PLACES)[number];

/** The pages that somebody may see. */
export function placesFor(isAdmin: boolean): Place[] {
  return PLACES.filter((place) => isAdmin || !('admin' in place));
}
