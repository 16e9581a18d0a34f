import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Input.css';
import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Server } from '../account/access';
import { useServers } from '../account/use-account';
import { NoServer } from '../activity/quiet';
import { useItemLink } from '../items/use-item-link';
import { useAnswer } from '../live/answer';
import { PageHead } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { titleParts } from '../shell/server-titles';
import { ENOUGH, useSettled } from '../shell/settled';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { Poster } from '../streams/poster';
import { useFormat } from '../strings/format';
import { SEARCHED, type SearchedKind } from './kinds';
import classes from './search.module.css';
import { SearchPageDocument, type SearchPageQuery } from './search.generated';

/** As many of a kind as are shown. */
const MOST = 60;

type Group = SearchPageQuery['search'][number];

/** What the media servers have under a name, kind by kind. What is looked for stands in the address. */
export function SearchPage() {
  const { t } = useTranslation();
  const { q = '', kind } = useSearch({ from: '/home/search' });
  const navigate = useNavigate({ from: '/search' });
  const servers = useServers();
  const [text, setText] = useState(q);
  const settled = useSettled(text.trim());
  useEffect(() => {
    if (settled !== q) void navigate({ search: (now) => ({ ...now, q: settled || undefined }), replace: true, resetScroll: false });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only what is written is a reason
  }, [settled]);
  // Whoever comes again with other words, from the palette, finds them in the field.
  const [told, setTold] = useState(q);
  if (told !== q) {
    setTold(q);
    if (q !== settled) setText(q);
  }
  return (
    <>
      <PageHead title={t('search.heading')} />
      <TextInput
        className={classes.field}
        size="md"
        radius="xl"
        aria-label={t('search.field')}
        placeholder={t('search.hint')}
        leftSection={<IconSearch size={18} stroke={1.7} aria-hidden />}
        rightSection={text ? <CloseButton size="sm" radius="xl" aria-label={t('profile.clear')} onClick={() => setText('')} /> : undefined}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {servers.length === 0 ? (
        <NoServer />
      ) : q.length < ENOUGH ? (
        <Nothing title={t('search.begin')} text={t('search.beginText')} icon={<IconSearch size={30} stroke={1.4} aria-hidden />} />
      ) : (
        servers.map((server) => (
          <OnServer
            key={`${server.id} ${q}`}
            server={server}
            named={servers.length > 1}
            text={q}
            kind={kind}
            onKind={(next) => void navigate({ search: (now) => ({ ...now, kind: next }), replace: true, resetScroll: false })}
          />
        ))
      )}
    </>
  );
}

type OnServerProps = { server: Server; named: boolean; text: string; kind: SearchedKind | undefined; onKind: (kind: SearchedKind | undefined) => void };

function OnServer({ server, named, text, kind, onKind }: OnServerProps) {
  const { t } = useTranslation();
  const { data, failure, again } = useAnswer(SearchPageDocument, useMemo(() => ({ serverId: server.id, text, first: MOST }), [server.id, text]));
  const groups = useMemo(() => SEARCHED.flatMap((name) => data?.search.filter((group) => group.kind === name && group.items.length > 0) ?? []), [data]);
  const chosen = groups.some((group) => group.kind === kind) ? kind : undefined;
  const body = () => {
    if (!data) return failure ? <Failed code={failure} again={again} /> : <Loading lines={6} />;
    if (groups.length === 0) {
      return (
        <Nothing title={t('search.none', { text })} text={t('search.noneText', { name: server.name })}>
          <Button variant="default" size="sm" component={Link} to="/history" search={{ q: text } as never}>
            {t('search.inHistory')}
          </Button>
        </Nothing>
      );
    }
    return (
      <>
        {failure && <Older code={failure} again={again} />}
        {groups.length > 1 && (
          <div className={classes.kinds}>
            <Segmented
              label={t('search.kind')}
              value={chosen ?? 'all'}
              options={[{ value: 'all' as const, text: t('search.all') }, ...groups.map((group) => ({ value: group.kind as SearchedKind, text: t(`search.kinds.${group.kind as SearchedKind}`) }))]}
              onChange={(next) => onKind(next === 'all' ? undefined : next)}
            />
          </div>
        )}
        {groups
          .filter((group) => !chosen || group.kind === chosen)
          .map((group) => (
            <Found key={group.kind} group={group} server={server.id} />
          ))}
      </>
    );
  };
  return (
    <>
      {named && <p className={classes.server}>{server.name}</p>}
      {body()}
    </>
  );
}

function Found({ group, server }: { group: Group; server: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const linkTo = useItemLink(server);
  const title = t(`search.kinds.${group.kind as SearchedKind}`);
  return (
    <section className={classes.group} aria-label={title}>
      <h2>
        {title} <span className="numbers">{format.number(group.items.length)}</span>
      </h2>
      <ul className={classes.grid}>
        {group.items.map(({ facts }) => {
          const { name, more } = titleParts(facts, t);
          return (
            <li key={facts.ratingKey}>
              <Link to="/item" search={facts.ratingKey ? linkTo(facts.ratingKey) : {}} className={classes.tile} title={[name, more].filter(Boolean).join(', ')}>
                <Poster item={facts} className={classes.poster} />
                <b>{name}</b>
                {more && <span>{more}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
