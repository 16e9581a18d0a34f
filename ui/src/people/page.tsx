import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { now } from '../activity/now';
import { useAnswer } from '../live/answer';
import { useStore } from '../live/store';
import { Listing, type Entry } from '../profile/listing';
import { Refresh } from '../profile/refresh';
import { Answered } from '../profile/states';
import { PageHead } from '../shell/page';
import { Face } from '../streams/avatar';
import { Guests } from './guests';
import { RefreshUsersDocument, UsersPageDocument, type UsersPageQuery } from './people.generated';

/** Everybody who may watch or has watched. */
export function UsersPage() {
  const { t } = useTranslation();
  const answer = useAnswer(UsersPageDocument, {});
  const tools = (
    <>
      <Guests />
      <Refresh document={RefreshUsersDocument} told={({ refreshUsers }) => refreshUsers} onDone={answer.again} />
    </>
  );
  return (
    <Answered
      answer={answer}
      head={<PageHead title={t('nav.users')}>{tools}</PageHead>}
      lines={8}
      none={{ title: t('people.none'), text: t('people.noneText') }}
      isEmpty={({ users }) => users.length === 0}
    >
      {(data) => <Known data={data} tools={tools} />}
    </Answered>
  );
}

function Known({ data, tools }: { data: UsersPageQuery; tools: ReactNode }) {
  const { t } = useTranslation();
  const servers = useServers();
  const sessions = useStore(now, (live) => live.sessions);
  const watching = useMemo(() => new Map([...sessions.values()].flatMap(({ user, id }) => (user ? [[user.id, id] as const] : []))), [sessions]);
  const entries = useMemo(() => {
    const counted = new Map(data.statistics.users.flatMap((row) => (row.user ? [[row.user.id, row] as const] : [])));
    return data.users.map((user): Entry => {
      const name = user.friendlyName || user.username;
      const marks = [
        name !== user.username && user.username,
        user.isAdmin && t('people.owner'),
        user.allowGuest && t('people.guest'),
        !user.isActive && t('facet.former'),
        servers.length > 1 && user.server?.name,
      ];
      return {
        id: user.id,
        name,
        words: [user.username, user.email, servers.length > 1 ? user.server?.name : null],
        sign: <Face name={name} source={user.avatarUrl} size={34} />,
        link: (
          <Link to="/users/$id" params={{ id: user.id }}>
            {name}
          </Link>
        ),
        line: marks.filter(Boolean).join(' · '),
        former: !user.isActive,
        hidden: user.deleted,
        session: watching.get(user.id),
        counted: counted.get(user.id),
        filter: { user: [user.id] },
      };
    });
  }, [data, servers, watching, t]);
  return <Listing title={t('nav.users')} column={t('facet.user')} present={t('people.active')} from="/home/users" order="last" tools={tools} entries={entries} />;
}
