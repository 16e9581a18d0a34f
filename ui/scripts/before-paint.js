// Runs before the first paint, blocking and outside the bundle: sets what would flash if it came later.
(function () {
  var root = document.documentElement;
  var theme = null;
  var language = null;
  try {
    theme = localStorage.getItem('tautulli-theme');
    language = localStorage.getItem('tautulli-language');
  } catch {
    // Storage may be forbidden; the system's choice stays.
  }
  if (theme !== 'light' && theme !== 'dark') {
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  root.setAttribute('data-mantine-color-scheme', theme);
  if (language) root.lang = language;
})();
