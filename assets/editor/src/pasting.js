// Makes what comes from Word, Google Docs and the web plain: their styles are read as the marks that they stand for.
// The page's security policy keeps browsers from reading style attributes, so that they are read as text here.
const styleOf = (element) => element.getAttribute("style") || "";
const says = (element, property, value) => new RegExp(`(^|;)\\s*${property}\\s*:\\s*(${value})`, "i").test(styleOf(element));

const unwrap = (element) => element.replaceWith(...element.childNodes);
const wrapInside = (element, name) => {
  const mark = element.ownerDocument.createElement(name);
  mark.append(...element.childNodes);
  element.append(mark);
};

// Word writes a list's items as paragraphs, each with its bullet or number in a part that is to be ignored.
const listItems = (page) => {
  page.querySelectorAll("p[class^=MsoListParagraph], p[style*='mso-list']").forEach((paragraph) => {
    const marker = [...paragraph.querySelectorAll("span")].find((span) => says(span, "mso-list", "ignore"));
    const kind = marker && /\d/.test(marker.textContent) ? "OL" : "UL";
    marker?.remove();
    const item = page.createElement("li");
    item.append(...paragraph.childNodes);
    const before = paragraph.previousElementSibling;
    const list = before && before.tagName === kind && before.dataset.word ? before : page.createElement(kind);
    list.dataset.word = "yes";
    if (list !== before) paragraph.before(list);
    list.append(item);
    paragraph.remove();
  });
};

export const plainHTML = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll("script, style, meta, link, title, xml, noscript, template").forEach((element) => element.remove());
  listItems(page);
  page.querySelectorAll("b, i, em, strong").forEach((element) => {
    if (says(element, "font-weight", "normal|400") || says(element, "font-style", "normal")) unwrap(element);
  });
  page.querySelectorAll("span[style], p[style], div[style]").forEach((element) => {
    if (says(element, "font-style", "italic")) wrapInside(element, "em");
    if (says(element, "font-weight", "bold|[6-9]00")) wrapInside(element, "strong");
  });
  page.querySelectorAll("[style]").forEach((element) => element.removeAttribute("style"));
  return page.body.innerHTML;
};
