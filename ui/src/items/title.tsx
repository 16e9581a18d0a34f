import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconReplace } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { ChartCard, type Look } from '../graphs/chart-card';
import { chartNamed } from '../graphs/charts';
import { dayOf } from '../account/calendar';
import { Recent } from '../history/recent';
import { useAnswer } from '../live/answer';
import profile from '../profile/profile.module.css';
import { Viewers } from '../profile/viewers';
import { WatchTiles } from '../profile/watch-tiles';
import { useTitle } from '../shell/title';
import { Poster } from '../streams/poster';
import { episodeNumber } from '../streams/title-lines';
import { unbroken, useFormat } from '../strings/format';
import { About, FileMarks } from './about';
import { Breadcrumb } from './breadcrumb';
import { Files } from './files';
import { ItemSiblingsDocument, type ItemFactsFragment, type ItemNowQuery, type ItemPastQuery } from './item.generated';
import classes from './item.module.css';
import { Parts } from './parts';
import { filterOf, namesOf, neighbours, type ItemSearch, type Level } from './subject';
import { useItemLink } from './use-item-link';

const MatchDialog = lazy(() => import('./match').then((module) => ({ default: module.MatchDialog })));

/** What has a length of its own; of a show or a season Plex tells that of an episode. */
const TIMED = new Set<ItemFactsFragment['kind']>(['MOVIE', 'EPISODE', 'TRACK', 'CLIP']);

export type Item = NonNullable<ItemNowQuery['libraryItem']>;

type Props = {
  search: ItemSearch;
  /** What of the history it is; none for collections and playlists. */
  level: Level | null;
  server: string | undefined;
  itemKey: string;
  facts: ItemFactsFragment;
  /** As the server has it now. */
  item: Item | null;
  state: 'here' | 'gone' | 'silent' | 'asking';
  past: ItemPastQuery | null;
  present: ItemNowQuery | null;
  onChanged: () => void;
};

/** A title that is known: from the server, from the history, or from both. */
export function Title({ search, level, server, itemKey, facts, item, state, past, present, onChanged }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isAdmin = useIsAdmin();
  const navigate = useNavigate();
  const linkTo = useItemLink(server);
  const [matching, setMatching] = useState(false);
  const filter = useMemo(() => filterOf(level ?? {}), [level]);
  const look = useMemo((): Look => ({ filter, span: { days: '365' }, measure: 'PLAYS', bucket: 'MONTH', today: dayOf() }), [filter]);
  const number = facts.kind === 'EPISODE' ? episodeNumber(facts.parentIndex, facts.index, t) : '';
  // The server tells of the level itself, the history of an episode or track below it.
  const own = !!item || !level || !!level.guid;
  const { title, above } = item || !level ? { title: facts.title ?? '', above: facts.grandparentTitle ?? facts.parentTitle ?? null } : namesOf(facts, level);
  const play = past?.newest.nodes[0]?.play ?? null;
  const kept = present?.libraries.find(({ sectionId, server: of }) => sectionId === item?.facts.sectionId && of?.id === server);
  const isPlayed = !!play;
  useTitle(title);
  const rating = (value: string | null | undefined, text: 'item.critics' | 'item.audience') => own && value && unbroken(t(text, { value }));
  const line = [
    own && facts.kind === 'EPISODE' ? null : own && facts.year,
    own && facts.kind === 'EPISODE' && facts.originallyAvailableAt && format.day(facts.originallyAvailableAt),
    own && facts.duration && (facts.kind === 'PLAYLIST' ? format.total(facts.duration) : TIMED.has(facts.kind) && format.length(facts.duration)),
    counted(),
    facts.contentRating,
    facts.studio,
    rating(facts.rating, 'item.critics'),
    rating(facts.audienceRating, 'item.audience'),
  ].filter(Boolean);
  function counted() {
    if (!item) return null;
    const { childCount, leafCount } = item;
    const say = (name: 'seasons' | 'episodes' | 'albums' | 'tracks' | 'items', count: number | null | undefined) => (count ? t(`libraries.holds.${name}`, { count, number: format.number(count) }) : null);
    switch (facts.kind) {
      case 'SHOW':
        return [say('seasons', childCount), say('episodes', leafCount)].filter(Boolean).join(' · ');
      case 'SEASON':
        return say('episodes', leafCount);
      case 'ARTIST':
        return say('albums', childCount);
      case 'ALBUM':
        return say('tracks', leafCount);
      case 'COLLECTION':
      case 'PLAYLIST':
        return say('items', childCount ?? leafCount);
      default:
        return null;
    }
  }
  const canMatch = isAdmin && !!level && !!server && isPlayed && !!itemKey && !facts.live;
  return (
    <>
      <header className={classes.head} role="none">
        <Poster item={item?.set?.playlistType === 'audio' ? { ...facts, kind: 'ALBUM' } : facts} className={classes.poster} />
        <div className={classes.text}>
          <Breadcrumb facts={facts} above={above} level={level} library={kept ?? play?.library ?? null} server={server} />
          <h1>{title || t('history.unknown')}</h1>
          {own && number && <p>{number}</p>}
          {line.length > 0 && <p className={`${profile.quiet} numbers`}>{line.join(' · ')}</p>}
          {own && facts.tagline && <p className={classes.tagline}>{facts.tagline}</p>}
          {own && facts.summary && <p className={classes.summary}>{facts.summary}</p>}
          {item && <FileMarks files={item.files} />}
          <div className={classes.ways}>
            {level && (
              <>
                <Button variant="default" size="sm" component={Link} to="/history" search={filter as never}>
                  {t('nav.history')}
                </Button>
                <Button variant="default" size="sm" component={Link} to="/graphs" search={filter as never}>
                  {t('nav.graphs')}
                </Button>
              </>
            )}
            {canMatch && state !== 'gone' && (
              <Button variant="default" size="sm" leftSection={<IconReplace size={16} stroke={1.7} aria-hidden />} onClick={() => setMatching(true)}>
                {t('match.open')}
              </Button>
            )}
            {item && (facts.kind === 'EPISODE' || facts.kind === 'TRACK') && facts.parentRatingKey && <Neighbours server={server} parent={facts.parentRatingKey} own={itemKey} kind={facts.kind} />}
          </div>
        </div>
      </header>
      {state === 'gone' && !facts.live && facts.kind !== 'CLIP' && (
        <div role="status" className={profile.notice}>
          <span>
            {isAdmin ? (
              <>
                <b>{t('item.gone')}</b> {t(canMatch ? 'item.goneMatch' : 'item.goneText')}
              </>
            ) : (
              t('item.goneGuest')
            )}
          </span>
          {canMatch && (
            <Button variant="default" size="compact-sm" leftSection={<IconReplace size={15} stroke={1.7} aria-hidden />} onClick={() => setMatching(true)}>
              {t('match.open')}
            </Button>
          )}
        </div>
      )}
      {state === 'silent' && (
        <div role="status" className={profile.notice}>
          <span>{t('profile.serverSilent')}</span>
          <Button variant="default" size="compact-sm" onClick={onChanged}>
            {t('problem.tryAgain')}
          </Button>
        </div>
      )}
      {level && past && <WatchTiles times={past.watchTime} filter={filter} name={title} />}
      {item && <Parts item={item} server={server} itemKey={itemKey} />}
      <div className={profile.grid}>
        {(level || (item && item.files.length > 0)) && (
          <div className={profile.column}>
            {level && past && <Recent filter={filter} said={level.guid ? 'item' : undefined} />}
            {item && item.files.length > 0 && <Files files={item.files} markers={item.facts.markers} />}
          </div>
        )}
        <div className={profile.column}>
          {level && past && <Viewers viewers={past.userStatistics} filter={filter} />}
          <About facts={facts} own={own} machine={present?.servers.find(({ id }) => id === server)?.machineId ?? null} isHere={!!item} />
        </div>
        {level && isPlayed && <ChartCard chart={chartNamed('streamTypes')} look={look} />}
      </div>
      {matching && level && server && (
        <Suspense fallback={null}>
          <MatchDialog
            server={server}
            oldKey={itemKey}
            title={title}
            above={above}
            kind={kindOf(level, facts)}
            onClose={() => setMatching(false)}
            onDone={(key) => void navigate({ to: '/item', search: linkTo(key) })}
            onUndone={() => void navigate({ to: '/item', search })}
          />
        </Suspense>
      )}
    </>
  );
}

