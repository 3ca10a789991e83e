(function (root) {
  var theme = null;
  try { theme = localStorage.getItem("theme"); } catch (error) { /* storage is blocked */ }
  if (theme !== "light" && theme !== "dark") {
    theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.dataset.theme = theme;
})(document.documentElement);
