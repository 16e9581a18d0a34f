import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import first from 'virtual:strings/first';
import type en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

type Catalogue = typeof en;

/** Languages by their own names. All but English are fetched when they are chosen. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', fr: 'Français' } as const;
export type Language = keyof typeof LANGUAGES;

const FETCH: Record<Exclude<Language, 'en'>, () => Promise<{ default: Catalogue }>> = {
  de: () => import('./de.json'),
  fr: () => import('./fr.json'),
};

let rest: Promise<void> | undefined;

/** Until this has come, only the first page can say what it has to; the others wait for it. */
export function allStrings(): Promise<void> {
  rest ??= import('virtual:strings/later').then(
    ({ default: later }) => void i18next.addResourceBundle('en', 'translation', later, true),
    (failure: unknown) => {
      rest = undefined;
      throw failure;
    },
  );
  return rest;
}

const KEY = 'tautulli-language';

function isLanguage(text: string): text is Language {
  return text in LANGUAGES;
}

/** The first of the wanted languages that there is, whatever the region. */
export function choose(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0] ?? '';
    if (isLanguage(base)) return base;
  }
  return 'en';
}

function stored(): string[] {
  try {
    const kept = localStorage.getItem(KEY);
    return kept ? [kept] : [];
  } catch {
    return [];
  }
}

let wanted: Language = 'en';

/** Says everything in a language, once its words have come, unless another one is wanted by then. */
async function speak(language: Language): Promise<void> {
  wanted = language;
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await FETCH[language]()).default);
  }
  if (wanted !== language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}

/** What a reader chooses holds from now on, even where the page is left before the words have come. Rejects where they cannot come. */
export function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  return speak(language);
}

export async function startStrings(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: first } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  const language = choose([...stored(), ...navigator.languages]);
  if (language !== 'en') await speak(language).catch(() => undefined);
}
