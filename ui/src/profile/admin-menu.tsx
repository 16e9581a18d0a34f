import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconEyeOff, IconPencil, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import type { HistoryFilter } from '../live/schema';
import type { ChoicesProps } from './choices-dialog';
import type { Hiding } from './hide-dialog';

const DeleteDialog = lazy(() => import('../history/delete').then((module) => ({ default: module.DeleteDialog })));
const ChoicesDialog = lazy(() => import('./choices-dialog').then((module) => ({ default: module.ChoicesDialog })));
const HideDialog = lazy(() => import('./hide-dialog').then((module) => ({ default: module.HideDialog })));

type Props = {
  /** All plays of it. */
  plays: HistoryFilter;
  choices: Omit<ChoicesProps, 'onClose' | 'onDone'>;
  /** Absent where it is hidden already. */
  hiding: Hiding | null;
  onChanged: () => void;
};

/** What administrators decide about a user or a library. */
export function AdminMenu({ plays, choices, hiding, onChanged }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'edit' | 'purge' | 'hide' | null>(null);
  const close = () => setOpen(null);
  const icon = { size: 17, stroke: 1.7, 'aria-hidden': true } as const;
  if (!useIsAdmin()) return null;
  return (
    <>
      <Button variant="default" size="sm" leftSection={<IconPencil {...icon} size={16} />} onClick={() => setOpen('edit')}>
        {t('profile.edit')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="sm" rightSection={<IconChevronDown {...icon} size={15} />}>
            {t('profile.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => setOpen('purge')}>
            {t('people.purge')}
          </Menu.Item>
          {hiding && (
            <Menu.Item leftSection={<IconEyeOff {...icon} />} onClick={() => setOpen('hide')}>
              {t('profile.hide')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {open === 'edit' && <ChoicesDialog {...choices} onClose={close} onDone={onChanged} />}
        {open === 'purge' && <DeleteDialog what={{ filter: plays }} onClose={close} onDone={onChanged} />}
        {open === 'hide' && hiding && <HideDialog {...hiding} plays={plays} onClose={close} onDone={onChanged} />}
      </Suspense>
    </>
  );
}
