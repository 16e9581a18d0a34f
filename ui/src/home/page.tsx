import { IconEye, IconLayoutDashboard, IconRotate } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { NoServer } from '../activity/quiet';
import { Trouble } from '../activity/trouble';
import { now } from '../activity/now';
import { windowOf, type Span } from '../history/span';
import { useAnswer } from '../live/answer';
import { useStore } from '../live/store';
import { PageHead } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { useFormat } from '../strings/format';
import { arrangement, CARDS, COUNTS, readArrangement, WINDOWS, type CardName } from './arrangement';
import { Card } from './card';
import classes from './cards.module.css';
import { HomeCardsDocument } from './home.generated';
import { Libraries } from './libraries';
import { linesOf } from './lines';
import { Strip } from './strip';
import { Tiles } from './tiles';

const BLIND = new Set(['UNREACHABLE', 'TOKEN_REFUSED', 'STARTING']);

/** The first page: what is now, and what the last weeks were like. Every number leads to the plays behind it. */
export function HomePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const servers = useServers();
  const running = useStore(now, (live) => live.sessions.size);
  const wish = useStore(arrangement, (value) => value);
  const [arranging, setArranging] = useState(false);
  const span = useMemo((): Span => (wish.window === 'all' ? {} : { days: wish.window }), [wish.window]);
  const shown = wish.order.filter((name) => !wish.hidden.includes(name));
  const wanted = Object.fromEntries(CARDS.map((name) => [name, shown.includes(name)])) as Record<CardName, boolean>;
  const variables = { window: windowOf(span), measure: wish.measure, count: wish.count, ...wanted };
  const { data, failure, asking, again } = useAnswer(HomeCardsDocument, variables, shown.length === 0);
  const cards = data?.statistics;
  const tools = { t, format, span, measure: wish.measure };
  const lines = shown.flatMap((name) => {
    const found = cards && linesOf(name, cards, tools);
    return found ? [{ name, found }] : [];
  });
  const anything = lines.some(({ found }) => found.length > 0);
  if (servers.length === 0) {
    return (
      <>
        <PageHead title={t('nav.home')} />
        <NoServer />
      </>
    );
  }
  return (
    <>
      <PageHead title={t('nav.home')}>
        <Button
          variant="subtle"
          size="sm"
          radius="xl"
          aria-pressed={arranging}
          leftSection={<IconLayoutDashboard size={18} stroke={1.7} aria-hidden />}
          onClick={() => setArranging(!arranging)}
        >
          {t(arranging ? 'home.arranged' : 'home.arrange')}
        </Button>
      </PageHead>
      {servers
        .filter(({ link }) => link.state !== 'LIVE')
        .map((server) => (
          <Trouble key={server.id} server={server} hasSessions={running > 0} />
        ))}
      <Strip blind={servers.every(({ link }) => BLIND.has(link.state))} />
      <div className={classes.controls}>
        <h2>{t('home.statistics')}</h2>
        <Segmented
          label={t('facet.when')}
          value={wish.window}
          options={WINDOWS.map((value) => ({ value, text: t(`home.window.${value}`) }))}
          onChange={(window) => arrangement.set((before) => ({ ...before, window }))}
        />
        <Segmented
          label={t('graphs.measure')}
          value={wish.measure}
          options={[
            { value: 'PLAYS', text: t('graphs.plays') },
            { value: 'DURATION', text: t('graphs.time') },
          ]}
          onChange={(measure) => arrangement.set((before) => ({ ...before, measure }))}
        />
      </div>
      <Tiles span={span} />
      {arranging && <Hidden hidden={wish.hidden} count={wish.count} />}
      {failure && cards && <Older code={failure} again={again} />}
      {failure && !cards ? (
        <Failed code={failure} again={again} />
      ) : !cards ? (
        shown.length === 0 ? null : (
          <div className={classes.waiting}>
            <Loading lines={8} />
          </div>
        )
      ) : anything || arranging ? (
        <div className={classes.cards} data-asking={asking || undefined}>
          {lines
            .filter(({ found }) => arranging || found.length > 0)
            .map(({ name, found }) => (
              <Card key={name} name={name} title={t(`home.card.${name}`)} lines={found} arranging={arranging} />
            ))}
        </div>
      ) : (
        <Nothing title={t('home.empty')} text={t(wish.window === 'all' ? 'history.emptyGuest' : 'home.emptyText')} />
      )}
      <Libraries />
    </>
  );
}

/** What was put away, how long the cards are, and the way back to the beginning. */
function Hidden({ hidden, count }: { hidden: readonly CardName[]; count: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.hidden}>
      <Segmented
        label={t('home.rows')}
        value={String(count)}
        options={COUNTS.map((value) => ({ value: String(value), text: t('home.rowCount', { count: value }) }))}
        onChange={(value) => arrangement.set((now) => ({ ...now, count: Number(value) }))}
      />
      {hidden.map((name) => (
        <Button
          key={name}
          variant="default"
          size="compact-md"
          radius="xl"
          leftSection={<IconEye size={15} stroke={1.8} aria-hidden />}
          onClick={() => arrangement.set((now) => ({ ...now, hidden: now.hidden.filter((one) => one !== name) }))}
        >
          {t(`home.card.${name}`)}
        </Button>
      ))}
      <Button variant="subtle" size="compact-md" radius="xl" leftSection={<IconRotate size={15} stroke={1.8} aria-hidden />} onClick={() => arrangement.set((now) => ({ ...readArrangement(null), window: now.window, measure: now.measure }))}>
        {t('home.reset')}
      </Button>
    </div>
  );
}
