import { Button } from '@mantine/core';
import { IconArrowRight, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { useProblem } from '../shell/problem';
import { Segmented } from '../shell/segmented';
import classes from './added.module.css';
import { KINDS, type Kind } from './kinds';
import { Bones, Tile } from './tile';
import { useAdded } from './use-added';

const COUNT = 20;
/** Videos without an agent are rare; the page has them. */
const HERE = KINDS.filter((kind) => kind !== 'videos');

/** What is new, in one row. */
export function AddedStrip({ kind, onKind }: { kind: Kind; onKind: (kind: Kind) => void }) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const turn = (by: -1 | 1) => {
    const { current } = list;
    if (!current) return;
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
    const forward = document.documentElement.dir === 'rtl' ? -by : by;
    current.scrollBy({ left: forward * current.clientWidth * 0.85, behavior });
  };
  return (
    <section className={classes.strip} aria-label={t('added.heading')}>
      <header role="none">
        <h2>{t('added.heading')}</h2>
        <Segmented label={t('added.kind')} value={kind} options={HERE.map((value) => ({ value, text: t(`added.kinds.${value}`) }))} onChange={onKind} />
        <div className={classes.turns}>
          <button type="button" aria-label={t('added.back')} onClick={() => turn(-1)}>
            <IconChevronLeft size={18} stroke={1.8} aria-hidden />
          </button>
          <button type="button" aria-label={t('added.on')} onClick={() => turn(1)}>
            <IconChevronRight size={18} stroke={1.8} aria-hidden />
          </button>
        </div>
        <Link to="/added" search={{ kind: kind === 'all' ? undefined : kind }}>
          {t('added.all')}
          <IconArrowRight size={15} stroke={1.8} aria-hidden />
        </Link>
      </header>
      <Row key={kind} kind={kind} list={list} />
    </section>
  );
}

function Row({ kind, list }: { kind: Kind; list: React.RefObject<HTMLUListElement | null> }) {
  const { t } = useTranslation();
  const explain = useProblem();
  const servers = useServers();
  const server = servers.find(({ isDefault }) => isDefault) ?? servers[0];
  const { data, failure, asking, again, blind } = useAdded(server, kind, COUNT);
  if (!data && failure) {
    return (
      <div className={classes.still} role="alert">
        <p>{blind ? t('added.blind', { name: server?.name }) : explain(failure)}</p>
        <Button variant="default" size="compact-sm" loading={asking} onClick={again}>
          {t('problem.tryAgain')}
        </Button>
      </div>
    );
  }
  if (data?.recentlyAdded.length === 0) {
    return (
      <div className={classes.still}>
        <p>{t(kind === 'all' ? 'added.none' : 'added.noneOfKind')}</p>
      </div>
    );
  }
  const stale = !!data && (blind || !!failure);
  return (
    <>
      {stale && (
        <p className={classes.stale} role="status">
          {t(blind ? 'added.staleServer' : 'states.older', { name: server?.name })}
        </p>
      )}
      <ul ref={list} className={classes.row} data-stale={stale || undefined}>
        {data ? (
          data.recentlyAdded.map((added, n) => (
            <li key={added.facts.ratingKey ?? n}>
              <Tile added={added} />
            </li>
          ))
        ) : (
          <Bones count={10} />
        )}
      </ul>
    </>
  );
}
