// Where on earth a stream goes to, for those who may know its address.
import { Button } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../live/answer';
import { isPrivate } from '../people/address';
import { useProblem } from '../shell/problem';
import { WhereaboutsDocument } from './geography.generated';
import classes from './whereabouts.module.css';

const World = lazy(() => import('./world').then((module) => ({ default: module.World })));

type Player = { address?: string | null; publicAddress?: string | null; relayed?: boolean | null };

/** The address that tells where a player is: none for one at home, the public one behind a relay. */
export function publicAddressOf({ address, publicAddress, relayed }: Player): string | null {
  const seen = relayed ? [publicAddress] : [address, publicAddress];
  const [first] = seen.filter(Boolean);
  return first && !isPrivate(first) ? first : null;
}

export function Whereabouts({ address }: { address: string }) {
  const { t } = useTranslation();
  const explain = useProblem();
  const { data, failure, again } = useAnswer(WhereaboutsDocument, useMemo(() => ({ address }), [address]));
  const place = data?.geoLocation;
  const names = place ? [place.city, place.region, place.country].filter((part, at, all) => part && all.indexOf(part) === at) : [];
  const text = names.join(', ');
  if (failure && !data) {
    return (
      <p role="alert" className={classes.failed}>
        <span>{explain(failure)}</span>
        <Button variant="default" size="compact-sm" onClick={again}>
          {t('problem.tryAgain')}
        </Button>
      </p>
    );
  }
  if (!data) {
    return (
      <div role="status" className={classes.coming}>
        <span className="unseen">{t('app.loading')}</span>
      </div>
    );
  }
  if (!text && place?.latitude == null) return <p className={classes.quiet}>{t('people.placeUnknown')}</p>;
  return (
    <figure className={classes.place}>
      {place?.latitude != null && place.longitude != null && (
        <Suspense fallback={<div className={classes.coming} />}>
          <World latitude={place.latitude} longitude={place.longitude} label={t('details.map', { place: text || address })} />
        </Suspense>
      )}
      <figcaption>
        <b>{text || t('people.placeUnknown')}</b>
        {place?.timeZone && <span className={classes.quiet}> {place.timeZone.replaceAll('_', ' ')}</span>}
      </figcaption>
    </figure>
  );
}
