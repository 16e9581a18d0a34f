import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { client, codeOf } from '../live/client';
import { endJourney, type Journey } from '../plex/journey';
import { useServerSearch } from '../plex/search';
import { PlexTrip, type Arrival } from '../plex/trip';
import trip from '../plex/trip.module.css';
import { useProblem } from '../shell/problem';
import { wordOf, type Renewing } from './renewal';
import { RenewTokenDocument } from './token.generated';

/** A new token by Plex: the owner says there that it is them, and nobody copies anything. */
export function PlexWay({ server: { id, name, isBack }, onDone }: { server: Renewing; onDone: () => void }) {
  const { t } = useTranslation();
  const explain = useProblem();
  const { begin, find } = useServerSearch();

  const arrive = useCallback(
    async ({ ticket }: Journey): Promise<Arrival> => {
      const search = await find(ticket);
      if (search === 'waiting' || 'why' in search) return search;
      const { data, error } = await client.mutation(RenewTokenDocument, { id, input: { ticket } }).toPromise();
      const { server, problem } = data?.updateServer ?? {};
      if (!server) return { why: problem?.message ?? explain(codeOf(error)), kept: !problem };
      endJourney('token');
      onDone();
      return 'done';
    },
    [explain, find, id, onDone],
  );

  return (
    <div className={trip.trip}>
      <PlexTrip errand="token" label={t('token.byPlex')} keep={{ remember: false, to: wordOf({ id, name }) }} isBack={isBack} begin={begin} arrive={arrive} />
      <p className={trip.or}>{t('token.or')}</p>
    </div>
  );
}
