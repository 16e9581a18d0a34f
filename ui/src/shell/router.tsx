import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { forget, known } from '../account/access';
import { Unreachable } from '../account/unreachable';
import { onStranger } from '../live/client';
import { hangUp } from '../live/socket';
import { address } from '../live/address';
import { adminsOnly, unlessRefused } from './allowed';
import { Crash } from './crash';
import { Missing } from './missing';
import { Pending } from './pending';
import { readAdded } from '../added/kinds';
import { readFilter, type Filter } from '../history/filter';
import { HomePage } from '../home/page';
import { readItem, type ItemSearch } from '../items/subject';
import { readSearch } from '../search/kinds';
import { readListing, readPart, type ListingSearch, type PartSearch } from '../profile/listing-search';
import { ownPlace } from './place';
import { parseParams, stringifyParams, text } from './search-params';
import { allStrings } from '../strings/i18n';
import { resume } from '../token/renewal';
import { Shell } from './shell';

const activityPage = () => import('../activity/page');

// What it shows is there at once, so the page should be.
if (/\/activity$/.test(location.pathname)) void activityPage();

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: Missing,
  beforeLoad: ({ location: { pathname } }) => (pathname === '/' ? undefined : allStrings()),
});

/** Set where the browser has come back from Plex. */
type ByPlex = { by?: 'plex' | undefined };
const byPlex = (search: Record<string, unknown>): ByPlex => ({ by: search['by'] === 'plex' ? 'plex' : undefined });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string | undefined } & ByPlex => ({ to: ownPlace(search['to']), ...byPlex(search) }),
  beforeLoad: async ({ search }) => {
    const now = await known();
    if (now.phase === 'setup') throw redirect({ to: '/setup' });
    if (now.phase === 'in') throw redirect({ href: search.to ?? '/' });
  },
  component: lazyRouteComponent(() => import('../sign-in/page'), 'SignIn'),
});

/** Back from Plex with what renews a token: the dialog goes on over the first page. */
const token = createRoute({
  getParentRoute: () => root,
  path: '/token',
  beforeLoad: () => {
    resume();
    throw redirect({ to: '/', replace: true });
  },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: byPlex,
  beforeLoad: async () => {
    const now = await known();
    if (now.phase === 'stranger') throw redirect({ to: '/sign-in', search: {} });
  },
  component: adminsOnly(lazyRouteComponent(() => import('../first-start/page'), 'FirstStart')),
});

/** Strangers are sent to the door first, and come back. */
async function membersOnly({ location }: { location: { href: string } }): Promise<void> {
  const now = await known();
  if (now.phase === 'setup') throw redirect({ to: '/setup' });
  if (now.phase === 'stranger') {
    const to = location.href === '/' ? undefined : ownPlace(location.href);
    throw redirect({ to: '/sign-in', search: { to } });
  }
  if (now.phase === 'unknown' || now.phase === 'unreachable') throw new Unreachable();
}

const home = createRoute({
  getParentRoute: () => root,
  id: 'home',
  beforeLoad: membersOnly,
  component: unlessRefused(Shell),
});

/** Without the frame that the other pages have. */
const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  beforeLoad: membersOnly,
  component: unlessRefused(lazyRouteComponent(() => import('../wall/page'), 'WallPage')),
});

const index = createRoute({
  getParentRoute: () => home,
  path: '/',
  staticData: { saysTrouble: true },
  component: HomePage,
});

const activity = createRoute({
  getParentRoute: () => home,
  path: '/activity',
  staticData: { saysTrouble: true },
  validateSearch: (search: Record<string, unknown>): { session?: string | undefined } => ({
    session: text(search['session']),
  }),
  component: lazyRouteComponent(activityPage, 'ActivityPage'),
});

const added = createRoute({
  getParentRoute: () => home,
  path: '/added',
  validateSearch: readAdded,
  component: lazyRouteComponent(() => import('../added/page'), 'AddedPage'),
});

