import { Button } from '@mantine/core';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { ChartCard, type Look } from '../graphs/chart-card';
import { chartNamed } from '../graphs/charts';
import { dayOf } from '../account/calendar';
import type { Filter } from '../history/filter';
import { Recent } from '../history/recent';
import { useAnswer } from '../live/answer';
import { AdminMenu } from '../profile/admin-menu';
import { useDecide } from '../profile/decide';
import { ProfileHead } from '../profile/head';
import { HiddenNotice } from '../profile/hidden';
import classes from '../profile/profile.module.css';
import { Sets } from '../profile/sets';
import { Shelf } from '../profile/shelf';
import { Page } from '../profile/states';
import { tabOf } from '../profile/tab';
import { Tabs } from '../profile/tabs';
import { Viewers } from '../profile/viewers';
import { WatchTiles } from '../profile/watch-tiles';
import { Content } from './content';
import { Growth, measuredKind } from './growth-card';
import { LibraryIcon, useHoldings } from './holdings';
import {
  HideLibraryDocument,
  LibraryCollectionsDocument,
  LibraryNewDocument,
  LibraryPageDocument,
  LibraryPlaylistsDocument,
  ShowLibraryDocument,
  UpdateLibraryDocument,
  type LibraryPageQuery,
} from './libraries.generated';
import { hasContent, partsOf, playlistTypeOf } from './parts';

type Library = Extract<LibraryPageQuery['node'], { __typename: 'Library' }>;

/** One library: how much it is used, by whom, what is in it, and what was played last. */
export function LibraryPage() {
  const { id } = useParams({ from: '/home/libraries/$id' });
  // Of another one nothing is kept, nor shown while this one is asked for.
  return <Asked key={id} id={id} />;
}

function Asked({ id }: { id: string }) {
  const { t } = useTranslation();
  const answer = useAnswer(LibraryPageDocument, useMemo(() => ({ id, ids: [id] }), [id]));
  return (
    <Page
      answer={answer}
      find={({ node }) => (node?.__typename === 'Library' ? node : null)}
      unknown={t('libraries.unknown')}
      others={
        <Button variant="default" size="sm" component={Link} to="/libraries">
          {t('libraries.toAll')}
        </Button>
      }
    >
      {(library, data) => <Known library={library} data={data} onChanged={answer.again} />}
    </Page>
  );
}

function Known({ library, data, onChanged }: { library: Library; data: LibraryPageQuery; onChanged: () => void }) {
  const { t } = useTranslation();
  const holdings = useHoldings();
  const isAdmin = useIsAdmin();
  const decide = useDecide();
  const search = useSearch({ from: '/home/libraries/$id' });
  const filter = useMemo((): Filter => ({ library: [library.id] }), [library.id]);
  const plays = useMemo(() => ({ libraryIds: [library.id] }), [library.id]);
  const texts = { overview: t('profile.overview'), content: t('content.heading'), collections: t('item.collections'), playlists: t('profile.playlists') };
  const tabs = partsOf(library, isAdmin).map((name) => ({ name, text: texts[name] }));
  const part = tabOf(tabs, search.tab);
  const show = () => decide(ShowLibraryDocument, { id: library.id }, ({ undeleteLibrary }) => undeleteLibrary);
  const own = (chosen: string | null | undefined, plain: string | null | undefined) => (chosen && chosen !== plain ? chosen : '');
  const choices = {
    title: t('people.editHeading', { name: library.name }),
    fields: [
      { key: 'picture', label: t('profile.picture'), hint: t('libraries.pictureHint'), value: own(library.picture, library.thumb), placeholder: 'https://…' },
      { key: 'background', label: t('libraries.background'), hint: t('libraries.backgroundHint'), value: own(library.background, library.art), placeholder: 'https://…' },
    ],
    switches: [
      { key: 'keepHistory', label: t('profile.keepHistory'), hint: t('libraries.keepHistoryHint'), value: library.keepHistory },
      { key: 'doNotify', label: t('profile.doNotify'), hint: t('profile.doNotifyHint'), value: library.doNotify },
      { key: 'doNotifyCreated', label: t('libraries.doNotifyCreated'), hint: t('profile.doNotifyHint'), value: library.doNotifyCreated },
    ],
    save: (input: object) => decide(UpdateLibraryDocument, { id: library.id, input }, ({ updateLibrary }) => updateLibrary),
  };
  const hiding = {
    title: t('profile.hideHeading', { name: library.name }),
    text: t('libraries.hideText'),
    done: t('profile.hiddenNow', { name: library.name }),
    hide: () => decide(HideLibraryDocument, { id: library.id }, ({ deleteLibrary }) => deleteLibrary),
    show,
  };
  return (
    <>
      <ProfileHead
        name={library.name}
        sign={
          <span className={classes.sign}>
            <LibraryIcon kind={library.kind} size={32} />
          </span>
        }
        line={[holdings(library), library.server?.name]}
        marks={[!library.isActive && t('facet.former'), !library.keepHistory && t('people.notKept')]}
        filter={filter}
      >
        <AdminMenu plays={plays} choices={choices} hiding={library.deleted ? null : hiding} onChanged={onChanged} />
      </ProfileHead>
      {library.deleted && <HiddenNotice text={t('libraries.hiddenText')} show={show} onDone={onChanged} />}
      <Tabs label={t('profile.parts')} tabs={tabs} here={part} />
      {part === 'overview' && <Overview library={library} data={data} filter={filter} />}
      {part === 'content' && <Content library={library} search={search} />}
      {part === 'collections' && <Collections library={library} />}
      {part === 'playlists' && <Playlists library={library} />}
    </>
  );
}

