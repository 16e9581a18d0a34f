import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Server } from '../account/access';
import { useIsAdmin, useServers } from '../account/use-account';
import { NoServer } from '../activity/quiet';
import { Trouble } from '../activity/trouble';
import { PageHead } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { Failed, Nothing, Older } from '../shell/states';
import classes from './added.module.css';
import { KINDS, MOST, PAGE, type Kind } from './kinds';
import { Bones, Tile } from './tile';
import { useAdded } from './use-added';

/** Everything that is new, newest first. */
export function AddedPage() {
  const { t } = useTranslation();
  const { kind = 'all', server: wanted, count: told } = useSearch({ from: '/home/added' });
  const count = told ? Number(told) : PAGE;
  const navigate = useNavigate({ from: '/added' });
  const servers = useServers();
  const server = servers.find(({ id }) => id === wanted) ?? servers.find(({ isDefault }) => isDefault) ?? servers[0];
  const change = (next: { kind?: Kind; server?: string }) =>
    void navigate({
      search: (now) => {
        const chosen = next.kind ?? now.kind;
        return { kind: chosen === 'all' ? undefined : chosen, server: next.server ?? now.server };
      },
      replace: true,
    });
  return (
    <>
      <PageHead title={t('added.heading')}>
        {servers.length > 1 && server && (
          <Segmented label={t('added.server')} value={server.id} options={servers.map(({ id, name }) => ({ value: id, text: name }))} onChange={(id) => change({ server: id })} />
        )}
        {servers.length > 0 && (
          <Segmented label={t('added.kind')} value={kind} options={KINDS.map((value) => ({ value, text: t(`added.kinds.${value}`) }))} onChange={(value) => change({ kind: value })} />
        )}
      </PageHead>
      {server ? (
        <List
          key={`${kind} ${server.id}`}
          kind={kind}
          server={server}
          count={count}
          onMore={() => void navigate({ search: (now) => ({ ...now, count: String(Math.min(MOST, count + PAGE)) }), replace: true, resetScroll: false })}
        />
      ) : (
        <NoServer />
      )}
    </>
  );
}

type ListProps = { kind: Kind; server: Server; count: number; onMore: () => void };

function List({ kind, server, count, onMore }: ListProps) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  // To an administrator the frame says it already.
  const isSaid = isAdmin && server.link.state === 'TOKEN_REFUSED';
  const { data, failure, asking, again, blind } = useAdded(server, kind, count);
  const found = data?.recentlyAdded;
  if (!found && failure) {
    if (!blind) return <Failed code={failure} again={again} />;
    return (
      <>
        {!isSaid && <Trouble server={server} hasSessions={false} />}
        <Nothing title={t('added.blindTitle')} text={t('added.blind', { name: server.name })} icon={<IconPlugConnectedX size={30} stroke={1.4} aria-hidden />}>
          <Button variant="default" size="sm" loading={asking} onClick={again}>
            {t('problem.tryAgain')}
          </Button>
        </Nothing>
      </>
    );
  }
  if (found?.length === 0) return <Nothing title={t(kind === 'all' ? 'added.none' : 'added.noneOfKind')} text={t('added.noneText')} />;
  const stale = !!found && (blind || (!!failure && !asking));
  // What a guest may not see is left out of the answer, so that fewer came does not say that there are no more.
  const more = !!found && count < MOST && (found.length >= count || (!isAdmin && found.length > 0));
  return (
    <>
      {blind && !isSaid && <Trouble server={server} hasSessions={false} />}
      {failure && !blind && !asking && <Older code={failure} again={again} />}
      {blind && (
        <p className={classes.stale} role="status">
          {t('added.staleServer', { name: server.name })}
        </p>
      )}
      <ul className={classes.grid} aria-label={t('added.heading')} data-stale={stale || undefined}>
        {found ? (
          found.map((added, n) => (
            <li key={added.facts.ratingKey ?? n}>
              <Tile added={added} dated />
            </li>
          ))
        ) : (
          <Bones count={24} />
        )}
      </ul>
      {more && (
        <div className={classes.more}>
          <Button variant="default" loading={asking} onClick={onMore}>
            {t('added.more')}
          </Button>
        </div>
      )}
      {found && found.length >= MOST && (
        <p className={classes.end}>
          {t('added.most', { count: MOST })} <Link to="/libraries">{t('nav.libraries')}</Link>
        </p>
      )}
    </>
  );
}
