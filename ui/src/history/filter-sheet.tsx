import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Drawer.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import { Button, Drawer } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Facet } from './facets';
import { FacetList } from './facet-list';
import { readFilter, toggled, type Filter } from './filter';
import classes from './filters.module.css';
import { SpanChoice } from './span-choice';

export type SheetView = { title: string; close: string; tools: ReactNode };
type Props = { filter: Filter; facets: readonly Facet[]; today: string; view: SheetView | undefined; onChange: (filter: Filter) => void; onClose: () => void };

/** All parts of a filter one below the other, for a narrow screen; `view` is what there is to choose besides. */
export function FilterSheet({ filter, facets, today, view, onChange, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened onClose={onClose} position="bottom" size="82%">
      <Drawer.Overlay />
      <Drawer.Content radius="lg">
        <Drawer.Header role="none">
          <Drawer.Title className={classes.sheetTitle}>{view?.title ?? t('facet.filters')}</Drawer.Title>
          <Drawer.CloseButton aria-label={view?.close ?? t('facet.close')} />
        </Drawer.Header>
        <Drawer.Body className={classes.sheet}>
          <SpanChoice span={filter} today={today} onChange={(span) => onChange(readFilter({ ...filter, ...span }))} />
          {view && <div className={classes.view}>{view.tools}</div>}
          {facets.map((facet) => {
            const chosen = filter[facet.name] ?? [];
            return (
              <details key={facet.name} open={chosen.length > 0 || undefined}>
                <summary>
                  {facet.title}
                  {chosen.length > 0 && <b className="numbers">{chosen.length}</b>}
                  <IconChevronDown size={17} stroke={1.7} aria-hidden />
                </summary>
                <FacetList facet={facet} chosen={chosen} onToggle={(value) => onChange(toggled(filter, facet.name, value))} />
              </details>
            );
          })}
          <div className={classes.sheetFoot}>
            <Button variant="default" onClick={() => onChange({})}>
              {t('facet.clear')}
            </Button>
            <Button onClick={onClose}>{t('facet.show')}</Button>
          </div>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
