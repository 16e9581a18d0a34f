import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { client, codeOf } from '../live/client';
import { endJourney, type Journey } from '../plex/journey';
import { PlexTrip, type Arrival } from '../plex/trip';
import { useProblem } from '../shell/problem';
import { BeginPlexSignInDocument, FinishPlexSignInDocument } from './plex.generated';

type Props = {
  remember: boolean;
  /** The address here that was wanted. */
  to: string | null;
  /** The browser has come back from Plex. */
  isBack: boolean;
  onIn: (to: string | null) => Promise<void>;
};

/** In by Plex. */
export function PlexWay({ remember, to, isBack, onIn }: Props) {
  const { t } = useTranslation();
  const explain = useProblem();

  const begin = async (returnTo: string) => {
    const { data, error } = await client.mutation(BeginPlexSignInDocument, { returnTo }).toPromise();
    const { url, ticket, problem } = data?.beginPlexSignIn ?? {};
    return url && ticket ? { url, ticket } : { why: problem?.message ?? explain(codeOf(error)) };
  };

  const arrive = useCallback(
    async (going: Journey): Promise<Arrival> => {
      const { data, error } = await client.mutation(FinishPlexSignInDocument, { ticket: going.ticket, remember: going.remember }).toPromise();
      const { signedIn, isWaiting, problem } = data?.finishPlexSignIn ?? {};
      if (isWaiting) return 'waiting';
      if (!signedIn) return { why: problem?.message ?? explain(codeOf(error)), kept: !problem };
      endJourney('sign-in');
      await onIn(going.to);
      return 'done';
    },
    [explain, onIn],
  );

  return <PlexTrip errand="sign-in" label={t('signIn.plex')} keep={{ remember, to }} isBack={isBack} begin={begin} arrive={arrive} />;
}
