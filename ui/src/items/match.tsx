import '@mantine/core/styles/Input.css';
import { Button, TextInput } from '@mantine/core';
import { IconArrowRight, IconSearch } from '@tabler/icons-react';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../live/answer';
import { client, codeOf } from '../live/client';
import type { MediaKind } from '../live/schema';
import forms from '../profile/dialogs.module.css';
import { useTileLines } from '../profile/shelf';
import { useUndo } from '../revisions/use-undo';
import { Dialog } from '../shell/dialog';
import { useProblem } from '../shell/problem';
import { Failed, Loading } from '../shell/states';
import { Poster } from '../streams/poster';
import { useFormat } from '../strings/format';
import { MatchSearchDocument, RematchDocument, type MatchSearchQuery, type RematchMutation } from './item.generated';
import classes from './match.module.css';

type Found = MatchSearchQuery['search'][number]['items'][number]['facts'];
type Preview = NonNullable<RematchMutation['rematch']['preview']>;

type Props = { server: string; oldKey: string; title: string; above: string | null; kind: MediaKind; onClose: () => void; onDone: (newKey: string) => void; onUndone: () => void };

/** Gives the plays of an item to another one that the server has (LIB-05): looked for, chosen, previewed, done; it can be taken back. */
export function MatchDialog({ server, oldKey, title, above, kind, onClose, onDone, onUndone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const explain = useProblem();
  const { offer } = useUndo(onUndone);
  // A season is found by its show.
  const first = kind === 'SEASON' ? (above ?? title) : title;
  const [text, setText] = useState(first);
  const [asked, setAsked] = useState(first);
  const [chosen, setChosen] = useState<Found | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const answer = useAnswer(MatchSearchDocument, useMemo(() => ({ serverId: server, text: asked }), [server, asked]), asked === '');
  const found = answer.data?.search.find((group) => group.kind === kind)?.items.map(({ facts }) => facts).filter(({ ratingKey }) => ratingKey && ratingKey !== oldKey) ?? [];

  const ask = async (item: Found, isPreview: boolean) => {
    setBusy(true);
    setProblem(null);
    const input = { serverId: server, oldRatingKey: oldKey, newRatingKey: item.ratingKey ?? '' };
    const { data, error } = await client.mutation(RematchDocument, { input, preview: isPreview }).toPromise();
    setBusy(false);
    const payload = data?.rematch;
    if (payload && !payload.problem) return payload;
    setProblem(payload?.problem?.message ?? explain(codeOf(error)));
    return null;
  };
  const choose = async (item: Found) => {
    setChosen(item);
    setPreview(null);
    const payload = await ask(item, true);
    if (payload?.preview) setPreview(payload.preview);
  };
  const apply = async () => {
    if (!chosen) return;
    const payload = await ask(chosen, false);
    if (!payload) return;
    if (payload.revision) offer(t('match.done', { count: payload.revision.changed, number: format.number(payload.revision.changed) }), payload.revision.id);
    onClose();
    onDone(chosen.ratingKey ?? '');
  };
  const search = (event: FormEvent) => {
    event.preventDefault();
    setAsked(text.trim());
  };

  return (
    <Dialog title={t('match.heading', { title })} onClose={onClose} close={t('stop.close')} size={620}>
      <div className={forms.form}>
        {!chosen ? (
          <>
            <p className={forms.quiet}>{t('match.text')}</p>
            <form onSubmit={search} className={classes.search}>
              <TextInput data-autofocus aria-label={t('match.search')} placeholder={t('match.search')} leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />} value={text} maxLength={300} onChange={(event) => setText(event.currentTarget.value)} />
              <Button type="submit" variant="default" loading={answer.asking}>
                {t('facet.search')}
              </Button>
            </form>
            {answer.failure ? (
              <Failed code={answer.failure} again={answer.again} />
            ) : !answer.data && asked ? (
              <Loading lines={3} />
            ) : found.length === 0 ? (
              <p role="status" className={forms.quiet}>
                {t('match.none', { kind: t(`match.kind.${kindName(kind)}`) })}
              </p>
            ) : (
              <ul className={classes.found} aria-label={t('match.found')}>
                {found.map((item) => (
                  <li key={item.ratingKey}>
                    <button type="button" onClick={() => void choose(item)}>
                      <Choice item={item} />
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </>
        ) : (
          <>
            <div className={classes.chosen}>
              <Choice item={chosen} />
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => {
                  setChosen(null);
                  setProblem(null);
                }}
              >
                {t('match.other')}
              </Button>
            </div>
            {preview ? <Changes preview={preview} /> : !problem && <Loading lines={3} />}
            {problem && (
              <p role="alert" className={forms.problem}>
                {problem}
              </p>
            )}
            <div className={forms.actions}>
              <Button variant="default" onClick={onClose}>
                {t('profile.cancel')}
              </Button>
              <Button disabled={!preview?.changed} loading={busy && !!preview} onClick={() => void apply()}>
                {t('match.apply', { count: preview?.changed ?? 0, number: format.number(preview?.changed ?? 0) })}
              </Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

const KINDS = ['MOVIE', 'SHOW', 'SEASON', 'EPISODE', 'ARTIST', 'ALBUM', 'TRACK'] as const;
const kindName = (kind: MediaKind) => KINDS.find((known) => known === kind) ?? 'OTHER';

function Choice({ item }: { item: Found }) {
  const { first, second } = useTileLines()(item);
  return (
    <>
      <Poster item={item} className={classes.poster} />
      <span className={classes.text}>
        <b>{first}</b>
        <span>{[second, item.libraryName].filter(Boolean).join(' · ')}</span>
      </span>
    </>
  );
}

function Changes({ preview: { changed, regrouped, rewatched, examples } }: { preview: Preview }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (changed === 0) return <p role="status">{t('match.nothing')}</p>;
  const more = [regrouped > 0 && t('match.regrouped', { count: regrouped, number: format.number(regrouped) }), rewatched > 0 && t('match.rewatched', { count: rewatched, number: format.number(rewatched) })].filter(Boolean);
  return (
    <>
      <p role="status">
        {t('match.changes', { count: changed, number: format.number(changed) })} {more.join(' ')}
      </p>
      <div className={classes.examples} role="region" aria-label={t('history.examples')} tabIndex={0}>
        <ul>
          {examples.map(({ rowId, title, titleAfter, userName, startedAt }) => (
            <li key={rowId}>
              <span>
                {title}
                {titleAfter !== title && (
                  <>
                    {' '}
                    <IconArrowRight size={14} stroke={1.8} aria-label={t('match.becomes')} /> <b>{titleAfter}</b>
                  </>
                )}
              </span>
              <span className={forms.quiet}>
                {userName}, {format.moment(startedAt)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
