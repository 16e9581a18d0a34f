import { Button } from '@mantine/core';
import { IconDoorEnter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { useAnswer } from '../live/answer';
import { client, codeOf } from '../live/client';
import classes from '../profile/table.module.css';
import { useProblem } from '../shell/problem';
import { AllowPlexSignInDocument, PlexSignInDocument } from './guests.generated';

const ChoicesDialog = lazy(() => import('../profile/choices-dialog').then((module) => ({ default: module.ChoicesDialog })));

/** Who may come in by Plex at all; whether a user may be a guest is decided with each of them. */
export function Guests() {
  const { t } = useTranslation();
  const explain = useProblem();
  const isAdmin = useIsAdmin();
  const [open, setOpen] = useState(false);
  const { data, again } = useAnswer(PlexSignInDocument, {}, !isAdmin);
  if (!isAdmin || !data) return null;
  const { owners, guests } = data.plexSignIn;
  return (
    <>
      <Button variant="subtle" size="sm" radius="xl" className={classes.tool} leftSection={<IconDoorEnter size={17} stroke={1.7} aria-hidden />} onClick={() => setOpen(true)}>
        <span className={classes.word}>{t('guests.open')}</span>
      </Button>
      <Suspense fallback={null}>
        {open && (
          <ChoicesDialog
            title={t('guests.title')}
            fields={[]}
            switches={[
              { key: 'guests', label: t('guests.guests'), hint: t('guests.guestsHint'), value: guests },
              { key: 'owners', label: t('guests.owners'), hint: t('guests.ownersHint'), value: owners },
            ]}
            save={async (chosen) => {
              const { data, error } = await client.mutation(AllowPlexSignInDocument, chosen).toPromise();
              return data ? (data.allowPlexSignIn.problem?.message ?? null) : explain(codeOf(error));
            }}
            onClose={() => setOpen(false)}
            onDone={again}
          />
        )}
      </Suspense>
    </>
  );
}
