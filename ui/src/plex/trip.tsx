import { Button, Loader } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import door from '../design/door.module.css';
import { endJourney, journey, returnAddress, setOut, type Errand, type Journey } from './journey';
import classes from './trip.module.css';

/** What the service says to whoever comes back; `kept` refusals say nothing of the ticket. */
export type Arrival = 'waiting' | 'done' | { why: string; kept?: boolean };

type Props = {
  errand: Errand;
  label: string;
  variant?: 'filled' | 'default';
  /** What is to be known again when one is back. */
  keep: Pick<Journey, 'remember' | 'to'>;
  /** The browser has come back from Plex. */
  isBack: boolean;
  begin: (returnTo: string) => Promise<{ url: string; ticket: string } | { why: string }>;
  arrive: (going: Journey) => Promise<Arrival>;
};

type State = { is: 'ready' | 'leaving' | 'arriving' | 'waiting' } | { is: 'refused'; why: string };

/** To Plex's own page in this tab and back, without a window of its own that a phone would not open. */
export function PlexTrip({ errand, label, variant = 'filled', keep, isBack, begin, arrive }: Props) {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ is: isBack ? 'arriving' : 'ready' });

  const leave = async () => {
    setState({ is: 'leaving' });
    const begun = await begin(returnAddress(errand, document.baseURI));
    if ('why' in begun) return setState({ is: 'refused', why: begun.why });
    if (!setOut(errand, { ...begun, ...keep })) return setState({ is: 'refused', why: t('plex.noStorage') });
    location.assign(begun.url);
  };

  const comeBack = useCallback(async () => {
    const going = journey(errand);
    if (!going) return setState({ is: 'refused', why: t('plex.elsewhere') });
    setState({ is: 'arriving' });
    const arrival = await arrive(going);
    if (arrival === 'waiting') return setState({ is: 'waiting' });
    if (arrival === 'done') return setState({ is: 'ready' });
    if (!arrival.kept) endJourney(errand);
    setState({ is: 'refused', why: arrival.why });
  }, [arrive, errand, t]);

  // What is approved may be good once, and a page may be made twice.
  const asked = useRef(false);
  useEffect(() => {
    if (!isBack || asked.current) return;
    asked.current = true;
    void comeBack();
  }, [comeBack, isBack]);

  if (state.is === 'arriving') {
    return (
      <p role="status" className={classes.arriving}>
        <Loader size={20} aria-hidden /> {t('plex.arriving')}
      </p>
    );
  }
  if (state.is === 'waiting') {
    const again = journey(errand)?.url;
    return (
      <div role="status" className={`${door.notice} ${classes.waiting}`}>
        <strong>{t('plex.waiting')}</strong>
        <p>{t('plex.waitingText')}</p>
        <Button size="md" fullWidth onClick={() => void comeBack()}>
          {t('plex.check')}
        </Button>
        {again && (
          <Button size="md" fullWidth variant="default" component="a" href={again}>
            {t('plex.back')}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className={classes.trip}>
      {state.is === 'refused' && (
        <div role="alert" className={door.notice}>
          <strong>{t('plex.refused')}</strong>
          <p>{state.why}</p>
        </div>
      )}
      <Button size="md" fullWidth variant={variant} loading={state.is === 'leaving'} onClick={() => void leave()}>
        {label}
      </Button>
    </div>
  );
}
