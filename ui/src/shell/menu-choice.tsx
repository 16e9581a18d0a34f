import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ComponentProps, ReactNode } from 'react';

// Mantine gives every entry the role of a plain one.
function Radio({ 'aria-checked': checked, ...props }: ComponentProps<'button'>) {
  return <button {...props} role="menuitemradio" aria-checked={checked ?? false} />;
}

function Check({ 'aria-checked': checked, ...props }: ComponentProps<'button'>) {
  return <button {...props} role="menuitemcheckbox" aria-checked={checked ?? false} />;
}

type Props = {
  chosen: boolean;
  onChoose: () => void;
  icon?: ReactNode;
  lang?: string;
  /** Stays open so that the effect can be looked at. */
  stays?: boolean;
  /** Whether others may be chosen beside it. */
  several?: boolean;
  children: ReactNode;
};

/** An entry of a menu of which one, or several, are chosen. */
export function MenuChoice({ chosen, onChoose, icon, lang, stays, several, children }: Props) {
  return (
    <Menu.Item
      component={several ? Check : Radio}
      aria-checked={chosen}
      lang={lang}
      leftSection={icon}
      rightSection={chosen && <IconCheck size={16} aria-hidden />}
      closeMenuOnClick={!stays}
      onClick={onChoose}
    >
      {children}
    </Menu.Item>
  );
}
