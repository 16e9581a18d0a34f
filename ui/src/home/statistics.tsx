import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { windowOf, type Span } from '../history/span';
import { useAnswer, useAsked } from '../live/answer';
import { useStore } from '../live/store';
import { Segmented } from '../shell/segmented';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { useFormat } from '../strings/format';
import { arrangement, CARDS, cardsFor, held, WINDOWS, type CardName } from './arrangement';
import { Card } from './card';
import classes from './cards.module.css';
import { HomeCardsDocument } from './home.generated';
import { linesOf } from './lines';
import { Tiles } from './tiles';

const Compared = lazy(() => import('./compared').then((module) => ({ default: module.Compared })));
const CardTools = lazy(() => import('./arrange').then((module) => ({ default: module.CardTools })));

/** What the last weeks were like: sums, and the cards in an order of one's own. */
export function Statistics({ arranging }: { arranging: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wish = useStore(arrangement, (value) => value);
  const holding = useStore(held, (name) => name);
  const span = useMemo((): Span => (wish.window === 'all' ? {} : { days: wish.window }), [wish.window]);
  const shown = cardsFor(useIsAdmin(), wish.cards);
  const wanted = Object.fromEntries(CARDS.map((name) => [name, shown.includes(name)])) as Record<CardName, boolean>;
  const variables = { window: windowOf(span), measure: wish.measure, count: wish.count, whole: true, ...wanted };
  const { data, failure, asking, again } = useAnswer(HomeCardsDocument, variables, shown.length === 0);
  const cards = data?.statistics;
  const asked = useAsked({ span, measure: wish.measure }, asking);
  const tools = { t, format, ...asked };
  const lines = shown.flatMap((name) => {
    const found = cards && linesOf(name, cards, tools);
    return found ? [{ name, found }] : [];
  });
  // How each line has changed is asked for once the cards are there, so that they need not wait for it.
  const [change, setChange] = useState<{ of: (name: CardName, n: number) => ReactNode } | null>(null);
  const anything = lines.some(({ found }) => found.length > 0);
  return (
    <section aria-label={t('home.statistics')}>
      <div className={classes.controls}>
        <h2>{t('home.statistics')}</h2>
        <Segmented
          label={t('home.measure')}
          value={wish.measure}
          options={[
            { value: 'PLAYS', text: t('home.byPlays') },
            { value: 'DURATION', text: t('home.byTime') },
          ]}
          onChange={(measure) => arrangement.set((before) => ({ ...before, measure }))}
        />
        <Segmented
          label={t('facet.when')}
          value={wish.window}
          options={WINDOWS.map((value) => ({ value, text: t(`home.window.${value}`) }))}
          onChange={(window) => arrangement.set((before) => ({ ...before, window }))}
        />
      </div>
      <Tiles span={span} />
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
        <div className={classes.cards} data-asking={asking || undefined} data-arranging={arranging || undefined}>
          {lines
            .filter(({ found }) => arranging || found.length > 0)
            .map(({ name, found }) => {
              const title = t(`home.card.${name}`);
              return (
                <Card key={name} name={name} title={title} lines={found} held={holding === name} change={change ? (n) => change.of(name, n) : undefined}>
                  {arranging && (
                    <Suspense fallback={null}>
                      <CardTools name={name} title={title} />
                    </Suspense>
                  )}
                </Card>
              );
            })}
        </div>
      ) : (
        <Nothing title={t('home.empty')} text={t(wish.window === 'all' ? 'history.emptyGuest' : 'home.emptyText')} />
      )}
      {cards && anything && wish.window !== 'all' && (
        <Suspense fallback={<p className={classes.compared} />}>
          <Compared span={span} cards={cards} wanted={wanted} measure={wish.measure} still={!asking} onKnown={setChange} />
        </Suspense>
      )}
    </section>
  );
}
