package dev.interdict.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page that is left before everything of it is loaded is not taken for the one that was asked
/// for after it.
class LeavingBrowserIT {
  @TempDir Path folder;

  @Test
  void the_page_that_was_asked_for_is_there() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    var asked = new CountDownLatch(1);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpServer.create(address, 0);
    try (var threads = Executors.newCachedThreadPool()) {
      server.setExecutor(threads);
      server.createContext("/first", exchange -> answer(exchange, "<p>first<img src=/late>"));
      // The rest of the first page comes while the second is on its way, which is long itself.
      server.createContext(
          "/late",
          exchange -> {
            await(asked);
            answer(exchange, "");
          });
      server.createContext(
          "/second",
          exchange -> {
            asked.countDown();
            pause();
            answer(exchange, "<p>sec", "ond");
          });
      server.start();
      var base = "http://127.0.0.1:" + server.getAddress().getPort();
      try (var browser = Chromium.open(place, folder.resolve("profile"))) {
        browser.inject("location = '" + base + "/first'");
        browser.until("document.querySelector('p')?.textContent === 'first'");
        browser.go(base + "/second");
        assertEquals("second", browser.evaluate("document.body.textContent"));
      } finally {
        server.stop(0);
      }
    }
  }

  private static void answer(HttpExchange exchange, String... pieces) throws IOException {
    try (exchange;
        var body = exchange.getResponseBody()) {
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, 0);
      for (var i = 0; i < pieces.length; i++) {
        if (i > 0) {
          pause();
        }
        body.write(pieces[i].getBytes(StandardCharsets.UTF_8));
        body.flush();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
