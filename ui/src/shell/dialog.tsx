import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dialog.module.css';

type Props = {
  title: string;
  onClose: () => void;
  /** Name of the button that closes; without it there is neither button nor visible title. */
  close?: string;
  size?: number;
  children: ReactNode;
};

/** A dialog above the page. Its head is no landmark: the page has a banner already. */
export function Dialog({ title, onClose, close, size, children }: Props) {
  const bare = close === undefined;
  const place = bare ? { yOffset: '12vh', padding: 0 } : { centered: true };
  return (
    <Modal.Root opened onClose={onClose} size={size ?? 'md'} {...place}>
      <Modal.Overlay />
      <Modal.Content radius="lg">
        <Modal.Header role="none" className={bare ? classes.bare : undefined}>
          <Modal.Title className={bare ? 'unseen' : classes.title}>{title}</Modal.Title>
          {!bare && <Modal.CloseButton aria-label={close} />}
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
