import { Button } from '@mantine/core';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { now } from '../activity/now';
import type { Filter } from '../history/filter';
import { useAnswer } from '../live/answer';
import { useStore } from '../live/store';
import { AdminMenu } from '../profile/admin-menu';
import { useDecide } from '../profile/decide';
import { ProfileHead } from '../profile/head';
import { HiddenNotice } from '../profile/hidden';
import { Sets } from '../profile/sets';
import { Page } from '../profile/states';
import { tabOf, type Tab } from '../profile/tab';
import { Tabs } from '../profile/tabs';
import { Face } from '../streams/avatar';
import { Addresses } from './addresses';
import { Overview } from './overview';
import { HideUserDocument, ShowUserDocument, UpdateUserDocument, UserPageDocument, UserPlaylistsDocument, type UserPageQuery } from './people.generated';
import { SignIns } from './sign-ins';
import { Synced } from './synced';

type User = Extract<UserPageQuery['node'], { __typename: 'User' }>;
type Part = 'overview' | 'addresses' | 'signIns' | 'playlists' | 'synced';

/** One user: how much, on what, when, from where, and what was played last. */
export function UserPage() {
  const { id } = useParams({ from: '/home/users/$id' });
  // Of another one nothing is kept, nor shown while this one is asked for.
  return <Asked key={id} id={id} />;
}

function Asked({ id }: { id: string }) {
  const { t } = useTranslation();
  const answer = useAnswer(UserPageDocument, useMemo(() => ({ id, ids: [id] }), [id]));
  return (
    <Page
      answer={answer}
      find={({ node }) => (node?.__typename === 'User' ? node : null)}
      unknown={t('people.unknown')}
      others={
        <Button variant="default" size="sm" component={Link} to="/users">
          {t('people.toAll')}
        </Button>
      }
    >
      {(user, data) => <Known user={user} data={data} onChanged={answer.again} />}
    </Page>
  );
}

function Known({ user, data, onChanged }: { user: User; data: UserPageQuery; onChanged: () => void }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const { tab } = useSearch({ from: '/home/users/$id' });
  const decide = useDecide();
  const name = user.friendlyName || user.username;
  const running = useStore(now, (live) => [...live.sessions.values()].find((session) => session.user?.id === user.id)?.id);
  const filter = useMemo((): Filter => ({ user: [user.id] }), [user.id]);
  const plays = useMemo(() => ({ userIds: [user.id] }), [user.id]);
  const tabs: Tab<Part>[] = [
    { name: 'overview', text: t('profile.overview') },
    ...(isAdmin ? ([{ name: 'addresses', text: t('people.addresses') }, { name: 'signIns', text: t('people.signIns') }] as const) : []),
    { name: 'playlists', text: t('profile.playlists') },
    // A guest has no page but their own.
    { name: 'synced', text: t('people.synced') },
  ];
  const part = tabOf(tabs, tab);
  const show = () => decide(ShowUserDocument, { id: user.id }, ({ undeleteUser }) => undeleteUser);
  const choices = {
    title: t('people.editHeading', { name }),
    fields: [
      { key: 'friendlyName', label: t('people.name'), hint: t('people.nameHint'), value: user.friendlyName === user.username ? '' : user.friendlyName, placeholder: user.username },
      { key: 'picture', label: t('profile.picture'), hint: t('people.pictureHint'), value: user.picture && user.picture !== user.thumb ? user.picture : '', placeholder: 'https://…' },
    ],
    switches: [
      { key: 'keepHistory', label: t('profile.keepHistory'), hint: t('people.keepHistoryHint'), value: user.keepHistory },
      { key: 'allowGuest', label: t('people.allowGuest'), hint: t('people.allowGuestHint'), value: user.allowGuest },
      { key: 'doNotify', label: t('profile.doNotify'), hint: t('profile.doNotifyHint'), value: user.doNotify },
    ],
    save: (input: object) => decide(UpdateUserDocument, { id: user.id, input }, ({ updateUser }) => updateUser),
  };
  const hiding = {
    title: t('profile.hideHeading', { name }),
    text: t('people.hideText'),
    done: t('profile.hiddenNow', { name }),
    hide: () => decide(HideUserDocument, { id: user.id }, ({ deleteUser }) => deleteUser),
    show,
  };
  return (
    <>
      <ProfileHead
        name={name}
        sign={<Face name={name} source={user.avatarUrl} size={64} />}
        line={[name !== user.username && user.username, user.email, user.server?.name]}
        marks={[
          running && (
            <Link to="/activity" search={{ session: running }}>
              {t('people.watching')}
            </Link>
          ),
          user.isAdmin && t('people.owner'),
          user.isHomeUser && t('people.home'),
          user.isRestricted && t('people.restricted'),
          user.allowGuest && t('people.guest'),
          user.isAllowSync && t('people.maySync'),
          user.isStranger && t('people.stranger'),
          !user.isActive && t('facet.former'),
          !user.keepHistory && t('people.notKept'),
        ]}
        filter={filter}
      >
        <AdminMenu plays={plays} choices={choices} hiding={user.deleted ? null : hiding} onChanged={onChanged} />
      </ProfileHead>
      {user.deleted && <HiddenNotice text={t('people.hiddenText')} show={show} onDone={onChanged} />}
      <Tabs label={t('profile.parts')} tabs={tabs} here={part} />
      {part === 'overview' && <Overview user={user} data={data} filter={filter} />}
      {part === 'addresses' && <Addresses accountId={user.accountId} filter={filter} />}
      {part === 'signIns' && <SignIns accountId={user.accountId} />}
      {part === 'playlists' && <Playlists id={user.id} server={user.server?.id} />}
      {part === 'synced' && <Synced accountId={user.accountId} server={user.server?.id} />}
    </>
  );
}

function Playlists({ id, server }: { id: string; server: string | undefined }) {
  const { t } = useTranslation();
  const answer = useAnswer(UserPlaylistsDocument, useMemo(() => ({ id }), [id]));
  const find = (node: typeof answer.data) => (node?.node && 'playlists' in node.node ? node.node.playlists : []);
  return <Sets answer={answer} find={find} server={server} none={{ title: t('profile.noPlaylists'), text: t('people.noPlaylistsText') }} />;
}
