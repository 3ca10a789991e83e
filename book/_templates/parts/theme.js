(function (root) {
  var theme = null;
  try { theme = localStorage.getItem("theme"); } catch (error) { /* storage is blocked */ }
  if (theme !== "light" && theme !== "dark") {
    theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.dataset.theme = theme;
  // Text is read first: its letters are asked for before the style sheet asks. A page that is
  // opened as a file may not ask for them in this way.
  if (root.dataset.content_root === undefined || location.protocol === "file:") return;
  var letters = document.createElement("link");
  letters.rel = "preload";
  letters.as = "font";
  letters.type = "font/woff2";
  letters.crossOrigin = "";
  letters.href = root.dataset.content_root +
    "_static/fonts/source-sans-3/source-sans-3-latin-400-normal.woff2";
  document.head.append(letters);
})(document.documentElement);
