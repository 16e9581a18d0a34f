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
import { ownPlace } from './place';
import { Shell } from './shell';

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const activityPage = () => import('../activity/page');

// The page that most come for is on its way while we still ask who comes.
if (!/\/(sign-in|setup)$/.test(location.pathname)) void activityPage();

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string | undefined } => ({ to: ownPlace(search['to']) }),
  beforeLoad: async ({ search }) => {
    const now = await known();
    if (now.phase === 'setup') throw redirect({ to: '/setup' });
    if (now.phase === 'in') throw redirect({ to: search.to ?? '/activity' });
  },
  component: lazyRouteComponent(() => import('../sign-in/page'), 'SignIn'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async () => {
    const now = await known();
    if (now.phase === 'stranger') throw redirect({ to: '/sign-in', search: {} });
  },
  component: adminsOnly(lazyRouteComponent(() => import('../first-start/page'), 'FirstStart')),
});

const home = createRoute({
  getParentRoute: () => root,
  id: 'home',
  beforeLoad: async ({ location }) => {
    const now = await known();
    if (now.phase === 'setup') throw redirect({ to: '/setup' });
    if (now.phase === 'stranger') {
      const to = location.href === '/' ? undefined : ownPlace(location.href);
      throw redirect({ to: '/sign-in', search: { to } });
    }
    if (now.phase === 'unknown' || now.phase === 'unreachable') throw new Unreachable();
  },
  component: unlessRefused(Shell),
});

const index = createRoute({
  getParentRoute: () => home,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/activity', replace: true });
  },
});

const activity = createRoute({
  getParentRoute: () => home,
  path: '/activity',
  validateSearch: (search: Record<string, unknown>): { session?: string | undefined } => ({
    session: text(search['session']),
  }),
  component: lazyRouteComponent(activityPage, 'ActivityPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([signIn, setup, home.addChildren([index, activity])]),
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
