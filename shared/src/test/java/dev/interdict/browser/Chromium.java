package dev.interdict.browser;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One window of a headless Chromium with an empty profile, spoken to over its DevTools protocol.
/// Collects whatever the browser complains about.
public final class Chromium implements AutoCloseable {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 64, 64 << 20, 5_000_000, true);

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<Json.Obj>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger commands = new AtomicInteger();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /// Of each tab, by its session.
  private final Map<String, Documents> documents = new ConcurrentHashMap<>();

  private volatile String session = "";

  private Chromium(Process process, URI devTools) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(devTools, new Ear()).join();
  }

  /// Where the browser is, or null if this machine has none.
  public static @Nullable Path place() {
    return PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
  }

  public static Chromium open(Path place, Path profile) throws IOException {
    var process =
        new ProcessBuilder(
                place.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    var chromium = new Chromium(process, devTools(process.inputReader()));
    chromium.newTab();
    return chromium;
  }

  /// Opens another tab of the same profile, to which all goes from now on, with the surroundings of
  /// nobody yet.
  ///
  /// @return the tab so far, for [#tab(String)]
  public String newTab() {
    var before = session;
    session = "";
    var target = command("Target.createTarget", Json.object().put("url", "about:blank"));
    var attached =
        command(
            "Target.attachToTarget",
            Json.object().put("targetId", text(target, "targetId")).put("flatten", true));
    session = text(attached, "sessionId");
    for (var domain : List.of("Page", "Log", "Runtime", "Network")) {
      command(domain + ".enable", Json.object());
    }
    command("Page.setLifecycleEventsEnabled", Json.object().put("enabled", true));
    return before;
  }

  /// Goes back to a tab that is open.
  public void tab(String tab) {
    session = tab;
    command("Page.bringToFront", Json.object());
  }

  private static URI devTools(BufferedReader output) throws IOException {
    String line;
    while ((line = output.readLine()) != null) {
      if (line.startsWith("DevTools listening on ")) {
        return URI.create(line.substring(22).strip());
      }
    }
    throw new IOException("the browser ended before it listened");
  }

  public void cookie(String address, String pair) {
    var equals = pair.indexOf('=');
    command(
        "Network.setCookie",
        Json.object()
            .put("url", address)
            .put("name", pair.substring(0, equals))
            .put("value", pair.substring(equals + 1)));
  }

  /// How the person's system is set up.
  public void surroundings(boolean dark, String language, int width, int height) {
    shown("screen", dark, false);
    command(
        "Network.setExtraHTTPHeaders",
        Json.object().put("headers", Json.object().put("Accept-Language", language).build()));
    size(width, height);
  }

  /// How large the window is from now on, in CSS pixels; a narrow one is a phone's.
  public void size(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Json.object()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
  }

  /// On what pages are shown, and how the person's system asks for them.
  ///
  /// @param medium `screen` or `print`
  /// @param still whether the person wants nothing to move
  public void shown(String medium, boolean dark, boolean still) {
    command(
        "Emulation.setEmulatedMedia",
        Json.object()
            .put("media", medium)
            .put(
                "features",
                List.<Json>of(
                    feature("prefers-color-scheme", dark ? "dark" : "light"),
                    feature("prefers-reduced-motion", still ? "reduce" : "no-preference"))));
  }

  private static Json feature(String name, String value) {
    return Json.object().put("name", name).put("value", value).build();
  }

  /// Whether pages may run scripts; [#evaluate] works either way.
  public void scripts(boolean allowed) {
    command("Emulation.setScriptExecutionDisabled", Json.object().put("value", !allowed));
  }

  /// Opens an address and waits until everything of it is loaded.
  public void go(String address) {
    documents(session)
        .awaitLoaded(text(command("Page.navigate", Json.object().put("url", address)), "loaderId"));
  }

  /// Waits for the next document, which something just done will bring.
  public void doAndWait(String script) {
    var before = documents(session).current();
    evaluate(script);
    documents(session).awaitLoadedAfter(before);
  }

  /// What an expression says on the page, as text; a promise is waited for.
  public String evaluate(String expression) {
    var answer =
        command(
            "Runtime.evaluate",
            Json.object()
                .put("expression", "(async () => String(await (" + expression + ")))()")
                .put("awaitPromise", true)
                .put("returnByValue", true));
    return answer.get("result") instanceof Json.Obj result ? text(result, "value") : "";
  }

  /// Waits until an expression is true on the page, or on that which comes after it.
  ///
  /// @throws IllegalStateException if it is not within ten seconds
  public void until(String condition) {
    for (var i = 0; i < 500; i++) {
      if (isTrue(condition)) {
        return;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("never true on the page: " + condition);
  }

  private boolean isTrue(String condition) {
    try {
      return evaluate(condition).equals("true");
    } catch (IllegalStateException e) {
      // The page that was asked went away meanwhile.
      return false;
    }
  }

  /// Presses a key and lets it go, such as `j`, `Enter` or `Escape`.
  public void press(String key) {
    var text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
    for (var type : List.of("keyDown", "keyUp")) {
      var event = Json.object().put("type", type).put("key", key);
      var code = Map.of("Enter", 13, "Escape", 27, "Tab", 9).get(key);
      if (code != null) {
        event.put("code", key).put("windowsVirtualKeyCode", code);
      }
      if (type.equals("keyDown") && !text.isEmpty()) {
        event.put("text", text);
      }
      command("Input.dispatchKeyEvent", event);
    }
  }

  /// Presses a key that leads to another page.
  public void pressAndWait(String key) {
    var before = documents(session).current();
    press(key);
    documents(session).awaitLoadedAfter(before);
  }

  /// Types a text where the focus is.
  public void type(String text) {
    command("Input.insertText", Json.object().put("text", text));
  }

  /// Runs a script on the page whatever the page's own policy says of scripts.
  public void inject(String script) {
    command("Runtime.evaluate", Json.object().put("expression", script));
  }

  /// Goes on to the next part of the page that takes keys.
  public void tab() {
    for (var type : List.of("rawKeyDown", "keyUp")) {
      command(
          "Input.dispatchKeyEvent",
          Json.object()
              .put("type", type)
              .put("key", "Tab")
              .put("code", "Tab")
              .put("windowsVirtualKeyCode", 9));
    }
  }

  /// The whole page as a PNG.
  public byte[] picture() {
    return picture(Integer.MAX_VALUE);
  }

  /// The page from its top as a PNG.
  ///
  /// @param most dots of its height
  public byte[] picture(int most) {
    var whole = Integer.parseInt(evaluate("document.documentElement.scrollHeight"));
    var height = Math.min(most, whole);
    var width = Integer.parseInt(evaluate("innerWidth"));
    var clip =
        Json.object()
            .put("x", 0)
            .put("y", 0)
            .put("width", width)
            .put("height", height)
            .put("scale", 1)
            .build();
    var shot =
        command(
            "Page.captureScreenshot",
            Json.object()
                .put("format", "png")
                .put("captureBeyondViewport", true)
                .put("clip", clip));
    return Base64.getDecoder().decode(text(shot, "data"));
  }

  /// What the browser complained about since the last time this was asked.
  public List<String> complaints() {
    var all = new ArrayList<>(complaints);
    complaints.clear();
    return all;
  }

  private Json.Obj command(String method, Json.Builder parameters) {
    var id = commands.incrementAndGet();
    var answer = new CompletableFuture<Json.Obj>();
    answers.put(id, answer);
    var message =
        Json.object().put("id", id).put("method", method).put("params", parameters.build());
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(JsonWriter.line(message.build()), true).join();
    try {
      return answer.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + " failed", e);
    }
  }

  private void heard(String message) {
    Json.Obj json;
    try {
      json = (Json.Obj) JsonReader.read(message.getBytes(StandardCharsets.UTF_8), LIMITS);
    } catch (JsonException e) {
      complaints.add("unreadable: " + e.getMessage());
      return;
    }
    if (json.get("id") instanceof Json.Int(var id)) {
      var waiting = answers.remove(Math.toIntExact(id));
      if (waiting == null) {
        return;
      }
      if (json.get("result") instanceof Json.Obj result) {
        waiting.complete(result);
      } else {
        waiting.completeExceptionally(new IllegalStateException(message));
      }
      return;
    }
    var from = text(json, "sessionId");
    switch (text(json, "method")) {
      case "Page.frameNavigated" -> documents(from).shown(part(part(json, "params"), "frame"));
      case "Page.lifecycleEvent" -> documents(from).heard(part(json, "params"));
      case "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled" ->
          complaints.add(message);
      default -> {}
    }
  }

  private Documents documents(String tab) {
    return documents.computeIfAbsent(tab, _ -> new Documents());
  }

  private static Json.Obj part(Json.Obj json, String name) {
    return json.get(name) instanceof Json.Obj part ? part : Json.object().build();
  }

  static String text(Json.Obj json, String name) {
    return json.get(name) instanceof Json.Text(var value) ? value : "";
  }

  /// Asks it to end, which also removes what it left elsewhere; ends it where it does not.
  @Override
  public void close() {
    var children = process.descendants().toList();
    session = "";
    socket.sendText("{\"id\":0,\"method\":\"Browser.close\"}", true).join();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    socket.abort();
    children.forEach(ProcessHandle::destroyForcibly);
    // Until the last is gone it may write into the profile, which its test is about to delete.
    // Not for ever: where nobody reaps them, the dead stay in the table of processes.
    CompletableFuture.allOf(
            children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, 5, TimeUnit.SECONDS)
        .join();
  }

  /// Puts messages together that arrive in pieces.
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
      message.append(piece);
      if (last) {
        heard(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
