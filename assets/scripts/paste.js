// Rich text that is pasted into a story becomes what its writer could have typed: headings, lists, emphasis. Its plain
// words come at once, as always; what was read in it takes their place when it is here, if they still stand there.
(function () {
  "use strict";

  var box = document.querySelector("textarea[data-pasted-at]");
  var told = document.getElementById("pasted");

  function tell(sentences) {
    var notice = document.createElement("div");
    notice.className = "notice wait";
    sentences.forEach(function (sentence) {
      var line = document.createElement("p");
      line.textContent = sentence;
      notice.append(line);
    });
    told.replaceChildren.apply(told, sentences.length ? [notice] : []);
  }

  function insert(words) {
    // Browsers that know how to insert HTML into a box are slow with long texts otherwise.
    var html = words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/\n/g, "<br>");
    return document.execCommand("insertHTML", false, html) || document.execCommand("insertText", false, words);
  }

  // As if it were typed, so that it can be undone; where that cannot be done, the words are there all the same.
  function put(words, from, to) {
    var wanted = box.value.slice(0, from) + words + box.value.slice(to);
    var caret = [box.selectionStart, box.selectionEnd].map(function (place) {
      return place < to ? place : place + words.length - (to - from);
    });
    box.setSelectionRange(from, to);
    if (document.activeElement !== box || !insert(words) || box.value !== wanted) {
      box.value = wanted;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    box.setSelectionRange(caret[0], caret[1]);
  }

  function read(html) {
    var data = new FormData();
    var patience = new AbortController();
    setTimeout(function () {
      patience.abort();
    }, 15000);
    data.append("csrfmiddlewaretoken", box.form.elements.csrfmiddlewaretoken.value);
    data.append("html", html);
    var sent = { method: "POST", body: data, signal: patience.signal };
    return fetch(box.getAttribute("data-pasted-at"), sent).then(function (answer) {
      return answer.ok ? answer.json() : Promise.reject();
    });
  }

  function paste(event) {
    var html = event.clipboardData.getData("text/html");
    var plain = event.clipboardData.getData("text/plain").split("\r\n").join("\n");
    var from = box.selectionStart;
    var asPlain = function () {
      tell([box.getAttribute("data-pasted-plain")]);
    };
    // Pasting as plain text brings no rich text along.
    if (!html) {
      return;
    }
    if (new Blob([html]).size > Number(box.getAttribute("data-most-pasted"))) {
      asPlain();
      return;
    }
    read(html).then(function (found) {
      var to = from + plain.length;
      if (box.value.slice(from, to) !== plain) {
        asPlain();
        return;
      }
      if (found.source && found.source !== plain) {
        put(found.source, from, to);
      }
      tell(found.losses);
    }).catch(asPlain);
  }

  if (box && told && window.fetch && window.AbortController) {
    box.addEventListener("paste", paste);
  }
})();
