import { Button } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartCard, type Look } from '../graphs/chart-card';
import { chartNamed } from '../graphs/charts';
import { inputOf, todayHere } from '../history/filter';
import { Recent } from '../history/recent';
import { Viewers } from '../libraries/viewers';
import { useAnswer } from '../live/answer';
import profile from '../people/profile.module.css';
import { WatchTiles } from '../people/watch-tiles';
import { Panel } from '../shell/page';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { useTitle } from '../shell/title';
import { channelsName, codecName, containerName, resolutionName } from '../streams/names';
import { Poster } from '../streams/poster';
import { useTitleLines } from '../streams/title-lines';
import { useFormat } from '../strings/format';
import { ItemPageDocument, type ItemFactsFragment, type ItemPageQuery } from './item.generated';
import classes from './item.module.css';
import { filterOf, namesOf, subjectOf, type ItemSearch } from './subject';

/** What was played, at any level: what it is, who watched it, when, and how often. */
export function ItemPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/home/item' });
  const variables = { guid: search.guid ?? '', byGuid: !!search.guid, filter: inputOf(filterOf(search), todayHere()), subject: subjectOf(search) };
  const { data, failure, again } = useAnswer(ItemPageDocument, variables);
  if (failure && !data) return <Failed code={failure} again={again} />;
  if (!data) return <Loading lines={8} />;
  const facts = data.item?.facts ?? data.newest.nodes[0]?.play?.item;
  if (!facts) return <Nothing title={t('item.unknown')} text={t('item.unknownText')} />;
  return (
    <>
      {failure && <Older code={failure} again={again} />}
      <Known key={JSON.stringify(search)} search={search} facts={facts} data={data} />
    </>
  );
}

function Known({ search, facts, data }: { search: ItemSearch; facts: ItemFactsFragment; data: ItemPageQuery }) {
  const { t } = useTranslation();
  const format = useFormat();
  const filter = useMemo(() => filterOf(search), [search]);
  const look = useMemo((): Look => ({ filter, span: { days: '365' }, measure: 'PLAYS', bucket: 'MONTH', today: todayHere() }), [filter]);
  const lines = useTitleLines(facts);
  const { title, above } = namesOf(facts, search);
  const play = data.newest.nodes[0]?.play;
  const own = !!search.guid;
  useTitle(title);
  const line = [
    own && facts.year,
    own && facts.duration && format.length(facts.duration),
    facts.contentRating,
    facts.studio,
    facts.rating && t('item.critics', { value: facts.rating }),
    facts.audienceRating && t('item.audience', { value: facts.audienceRating }),
  ].filter(Boolean);
  return (
    <>
      <header className={classes.head} role="none">
        <Poster item={facts} className={classes.poster} />
        <div className={classes.text}>
          <p className={profile.quiet}>
            {play?.library && (
              <Link to="/libraries/$id" params={{ id: play.library.id }}>
                {play.library.name}
              </Link>
            )}
            {above && facts.grandparentRatingKey && (
              <>
                {' · '}
                <Link to="/item" search={{ show: facts.grandparentRatingKey }}>
                  {above}
                </Link>
              </>
            )}
            {own && facts.parentRatingKey && facts.parentTitle && facts.parentTitle !== above && (
              <>
                {' · '}
                <Link to="/item" search={{ season: facts.parentRatingKey }}>
                  {facts.parentTitle}
                </Link>
              </>
            )}
          </p>
          <h1>{title}</h1>
          {own && facts.kind === 'EPISODE' && lines.second && <p>{lines.second}</p>}
          {line.length > 0 && <p className={`${profile.quiet} numbers`}>{line.join(' · ')}</p>}
          {own && facts.tagline && <p className={classes.tagline}>{facts.tagline}</p>}
          {own && facts.summary && <p className={classes.summary}>{facts.summary}</p>}
          {own && play && <Media version={play.stream.source} />}
          <div className={classes.ways}>
            <Button variant="default" size="sm" component={Link} to="/history" search={filter as never}>
              {t('nav.history')}
            </Button>
            <Button variant="default" size="sm" component={Link} to="/graphs" search={filter as never}>
              {t('nav.graphs')}
            </Button>
          </div>
        </div>
      </header>
      <WatchTiles times={data.watchTime} filter={filter} name={title} />
      <div className={profile.grid}>
        <Recent filter={filter} />
        <div className={profile.column}>
          <Viewers viewers={data.userStatistics} filter={filter} />
          <People facts={facts} />
        </div>
        <ChartCard chart={chartNamed('streamTypes')} look={look} />
      </div>
    </>
  );
}

type Version = NonNullable<ItemPageQuery['newest']['nodes'][number]['play']>['stream']['source'];

/** What the file was, when it was played last. */
function Media({ version }: { version: Version }) {
  const { t } = useTranslation();
  const format = useFormat();
  const parts = [
    resolutionName(version.fullResolution ?? version.videoResolution),
    codecName(version.video?.codec),
    version.video?.dynamicRange !== 'SDR' && version.video?.dynamicRange,
    [codecName(version.audio?.codec), channelsName(version.audio?.channels, version.audio?.channelLayout)].filter(Boolean).join(' '),
    containerName(version.container),
    version.bitrate && format.rate(version.bitrate),
    version.fileSize && format.size(version.fileSize),
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <ul className={`${profile.marks} numbers`} aria-label={t('item.media')}>
      {parts.map((part) => (
        <li key={String(part)}>{part}</li>
      ))}
    </ul>
  );
}

function People({ facts }: { facts: ItemFactsFragment }) {
  const { t } = useTranslation();
  const rows = [
    [t('item.genres'), facts.genres],
    [t('item.directors'), facts.directors],
    [t('item.writers'), facts.writers],
    [t('item.actors'), facts.actors.slice(0, 10)],
    [t('item.collections'), facts.collections],
  ] as const;
  const told = rows.filter(([, names]) => names.length > 0);
  if (told.length === 0) return null;
  return (
    <Panel title={t('item.about')}>
      <dl className={classes.facts}>
        {told.map(([name, names]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{names.join(', ')}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
