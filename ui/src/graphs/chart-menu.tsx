import { ActionIcon, Menu } from '@mantine/core';
import { IconChartBar, IconDots, IconDownload, IconTable } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

type Props = {
  /** Of the graph. */
  title: string;
  asTable: boolean;
  onTable: () => void;
  /** Absent while there is nothing to save. */
  saveCsv: (() => void) | undefined;
  /** Absent while nothing is drawn. */
  savePng: (() => void) | undefined;
};

/** What can be done with a graph besides looking at it. */
export function ChartMenu({ title, asTable, onTable, saveCsv, savePng }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon size={34} aria-label={t('graphs.more', { name: title })}>
          <IconDots size={19} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={asTable ? <IconChartBar size={17} stroke={1.7} aria-hidden /> : <IconTable size={17} stroke={1.7} aria-hidden />} onClick={onTable}>
          {t(asTable ? 'graphs.asChart' : 'graphs.asTable')}
        </Menu.Item>
        <Menu.Item disabled={!saveCsv} leftSection={<IconDownload size={17} stroke={1.7} aria-hidden />} onClick={saveCsv}>
          {t('history.csv')}
        </Menu.Item>
        <Menu.Item disabled={!savePng} leftSection={<IconDownload size={17} stroke={1.7} aria-hidden />} onClick={savePng}>
          {t('graphs.png')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
