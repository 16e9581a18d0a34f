import './design/tokens.css';
import './design/mantine-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import './design/base.css';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { known } from './account/access';
import { beginActivity } from './activity/now';
import { theme, themeManager } from './design/theme';
import { client } from './live/client';
import { Notices } from './shell/notices';
import { router } from './shell/router';
import { startStrings } from './strings/i18n';

async function start(root: HTMLElement): Promise<void> {
  // Who comes is asked while words and pages are still on their way.
  void known();
  void beginActivity();
  await startStrings();
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={themeManager}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <DirectionProvider>
          <Provider value={client}>
            <RouterProvider router={router} />
            <Notices />
          </Provider>
        </DirectionProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