/** The kind of the level, where what is known of it is an episode or a track. */
function kindOf({ show, season }: Level, { kind }: ItemFactsFragment): ItemFactsFragment['kind'] {
  if (show && (kind === 'EPISODE' || kind === 'SEASON')) return 'SHOW';
  if (show && (kind === 'TRACK' || kind === 'ALBUM')) return 'ARTIST';
  if (season && kind === 'EPISODE') return 'SEASON';
  return season && kind === 'TRACK' ? 'ALBUM' : kind;
}

/** The ways to the one before and the one after. */
function Neighbours({ server, parent, own, kind }: { server: string | undefined; parent: string; own: string; kind: 'EPISODE' | 'TRACK' }) {
  const { t } = useTranslation();
  const linkTo = useItemLink(server);
  const { data } = useAnswer(ItemSiblingsDocument, useMemo(() => ({ serverId: server, ratingKey: parent }), [server, parent]));
  const { before, after } = neighbours(data?.libraryItem?.children.map(({ facts }) => facts) ?? [], own);
  const name = ({ index, title }: NonNullable<typeof before>) => (index != null && kind === 'EPISODE' ? episodeNumber(null, index, t) : (title ?? ''));
  const full = (one: NonNullable<typeof before>) => [...new Set([name(one), one.title])].filter(Boolean).join(' ');
  if (!before && !after) return null;
  return (
    <nav aria-label={t('item.neighbours')} className={classes.neighbours}>
      {before?.ratingKey && (
        <Button variant="subtle" size="sm" component={Link} to="/item" search={linkTo(before.ratingKey) as never} leftSection={<IconArrowLeft size={16} stroke={1.7} aria-hidden />} aria-label={t('item.before', { title: full(before) })}>
          {name(before)}
        </Button>
      )}
      {after?.ratingKey && (
        <Button variant="subtle" size="sm" component={Link} to="/item" search={linkTo(after.ratingKey) as never} rightSection={<IconArrowRight size={16} stroke={1.7} aria-hidden />} aria-label={t('item.after', { title: full(after) })}>
          {name(after)}
        </Button>
      )}
    </nav>
  );
}
