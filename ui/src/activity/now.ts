import { changeServer, learn } from '../account/access';
import { start } from '../account/start';
import { connection, follow } from '../live/socket';
import { createStore } from '../live/store';
import { NOTHING, reduce, type Live, type Update } from '../streams/live';
import { ActivityDocument } from './activity.generated';
import { record, type Trend } from './trend';
import { total } from '../streams/totals';

/** What runs now, kept for the whole time that somebody is signed in: title, palette and pages look at it. */
export const now = createStore<Live>(NOTHING);

/** Since the page was opened. */
export const trend = createStore<Trend>({ since: Date.now(), samples: [] });

function hear(update: Update, at: number): void {
  now.set((live) => reduce(live, update, at));
  const { streams, bandwidth } = total(now.get().sessions.values());
  trend.set((known) => record(known, { at, streams, bandwidth }));
}

/** Shows what played when the page was opened, until the line brings the same and what comes after. */
export async function beginActivity(): Promise<void> {
  const told = await start;
  if (told?.data?.activity && !now.get().fresh) hear(told.data.activity, told.at);
}

/** Follows the activity until it is told to stop. */
export function followActivity(): () => void {
  let cutOff = false;
  const leave = follow(ActivityDocument, {}, ({ activity }) => {
    if (activity.__typename !== 'ServerChanged') hear(activity, Date.now());
    else if (activity.server) changeServer(activity.server);
  });
  const forget = connection.listen(() => {
    const { state } = connection.get();
    if (state === 'lost') {
      cutOff = true;
      now.set((live) => (live.fresh ? { ...live, fresh: false } : live));
    } else if (state === 'open' && cutOff) {
      // The snapshot that comes by itself does not tell what happened to the servers meanwhile.
      cutOff = false;
      void learn();
    }
  });
  return () => {
    leave();
    forget();
    now.set(NOTHING);
  };
}
