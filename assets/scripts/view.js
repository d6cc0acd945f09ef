// Reports one view of a story, once it has been in view for ten seconds. It stores nothing and asks nobody else.
(function () {
  "use strict";

  var script = document.currentScript;
  var story = script && script.getAttribute("data-story");
  var needed = 10000;
  var seen = 0;
  var since = null;
  var timer;

  // A page drawn ahead of time, or in a tab behind, is not read.
  function inView() {
    return document.visibilityState === "visible" && !document.prerendering;
  }

  function look() {
    var now = performance.now();
    clearTimeout(timer);
    if (since !== null) {
      seen += now - since;
    }
    since = inView() ? now : null;
    if (seen >= needed) {
      document.removeEventListener("visibilitychange", look);
      document.removeEventListener("prerenderingchange", look);
      report(2);
    } else if (since !== null) {
      timer = setTimeout(look, needed - seen);
    }
  }

  // The answer says that the view is kept for good. Without one it is sent again, twice at most.
  function report(tries) {
    var view = { s: story, t: Math.min(seen / 1000, 86400), w: navigator.webdriver === true };
    var body = JSON.stringify(view);
    var again = function () {
      if (tries > 0) {
        setTimeout(report, 6000, tries - 1);
      }
    };
    if (window.fetch && window.Request && "keepalive" in Request.prototype) {
      fetch("/v", { method: "POST", body: body, keepalive: true }).then(function (answer) {
        if (answer.status > 499) {
          again();
        }
      }, again);
    } else if (navigator.sendBeacon) {
      navigator.sendBeacon("/v", body);
    } else {
      var request = new XMLHttpRequest();
      request.open("POST", "/v");
      request.setRequestHeader("Content-Type", "text/plain");
      request.send(body);
    }
  }

  if (story) {
    document.addEventListener("visibilitychange", look);
    document.addEventListener("prerenderingchange", look);
    look();
  }
})();
