// What the media servers themselves have under a name, watched or not. Each is asked by itself, and one that is silent
// takes nothing away from what the others and our own history know.
import { IconMovie } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { client } from '../live/client';
import { episodeNumber } from '../streams/title-lines';
import { sameKey, type Command } from './commands';
import { ServerTitlesDocument, type FoundTitleFragment, type ServerTitlesQuery } from './server-titles.generated';
import { ENOUGH, useSettled } from './settled';

type Facts = ServerTitlesQuery['search'][number]['items'][number]['facts'];
type Found = { text: string; titles: { server: string; facts: Facts }[]; silent: string[] };

export type ServerTitles = {
  titles: readonly Command[];
  state: 'idle' | 'asking' | 'none' | 'found' | 'silent';
  /** Names of the servers that do not answer. */
  silent: readonly string[];
  again: () => void;
};

const NOTHING: Found = { text: '', titles: [], silent: [] };
const KINDS = ['MOVIE', 'SHOW', 'SEASON', 'EPISODE', 'ARTIST', 'ALBUM', 'TRACK', 'COLLECTION', 'PLAYLIST'] as const;

/** The items of the servers that `text` finds. What was found before stays until there is something newer. */
export function useServerTitles(text: string): ServerTitles {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const servers = useServers();
  const wanted = text.trim();
  const settled = useSettled(wanted);
  const [found, setFound] = useState(NOTHING);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (settled.length < ENOUGH || servers.length === 0) return;
    let left = false;
    const asked = servers.map(async ({ id, name }) => ({ id, name, answer: await client.query(ServerTitlesDocument, { serverId: id, text: settled }).toPromise() }));
    void Promise.all(asked).then((answers) => {
      if (left) return;
      setFound({
        text: settled,
        titles: answers.flatMap(({ id, answer }) => (answer.data?.search ?? []).flatMap(({ items }) => items.map(({ facts }) => ({ server: id, facts })))),
        silent: answers.flatMap(({ name, answer }) => (answer.error ? [name] : [])),
      });
    });
    return () => {
      left = true;
    };
  }, [settled, servers, round]);
  const again = useCallback(() => {
    setFound((before) => ({ ...before, text: '', silent: [] }));
    setRound((before) => before + 1);
  }, []);
  const known = wanted.length < ENOUGH ? NOTHING : found;
  const titles = useMemo(
    () =>
      known.titles.flatMap(({ server, facts }): Command[] => {
        const key = facts.ratingKey;
        if (!key) return [];
        const several = servers.length > 1;
        const kind = KINDS.find((one) => one === facts.kind) ?? 'OTHER';
        const { name, more } = titleParts(facts, t);
        return [
          {
            id: `server-${server}-${key}`,
            same: [facts.guid ?? '', sameKey(key, facts.title)],
            icon: IconMovie,
            group: t(`palette.kinds.${kind}`),
            name,
            more: [more, several && servers.find(({ id }) => id === server)?.name].filter(Boolean).join(' · '),
            picture: facts,
            run: () => void navigate({ to: '/item', search: several ? { key, server } : { key } }),
          },
        ];
      }),
    [known, servers, t, navigate],
  );
  const state = () => {
    if (wanted.length < ENOUGH || servers.length === 0) return 'idle';
    if (found.text !== wanted) return 'asking';
    if (found.silent.length > 0) return 'silent';
    return titles.length > 0 ? 'found' : 'none';
  };
  return { titles, state: state(), silent: known.silent, again };
}

/** An item's name, and what tells it from others of that name. */
export function titleParts({ kind, title, parentTitle, grandparentTitle, year, index, parentIndex }: FoundTitleFragment, t: TFunction): { name: string; more: string } {
  const name = title ?? '';
  const join = (...parts: (string | number | null | undefined)[]) => ({ name, more: parts.filter(Boolean).join(' · ') });
  switch (kind) {
    case 'EPISODE':
      return join(grandparentTitle, episodeNumber(parentIndex, index, t));
    case 'SEASON':
    case 'ALBUM':
      return join(parentTitle, year);
    case 'TRACK':
      return join(grandparentTitle, parentTitle);
    default:
      return join(year);
  }
}
