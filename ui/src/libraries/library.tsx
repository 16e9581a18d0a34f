import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { ChartCard, type Look } from '../graphs/chart-card';
import { chartNamed } from '../graphs/charts';
import { todayHere, type Filter } from '../history/filter';
import { Recent } from '../history/recent';
import { useAnswer } from '../live/answer';
import classes from '../people/profile.module.css';
import { WatchTiles } from '../people/watch-tiles';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { useTitle } from '../shell/title';
import { LibraryIcon, useHoldings } from './holdings';
import { LibraryPageDocument, type LibraryPageQuery } from './libraries.generated';
import { Viewers } from './viewers';

const DeleteDialog = lazy(() => import('../history/delete').then((module) => ({ default: module.DeleteDialog })));

/** One library: how much it is used, by whom, and what was played last. */
export function LibraryPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/home/libraries/$id' });
  const { data, failure, again } = useAnswer(LibraryPageDocument, useMemo(() => ({ id, ids: [id] }), [id]));
  if (failure && !data) return failure === 'NOT_FOUND' || failure === 'INVALID' ? <Nothing title={t('libraries.unknown')} text={t('people.unknownText')} /> : <Failed code={failure} again={again} />;
  if (!data) return <Loading lines={8} />;
  if (data.node?.__typename !== 'Library') return <Nothing title={t('libraries.unknown')} text={t('people.unknownText')} />;
  return (
    <>
      {failure && <Older code={failure} again={again} />}
      <Known key={id} library={data.node} data={data} onChanged={again} />
    </>
  );
}

type Library = Extract<LibraryPageQuery['node'], { __typename: 'Library' }>;

function Known({ library, data, onChanged }: { library: Library; data: LibraryPageQuery; onChanged: () => void }) {
  const { t } = useTranslation();
  const holdings = useHoldings();
  const isAdmin = useIsAdmin();
  const [asking, setAsking] = useState(false);
  const filter = useMemo((): Filter => ({ library: [library.id] }), [library.id]);
  const look = useMemo((): Look => ({ filter, span: { days: '90' }, measure: 'PLAYS', bucket: 'WEEK', today: todayHere() }), [filter]);
  useTitle(library.name);
  const marks = [!library.isActive && t('facet.former'), !library.keepHistory && t('people.notKept')].filter(Boolean);
  return (
    <>
      <header className={classes.head} role="none">
        <span className={classes.sign}>
          <LibraryIcon kind={library.kind} size={32} />
        </span>
        <div>
          <h1>{library.name}</h1>
          <p className={`${classes.quiet} numbers`}>{[holdings(library), library.server?.name].filter(Boolean).join(' · ')}</p>
          {marks.length > 0 && (
            <ul className={classes.marks}>
              {marks.map((mark) => (
                <li key={String(mark)}>{mark}</li>
              ))}
            </ul>
          )}
        </div>
        <div className={classes.tools}>
          <Button variant="default" size="sm" component={Link} to="/history" search={filter as never}>
            {t('nav.history')}
          </Button>
          <Button variant="default" size="sm" component={Link} to="/graphs" search={filter as never}>
            {t('nav.graphs')}
          </Button>
          {isAdmin && (
            <Button variant="default" size="sm" color="danger" leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />} onClick={() => setAsking(true)}>
              {t('people.purge')}
            </Button>
          )}
        </div>
      </header>
      <WatchTiles times={data.watchTime} filter={filter} name={library.name} />
      <div className={classes.grid}>
        <Recent filter={filter} />
        <div className={classes.column}>
          <Viewers viewers={data.userStatistics} filter={filter} />
          <ChartCard chart={chartNamed('hour')} look={look} />
        </div>
        {(['streamTypes', 'weekday', 'sourceResolutions'] as const).map((name) => (
          <ChartCard key={name} chart={chartNamed(name)} look={look} />
        ))}
      </div>
      {asking && (
        <Suspense fallback={null}>
          <DeleteDialog what={{ filter: { libraryIds: [library.id] } }} onClose={() => setAsking(false)} onDone={onChanged} />
        </Suspense>
      )}
    </>
  );
}
