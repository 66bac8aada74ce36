package dev.interdict.agent.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// One answer of the page, with the headers that keep a browser from doing anything but show it.
///
/// @param then done when it was sent
record Reply(int status, Map<String, String> headers, byte[] body, Runnable then) {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-store",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private static final byte[] STYLE = style("page.css");

  private static Reply of(int status, String type, byte[] body) {
    return new Reply(status, Map.of("Content-Type", type), body, () -> {});
  }

  static Reply refusal(int status, String text) {
    return of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Reply html(String text) {
    return of(200, "text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply style() {
    return of(200, "text/css; charset=utf-8", STYLE);
  }

  static Reply seeOther(String path) {
    return new Reply(303, Map.of("Location", path), new byte[0], () -> {});
  }

  Reply cookie(String value) {
    var more = new HashMap<>(headers);
    more.put("Set-Cookie", Gate.COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict");
    return new Reply(status, Map.copyOf(more), body, then);
  }

  Reply then(Runnable next) {
    return new Reply(status, headers, body, next);
  }

  void send(HttpExchange exchange) throws IOException {
    ALWAYS.forEach(exchange.getResponseHeaders()::set);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
    then.run();
  }

  private static byte[] style(String name) {
    try (var in = Reply.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
