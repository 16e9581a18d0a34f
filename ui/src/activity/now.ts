import { changeServer, learn } from '../account/access';
import { connection, follow } from '../live/socket';
import { createStore } from '../live/store';
import { NOTHING, reduce, type Live } from '../streams/live';
import { ActivityDocument } from './activity.generated';
import { record, type Trend } from './trend';
import { total } from '../streams/totals';

/** What runs now, kept for the whole time that somebody is signed in: title, palette and pages look at it. */
export const now = createStore<Live>(NOTHING);

/** Since the page was opened. */
export const trend = createStore<Trend>({ since: Date.now(), samples: [] });

/** Follows the activity until it is told to stop. */
export function followActivity(): () => void {
  let cutOff = false;
  const leave = follow(ActivityDocument, {}, ({ activity }) => {
    const at = Date.now();
    if (activity.__typename === 'ServerChanged') {
      if (activity.server) changeServer(activity.server);
      return;
    }
    now.set((live) => reduce(live, activity, at));
    const { streams, bandwidth } = total(now.get().sessions.values());
    trend.set((known) => record(known, { at, streams, bandwidth }));
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
