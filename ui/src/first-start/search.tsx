import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Journey } from '../plex/journey';
import { PlexTrip, type Arrival } from '../plex/trip';
import { useServerSearch } from '../plex/search';
import type { FindServersMutation } from '../plex/search.generated';
import classes from './search.module.css';

type Told = NonNullable<FindServersMutation['findServers']['servers']>[number];
type Server = Pick<Told, 'name' | 'machineId' | 'version'> & { addresses: readonly { uri: string; local: boolean }[] };

/** With the addresses that lead anywhere. */
function readServer({ addresses, ...server }: Told): Server {
  return { ...server, addresses: addresses.flatMap(({ uri, local }) => (uri ? [{ uri, local }] : [])) };
}

/** A server at one of its addresses; its token stays with the service. */
export type Choice = { url: string; found: { ticket: string; machineId: string } };

type Props = { isBack: boolean; chosen: Choice | null; onChoose: (choice: Choice) => void };

/** Finds the servers of an account by Plex, with every address that they can be reached at. */
export function ServerSearch({ isBack, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const { begin, find } = useServerSearch();
  const [found, setFound] = useState<{ ticket: string; servers: readonly Server[] } | null>(null);

  const arrive = useCallback(
    async ({ ticket }: Journey): Promise<Arrival> => {
      const search = await find(ticket);
      if (search === 'waiting' || 'why' in search) return search;
      const known = search.servers.map(readServer).filter(({ addresses }) => addresses.length > 0);
      const [first] = known;
      const [address] = first?.addresses ?? [];
      if (!first || !address) return { why: t('setup.noServers') };
      setFound({ ticket, servers: known });
      // The nearest address of the first server comes first.
      onChoose({ url: address.uri, found: { ticket, machineId: first.machineId } });
      return 'done';
    },
    [find, onChoose, t],
  );

  return (
    <>
      {found?.servers.map(({ machineId, name, version, addresses }) => (
        <div key={machineId} role="group" aria-label={name} className={classes.server}>
          <p className={classes.name}>
            <b>{name}</b>
            {version && <span>{t('server.version', { version })}</span>}
          </p>
          {addresses.map(({ uri, local }) => (
            <label key={uri}>
              <input
                type="radio"
                name="address"
                checked={chosen?.found.machineId === machineId && chosen.url === uri}
                onChange={() => onChoose({ url: uri, found: { ticket: found.ticket, machineId } })}
              />
              <span>
                <span className={classes.uri}>{uri}</span>
                <span className={classes.where}>{t(local ? 'setup.near' : 'setup.far')}</span>
              </span>
            </label>
          ))}
        </div>
      ))}
      <PlexTrip errand="setup" label={t(found ? 'setup.findAgain' : 'setup.find')} variant={found ? 'default' : 'filled'} keep={{ remember: false, to: null }} isBack={isBack} begin={begin} arrive={arrive} />
    </>
  );
}
