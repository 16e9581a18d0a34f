import { Button } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { dayOf } from '../account/calendar';
import { inputOf } from '../history/filter';
import { useAnswer } from '../live/answer';
import { Failed, Loading, NoSuch, Older } from '../shell/states';
import { ItemKnownDocument, ItemNowDocument, ItemPastDocument } from './item.generated';
import { filterOf, levelIn, levelOf, subjectOf, type ItemSearch, type Level } from './subject';
import { Title } from './title';

/** What was or can be played, at any level: what it is, what it consists of, who watched it, when, and how often. */
export function ItemPage() {
  const search = useSearch({ from: '/home/item' });
  return <Asked key={JSON.stringify(search)} search={search} />;
}

const NOWHERE: Level = {};

function Asked({ search }: { search: ItemSearch }) {
  const { t } = useTranslation();
  const servers = useServers();
  const server = search.server ?? servers.find(({ isDefault }) => isDefault)?.id;
  const { guid } = search;
  const byKey = search.show ?? search.season ?? search.key;
  const known = useAnswer(ItemKnownDocument, useMemo(() => ({ serverId: server, guid: guid ?? null, ratingKey: guid ? null : (byKey ?? null) }), [server, guid, byKey]), !guid && !search.key);
  const remembered = known.data?.mediaItem?.facts;
  const key = byKey ?? remembered?.ratingKey ?? '';
  const present = useAnswer(ItemNowDocument, useMemo(() => ({ serverId: server, ratingKey: key }), [server, key]), !key);
  const found = present.data?.libraryItem ?? null;
  // Servers recycle keys: what is there now may be something else.
  const item = found && guid && found.facts.guid !== guid ? null : found;
  const level = levelIn(search) ?? (item ? levelOf(item.facts) : remembered ? levelOf(remembered) : null);
  const wanted = JSON.stringify(level ?? NOWHERE);
  const variables = useMemo(() => {
    const at = JSON.parse(wanted) as Level;
    return { filter: inputOf(filterOf(at), dayOf()), subject: { ...subjectOf(at), serverId: server } };
  }, [wanted, server]);
  const past = useAnswer(ItemPastDocument, variables, !level);

  const waiting = (guid || search.key ? !known.data && !known.failure : false) || (!!key && !present.data && !present.failure) || (!!level && !past.data && !past.failure);
  const again = () => {
    if (guid || search.key) known.again();
    if (key) present.again();
    if (level) past.again();
  };
  const failure = past.failure ?? known.failure;
  const play = past.data?.newest.nodes[0]?.play ?? null;
  const facts = item?.facts ?? remembered ?? play?.item;
  if (!facts) {
    if (waiting) return <Loading lines={8} />;
    const why = failure ?? present.failure;
    return why ? (
      <Failed code={why} again={again} />
    ) : (
      <NoSuch title={t('item.unknown')} text={t('item.unknownText')}>
        <Button variant="default" size="sm" component={Link} to="/search">
          {t('item.toSearch')}
        </Button>
      </NoSuch>
    );
  }
  // The server's own facts come a moment later than what is remembered; a page that changes under the eyes is worse than a short wait.
  if (waiting && !play && !item) return <Loading lines={8} />;
  return (
    <>
      {failure && past.data && <Older code={failure} again={again} />}
      <Title
        search={search}
        level={level}
        server={play?.server?.id ?? server}
        itemKey={key}
        facts={facts}
        item={item}
        state={item ? 'here' : present.failure ? 'silent' : waiting ? 'asking' : 'gone'}
        past={past.data ?? null}
        present={present.data ?? null}
        onChanged={again}
      />
    </>
  );
}
