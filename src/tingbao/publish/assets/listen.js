// The player of the listening pages. Without it every page still plays, reads and downloads;
// with it the text follows the voice, a click on a phrase goes there, and it goes on tomorrow.
(() => {
  "use strict";

  const BACK_S = 15;
  const FORWARD_S = 30;
  const SAVE_EVERY_S = 5;
  // So close to either end there is nothing to go on with.
  const EDGE_S = 5;
  const NEAR_S = 0.5;
  // "Previous" within this time of an item's start means the one before, as on every player.
  const RESTART_S = 3;
  // After the reader has scrolled, the text stays where the reader put it for this long.
  const HANDS_OFF_MS = 5000;

  document.documentElement.classList.add("js");
  linkFeeds();
  const root = document.querySelector("[data-player]");
  if (root) start(root);

  // Podcast apps take absolute addresses only: the one under which the reader sees this page.
  function linkFeeds() {
    if (!location.protocol.startsWith("http")) return;
    for (const link of document.querySelectorAll("[data-feed]")) {
      const feed = new URL(link.dataset.file, location.href);
      link.href = `${link.dataset.feed}://${feed.host}${feed.pathname}`;
    }
  }

  function start(player) {
    const part = (name) => document.querySelector(`[data-${name}]`);
    const audio = part("audio");
    const seek = part("seek");
    const follow = part("follow");
    const speed = part("speed");
    const toggle = document.querySelector('[data-act="toggle"]');
    const key = `tingbao/${player.dataset.key}`;
    const items = timed("[data-start]", "start");
    const phrases = timed("[data-t]", "t");
    const places = [...items, ...timed("[id][data-at]", "at")];
    let item = null;
    let phrase = null;
    let opened = null;
    let dragging = false;
    let savedAt = -Infinity;
    let scrolledAt = -Infinity;

    audio.removeAttribute("controls");
    for (const controls of document.querySelectorAll("[data-controls]")) controls.hidden = false;
    // The file may have failed before this script came.
    part("error").hidden = !audio.error;
    setSpeed(remembered("tingbao/speed") || "1");
    part("total").textContent = clock(duration());
    announceToSystem();
    listen();
    if (!goToFragment()) resume();
    show();

    function timed(selector, name) {
      const found = [...document.querySelectorAll(selector)];
      const made = found.map((element) => ({ element, at: Number(element.dataset[name]) }));
      return made.sort((one, other) => one.at - other.at);
    }

    function listen() {
      const acts = {
        toggle: () => (audio.paused ? play() : audio.pause()),
        back: () => go(audio.currentTime - BACK_S),
        forward: () => go(audio.currentTime + FORWARD_S),
        previous: () => step(items, -1),
        next: () => step(items, 1),
        restart: () => go(0),
      };
      for (const button of document.querySelectorAll("[data-act]")) {
        button.addEventListener("click", acts[button.dataset.act]);
      }
      document.addEventListener("click", clicked);
      document.addEventListener("keydown", (event) => pressed(event, acts));
      seek.addEventListener("input", () => {
        dragging = true;
        showTime(Number(seek.value));
      });
      seek.addEventListener("change", () => {
        dragging = false;
        go(Number(seek.value));
      });
      speed.addEventListener("change", () => setSpeed(speed.value));
      for (const name of ["wheel", "touchmove"]) {
        document.addEventListener(name, () => (scrolledAt = Date.now()), { passive: true });
      }
      for (const name of ["timeupdate", "seeked", "ratechange"]) audio.addEventListener(name, show);
      audio.addEventListener("play", () => (showState(), scrollToPhrase(), frame()));
      audio.addEventListener("pause", () => (showState(), save()));
      audio.addEventListener("ended", forget);
      audio.addEventListener("error", () => (part("error").hidden = false));
      audio.addEventListener("playing", () => (part("error").hidden = true));
      addEventListener("pagehide", save);
      addEventListener("hashchange", goToFragment);
    }

    // --- moving -------------------------------------------------------------------------

    function duration() {
      return Number.isFinite(audio.duration) ? audio.duration : Number(player.dataset.duration);
    }

    function go(seconds) {
      audio.currentTime = Math.min(Math.max(seconds, 0), duration());
      part("resumed").hidden = true;
      show();
    }

    function play() {
      audio.play().catch((error) => {
        // A second press that comes before the first has started is no failure.
        if (error.name !== "AbortError") part("error").hidden = false;
      });
    }

    function step(places, by) {
      const here = lastUntil(places, audio.currentTime);
      const restarts = by < 0 && here >= 0 && audio.currentTime - places[here].at > RESTART_S;
      const there = places[restarts && places === items ? here : here + by];
      if (there) go(there.at);
      else if (by < 0) go(0);
    }

    function clicked(event) {
      const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
      if (!plain) return;
      const link = event.target.closest("[data-go]");
      const target = event.target.closest("[data-t]");
      if (link) jump(link);
      else if (target && getSelection().isCollapsed) {
        event.preventDefault();
        go(Number(target.dataset.t));
        play();
      }
    }

    // To the other half of an item: the browser follows the link in the text, the voice with it.
    function jump(link) {
      const text = document.querySelector(link.hash).closest("details");
      if (text) text.open = true;
      go(Number(link.dataset.go));
      play();
    }

    function pressed(event, acts) {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target.closest("input, select, textarea")) return;
      const onButton = event.target.closest("button, summary");
      const act = {
        " ": onButton ? null : acts.toggle,
        ArrowLeft: event.shiftKey ? acts.previous : acts.back,
        ArrowRight: event.shiftKey ? acts.next : acts.forward,
        ArrowUp: event.shiftKey ? () => step(phrases, -1) : null,
        ArrowDown: event.shiftKey ? () => step(phrases, 1) : null,
      }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    }

    // A link to an item, a half of one, or a time puts the player there; playing is the
    // listener's to start.
    function goToFragment() {
      const time = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
      const linked = places.find((one) => `#${one.element.id}` === location.hash);
      if (!time && !linked) return false;
      const at = time ? Number(time[1]) : linked.at;
      // A click on the link has sought already.
      if (Math.abs(audio.currentTime - at) > NEAR_S) go(at);
      return true;
    }

    // --- showing ------------------------------------------------------------------------

    function frame() {
      if (audio.paused) return;
      show();
      requestAnimationFrame(frame);
    }

    function show() {
      const now = audio.currentTime;
      if (!dragging) {
        seek.value = String(Math.floor(now));
        showTime(now);
      }
      // Nothing is marked before anything was heard.
      const begun = now > 0 || !audio.paused;
      showItem((begun && items[lastUntil(items, now)]) || null);
      showPhrase((begun && phrases[lastUntil(phrases, now)]) || null);
      if (!audio.paused && Math.abs(now - savedAt) > SAVE_EVERY_S) save();
    }

    function showTime(seconds) {
      const text = clock(seconds);
      const elapsed = part("elapsed");
      if (elapsed.textContent === text) return;
      elapsed.textContent = text;
      seek.setAttribute("aria-valuetext", `${spoken(seconds)}，共${spoken(duration())}`);
    }

    function showItem(next) {
      if (next === item) return;
      if (item) item.element.removeAttribute("aria-current");
      item = next;
      if (item) item.element.setAttribute("aria-current", "true");
      part("now").textContent = titleNow();
      announceToSystem();
    }

    function titleNow() {
      return item ? item.element.querySelector(".go").textContent : player.dataset.title;
    }

    function showPhrase(next) {
      openText();
      if (next === phrase) return;
      if (phrase) phrase.element.classList.remove("heard");
      phrase = next;
      if (!phrase) return;
      phrase.element.classList.add("heard");
      scrollToPhrase();
    }

    // The text of the item that is heard opens by itself, and closes when the next one begins.
    function openText() {
      if (audio.paused || !follow.checked || !item || opened === item) return;
      const text = (one) => one && one.element.querySelector("details");
      if (text(opened) && opened.byItself) text(opened).open = false;
      opened = item;
      opened.byItself = Boolean(text(item)) && !text(item).open;
      if (text(item)) text(item).open = true;
    }

    function scrollToPhrase() {
      const handsOff = !follow.checked || Date.now() - scrolledAt < HANDS_OFF_MS;
      if (!phrase || audio.paused || handsOff) return;
      const box = phrase.element.getBoundingClientRect();
      const visible = box.top > innerHeight * 0.15 && box.bottom < innerHeight * 0.65;
      if (visible) return;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      phrase.element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    }

    function showState() {
      toggle.setAttribute("aria-label", audio.paused ? "播放" : "暂停");
      player.classList.toggle("playing", !audio.paused);
      if ("mediaSession" in navigator) {
        navigator.mediaSession.playbackState = audio.paused ? "paused" : "playing";
      }
    }

    function setSpeed(rate) {
      const known = [...speed.options].some((option) => option.value === rate);
      speed.value = known ? rate : "1";
      audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
      remember("tingbao/speed", speed.value);
    }

    // What the lock screen shows and what its buttons do.
    function announceToSystem() {
      if (!("mediaSession" in navigator)) return;
      const { artist, album, cover } = player.dataset;
      const artwork = [{ src: new URL(cover, location.href).href, sizes: "1400x1400" }];
      const title = titleNow();
      navigator.mediaSession.metadata = new MediaMetadata({ title, artist, album, artwork });
      const handlers = {
        play,
        pause: () => audio.pause(),
        seekbackward: () => go(audio.currentTime - BACK_S),
        seekforward: () => go(audio.currentTime + FORWARD_S),
        seekto: (details) => go(details.seekTime),
        previoustrack: items.length ? () => step(items, -1) : null,
        nexttrack: items.length ? () => step(items, 1) : null,
      };
      for (const [name, handler] of Object.entries(handlers)) {
        navigator.mediaSession.setActionHandler(name, handler);
      }
    }

    // --- remembering --------------------------------------------------------------------

    function save() {
      savedAt = audio.currentTime;
      if (savedAt > EDGE_S && savedAt < duration() - EDGE_S) remember(key, String(savedAt));
    }

    function forget() {
      remember(key, "");
      showState();
    }

    function resume() {
      const seconds = Number(remembered(key));
      if (!(seconds > EDGE_S && seconds < duration() - EDGE_S)) return;
      go(seconds);
      part("resumed-at").textContent = clock(seconds);
      part("resumed").hidden = false;
    }
  }

  // The last of the sorted places that has begun at this time; -1 before the first.
  function lastUntil(places, seconds) {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      // Where a seek lands may be a rounding error before the place it was for.
      if (places[middle].at <= seconds + 0.01) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function clock(seconds) {
    const whole = Math.floor(seconds);
    const two = (number) => String(number).padStart(2, "0");
    const tail = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
    return whole < 3600 ? tail : `${Math.floor(whole / 3600)}:${tail}`;
  }

  function spoken(seconds) {
    const whole = Math.floor(seconds);
    const hours = whole < 3600 ? "" : `${Math.floor(whole / 3600)}小时`;
    return `${hours}${Math.floor(whole / 60) % 60}分${whole % 60}秒`;
  }

  // A browser may keep nothing for pages from a disk or in private windows; then nothing is kept.
  function remembered(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  function remember(name, value) {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch {
      return;
    }
  }
})();