/** What the history looks for, and how it is shown. */
export type HistorySearch = Filter & {
  order?: string | undefined;
  up?: '1' | undefined;
  single?: '1' | undefined;
  /** A play that is looked at. */
  play?: string | undefined;
};

const flag = (value: unknown) => (text(value) === '1' ? ('1' as const) : undefined);

const history = createRoute({
  getParentRoute: () => home,
  path: '/history',
  validateSearch: (search: Record<string, unknown>): HistorySearch => ({
    ...readFilter(search),
    order: text(search['order']),
    up: flag(search['up']),
    single: flag(search['single']),
    play: text(search['play']),
  }),
  component: lazyRouteComponent(() => import('../history/page'), 'HistoryPage'),
});

/** Without a span of time the last month is meant, unless `all` says otherwise. */
export type GraphsSearch = Filter & { measure?: 'time' | undefined; by?: string | undefined; all?: '1' | undefined; compare?: '1' | undefined };

const graphs = createRoute({
  getParentRoute: () => home,
  path: '/graphs',
  validateSearch: (search: Record<string, unknown>): GraphsSearch => ({
    ...readFilter(search),
    measure: text(search['measure']) === 'time' ? 'time' : undefined,
    by: text(search['by']),
    all: flag(search['all']),
    compare: flag(search['compare']),
  }),
  component: lazyRouteComponent(() => import('../graphs/page'), 'GraphsPage'),
});

const libraries = createRoute({
  getParentRoute: () => home,
  path: '/libraries',
  validateSearch: (search: Record<string, unknown>): ListingSearch => readListing(search),
  component: lazyRouteComponent(() => import('../libraries/page'), 'LibrariesPage'),
});

const library = createRoute({
  getParentRoute: () => home,
  path: '/libraries/$id',
  validateSearch: (search: Record<string, unknown>): PartSearch => readPart(search),
  component: lazyRouteComponent(() => import('../libraries/library'), 'LibraryPage'),
});

const users = createRoute({
  getParentRoute: () => home,
  path: '/users',
  validateSearch: (search: Record<string, unknown>): ListingSearch => readListing(search),
  component: lazyRouteComponent(() => import('../people/page'), 'UsersPage'),
});

const user = createRoute({
  getParentRoute: () => home,
  path: '/users/$id',
  validateSearch: (search: Record<string, unknown>): PartSearch => readPart(search),
  component: lazyRouteComponent(() => import('../people/user'), 'UserPage'),
});

const item = createRoute({
  getParentRoute: () => home,
  path: '/item',
  validateSearch: (search: Record<string, unknown>): ItemSearch => readItem(search),
  component: lazyRouteComponent(() => import('../items/page'), 'ItemPage'),
});

const search = createRoute({
  getParentRoute: () => home,
  path: '/search',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('../search/page'), 'SearchPage'),
});

const importing = createRoute({
  getParentRoute: () => home,
  path: '/import',
  validateSearch: (search: Record<string, unknown>): { run?: string | undefined } => ({ run: text(search['run']) }),
  component: adminsOnly(lazyRouteComponent(() => import('../import/page'), 'ImportPage')),
});

const revisions = createRoute({
  getParentRoute: () => home,
  path: '/revisions',
  component: adminsOnly(lazyRouteComponent(() => import('../revisions/page'), 'RevisionsPage')),
});

const about = createRoute({
  getParentRoute: () => home,
  path: '/about',
  component: lazyRouteComponent(() => import('../about/page'), 'AboutPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([signIn, setup, token, wall, home.addChildren([index, activity, added, history, graphs, libraries, library, users, user, item, search, importing, revisions, about])]),
  parseSearch: parseParams,
  stringifySearch: stringifyParams,
  basepath: address.path,
  defaultErrorComponent: Crash,
  defaultPendingComponent: Pending,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

// Whoever was signed in and is not any more comes back to the same place after signing in again.
onStranger(() => {
  hangUp();
  forget();
  void router.invalidate();
});
