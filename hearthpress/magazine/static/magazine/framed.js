// In a frame of ours a link would lead to a page that lets itself be framed by nobody: it opens beside it instead.
// A link within the page stays within it. Without this script the story reads the same.
"use strict";

for (const link of document.querySelectorAll("a[href]")) {
  if (!link.getAttribute("href").startsWith("#")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
}
