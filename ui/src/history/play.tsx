import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Drawer.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import { Button, Drawer } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { compare, NOTHING, versionRows } from '../details/sections';
import { Entries } from '../details/timeline';
import { publicAddressOf, Whereabouts } from '../geography/whereabouts';
import { useAnswer } from '../live/answer';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { Face } from '../streams/avatar';
import { Delivery } from '../streams/delivery';
import { PlaceLine, PlayerLine } from '../streams/place';
import { Poster } from '../streams/poster';
import { useTitleLines } from '../streams/title-lines';
import { useFormat } from '../strings/format';
import { AxisView } from './axis-view';
import { dayOf } from '../account/calendar';
import type { Filter } from './filter';
import { PlayDetailsDocument, type PlayDetailsQuery } from './play.generated';
import classes from './play.module.css';

const DeleteDialog = lazy(() => import('./delete').then((module) => ({ default: module.DeleteDialog })));

type Play = NonNullable<PlayDetailsQuery['play']>;
type Props = { id: string; onClose: () => void; onGo: (id: string) => void; onDeleted: () => void };

/** Everything that is known of one play: how it went, and the source beside what left the server. */
export function PlayDrawer({ id, onClose, onGo, onDeleted }: Props) {
  const { t } = useTranslation();
  const { data, failure, again } = useAnswer(PlayDetailsDocument, useMemo(() => ({ id }), [id]));
  return (
    <Drawer.Root opened onClose={onClose} size={620}>
      <Drawer.Overlay />
      <Drawer.Content className={classes.content}>
        {/* No landmark: the page has a banner already. */}
        <Drawer.Header role="none">
          <Drawer.Title className={classes.heading}>{t('play.heading')}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('play.close')} />
        </Drawer.Header>
        <Drawer.Body>
          {failure && data && <Older code={failure} again={again} />}
          {data?.play ? (
            <Known play={data.play} onGo={onGo} onClose={onClose} onDeleted={onDeleted} />
          ) : data ? (
            <Nothing title={t('play.gone')} text={t('play.goneText')} />
          ) : failure ? (
            <Failed code={failure} again={again} />
          ) : (
            <Loading lines={8} />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Known({ play, onGo, onClose, onDeleted }: { play: Play } & Omit<Props, 'id'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const isAdmin = useIsAdmin();
  const [asking, setAsking] = useState(false);
  const { first, second, meta } = useTitleLines(play.item);
  const { guid, grandparentRatingKey: key } = play.item;
  const address = isAdmin ? publicAddressOf(play.player) : null;
  const { ratingKey } = play.item;
  const page = play.item.kind === 'EPISODE' && key ? { show: key } : guid ? { guid } : ratingKey ? { key: ratingKey } : null;
  const sameDay = new Date(play.startedAt).toDateString() === new Date(play.stoppedAt).toDateString();
  const sides = compare(versionRows(play.stream.source, t, format), versionRows(play.stream.delivered, t, format));
  return (
    <div className={classes.body}>
      <header className={classes.head} role="none">
        <Poster item={play.item} className={classes.poster} />
        <div>
          <h3>{page ? <Link to="/item" search={page}>{first}</Link> : first}</h3>
          {second && <p>{second}</p>}
          {meta && <p className={classes.quiet}>{meta}</p>}
          <p className={classes.who}>
            {play.user && <Face name={play.user.friendlyName} source={play.user.avatarUrl} size={24} />}
            <b>{play.user ? <Link to="/users/$id" params={{ id: play.user.id }}>{play.user.friendlyName}</Link> : t('card.unknownUser')}</b>
          </p>
        </div>
      </header>
      <dl className={`${classes.sums} numbers`}>
        <Sum name={t('history.column.date')} value={t('span.between', { from: format.stamp(play.startedAt), to: sameDay ? format.clock(play.stoppedAt) : format.stamp(play.stoppedAt) })} />
        <Sum name={t('play.watchedFor')} value={format.span(play.played)} />
        <Sum name={t('play.pausedFor')} value={play.paused >= 60_000 ? format.span(play.paused) : '–'} />
        <Sum name={t('play.reached')} value={t('history.percent', { percent: play.percentComplete })} />
      </dl>
      <section>
        <h4 className={classes.sub}>{t('play.timeline')}</h4>
        {play.events.length > 0 ? <AxisView entries={play.events} startedAt={play.startedAt} stoppedAt={play.stoppedAt} played={play.played} paused={play.paused} /> : <p className={classes.quiet}>{t('play.noTimeline')}</p>}
        {play.events.length > 0 && (
          <details className={classes.entries}>
            <summary>{t('play.entries')}</summary>
            <Entries entries={play.events} />
          </details>
        )}
      </section>
      <section>
        <h4 className={classes.sub}>{t('details.delivery')}</h4>
        <Delivery session={play} />
        <div className={classes.place}>
          <PlayerLine player={play.player} />
          <PlaceLine player={play.player} withAddress={isAdmin} />
        </div>
      </section>
      {address && (
        <section>
          <h4 className={classes.sub}>{t('details.where')}</h4>
          <Whereabouts address={address} />
        </section>
      )}
      <section>
        <h4 className={classes.sub}>{t('play.sides')}</h4>
        <table className={`${classes.sides} numbers`}>
          <thead>
            <tr>
              <td />
              <th scope="col">{t('play.source')}</th>
              <th scope="col">{t('play.stream')}</th>
            </tr>
          </thead>
          <tbody>
            {sides.map(({ name, value, was }) => (
              <tr key={name} data-differs={(was !== undefined && was !== NOTHING) || undefined}>
                <th scope="row">{name}</th>
                <td>{was ?? value}</td>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {play.companions.length > 0 && (
        <section>
          <h4 className={classes.sub}>{t('play.group')}</h4>
          <ul className={`${classes.group} numbers`}>
            {play.companions.map((other) => (
              <li key={other.id}>
                <button type="button" onClick={() => onGo(other.id)}>
                  <span>{format.stamp(other.startedAt)}</span>
                  <span>{format.span(other.played)}</span>
                  <span>{t('history.percent', { percent: other.percentComplete })}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Ways play={play} />
      {isAdmin && (
        <div>
          <Button variant="default" size="sm" color="danger" leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />} onClick={() => setAsking(true)}>
            {t('history.delete')}
          </Button>
        </div>
      )}
      {asking && (
        <Suspense fallback={null}>
          <DeleteDialog
            what={{ rowIds: [play.rowId], rows: [] }}
            onClose={() => setAsking(false)}
            onDone={() => {
              onDeleted();
              onClose();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function Sum({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** From one play to others like it. */
function Ways({ play: { user, item, player, startedAt } }: { play: Play }) {
  const { t } = useTranslation();
  const day = dayOf(new Date(startedAt));
  const ways: [text: string, filter: Filter][] = [];
  if (user) ways.push([t('play.byUser', { name: user.friendlyName }), { user: [user.id] }]);
  if (item.guid) ways.push([t('play.ofItem'), { item: [item.guid] }]);
  if (item.grandparentRatingKey && item.grandparentTitle) ways.push([t('play.ofShow', { name: item.grandparentTitle }), { show: [item.grandparentRatingKey] }]);
  if (player.title) ways.push([t('play.ofPlayer', { name: player.title }), { player: [player.title] }]);
  ways.push([t('play.onDay'), { from: day, to: day }]);
  return (
    <section>
      <h4 className={classes.sub}>{t('play.filters')}</h4>
      <ul className={classes.ways}>
        {ways.map(([text, filter]) => (
          <li key={text}>
            <Link to="/history" search={filter}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