function Overview({ library, data, filter }: { library: Library; data: LibraryPageQuery; filter: Filter }) {
  const isAdmin = useIsAdmin();
  const measured = measuredKind(library.kind);
  // Files are nothing for guests. One that has left the server keeps what was measured.
  const hasGrowth = isAdmin && (hasContent(library) || !!library.holding);
  const look = useMemo((): Look => ({ filter, span: { days: '90' }, measure: 'PLAYS', bucket: 'WEEK', today: dayOf() }), [filter]);
  return (
    <>
      <WatchTiles times={data.watchTime} filter={filter} name={library.name} />
      {hasContent(library) && <New library={library} />}
      <div className={classes.grid}>
        <Recent filter={filter} count={8} />
        <div className={classes.column}>
          <Viewers viewers={data.userStatistics} filter={filter} />
          <ChartCard chart={chartNamed('hour')} look={look} />
        </div>
        {measured && hasGrowth && <Growth id={library.id} kind={measured} />}
        {(['streamTypes', 'weekday', 'sourceResolutions'] as const).map((name) => (
          <ChartCard key={name} chart={chartNamed(name)} look={look} />
        ))}
      </div>
    </>
  );
}

/** What came last; left out where the server cannot tell. */
function New({ library }: { library: Library }) {
  const { t } = useTranslation();
  const server = library.server?.id;
  const { data, failure } = useAnswer(LibraryNewDocument, useMemo(() => ({ serverId: server, sectionId: library.sectionId }), [server, library.sectionId]));
  if (failure && !data) return <p className={classes.aside}>{t('profile.serverSilent')}</p>;
  const tiles = (data?.recentlyAdded ?? []).map(({ facts }, n) => ({ key: facts.ratingKey ?? String(n), item: facts, when: facts.addedAt }));
  if (data && tiles.length === 0) return null;
  return data ? <Shelf title={t('libraries.added')} server={server} tiles={tiles} /> : <div className={classes.shelfComing} aria-hidden />;
}

function Collections({ library }: { library: Library }) {
  const { t } = useTranslation();
  const answer = useAnswer(LibraryCollectionsDocument, useMemo(() => ({ id: library.id }), [library.id]));
  const find = ({ node }: NonNullable<typeof answer.data>) => (node && 'collections' in node ? node.collections : []);
  return <Sets answer={answer} find={find} server={library.server?.id} none={{ title: t('libraries.noCollections'), text: t('libraries.noCollectionsText') }} />;
}

function Playlists({ library }: { library: Library }) {
  const { t } = useTranslation();
  const server = library.server?.id ?? '';
  const answer = useAnswer(LibraryPlaylistsDocument, useMemo(() => ({ serverId: server }), [server]));
  const type = playlistTypeOf(library.kind);
  const find = ({ node }: NonNullable<typeof answer.data>) => (node && 'playlists' in node ? node.playlists.filter(({ set }) => set?.playlistType === type) : []);
  return (
    <>
      <p className={classes.aside}>{t(`libraries.playlistsOf.${type as 'video' | 'audio' | 'photo'}`)}</p>
      <Sets answer={answer} find={find} server={library.server?.id} none={{ title: t('profile.noPlaylists'), text: t('libraries.noPlaylistsText') }} />
    </>
  );
}
